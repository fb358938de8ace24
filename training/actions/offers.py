"""Free places go to whoever waits, in the published order, as an offer that must be answered."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from organisation.half_days import half_days_between
from organisation.models import StaffMember
from organisation.queries import (
    LONGEST_WAIT,
    WorkingTime,
    after_working_hours,
    working_time_of,
)
from training import emails
from training.actions.places import (
    Places,
    end_booking,
    lock_booking,
    lock_people,
    lock_session,
    lock_session_and_person,
)
from training.actions.settling import settle
from training.exceptions import OfferAnswered, OfferGone
from training.models import Booking, Session, SkippedOffer
from training.queries import time_taken_outside, waiting_in_published_order
from training.rules import can_answer_offer, may_have_places
from training.states import BookingEvent, BookingState, EndReason, SessionState, SkipReason


def offer_free_places(session):
    """Offer each free place of a session to the next who waits for it and can come.

    The caller has locked the session and whoever waits for it, in one transaction with what freed the
    place. Who is passed over is kept with the reason. Each offer stands for
    `settings.OFFER_WORKING_HOURS` of the person's working hours and at most until the session begins;
    the person gets an e-mail. Returns the offered bookings.
    """
    now = timezone.now()
    if session.state != SessionState.PLANNED or session.has_started(now):
        return []
    places = Places(session)
    if not places.free or not places.somebody_waits:
        return []
    numbers, queue = places.free, waiting_in_published_order(session, now)
    reasons = Reasons(session, queue, now)
    offered, skipped = [], []
    for booking in queue:
        if len(offered) == len(numbers):
            break
        reason = reasons.to_skip(booking)
        if reason:
            skipped.append((booking, reason))
        else:
            answer_by = min(reasons.deadline(booking), session.starts_at)
            offered.append(_offer(booking, numbers[len(offered)], answer_by, skipped))
            skipped = []
    keep_skipped(skipped, offered=None)
    return offered


@transaction.atomic
def accept_offer(*, booking, by):
    """Take the place that was offered, and return the booking: booked, or held for the manager.

    Saying yes twice is saying it once. Raises OfferGone when the offer has ended, PermissionDenied for anybody else's.
    """
    session, person = lock_session_and_person(booking.session, booking.person)
    current = lock_booking(booking)
    if can_answer_offer(by, current) and (current.is_booked or current.is_held):
        return current
    booking = _offer_of(booking, session, by)
    booking.person = person
    settle(booking, by=by)
    audit.record(BookingEvent.OFFER_ACCEPTED, booking, by=by)
    return booking


@transaction.atomic
def decline_offer(*, booking, by):
    """Give back the place that was offered; the next who waits is offered it.

    Raises OfferGone when the offer has ended, OfferAnswered for who said yes to it, and PermissionDenied
    for anybody else's.
    """
    session = lock_session(booking.session)
    lock_people([session])
    booking = _offer_of(booking, session, by)
    end_booking(booking, BookingState.DECLINED, why=EndReason.OFFER_DECLINED, at=timezone.now())
    booking.save()
    audit.record(BookingEvent.OFFER_DECLINED, booking, by=by)
    offer_free_places(session)
    return booking


@transaction.atomic
def lapse_offer(*, booking):
    """End an offer that nobody answered in time, tell the person, and offer the place to the next.

    Safe to run again: what has been answered meanwhile is left alone. Returns the booking.
    """
    session = lock_session(booking.session)
    lock_people([session])
    booking = lock_booking(booking)
    now = timezone.now()
    if booking.state != BookingState.OFFERED or booking.answer_by > now:
        return booking
    booking.session = session
    end_booking(booking, BookingState.LAPSED, why=EndReason.NO_ANSWER, at=now)
    booking.save()
    audit.record(BookingEvent.OFFER_LAPSED, booking, by=None)
    emails.offer_lapsed(booking)
    offer_free_places(session)
    return booking


@transaction.atomic
def fill_free_places(*, session):
    """Offer what is free of a session, for whom something elsewhere no longer stands in the way."""
    session = lock_session(session)
    lock_people([session])
    return offer_free_places(session)


def _offer_of(booking, session, by):
    booking = lock_booking(booking)
    booking.session = session
    if not can_answer_offer(by, booking):
        raise PermissionDenied("This offer is not yours to answer.")
    if booking.is_booked or booking.is_held:
        raise OfferAnswered(booking)
    if booking.state != BookingState.OFFERED or booking.answer_by <= timezone.now():
        raise OfferGone(session)
    return booking


def _offer(booking, number, answer_by, skipped):
    booking.move_to(BookingState.OFFERED)
    booking.place_number = number
    booking.answer_by = answer_by
    booking.offered_at = timezone.now()
    booking.save(update_fields=["state", "place_number", "answer_by", "offered_at"])
    keep_skipped(skipped, offered=booking)
    audit.record(BookingEvent.PLACE_OFFERED, booking, by=None, place_number=number)
    emails.place_offered(booking)
    return booking


def keep_skipped(skipped, offered):
    """Keep why somebody was passed over: pairs of their booking and the SkipReason."""
    SkippedOffer.objects.bulk_create(
        [SkippedOffer(booking=booking, offered=offered, reason=why) for booking, why in skipped],
        ignore_conflicts=True,
    )


class Reasons:
    """Why each of those who wait for a session cannot have a place now, read at once for all."""

    def __init__(self, session, queue, now):
        self.now, self.session = now, session
        people = [booking.person_id for booking in queue]
        self.half_days = half_days_between(session.starts_at, session.ends_at)
        self.busy = set(
            Booking.objects.holding_a_place()
            .filter(person__in=people, during__overlap=session.during)
            .values_list("person", flat=True)
        )
        self.busy |= time_taken_outside(people, session.during.lower, session.during.upper)
        led = Session.objects.planned().filter(trainer__in=people, during__overlap=session.during)
        self.busy |= set(led.values_list("trainer", flat=True))
        members = list(StaffMember.objects.filter(user__in=people))
        today = timezone.localdate(now)
        until = max(self.half_days[-1].on, today + LONGEST_WAIT)
        times = working_time_of(members, today, until)
        self.times = {member.user_id: times[member.pk] for member in members}

    def in_the_way(self, booking):
        """Return the SkipReason, or None for somebody who can come."""
        times = self.times.get(booking.person_id, WorkingTime())
        if not may_have_places(booking.person):
            return SkipReason.NOT_OPEN
        if booking.person_id in self.busy:
            return SkipReason.CLASH
        if any(times.is_away(half_day) for half_day in self.half_days):
            return SkipReason.AWAY
        return None

    def to_skip(self, booking):
        """Return the SkipReason, or None for somebody who can come and can still answer."""
        reason = self.in_the_way(booking)
        if reason:
            return reason
        times = self.times.get(booking.person_id, WorkingTime())
        if after_working_hours(self.now, 1, times) >= self.session.starts_at:
            return SkipReason.NO_TIME
        return None

    def deadline(self, booking):
        times = self.times.get(booking.person_id, WorkingTime())
        return after_working_hours(self.now, settings.OFFER_WORKING_HOURS, times)
