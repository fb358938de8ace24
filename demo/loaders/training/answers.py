"""Bookings that wait for somebody: held, offered, declined with another date, and a swap."""

from datetime import time, timedelta
from itertools import cycle

from demo.loaders.training.calendar import at, working_day
from organisation.models import StaffMember
from training.models import Booking, Session, SwapProposal
from training.states import BookingState, EndReason

ANSWERED_WITHIN = timedelta(days=2)
HELD = 3
IN_VAIN = 2


def remember_waits(bookings, sam, today):
    """On the course that Sam waits for, those who came had waited first, at place 1 or 2."""
    own = [row for row in bookings if row.person == sam.user and row.is_waiting]
    courses = {row.session.course_id for row in own}
    past = [row for row in bookings if row.session.course_id in courses and row.holds_a_place]
    past = [row for row in past if row.session.starts_on < today]
    for row, position in zip(past, cycle([1, 1, 2]), strict=False):
        row.joined_at_position = position
        row.waiting_since = row.made_at
        row.offered_at = row.made_at + timedelta(days=1)


def leave_answers_open(today, sam, diary):
    """Leave something to answer for each who may: the person, the manager, the colleague."""
    wait_in_vain(today, sam)
    until = at(working_day(today + ANSWERED_WITHIN), time(17))
    offer_places(today, until)
    hold_places(today, until, sam)
    decline_with_another_date(today, sam, diary)
    propose_swap(today, sam)


def wait_in_vain(today, sam):
    """On the course that Sam waits for, a few people waited to the end and no place came free."""
    courses = Booking.objects.filter(person=sam.user, state=BookingState.WAITING)
    past = Session.objects.planned().filter(
        course__in=courses.values("session__course"), ends_at__lt=at(today, time(0))
    )
    for session in past:
        others = StaffMember.objects.exclude(user__bookings__session=session)
        for member in others.filter(started_on__lt=session.starts_on).order_by("pk")[:IN_VAIN]:
            since = session.starts_at - timedelta(days=20)
            Booking.objects.create(
                session=session,
                person=member.user,
                made_by=member.user,
                during=session.during,
                state=BookingState.LAPSED,
                made_at=since,
                waiting_since=since,
                joined_at_position=1,
                end_reason=EndReason.NO_PLACE,
                ended_at=session.starts_at,
            )


def offer_places(today, until):
    """In a full session without Sam, somebody gave a place back, and the next was offered it."""
    full = coming(today).filter(bookings__state=BookingState.WAITING).distinct()
    session = next(iter(full.exclude(bookings__swaps_received__isnull=False)[1:]), None)
    if session is None:
        return
    booked = session.bookings.filter(state=BookingState.BOOKED).order_by("-place_number").first()
    next_one = free_at(session, session.bookings.filter(state=BookingState.WAITING))
    if not booked or not next_one:
        return
    number = booked.place_number
    booked.end(
        BookingState.CANCELLED_BY_PERSON,
        why=EndReason.CHANGED_PLANS,
        at=at(today - timedelta(days=1), time(15)),
    )
    booked.save()
    next_one.move_to(BookingState.OFFERED)
    next_one.place_number, next_one.answer_by = number, until
    next_one.offered_at = booked.ended_at
    next_one.save()


def free_at(session, waiting):
    """The first of those who wait that has nothing else then."""
    busy = Booking.objects.holding_a_place().filter(during__overlap=session.during)
    return waiting.exclude(person__in=busy.values("person")).order_by("waiting_since").first()


def hold_places(today, until, sam):
    """Some managers have not decided yet."""
    booked = Booking.objects.filter(
        state=BookingState.BOOKED,
        session__in=coming(today),
        session__course__is_mandatory=False,
        person__staff_member__line_manager__isnull=False,
    ).exclude(person=sam.user)
    seen = set()
    for booking in booked.order_by("-session__starts_at", "pk"):
        if len(seen) == HELD:
            break
        if booking.person_id not in seen:
            seen.add(booking.person_id)
            booking.state, booking.answer_by = BookingState.HELD, until
            booking.save(update_fields=["state", "answer_by"])


def decline_with_another_date(today, sam, diary):
    """Sam's manager objected to one date and suggested a later one."""
    own = Booking.objects.filter(person=sam.user).values("session")
    others = Session.objects.upcoming(at(today + timedelta(days=1), time(0))).with_places()
    others = list(others.select_related("course").exclude(pk__in=own))
    free = [row for row in others if row.places_left > 1 and diary.is_free(sam, row)]
    pairs = [
        (first, later)
        for first in others
        for later in free
        if first.course.topic == later.course.topic and first.starts_on < later.starts_on
    ]
    # The same course again if there is a date, else one about the same.
    pairs.sort(key=lambda pair: pair[0].course_id != pair[1].course_id)
    declined, suggested = next(iter(pairs), (None, None))
    if declined is None:
        return
    decided = at(today - timedelta(days=1), time(16))
    Booking.objects.create(
        session=declined,
        person=sam.user,
        made_by=sam.user,
        during=declined.during,
        state=BookingState.DECLINED,
        made_at=decided - timedelta(days=1),
        ended_at=decided,
        end_reason=EndReason.SAFE_COVER,
        reason="Two of us are in court that day. Could you take the later date?",
        suggested_session=suggested,
        decided_by=sam.line_manager.user,
        decided_at=decided,
    )


def propose_swap(today, sam):
    """A colleague with a place on what Sam waits for cannot come."""
    waiting = Booking.objects.filter(person=sam.user, state=BookingState.WAITING).first()
    if waiting is None:
        return
    waiting.may_be_named = True
    waiting.save(update_fields=["may_be_named"])
    booked = waiting.session.bookings.filter(state=BookingState.BOOKED).order_by("place_number")
    booking = booked.first()
    SwapProposal.objects.create(
        booking=booking,
        waiting=waiting,
        made_by=booking.person,
        made_at=at(today, time(8, 30)),
    )


def coming(today):
    return Session.objects.upcoming(at(today + timedelta(days=7), time(0)))
