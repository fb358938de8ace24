"""What somebody has already, that they should know of before they book a session."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, CharField, ExpressionWrapper, F, Q, Value

from training.models import Booking, OutsideCourse, Session
from training.states import BookingState, OutsideState


@dataclass(frozen=True)
class Plan:
    """A place on a session, or an outside course, that a person has."""

    title: str
    starts_at: datetime
    ends_at: datetime
    state: str
    is_then: bool

    @property
    def when(self):
        """When it is, in the words that its own page has."""
        model = OutsideCourse if self.state in set(OutsideState) else Session
        return model(starts_at=self.starts_at, ends_at=self.ends_at).when

    @property
    def words(self):
        """What the person reads of it: "You are booked on Court skills"."""
        return {
            BookingState.HELD: "A place is held for you on",
            BookingState.OFFERED: "A place is offered to you on",
            OutsideState.APPROVED: "You are on the outside course",
            OutsideState.ATTENDED: "You are on the outside course",
        }.get(self.state, "You are booked on") + f" {self.title}"


def plans_in_the_way(person, session, at):
    """Return (then, again): the Plan at the time of a session, and a place on its course on another day.

    Each is None where there is none. The other day is after the moment `at`. One query.
    """
    during = session.during
    then = ExpressionWrapper(Q(during__overlap=during), output_field=BooleanField())
    again = Q(session__course=session.course_id, session__starts_at__gt=at)
    places = Booking.objects.holding_a_place().filter(Q(during__overlap=during) | again)
    places = places.filter(person=person).exclude(session=session)
    outside = OutsideCourse.objects.taking_time(during.lower, during.upper).filter(person=person)
    rows = _rows(
        places, F("session__course__title"), F("session__starts_at"), F("session__ends_at"), then
    ).union(_rows(outside, F("title"), F("starts_at"), F("ends_at"), Value(True)))
    plans = [Plan(*row) for row in sorted(rows, key=lambda row: row[1])]
    return (
        next((plan for plan in plans if plan.is_then), None),
        next((plan for plan in plans if not plan.is_then), None),
    )


def _rows(found, title, starts_at, ends_at, then):
    text = ExpressionWrapper(title, output_field=CharField())
    return found.order_by().values_list(text, starts_at, ends_at, "state", then)
