"""Messages about informal chats. They name the person only to the host and to themselves."""

from django.utils.formats import date_format

from notifications import outbox
from vacancies.calendar_files import CANCEL, REQUEST, chat_calendar
from vacancies.signed_links import chat_path


def chat_booked(booking):
    """Confirm a chat to the person, with a calendar file and the link to cancel; tell the host."""
    _to_person(booking, "chat_booked", calendar=REQUEST)
    _to_host(booking, "chat_booked_host", calendar=REQUEST)


def chat_cancelled(booking, *, by_host):
    """Tell the one who did not cancel, and confirm it to the person who comes no more."""
    _to_person(booking, "chat_cancelled", calendar=CANCEL, by_host=by_host)
    if not by_host:
        _to_host(booking, "chat_cancelled_host", calendar=CANCEL)


def chat_over(booking, *, news, reason):
    """Tell the person and the host that nobody can apply any more, so that the chat is cancelled.

    The host reads whom to ring when no e-mail address was given.
    """
    _to_person(booking, "chat_over", calendar=CANCEL, news=news, reason=reason)
    _to_host(booking, "chat_over_host", calendar=CANCEL, news=news)


def chat_reminder(booking):
    """Remind the person of the chat, with the link to cancel."""
    _to_person(booking, "chat_reminder")


def _to_person(booking, name, *, calendar=None, **facts):
    if not booking.email:
        return
    outbox.put(
        template=f"vacancies/emails/{name}",
        to=booking.email,
        context={**_facts_of(booking), "chat_path": chat_path(booking), **facts},
        about=booking,
        attachments=_calendar_file(booking, booking.email, calendar),
        key=f"{name}:{booking.pk}",
        secret=True,  # Whoever has the link can cancel.
    )


def _to_host(booking, name, *, calendar, **facts):
    host = booking.slot.host
    outbox.put(
        template=f"vacancies/emails/{name}",
        to=host.email,
        context={
            **_facts_of(booking),
            "host": host.get_short_name(),
            "email": booking.email,
            "phone": booking.phone,
            "question": booking.question,
            **facts,
        },
        about=booking,
        attachments=_calendar_file(booking, host.email, calendar),
        key=f"{name}:{booking.pk}",
    )


def _facts_of(booking):
    slot = booking.slot
    return {
        "name": booking.name,
        "when": slot.when,
        "day": date_format(slot.starts_at, "l j F"),
        "host_name": slot.host.full_name,
        "phone_given": bool(booking.phone),
        "title": slot.vacancy.title,
        "vacancy_path": slot.vacancy.get_absolute_url(),
    }


def _calendar_file(booking, attendee, method):
    if method is None:
        return []
    return [
        outbox.Attachment(
            filename="cancelled.ics" if method == CANCEL else "chat.ics",
            content=chat_calendar(booking, attendee=attendee, method=method),
            mimetype=f"text/calendar; method={method}",
        )
    ]
