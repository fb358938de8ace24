"""What stands in the way of a place, a wait, an offer, a swap or a decision about them."""

from training.states import BookingState, SessionState


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


class WorksNotHere(BookingRefused):
    """A place is booked for somebody who does not work here, or not any more."""

    def __init__(self, person):
        super().__init__(f"{person} does not work here now, so cannot be booked.")


class AlreadyBooked(BookingRefused):
    def __init__(self, booking):
        self.booking = booking
        super().__init__(f"{booking.person.full_name} {self._what('has', 'is')}")

    def words_for(self, reader):
        if reader != self.booking.person:
            return str(self)
        return f"You {self._what('have', 'are')}"

    def _what(self, has, is_):
        if self.booking.is_requested:
            return f"{has} asked for a place already."
        if self.booking.is_waiting:
            return f"{is_} on the list already."
        return f"already {has} a place on this session."


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


class LeadsIt(BookingRefused):
    """The person leads the session, and so has no place on it."""

    def __init__(self, person):
        self.person = person
        super().__init__(f"{person.full_name} leads this session.")

    def words_for(self, reader):
        return "You lead this session." if reader == self.person else str(self)


class LeadsThen(BookingRefused):
    """The person leads another session in its half days."""

    def __init__(self, session, person):
        self.person = person
        self.what = f"{session.course.title} at the same time ({session.when})"
        super().__init__(f"{person.full_name} leads {self.what}.")

    def words_for(self, reader):
        return f"You lead {self.what}." if reader == self.person else str(self)


class ClashesWith(BookingRefused):
    """The person has `other`, a booking that holds a place, in the same half days."""

    def __init__(self, other):
        self.other = other
        self.person = other.person
        super().__init__(f"{self.person.full_name} is booked on {self._what()}.")

    def words_for(self, reader):
        if reader != self.person:
            return str(self)
        is_held = self.other.state == BookingState.HELD
        begin = "A place is held for you on" if is_held else "You are booked on"
        return f"{begin} {self._what()}. Cancel that first."

    def _what(self):
        session = self.other.session
        return f"{session.course.title} at the same time ({session.when})"


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


class OfferAnswered(BookingRefused):
    """An offer has been answered with yes: the person has the place, or it is held for their manager."""

    def __init__(self, booking):
        words = "You have a place on this session already."
        if booking.is_held:
            words = "A place on this session is kept for you until your manager answers."
        super().__init__(f"{words} You can give it back under “My bookings”.")


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
    def __init__(self, person, days):
        super().__init__(f"{person.full_name} has been sent dates within the past {days} days.")


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
