"""What somebody has already, that they should know of before they book a session."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, CharField, ExpressionWrapper, F, Q, Value

from training.models import Booking, OutsideCourse, Session
from training.states import BookingState

PLACE, OUTSIDE, LED = "place", "outside", "led"
WORDS = {
    PLACE: "You are booked on",
    OUTSIDE: "You are on the outside course",
    LED: "You lead",
}


@dataclass(frozen=True)
class Plan:
    """What a person has: a place on a session, an outside course, or a session to lead (`kind`).

    `state` is that of the booking, the outside course or the session.
    """

    title: str
    starts_at: datetime
    ends_at: datetime
    state: str
    kind: str
    is_then: bool

    @property
    def when(self):
        """When it is, in the words that its own page has."""
        model = OutsideCourse if self.kind == OUTSIDE else Session
        return model(starts_at=self.starts_at, ends_at=self.ends_at).when

    @property
    def words(self):
        """What the person reads of it: "You are booked on Court skills"."""
        begin = WORDS[self.kind]
        if self.kind == PLACE and self.state == BookingState.HELD:
            begin = "A place is held for you on"
        if self.kind == PLACE and self.state == BookingState.OFFERED:
            begin = "A place is offered to you on"
        return f"{begin} {self.title}"

    @property
    def is_led(self):
        return self.kind == LED


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
    led = Session.objects.planned().filter(trainer=person, during__overlap=during)
    rows = _rows(places, PLACE, "session__course__title", "session__", then).union(
        _rows(outside, OUTSIDE, "title", "", Value(True)),
        _rows(led.exclude(pk=session.pk), LED, "course__title", "", Value(True)),
    )
    plans = sorted((Plan(*row) for row in rows), key=lambda plan: plan.starts_at)
    return (
        next((plan for plan in plans if plan.is_then), None),
        next((plan for plan in plans if not plan.is_then), None),
    )


def _rows(found, kind, title, session, then):
    """Read what a Plan has. `session` leads to where the moments stand."""
    title = ExpressionWrapper(F(title), output_field=CharField())
    moments = [f"{session}starts_at", f"{session}ends_at"]
    return found.order_by().values_list(title, *moments, "state", Value(kind), then)
