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
