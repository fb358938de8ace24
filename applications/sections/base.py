"""What every section of an application can say of itself."""

from django.urls import reverse

# The headings of the task list.
ABOUT_YOU = "About you"
YOUR_WORK = "Your learning and your work"
YOUR_EXAMPLES = "Show how you meet what the job asks for"
INTERVIEW = "If we invite you to an interview"


class Section:
    """One part of an application that is saved by itself.

    `name` is its own in the address and in its SectionSave, `task` what the task list asks for (a verb
    first), `title` its heading among the answers, `group` the heading of the task list it stands under.
    An `optional` one may be left out. `intro` holds the sentences above its form, and `look_at` says what
    to look at when its answers were copied.
    """

    name = ""
    task = ""
    title = ""
    group = ""
    optional = False
    intro = ()
    look_at = "Look whether everything is still true."

    def __init__(self, held):
        self.held = held
        self.application = held.application

    @classmethod
    def asked_of(cls, held):
        """Return the sections of this kind that the application has: one, none or several."""
        return [cls(held)] if cls.is_asked(held) else []

    @classmethod
    def is_asked(cls, held):
        return True

    @classmethod
    def goes_by(cls, name):
        return cls.name == name

    def saved(self):
        """Return what is saved, as the section's form gives it: to begin the form, to compare two tabs."""
        raise NotImplementedError

    def missing(self):
        """Return what is missing before it is whole, in words; nothing when the rows are all there."""
        return []

    def rows(self):
        """Return the answers for reading, as (key, value) pairs."""
        return []

    @property
    def save(self):
        return self.held.saves.get(self.name)

    @property
    def version(self):
        return self.save.version if self.save else 0

    @property
    def is_begun(self):
        return self.save is not None

    @property
    def is_copied(self):
        return self.is_begun and self.save.is_copied

    @property
    def copied_words(self):
        """Where copied answers come from, as a sentence."""
        reference = self.save.copied_from
        if not reference:
            return "We filled this in from your staff record."
        told = self.held.earlier_words
        return f"This comes from your application {reference}{told}."

    @property
    def is_whole(self):
        """Its writer has finished it, nothing is missing, and nothing in it waits to be checked."""
        finished = self.is_begun and self.save.finished_at is not None
        return finished and not self.is_copied and not self.missing()

    @property
    def may_be_sent(self):
        """A section that may be left out is in nobody's way, unless it was begun and is not whole."""
        return self.is_whole or (self.optional and not self.is_begun)

    @property
    def status(self):
        """Return the words of the task list and the colour of their tag."""
        if self.is_copied:
            return "Copied, check it", "gold"
        if self.is_whole:
            return "Completed", ""
        if self.may_be_sent:
            return "Optional", ""
        return "Not finished", "blue"

    def url(self, *, change=False):
        """Return its address; with `change`, saving it leads back to the answers."""
        url = reverse(
            "applications:application-section", args=[self.application.reference, self.name]
        )
        return f"{url}?change=1" if change else url

    def part(self, *, change=False):
        """Return it as a part of the answers, with a link to change each row where `change` says so."""
        url = self.url(change=True) if change else ""
        rows = [{"key": key, "value": value, "url": url} for key, value in self.rows()]
        return {"title": self.title, "rows": rows}


def yes_or_no(answer):
    return {True: "Yes", False: "No", None: ""}[answer]
