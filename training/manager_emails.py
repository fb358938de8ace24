"""What managers get by e-mail each day, and what they have sent to their people."""

from django.urls import reverse
from django.utils.dateformat import format as format_date

from notifications import outbox


def waiting_for_you(waiting_by_manager, on):
    """Tell each manager what waits for them: one mail for a person and a day, however often it is run."""
    letters = [
        outbox.Letter(
            to=user.email,
            context=_waiting_facts(user, waiting),
            about=user,
            key=f"waiting-for-you-{user.pk}-{on:%Y-%m-%d}",
        )
        for user, waiting in waiting_by_manager.items()
    ]
    return outbox.put_many(template="training/emails/waiting_for_you", letters=letters)


def _waiting_facts(user, waiting):
    return {
        "name": user.get_short_name(),
        "number": waiting.number,
        "to_approve": [_line(booking) for booking in waiting.to_approve],
        "to_object_to": [_line(booking) for booking in waiting.to_object_to],
        "offers": [_line(booking) for booking in waiting.offers],
        "outside": [
            _asked_line(row, row.when, "training:outside-decide") for row in waiting.outside
        ],
        "attended": [
            _asked_line(row, format_date(row.on, "l j F Y"), "training:attended-decide")
            for row in waiting.attended
        ],
        "decided": [
            {"words": str(row), "outcome": row.get_state_display().lower()}
            for row in waiting.decided
        ],
        "waiting_path": reverse("training:waiting-for-me"),
    }


def _line(booking):
    return {
        "person": booking.person.full_name,
        "until": booking.answer_by_words,
        **_session_facts(booking.session),
        "path": reverse("training:booking-decide", args=[booking.pk]),
    }


def _asked_line(row, when, address):
    return {
        "person": row.person.full_name,
        "title": row.title,
        "when": when,
        "until": row.answer_by_words,
        "path": reverse(address, args=[row.pk]),
    }


def _session_facts(session):
    return {
        "course": session.course.title,
        "when": session.when,
        "where": session.where,
        "path": session.get_absolute_url(),
    }
