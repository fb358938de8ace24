"""The sections that are a list: qualifications, training. A finished one without a row says that there are none."""

from django.utils import timezone
from django.utils.dateformat import format as format_date

from applications.sections.base import YOUR_WORK, Section


def written(month):
    return format_date(month, "F Y")


class Rows(Section):
    """A section with a list of rows.

    `none` are the words of somebody who has none, `held_as` the name of its rows in Held, `kind` what the
    names of its pages begin with.
    """

    group = YOUR_WORK
    none = ""
    held_as = ""
    kind = ""

    @property
    def list(self):
        return getattr(self.held, self.held_as)

    @property
    def says_none(self):
        """The person has said that there is nothing to list."""
        return not self.list and self.is_begun and self.save.finished_at is not None

    def rows(self):
        if self.says_none:
            return [(self.title, self.none)]
        return [self.pair(row) for row in self.list]

    def pair(self, row):
        """Return a row as (key, value) for reading."""
        described = self.described(row)
        told = [f"{key}: {value}" for key, value in described["facts"]]
        return described["heading"], "\n".join(told)

    def described(self, row):
        """Return the `heading` of a row and its `facts`, which are (key, value) pairs."""
        facts = [(key, value) for key, value in self.facts_of(row) if value]
        return {"heading": self.heading_of(row), "facts": facts}

    def heading_of(self, row):
        return row.title

    def facts_of(self, row):
        raise NotImplementedError


class Qualifications(Rows):
    name = "qualifications"
    task = "Add your qualifications"
    title = "Your qualifications"
    none = "I have no qualifications"
    held_as = "qualifications"
    kind = "qualification"
    look_at = "Look whether a result has come that you were waiting for, and add what is new."
    intro = (
        "Add those that the job asks for, and what else you are proud of. A certificate from school "
        "counts, and so does one from another country.",
        "The panel does not see where you learned until the interview.",
    )

    def facts_of(self, row):
        is_ahead = row.finished_on > timezone.localdate()
        yield "Where", row.awarded_by
        yield ("Expected" if is_ahead else "Month of the result"), written(row.finished_on)
        yield "Result", row.result


class Training(Rows):
    name = "training"
    task = "Add training you have taken"
    title = "Training you have taken"
    none = "I have no training to add"
    held_as = "training_taken"
    kind = "training"
    look_at = "Take away what does not help you do this job, and add what is new."
    optional = True
    intro = (
        "Courses and workshops that help you do this job, such as safeguarding or first aid. You can "
        "leave this out.",
    )

    def facts_of(self, row):
        yield "Who ran it", row.provider
        yield "Finished", written(row.finished_on)
