"""Calendar files (RFC 5545, 5546) of interviews: one entry a booking, which later files update or cancel."""

from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from notifications.outbox import Attachment

REQUEST = "REQUEST"
CANCEL = "CANCEL"


def interview_file(booking, *, attendee, title, path, method, description=""):
    """Return the file that puts an interview in somebody's calendar, changes it there, or takes it out.

    `attendee` is an address, `title` what the entry is called, `path` the page it leads to. The UID is the
    booking's; its higher `sequence` replaces what was sent before.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Careers and development//Interviews//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    event = Event()
    slot = booking.slot
    event.add("uid", f"interview-{booking.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", booking.sequence)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", slot.begins_at.astimezone(UTC))
    event.add("dtend", slot.ends_at.astimezone(UTC))
    event.add("summary", title)
    event.add("location", slot.where)
    event.add("url", f"{settings.SITE_URL}{path}")
    join = [f"Join: {slot.link}"] if slot.link else []
    event.add("description", "\n".join([*join, *([description] if description else [])]))
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    event.add("organizer", _address(settings.FROM_EMAIL, settings.COUNCIL_NAME))
    event.add("attendee", _address(attendee, ""))
    calendar.add_component(event)
    return Attachment("interview.ics", calendar.to_ical(), f"text/calendar; method={method}")


def _address(email, name):
    address = vCalAddress(f"mailto:{email}")
    if name:
        address.params["cn"] = vText(name)
    return address
