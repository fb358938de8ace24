"""Reading attendance: who is on a session's list, what somebody may sign in to, and what it came to."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone

from training.models import Booking, Evaluation, Presence, Session, Usefulness
from training.models.attendance import parts_of
from training.sign_in_codes import LETTERS
from training.states import ATTENDANCE_STATES, WAS_THERE, BookingState

ON_THE_LIST = [BookingState.BOOKED, *sorted(ATTENDANCE_STATES)]
# Sessions that somebody ran so long ago are still on their page.
RAN_LATELY = timedelta(days=60)


def sessions_run_by(user, at):
    """Return {"now", "ahead", "over"}: the planned sessions that somebody leads, `with_places`."""
    unmarked = Count("bookings", filter=Q(bookings__state=BookingState.BOOKED))
    sessions = Session.objects.planned().filter(trainer=user, ends_at__gt=at - RAN_LATELY)
    sessions = sessions.select_related("course").with_places().annotate(unmarked=unmarked)
    today = timezone.localdate(at)
    found = {"now": [], "ahead": [], "over": []}
    for session in sessions.order_by("starts_at", "pk"):
        is_on = session.starts_on <= today <= timezone.localdate(session.ends_at)
        name = "now" if is_on else "ahead" if session.starts_at > at else "over"
        found[name].append(session)
    found["over"].reverse()
    return found


def part_open_at(session, at):
    """Return the part of a session that one can sign in to at a moment, or None."""
    return next((row for row in parts_of(session) if row.opens_at <= at < row.closes_at), None)


def sessions_to_sign_in_to(person, at):
    """Return the sessions that somebody has a place on and that can be signed in to at a moment."""
    return [row.session for row in bookings_to_sign_in_to(person, at)]


def bookings_to_sign_in_to(person, at):
    """Return somebody's bookings of sessions that can be signed in to at a moment."""
    soon = at + timedelta(minutes=settings.SIGN_IN_OPENS_MINUTES)
    bookings = Booking.objects.filter(
        person=person, state__in=ON_THE_LIST, session__starts_at__lte=soon, session__ends_at__gt=at
    )
    bookings = bookings.select_related("session__course").order_by("session__starts_at")
    return [row for row in bookings if part_open_at(row.session, at)]


def tell_who_has_signed_in(bookings, at):
    """Give each booking `may_sign_in`, and `signed_in_to`: the part that is open and done, or None.

    One query, and none while nothing is open.
    """
    ahead = [row for row in bookings if row.is_going and row.session.ends_at > at]
    parts = {row.pk: part_open_at(row.session, at) for row in ahead}
    parts = {key: part for key, part in parts.items() if part}
    rows = Presence.objects.filter(booking__in=parts, was_there=True) if parts else []
    there = {(row.booking_id, row.half_day) for row in rows}
    for booking in bookings:
        part = parts.get(booking.pk)
        is_in = part is not None and (booking.pk, part.half_day) in there
        booking.signed_in_to = part if is_in else None
        booking.may_sign_in = part is not None and not is_in
    return bookings


def has_signed_in(booking):
    """Say whether somebody has been there in any half day of their booking's session."""
    return booking.presences.filter(was_there=True).exists()


def keys_of_signed_in(bookings, at):
    """Return the keys of those bookings whose person has been there in any half day.

    One query, and none while none of them can have been signed in to.
    """
    soon = at + timedelta(minutes=settings.SIGN_IN_OPENS_MINUTES)
    begun = [row.pk for row in bookings if row.session.starts_at <= soon]
    there = Presence.objects.filter(booking__in=begun, was_there=True)
    return set(there.values_list("booking", flat=True))


@dataclass(frozen=True)
class Line:
    """Somebody on the list of a session: for each part the Presence, or None."""

    booking: Booking
    presences: list

    @property
    def cells(self):
        """For each part: its number, whether they were there, and in words how that is known."""
        return [
            (number, row is not None and row.was_there, row.get_way_display() if row else "")
            for number, row in enumerate(self.presences)
        ]


def attendance_list(session):
    """Return (parts, lines): who has a place on a session, by name, with each half day. Two queries."""
    parts = parts_of(session)
    bookings = list(
        Booking.objects.filter(session=session, state__in=ON_THE_LIST)
        .select_related("person")
        .order_by("person__full_name", "pk")
    )
    rows = Presence.objects.filter(booking__in=[booking.pk for booking in bookings])
    known = {(row.booking_id, row.half_day): row for row in rows}
    return parts, [
        Line(booking, [known.get((booking.pk, part.half_day)) for part in parts])
        for booking in bookings
    ]


def half_days_there(booking):
    """Return in words the half days that somebody was there, as far as they were noted."""
    rows = Presence.objects.filter(booking=booking, was_there=True)
    return [row.half_day.words for row in rows]


def bookings_to_evaluate(at):
    """Bookings of people who attended a session that was over at a moment and have not said how it was."""
    since = at - timedelta(days=settings.EVALUATION_ASKED_DAYS)
    return (
        Booking.objects.filter(
            state__in=WAS_THERE,
            session__ends_at__lte=at,
            session__ends_at__gt=since,
            evaluation__isnull=True,
        )
        .select_related("session__course", "person")
        .order_by("session__ends_at", "pk")
    )


@dataclass(frozen=True)
class Results:
    """The answers to a session, or only how many there are while they are too few to show."""

    answers: int
    are_shown: bool
    chart: list
    do_differently: list
    to_change: list


def results_of(session):
    """Return the Results of a session, without names and in an order that says nothing. One query."""
    rows = list(Evaluation.objects.filter(booking__session=session))
    if len(rows) < settings.EVALUATION_FEWEST_ANSWERS:
        return Results(len(rows), False, [], [], [])
    numbers = [row.useful for row in rows]
    chart = [(choice.label, numbers.count(choice)) for choice in Usefulness]
    return Results(
        len(rows),
        True,
        chart,
        sorted(row.do_differently for row in rows if row.do_differently),
        sorted(row.to_change for row in rows if row.to_change),
    )


def certificate_reference(booking):
    """Return what a certificate is looked up by: "1042-K7MWPX".

    The second half follows from the booking's one-time key, a random number of its own, so nobody can
    make a reference up, and one that is printed stays good when the site's keys change.
    """
    number = int.from_bytes(hashlib.sha256(f"certificate.{booking.one_time_key}".encode()).digest())
    letters = []
    for _ in range(6):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return f"{booking.pk}-{''.join(letters)}"


def certificate_for(reference):
    """Return the booking whose certificate has this reference and still stands, or None."""
    number, _, _ = reference.strip().upper().partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) < 12):
        return None
    booking = (
        Booking.objects.filter(pk=int(number), state__in=WAS_THERE)
        .select_related("session__course", "person")
        .first()
    )
    if booking and certificate_reference(booking) == reference.strip().upper():
        return booking
    return None
