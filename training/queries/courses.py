from datetime import timedelta

from django.db.models import F, Max, Min, Q

from training.models import Booking, Course, Session
from training.states import COMING_STATES, BookingState

NEXT_DATES = 3


def sessions_to_book(at):
    """Return planned sessions after the moment `at`, with course and places, the soonest first."""
    return Session.objects.upcoming(at).select_related("course").with_places()


def sessions_with_a_place(at):
    """Return those of `sessions_to_book` that can be booked now: not full, and not in a fair round."""
    return sessions_to_book(at).filter(places_left__gt=0, requests_close_at=None)


def other_dates(booking, at):
    """Return other dates of a booking's course that have a place, the soonest first."""
    return (
        sessions_with_a_place(at)
        .filter(course=booking.session.course_id)
        .exclude(pk=booking.session_id)
    )


def next_dates_of(session, at):
    """Return up to three other dates of a session's course that have a place, the soonest first."""
    others = sessions_with_a_place(at).filter(course=session.course_id).exclude(pk=session.pk)
    return list(others[:NEXT_DATES])


def my_bookings_by_session(person, sessions):
    """Return {session id: the person's current booking} for some sessions."""
    bookings = Booking.objects.current().filter(person=person, session__in=sessions)
    return {booking.session_id: booking for booking in bookings}


def mandatory_training(member, at):
    """Return the mandatory courses for a member of staff, with `last_attended_at` and `booked_for`."""
    mine = Q(sessions__bookings__person=member.user_id)
    attended = mine & Q(sessions__bookings__state=BookingState.ATTENDED)
    booked = mine & Q(sessions__bookings__state__in=COMING_STATES, sessions__starts_at__gt=at)
    return (
        Course.objects.filter(is_offered=True, is_mandatory=True)
        .filter(Q(roles__isnull=True) | Q(roles=member.role_id))
        .annotate(
            last_attended_at=Max("sessions__starts_at", filter=attended),
            booked_for=Min("sessions__starts_at", filter=booked),
        )
        .order_by("title")
    )


def sessions_that_need_a_look(at):
    """Return what officers should look at: {"people": sessions, "attendance": sessions}.

    "people": planned within a week with under half the places taken; "attendance": over, with
    somebody not marked yet.
    """
    soon = Session.objects.planned().with_places()
    return {
        "people": soon.filter(
            starts_at__gt=at,
            starts_at__lte=at + timedelta(days=7),
            places_taken__lt=F("capacity") * 0.5,
        ),
        "attendance": Session.objects.planned()
        .filter(ends_at__lt=at, bookings__state=BookingState.BOOKED)
        .distinct(),
    }
