"""Calendar files (RFC 5545, 5546) of informal chats."""

from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

REQUEST = "REQUEST"
CANCEL = "CANCEL"


def chat_calendar(booking, *, attendee, method):
    """Return the bytes of a calendar file for a booked chat, for the address `attendee`.

    REQUEST puts it in the calendar, CANCEL takes it out again: the UID is the booking's both times.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Careers and development//Informal chats//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_event(booking, attendee, method))
    return calendar.to_ical()


def _event(booking, attendee, method):
    slot = booking.slot
    event = Event()
    event.add("uid", f"chat-{booking.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", int(method == CANCEL))
    event.add("dtstamp", timezone.now())
    event.add("dtstart", slot.starts_at.astimezone(UTC))
    event.add("dtend", slot.ends_at.astimezone(UTC))
    event.add("summary", f"Informal chat: {slot.vacancy.title} ({slot.vacancy.reference})")
    event.add("url", f"{settings.SITE_URL}{slot.vacancy.get_absolute_url()}")
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    event.add("organizer", _address(settings.FROM_EMAIL, settings.COUNCIL_NAME))
    event.add("attendee", _address(attendee, ""))
    return event


def _address(email, name):
    address = vCalAddress(f"mailto:{email}")
    if name:
        address.params["cn"] = vText(name)
    return address
