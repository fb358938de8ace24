"""What stands in the way of signing in, of saying how it was, and of a record of CPD."""


class AttendanceRefused(Exception):
    """Attendance cannot be noted now, for the reason given."""


class CodeRefused(AttendanceRefused):
    """The code does not sign the person in."""


class NoPlaceToSignIn(AttendanceRefused):
    def __init__(self):
        super().__init__("You have no place on this session. Speak to the trainer.")


class SessionNotOver(AttendanceRefused):
    def __init__(self):
        super().__init__("The session is not over yet. Nobody is marked as absent before its end.")


class MoreThanItCountsFor(AttendanceRefused):
    def __init__(self, half_days):
        words = "1 half day" if half_days == 1 else f"{half_days} half days"
        super().__init__(f"It counts for {words}. Enter {half_days} or less.")


class EvaluationRefused(Exception):
    """An evaluation cannot be given or changed now, for the reason given."""


class ChangedElsewhere(Exception):
    """Somebody has changed the same words in another window meanwhile."""

    def __init__(self):
        super().__init__(
            "You have changed this in another window. Nothing is lost: your words are here, and "
            "those you saved there are below. Put together what you want to keep, and save again."
        )
