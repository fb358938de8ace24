"""Calendar files (RFC 5545, 5546): one entry per booking, which later files update or cancel."""

from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from organisation.half_days import half_days_between
from organisation.queries import hours_of
from training.states import BookingState

REQUEST = "REQUEST"
CANCEL = "CANCEL"
PUBLISH = "PUBLISH"


def booking_calendar(booking, *, method):
    """Return the bytes of a calendar file for a booking.

    REQUEST puts it in the calendar or changes it there, CANCEL takes it out, PUBLISH is for a
    download. The UID stays the same for the booking; a higher SEQUENCE replaces what was sent before.
    Booking again is another booking, with an entry of its own.
    """
    calendar = _calendar(method)
    status = "CANCELLED" if method == CANCEL else _STATUSES.get(booking.state, "CONFIRMED")
    event = _event(booking, status, at=timezone.now())
    if method != PUBLISH:
        event.add("organizer", _person(settings.FROM_EMAIL, settings.COUNCIL_NAME))
        event.add("attendee", _person(booking.person.email, booking.person.full_name))
    calendar.add_component(event)
    return calendar.to_ical()


def calendar_of(bookings, outside_courses):
    """Return the bytes of a calendar with an entry for each, the same while nothing changes.

    What is held is tentative; a booking that has ended is there as cancelled.
    """
    calendar = _calendar(PUBLISH)
    calendar.add("x-wr-calname", f"Training, {settings.COUNCIL_NAME}")
    for booking in bookings:
        status = "CANCELLED" if booking.is_over else _STATUSES.get(booking.state, "CONFIRMED")
        changed = booking.ended_at or booking.decided_at or booking.made_at
        calendar.add_component(_event(booking, status, at=changed))
    for course in outside_courses:
        calendar.add_component(_outside_event(course))
    return calendar.to_ical()


_STATUSES = {BookingState.HELD: "TENTATIVE"}


def _calendar(method):
    calendar = Calendar()
    calendar.add("prodid", "-//Careers and development//Training//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _event(booking, status, at):
    """An entry as it stands. A cancelled one counts as one change more than the session has had."""
    session = booking.session
    event = Event()
    event.add("uid", f"booking-{booking.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", session.calendar_sequence + (status == "CANCELLED"))
    event.add("dtstamp", at)
    event.add("dtstart", session.starts_at.astimezone(UTC))
    event.add("dtend", session.ends_at.astimezone(UTC))
    event.add("summary", session.course.title)
    event.add("location", session.where)
    event.add("url", f"{settings.SITE_URL}{session.get_absolute_url()}")
    event.add("description", _description(session))
    event.add("status", status)
    return event


def _outside_event(course):
    """An entry in office hours: of an outside course we know the half days alone."""
    half_days = half_days_between(course.starts_at, course.ends_at)
    event = Event()
    event.add("uid", f"outside-course-{course.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", course.workforce_at or course.made_at)
    event.add("dtstart", hours_of(half_days[0])[0].astimezone(UTC))
    event.add("dtend", hours_of(half_days[-1])[1].astimezone(UTC))
    event.add("summary", f"{course.title} ({course.provider})")
    event.add("location", course.where)
    event.add("url", f"{settings.SITE_URL}{course.get_absolute_url()}")
    event.add("status", "CONFIRMED")
    return event


def _description(session):
    link = [f"Join: {session.online_link}"] if session.online_link else []
    return "\n".join([session.course.summary, *link])


def _person(email, name):
    address = vCalAddress(f"mailto:{email}")
    address.params["cn"] = vText(name)
    return address
