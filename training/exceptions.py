"""What can stand in the way. The text of each is written for the person who meets it."""

from training.states import SessionState


class BookingRefused(Exception):
    """A place cannot be booked now, for the reason given."""

    def words_for(self, reader):
        """The reason as `reader` should hear it."""
        return str(self)


class SessionFull(BookingRefused):
    def __init__(self, session):
        self.session = session
        super().__init__("This session is full. Somebody else has the last place.")


class SessionStarted(BookingRefused):
    def __init__(self):
        super().__init__("This session has already started.")


class SessionCancelled(BookingRefused):
    def __init__(self):
        super().__init__("This session has been cancelled.")


class AlreadyBooked(BookingRefused):
    def __init__(self, booking):
        self.booking = booking
        waits = "is already on the list for" if booking.is_waiting else "already has a place on"
        super().__init__(f"{booking.person.full_name} {waits} this session.")

    def words_for(self, reader):
        if reader != self.booking.person:
            return str(self)
        waits = (
            "are already on the list for" if self.booking.is_waiting else "already have a place on"
        )
        return f"You {waits} this session."


class RoundRunning(BookingRefused):
    """The places of a session go by a fair round, and nobody books one meanwhile."""

    def __init__(self, session):
        self.session = session
        super().__init__(
            "Places on this session are given by a fair round. You can ask for one from "
            f"{session.requests_open_words} to {session.requests_close_words}."
        )


class NoRoundNow(BookingRefused):
    """Nobody can ask for a place now, because no fair round takes requests."""

    def __init__(self, session):
        words = "The fair round for this session is over."
        if session.is_in_round:
            words = (
                f"Requests are open from {session.requests_open_words} "
                f"to {session.requests_close_words}."
            )
        super().__init__(words)


class PlacesLeft(BookingRefused):
    def __init__(self):
        super().__init__("This session has a place. You can book it now.")


class ClashesWith(BookingRefused):
    def __init__(self, session, person):
        self.session = session
        self.person = person
        super().__init__(f"{person.full_name} is booked on {self._what()}.")

    def words_for(self, reader):
        if reader == self.person:
            return f"You are booked on {self._what()}. Cancel that first."
        return str(self)

    def _what(self):
        return f"{self.session.course.title} at the same time ({self.session.when})"


class FormUsedBefore(BookingRefused):
    """A form's one-time key has made something else."""

    def __init__(self):
        super().__init__(
            "Nothing was booked, because this form had been used before. "
            "Open the page again and try once more."
        )


class OfferGone(BookingRefused):
    """An offer has been answered, its time is over, or its session is cancelled."""

    def __init__(self, session=None):
        cancelled = session is not None and session.state == SessionState.CANCELLED
        why = (
            "The session has been cancelled."
            if cancelled
            else "The place has gone to the next person."
        )
        super().__init__(f"This offer has ended. {why}")


class SwapRefused(Exception):
    """A place cannot be swapped now, for the reason given."""


class SwapGone(SwapRefused):
    """A proposal has been answered, or something else has happened to one of the two bookings."""

    def __init__(self):
        super().__init__("This swap has ended. Nothing has changed for either of you.")


class SwapProposedAlready(SwapRefused):
    def __init__(self, proposal):
        name = proposal.waiting.person.full_name
        super().__init__(f"You have asked {name} already. Take that back first.")


class DatesAhead(Exception):
    """Somebody asks to be told of a date that is planned already."""

    def __init__(self):
        super().__init__("This course has a date already. Have a look at the dates below.")


class DecidedAlready(Exception):
    """A manager's decision comes too late, or a second time."""

    def __init__(self, booking):
        words = f"{booking.person.full_name}'s booking: {booking.get_state_display().lower()}"
        super().__init__(f"There is nothing to decide any more. {words}.")


class BelowSafeCover(BookingRefused):
    """A place would leave the person's team with too few qualified people, and no reason was given."""

    def __init__(self, person, half_days):
        self.half_days = half_days
        listed = "; ".join(f"{cover.half_day.words} ({cover.words})" for cover in half_days)
        super().__init__(
            f"{person.full_name}’s team would have too few qualified people at work: {listed}. "
            "Choose another date, or say why it has to be this one."
        )


class AnotherDateNeeded(Exception):
    """A manager says no without another date, or with one that the person cannot have."""

    def __init__(self):
        super().__init__("Choose another date for them. This one has gone or was not chosen.")


class DatesNotOffered(Exception):
    """No dates were sent to a person, for the reason given."""


class DatesOfferedLately(DatesNotOffered):
    def __init__(self, person):
        super().__init__(f"{person.full_name} has been sent dates within the past week.")


class NoSuitableDate(DatesNotOffered):
    def __init__(self, person):
        super().__init__(
            f"There is no date now that suits {person.full_name}: one that counts, has a place, is on "
            "days they work and keeps the team’s cover. Nothing was sent."
        )


class BookingCannotBeCancelled(Exception):
    def __init__(self, words="It is too late to cancel this booking."):
        super().__init__(words)


class BookingCancelledAlready(BookingCannotBeCancelled):
    def __init__(self):
        super().__init__("This booking was cancelled already.")


class CapacityBelowBookings(Exception):
    """Fewer places than people who have one."""

    def __init__(self, names):
        super().__init__(
            f"{len(names)} people have a place: {', '.join(names)}. Keep at least that many places."
        )


class RoundRefused(Exception):
    """A fair round cannot be announced or called off now, for the reason given."""


class NominationRefused(Exception):
    """A nomination cannot be made or decided now, for the reason given."""


class AlreadyNominated(NominationRefused):
    def __init__(self, nominee):
        super().__init__(f"{nominee.full_name} has been nominated for this already.")


class NotAllNominated(NominationRefused):
    """Nobody was nominated, because some could not be: `refusals` says why, by the key of each."""

    def __init__(self, refusals):
        self.refusals = refusals
        super().__init__(" ".join(str(refusal) for refusal in refusals.values()))


class NominationFormUsedBefore(NominationRefused):
    """A form's one-time key has made another nomination."""

    def __init__(self):
        super().__init__(
            "Nobody was nominated, because this form had been used before. "
            "Open the page again and try once more."
        )


class NominationsClosed(NominationRefused):
    def __init__(self):
        super().__init__("Nominations for this have closed.")


class NominationDecided(NominationRefused):
    def __init__(self, nomination):
        super().__init__(f"The nomination of {nomination.nominee} was decided already.")


class LedgerRefused(Exception):
    """An entry cannot be made in the ledger, for the reason given."""


# --- Planning sessions -----------------------------------------------------------------------------


class PlanRefused(Exception):
    """A session cannot be planned like that. `field` names what of it stands in the way."""

    field = None


class DoubleBooked(PlanRefused):
    """A trainer or a room has another session in one of the half days."""

    def __init__(self, field, session):
        self.field = field
        self.session = session
        who = session.trainer.full_name if field == "trainer" else session.room.name
        super().__init__(
            f"{who} has {session.course.title} in the same half day ({session.when}). "
            f"Choose another {field} or another time."
        )


class RoomTooSmall(PlanRefused):
    field = "capacity"

    def __init__(self, room):
        super().__init__(f"{room.name} holds {room.places} people. Plan that many places at most.")


class DecidedTooLate(PlanRefused):
    field = "decide_on"

    def __init__(self):
        super().__init__("Decide before the day of the session, so that people can be told.")


class DecisionPutOffBadly(PlanRefused):
    field = "decide_on"

    def __init__(self):
        super().__init__("Choose a day after today and before the session.")


class NothingToDecide(Exception):
    """Whether a session goes ahead is settled: somebody decided, enough have booked, or it is over."""

    def __init__(self):
        super().__init__("There is nothing to decide any more about this session.")


class CancelledAlready(Exception):
    """Somebody else has cancelled a session."""

    def __init__(self, session):
        super().__init__(f"{session} was cancelled already. Nobody is told twice.")


class PeopleClash(BookingRefused):
    """A session cannot move because several people with a place have something else then."""

    def __init__(self, clashes):
        self.clashes = clashes
        listed = "; ".join(str(clash).removesuffix(".") for clash in clashes)
        super().__init__(f"{listed}. Choose another time, or cancel one of their places first.")


class ClashesWithOutsideCourse(ClashesWith):
    """The person is on an outside course at that time."""

    def words_for(self, reader):
        if reader == self.person:
            return f"You are on {self._what()}. Take that back first."
        return str(self)

    def _what(self):
        return f"the outside course {self.session.title} at the same time ({self.session.when})"


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
        super().__init__(
            f"There is nothing to decide any more. {row.person.full_name}, {row.title}: "
            f"{row.get_state_display().lower()}."
        )


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


class NothingToShow(AskingRefused):
    def __init__(self):
        super().__init__("Say what you learned, so that your manager can see what it was.")


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


class EvaluationRefused(Exception):
    """An evaluation cannot be given or changed now, for the reason given."""


class ChangedElsewhere(Exception):
    """Somebody has changed the same words in another window meanwhile."""

    def __init__(self):
        super().__init__(
            "You have changed this in another window. Nothing is lost: your words are here, and "
            "those you saved there are below. Put together what you want to keep, and save again."
        )
