"""What stands in the way of a session."""

from training.exceptions.bookings import BookingRefused


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


class TrainerHasAPlace(PlanRefused):
    """The trainer has a place on a session in one of the half days, or is on an outside course."""

    field = "trainer"

    def __init__(self, trainer, what, when):
        super().__init__(
            f"{trainer.full_name} is booked on {what} in the same half day ({when}). "
            "Choose another trainer or another time."
        )


class InThePast(PlanRefused):
    field = "starts_at"

    def __init__(self, *, has_begun):
        words = "Choose a start that is still to come."
        if has_begun:
            words = "This session has begun, so its start stays. Plan another session instead."
        super().__init__(words)


class RoomTooSmall(PlanRefused):
    field = "capacity"

    def __init__(self, room):
        super().__init__(f"{room.name} holds {room.places} people. Plan that many places at most.")


class DecidedTooLate(PlanRefused):
    field = "decide_on"

    def __init__(self):
        super().__init__("Decide before the day of the session, so that people can be told.")


class BeforeTheRoundCloses(PlanRefused):
    """People still ask for places, and would hear too late whether they have one."""

    field = "starts_at"

    def __init__(self, session, days):
        super().__init__(
            f"People can ask for places until {session.requests_close_words}. Choose a start {days} "
            "days after that or later, or call the fair round off first."
        )


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


class BegunAlready(Exception):
    """A session cannot be cancelled any more: it has begun, or is over."""

    def __init__(self, session):
        super().__init__(f"{session} has begun, so it cannot be cancelled.")


class PeopleClash(BookingRefused):
    """A session cannot move because several people with a place have something else then."""

    def __init__(self, clashes):
        self.clashes = clashes
        listed = "; ".join(str(clash).removesuffix(".") for clash in clashes)
        super().__init__(f"{listed}. Choose another time, or cancel one of their places first.")
