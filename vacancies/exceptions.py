class ChatTaken(Exception):
    """Somebody else has the chat, or it is too near to be booked."""


class ChatOver(Exception):
    """The chat has begun already."""


class VacancyNotReady(Exception):
    """A vacancy cannot be published yet. `problems` is a list of sentences for the person."""

    def __init__(self, problems):
        super().__init__(" ".join(problems))
        self.problems = problems


class AlertExists(Exception):
    """The mailbox has another alert for the same search."""


class StillNeeded(Exception):
    """A criterion or place cannot be removed, because applicants have written about it."""

    def __init__(self, row):
        super().__init__(
            f"“{row}” cannot be removed: somebody who applies has written about it already, "
            "or a panel has scored it. "
            "You can change its words."
        )


class ReasonMissing(Exception):
    """What was asked for needs a reason in words, and none was given."""


class DateNotLater(Exception):
    """An advert can only be extended to a day after the one it closes on now."""


class DateTooLate(Exception):
    """An advert can only be extended to a day within `settings.VACANCY_DAYS_WITHIN_MONTHS`."""


class DatesFixed(Exception):
    """The dates of a published advert move only by extending, closing or unscheduling it."""


class ChangedElsewhere(Exception):
    """This part of the advert was changed in another tab or by somebody else since it was opened.

    `vacancy` holds what is saved now.
    """

    def __init__(self, vacancy):
        super().__init__(f"{vacancy} was changed elsewhere.")
        self.vacancy = vacancy
