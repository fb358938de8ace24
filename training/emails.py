"""Messages about training. Each puts rows in the outbox, inside the caller's transaction."""

from django.conf import settings
from django.urls import reverse
from django.utils.dateformat import format as format_date

from notifications import outbox
from training.calendar_files import CANCEL, REQUEST, booking_calendar
from training.queries import line_manager_of

MAILBOX_NAME = "workforce development"


def place_booked(booking):
    """Confirm a place to the person, with a calendar file."""
    _to_person(booking, "place_booked", calendar=REQUEST)


def booking_cancelled(booking, *, had_a_place):
    """Confirm a cancellation to the person; what was in the calendar goes out of it."""
    _to_person(
        booking,
        "booking_cancelled",
        calendar=CANCEL if had_a_place else None,
        had_a_place=had_a_place,
    )


def place_came_up(bookings, *, freed):
    """Tell everybody waiting, in order, that the place of `freed` came up. The first to book has it."""
    for booking in bookings:
        _to_person(
            booking,
            "place_came_up",
            step=f"place_came_up-{freed.pk}",
            others_told=len(bookings) - 1,
        )


def session_changed(booking):
    """Tell a person about new times or a new place; the calendar entry moves along."""
    _to_person(
        booking,
        "session_changed",
        step=f"session_changed-{booking.session.calendar_sequence}",
        calendar=REQUEST if booking.holds_a_place else None,
    )


def session_cancelled(booking, *, had_a_place, reason):
    """Tell a person that we cancelled the session, and why."""
    _to_person(
        booking,
        "session_cancelled",
        calendar=CANCEL if had_a_place else None,
        had_a_place=had_a_place,
        reason=reason,
    )


def nomination_made(nomination):
    """Tell the nominee, the manager and the nominations mailbox."""
    _to_everyone(nomination, "nomination_made")


def nomination_enrolled(nomination, booking=None):
    """Tell the three of them; a booked place comes to the nominee with its calendar file."""
    _to_everyone(nomination, "nomination_enrolled", booking)


def nomination_declined(nomination):
    """Tell the three of them, with the officer's reason."""
    _to_everyone(nomination, "nomination_declined")


def _to_person(booking, template, *, step="", calendar=None, **facts):
    session = booking.session
    outbox.put(
        template=f"training/emails/{template}",
        to=booking.person.email,
        context={
            "name": booking.person.get_short_name(),
            "course": session.course.title,
            "when": session.when,
            "where": session.where,
            "online_link": session.online_link,
            "session_path": session.get_absolute_url(),
            "bookings_path": reverse("training:booking-list"),
            "courses_path": reverse("training:course-list"),
            **facts,
        },
        about=booking,
        attachments=[_calendar_file(booking, calendar)] if calendar else [],
        key=f"booking-{booking.pk}-{step or template}",
    )


def _to_everyone(nomination, template, booking=None):
    """Write to the nominee, the manager and the mailbox; an address that is two of them gets one."""
    nominee = nomination.nominee
    manager = line_manager_of(nominee) if nomination.is_own else nomination.nominated_by
    readers = [("nominee", nominee.email, nominee.get_short_name())]
    if manager:
        readers.append(("manager", manager.email, manager.get_short_name()))
    readers.append(("mailbox", settings.NOMINATIONS_MAILBOX, MAILBOX_NAME))
    for reader, address, name in readers:
        sends_calendar = booking is not None and reader == "nominee"
        outbox.put(
            template=f"training/emails/{template}",
            to=address,
            context={"reader": reader, "name": name, **_nomination_facts(nomination)},
            about=nomination,
            attachments=[_calendar_file(booking, REQUEST)] if sends_calendar else [],
            key=f"nomination-{nomination.pk}-{template}-{address}",
        )


def _nomination_facts(nomination):
    session, intake = nomination.session, nomination.intake
    return {
        "nominee": nomination.nominee.full_name,
        "nominated_by": nomination.nominated_by.full_name,
        "is_own": nomination.is_own,
        "reason": nomination.reason,
        "decision_reason": nomination.decision_reason,
        "target": session.course.title if session else intake.version.in_words,
        "for_session": session is not None,
        "when": session.when if session else format_date(intake.starts_on, "l j F Y"),
        "where": session.where if session else "",
        "nominations_path": reverse("training:nomination-list"),
        "admin_path": reverse("admin:training_nomination_change", args=[nomination.pk]),
    }


def _calendar_file(booking, method):
    return outbox.Attachment(
        filename="cancelled.ics" if method == CANCEL else "training.ics",
        content=booking_calendar(booking, method=method),
        mimetype=f"text/calendar; method={method}",
    )
