"""Bookings that wait for somebody: held, offered, declined with another date, and a swap."""

from datetime import time, timedelta

from django.db.models import F

from accounts.models import User
from demo.loaders.training.calendar import at, busy_at, working_day
from demo.sign_ins import SIGN_INS
from organisation.models import StaffMember
from training.actions.places import end_booking
from training.models import Booking, Session, SwapProposal
from training.queries import five_days, waits_of
from training.states import BookingState, EndReason

ANSWERED_WITHIN = timedelta(days=2)
HELD = 3
IN_VAIN = 2
SAM, MANAGER = "social.worker@example.org", "manager@example.org"


def leave_answers_open(today, sam, diary):
    """Leave something to answer for each who may: the person, the manager, the colleague."""
    until = at(working_day(today + ANSWERED_WITHIN), time(17))
    offer_places(today, until)
    hold_places(today, until, sam)
    decline_with_another_date(today, sam, diary)
    propose_swap(today, sam)
    remember_waits(today, sam)


def remember_waits(today, sam):
    """On the course that Sam waits for, others once began to wait where Sam stands: most got in."""
    now = at(today, time(9))
    waiting = Booking.objects.filter(person=sam.user, state=BookingState.WAITING)
    wait = next(iter(waits_of(waiting.select_related("session__course"), now).values()), None)
    if wait is None:
        return
    courses = list(waiting.values_list("session__course", flat=True))
    past = list(
        Session.objects.planned().filter(course__in=courses, ends_at__lt=at(today, time(0)))
    )
    Booking.objects.holding_a_place().filter(session__in=past).update(
        joined_at_position=wait.position,
        waiting_since=F("made_at"),
        offered_at=F("made_at") + timedelta(hours=20),
    )
    for session in past:
        wait_in_vain(session, wait.position)


def wait_in_vain(session, position):
    """A few people waited to the end for a session, and no place came free."""
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
            joined_at_position=position,
            end_reason=EndReason.NO_PLACE,
            ended_at=session.starts_at,
        )


def offer_places(today, until):
    """In a full session without Sam, somebody gave a place back, and the next was offered it."""
    full = coming(today).filter(bookings__state=BookingState.WAITING).distinct()
    sams = Booking.objects.filter(person__email=SAM).values("session")
    full = full.exclude(bookings__swaps_received__isnull=False).exclude(pk__in=sams)
    session = full.first()
    if session is None:
        return
    booked = session.bookings.filter(state=BookingState.BOOKED).order_by("-place_number").first()
    next_one = free_at(session, session.bookings.filter(state=BookingState.WAITING))
    if not booked or not next_one:
        return
    for _, email in SIGN_INS:  # So that somebody who signs in can say yes or no.
        person = User.objects.get(email=email)
        waits = person.bookings.filter(during__overlap=session.during).exists()
        busy = waits or person.pk in busy_at(session)
        if not busy and email != SAM and five_days(person, today).left >= session.days:
            next_one.person = next_one.made_by = person
            break
    number = booked.place_number
    end_booking(
        booked,
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
    return waiting.exclude(person__in=busy_at(session)).order_by("waiting_since").first()


def hold_places(today, until, sam):
    """Some managers have not decided yet, among them the one who can sign in."""
    booked = Booking.objects.filter(
        state=BookingState.BOOKED,
        session__in=coming(today),
        session__course__is_mandatory=False,
        person__staff_member__line_manager__isnull=False,
    ).exclude(person=sam.user)
    booked = booked.select_related("person__staff_member__line_manager__user")
    rows = sorted(
        booked.order_by("-session__starts_at", "pk"),
        key=lambda row: row.person.staff_member.line_manager.user.email != MANAGER,
    )
    seen = set()
    for booking in rows:
        if len(seen) < 2 * HELD and not seen & {booking.person, booking.session}:
            seen |= {booking.person, booking.session}
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
