"""What can stand in the way of an application, each named after the problem."""


class VacancyClosed(Exception):
    """The job no longer takes applications."""


class AlreadyApplied(Exception):
    """The person has an application for this job, perhaps only a draft."""


class AlreadySent(Exception):
    """The application has been sent, so its answers can no longer be changed."""


class SavedElsewhere(Exception):
    """These answers were saved in another tab or on another device since this page was opened.

    `saved` holds what is saved now: a section, or the scores of somebody on a panel.
    """

    def __init__(self, saved):
        super().__init__(f"{type(saved).__name__} of {saved.application} was saved elsewhere.")
        self.saved = saved


class NotAsked(Exception):
    """The application has no such section."""


class NotComplete(Exception):
    """The application lacks a section that must be whole before it is sent."""


class TooLateToTakeBack(Exception):
    """A withdrawal was too long ago to be taken back."""


class PlaceTaken(Exception):
    """The job is filled, offered to as many as it has posts, or no longer there."""


class ScannerAway(Exception):
    """The virus scanner gave no answer that says clean or not clean."""


class ApplicantsWaiting(Exception):
    """Somebody who applied has no answer yet. `count` says how many."""

    def __init__(self, count):
        super().__init__(f"{count} have no answer.")
        self.count = count


class TooManyRows(Exception):
    """A section of an application has as many rows as there is room for. `most` says how many."""

    def __init__(self, most):
        super().__init__(f"There are {most} rows.")
        self.most = most


class NotForThePanel(Exception):
    """Somebody cannot be on a panel. Its words say why."""


class ScoresSent(Exception):
    """The scores have been sent, so they can no longer be changed."""


class ScoresMissing(Exception):
    """A criterion lacks its points or the evidence noted for them."""


class NotReadYet(Exception):
    """Somebody of the panel is still to read an application, or too few people have."""


class WordsMissing(Exception):
    """A decision lacks the sentence for the applicant, or the reason it needs. Its words say which."""


class DecidedMeanwhile(Exception):
    """Somebody else has decided the application, or it was withdrawn."""


class TooLateToUndo(Exception):
    """The vacancy is filled or withdrawn, or the application has gone further."""


class TooManyChosen(Exception):
    """More applications were chosen than can be dealt with at once. `most` says how many can."""

    def __init__(self, most):
        super().__init__(f"{most} at most.")
        self.most = most


class PreviewIsOld(Exception):
    """What was confirmed is not what would be done now: look at the preview again."""
