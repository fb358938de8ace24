"""What can stand in the way of an application, each named after the problem."""


class VacancyClosed(Exception):
    """The job no longer takes applications."""


class AlreadyApplied(Exception):
    """The person has an application for this job, perhaps only a draft."""


class AlreadySent(Exception):
    """The application has been sent, so its answers can no longer be changed."""


class SavedElsewhere(Exception):
    """These answers were saved in another tab or on another device since this page was opened.

    `application` holds what is saved now.
    """

    def __init__(self, application):
        super().__init__(f"{application} was saved elsewhere.")
        self.application = application


class NotComplete(Exception):
    """The application lacks a part that must be there before it is sent."""


class ApplicantsWaiting(Exception):
    """Somebody who applied has no answer yet. `count` says how many."""

    def __init__(self, count):
        super().__init__(f"{count} have no answer.")
        self.count = count


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
