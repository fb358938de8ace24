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
