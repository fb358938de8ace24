"""Messages about nominations, to the nominee, the manager and the mailbox."""

from django.conf import settings
from django.urls import reverse
from django.utils.dateformat import format as format_date

from notifications import outbox
from training.calendar_files import REQUEST
from training.emails import MAILBOX_NAME, calendar_file
from training.queries import line_manager_of


def nominations_made(nominations):
    """Tell each nominee; tell the manager and the mailbox of all of them at once, in their order."""
    if len(nominations) == 1:
        _to_everyone(nominations[0], "nomination_made")
    elif nominations:
        for nomination in nominations:
            _to_everyone(nomination, "nomination_made", only="nominee")
        _of_several(nominations)


def nomination_waiting(nomination):
    """Tell the three of them that the officer said yes and a place has to come free first."""
    _to_everyone(nomination, "nomination_waiting")


def nomination_withdrawn(nomination):
    """Tell the three of them that the nomination is over, and why where the clock ended it."""
    _to_everyone(nomination, "nomination_withdrawn")


def nomination_enrolled(nomination, booking=None):
    """Tell the three of them; a booked place comes to the nominee with its calendar file."""
    _to_everyone(nomination, "nomination_enrolled", booking)


def nomination_declined(nomination):
    """Tell the three of them, with the officer's reason."""
    _to_everyone(nomination, "nomination_declined")


def _of_several(nominations):
    """Write to the manager and to the mailbox about nominations for one thing that were made together."""
    first = nominations[0]
    facts = _nomination_facts(first) | {
        "nominees": [
            {"name": row.nominee.full_name, "rank": row.rank, "reason": row.reason}
            for row in nominations
        ],
        "decide_path": reverse("admin:training_nomination_decide")
        + f"?{'session' if first.session else 'intake'}={first.target.pk}",
    }
    manager = first.nominated_by
    for reader, address, name in [
        ("manager", manager.email, manager.get_short_name()),
        ("mailbox", settings.NOMINATIONS_MAILBOX, MAILBOX_NAME),
    ]:
        outbox.put(
            template="training/emails/nominations_made",
            to=address,
            context={"reader": reader, "name": name, **facts},
            about=first,
            key=f"nomination-{first.pk}-nominations_made-{address}",
        )


def _to_everyone(nomination, template, booking=None, only=None):
    """Write to the nominee, the manager and the mailbox; an address that is two of them gets one."""
    nominee = nomination.nominee
    manager = line_manager_of(nominee) if nomination.is_own else nomination.nominated_by
    readers = [("nominee", nominee.email, nominee.get_short_name())]
    if manager:
        readers.append(("manager", manager.email, manager.get_short_name()))
    readers.append(("mailbox", settings.NOMINATIONS_MAILBOX, MAILBOX_NAME))
    for reader, address, name in readers:
        if only and reader != only:
            continue
        sends_calendar = booking is not None and reader == "nominee"
        outbox.put(
            template=f"training/emails/{template}",
            to=address,
            context={
                "reader": reader,
                "name": name,
                "has_calendar": sends_calendar,
                **_nomination_facts(nomination),
            },
            about=nomination,
            attachments=[calendar_file(booking, REQUEST)] if sends_calendar else [],
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
        "order_path": reverse("training:waiting-order"),
        "admin_path": reverse("admin:training_nomination_change", args=[nomination.pk]),
    }
