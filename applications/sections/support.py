"""What would help somebody at an interview, and the promises of an interview they may ask for."""

from applications.sections.base import INTERVIEW, Section


class Adjustments(Section):
    name = "adjustments"
    look_at = "Look whether this is still what would help you."
    task = "Ask for what would help you at an interview"
    title = "What would help you at an interview"
    group = INTERVIEW
    optional = True
    intro = (
        "Tell us what would make it easier for you to show what you can do: for example the questions "
        "on paper, more time, a room without steps, or a sign language interpreter.",
        "Only the recruitment team reads this. The panel never does, and it plays no part in who is "
        "chosen.",
    )

    def saved(self):
        return {"adjustments": self.application.adjustments}

    def rows(self):
        return [("What would help", self.application.adjustments)]


class Schemes(Section):
    name = "schemes"
    look_at = "Look whether this is still true of you."
    task = "Ask for an interview under a scheme"
    title = "Interview schemes"
    group = INTERVIEW
    optional = True
    intro = (
        "If one of these is true of you and you meet everything that the job must have, we offer you "
        "an interview. You do not have to prove it.",
        "The panel scores your examples without knowing. It is told only whom to invite.",
    )

    @classmethod
    def is_asked(cls, held):
        """Where a scheme is on offer, or was when the person chose it."""
        return bool(held.schemes_on_offer or held.schemes)

    @property
    def choices(self):
        """Return the schemes the person may choose: those on offer, and those they chose before."""
        on_offer = self.held.schemes_on_offer
        return [*on_offer, *(scheme for scheme in self.held.schemes if scheme not in on_offer)]

    def saved(self):
        return {"schemes": sorted(scheme.pk for scheme in self.held.schemes)}

    def rows(self):
        return [("Schemes", "\n".join(scheme.name for scheme in self.held.schemes))]
