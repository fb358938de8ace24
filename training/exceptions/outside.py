"""What stands in the way of outside courses, and of what was attended elsewhere."""

from training.exceptions.bookings import ClashesWith
from training.states import AttendedState


class ClashesWithOutsideCourse(ClashesWith):
    """The person is on `other`, an outside course, at that time."""

    def words_for(self, reader):
        if reader == self.person:
            return f"You are on {self._what()}. Take that back first."
        return str(self)

    def _what(self):
        return f"the outside course {self.other.title} at the same time ({self.other.when})"


class AskingRefused(Exception):
    """What somebody asks for, or what is decided about it, cannot be so, for the reason given."""


class AskingFormUsedBefore(AskingRefused):
    """A form's one-time key has made something else, or something that is over."""

    def __init__(self):
        super().__init__(
            "Nothing was sent, because this form had been used before. "
            "Open the page again and try once more."
        )


class OutsideBegun(AskingRefused):
    def __init__(self):
        super().__init__(
            "That time has begun already. Ask for a course before it begins, or tell us of something "
            "you have attended."
        )


class OutsideTooLong(AskingRefused):
    def __init__(self, most):
        super().__init__(f"An outside course is for at most {most} half days.")


class OutsideTooFarAhead(AskingRefused):
    def __init__(self, latest):
        super().__init__(f"Ask for a course that is over by {latest:%-d %B %Y}.")


class OutsideAskedAlready(AskingRefused):
    """The person has asked for the same course on the same days; `other` is what they asked for."""

    def __init__(self, other):
        self.other = other
        state = other.get_state_display().lower()
        super().__init__(f"You have asked for this already: {other}, {other.when} ({state}).")


class OutsideClash(AskingRefused):
    """The person has something else in those half days."""

    def __init__(self, message, own):
        self.own = own
        super().__init__(message)

    @classmethod
    def with_booking(cls, booking):
        what = f"{booking.session.course.title} ({booking.session.when})"
        return cls(
            f"{booking.person.full_name} has a place on {what}, at the same time.",
            f"You have a place on {what}. Cancel that first, or choose other dates.",
        )

    @classmethod
    def with_outside_course(cls, other):
        return cls(
            f"{other.person.full_name} is on {other} ({other.when}), at the same time.",
            f"You are on {other} ({other.when}). Take that back first, or choose other dates.",
        )


class AskedAndDecided(AskingRefused):
    """A decision comes too late, or a second time."""

    def __init__(self, row):
        name = row.person.full_name
        words = (
            f"There is nothing to decide any more. {name}, {row.title}: "
            f"{row.get_state_display().lower()}."
        )
        if row.state == AttendedState.QUESTIONED:
            words = f"{name} has been asked a question about {row.title} and has not answered yet."
        super().__init__(words)


class BudgetLineNeeded(AskingRefused):
    def __init__(self):
        super().__init__("Choose the budget line that pays for it.")


class OverBudget(AskingRefused):
    """A budget line would be committed beyond what it has, and no reason was given."""

    def __init__(self, line, over):
        super().__init__(
            f"{line} would be over by {over}. Choose another line, or say why it has to be this one."
        )


class BudgetBelowCommitted(AskingRefused):
    def __init__(self, line, committed):
        super().__init__(
            f"{committed} of {line} is committed already. Keep at least that much, or say why not."
        )


class CostReasonNeeded(AskingRefused):
    def __init__(self, agreed):
        super().__init__(f"{agreed} was agreed. Say why it cost more.")


class NotOverYet(AskingRefused):
    def __init__(self):
        super().__init__("It is not over yet. Come back afterwards and tell us how it went.")


class OutOfTheYears(AskingRefused):
    """Something attended is logged for a day that has not come, or that is too long ago."""

    def __init__(self, first):
        super().__init__(f"Give a day from {first:%-d %B %Y} to today.")


class AttendedRefused(AskingRefused):
    """Something attended cannot have been as it was logged. `own` says so to the person."""

    def __init__(self, message, own):
        self.own = own
        super().__init__(message)


class EndsAfterToday(AttendedRefused):
    """Something attended has half days that have not come."""

    def __init__(self, half_days, last):
        words = f"{half_days} half days from that day end on {last:%A %-d %B %Y}"
        super().__init__(
            f"{words}. It can be confirmed once it is over.", f"{words}. Log it once it is over."
        )


class RecordedAlready(AttendedRefused):
    """With something attended, a day would have more than two half days."""

    def __init__(self, person, day, recorded):
        found = "; ".join(row.words for row in recorded)
        words = f"something else on {day:%A %-d %B %Y}: {found}"
        super().__init__(
            f"{person.full_name} has {words}. A day is 2 half days, so this does not fit. Ask them "
            "about it, or do not confirm it.",
            f"You have {words}. A day is 2 half days, so this does not fit. Give another day, or "
            "fewer half days.",
        )


class NothingToShow(AskingRefused):
    def __init__(self):
        super().__init__("Say what you learned, so that your manager can see what it was.")
