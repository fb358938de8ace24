"""Messages about outside courses and what was attended elsewhere: rows in the outbox, in the caller's transaction."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date

from notifications import outbox
from training.queries import approver_of, approvers_of

MAILBOX_NAME = "workforce development"
PERSON, MANAGER, MAILBOX = "person", "manager", "mailbox"


def asked_for(outside, approver):
    """Confirm to the person, ask the manager (or the mailbox where there is none), and tell the mailbox."""
    _to_all(outside, "outside_asked", manager=approver)


def passed_on(outside):
    """Tell all three that the manager said yes, and ask workforce development."""
    _to_all(outside, "outside_passed_on", manager=outside.manager_by)


def approved(outside):
    """Tell all three that it is approved, who books it, and whether it counts."""
    _to_all(outside, "outside_approved", manager=_manager_of(outside))


def declined(outside, by):
    """Tell all three who said no, and why."""
    _to_all(outside, "outside_declined", manager=_manager_of(outside), declined_by=by.full_name)


def withdrawn(outside):
    """Tell all three that it was taken back."""
    _to_all(outside, "outside_withdrawn", manager=_manager_of(outside))


def lapsed(outside):
    """Tell all three that it began before anybody decided."""
    _to_all(outside, "outside_lapsed", manager=_manager_of(outside))


def escalated(outside):
    """Ask whoever stands behind the manager, and the mailbox, about what the manager has not answered."""
    for approver in approvers_of(outside.person, timezone.now(), late=True)[1:]:
        _put_outside(
            outside, "outside_escalated", MANAGER, approver.email, approver.get_short_name()
        )
    _put_outside(outside, "outside_escalated", MAILBOX, settings.NOMINATIONS_MAILBOX, MAILBOX_NAME)


def how_did_it_go(outside, *, again):
    """Ask the person how it went: once the day after, and once `again`."""
    step = "outside_how_was_it-again" if again else "outside_how_was_it"
    _put_outside(
        outside,
        "outside_how_was_it",
        PERSON,
        outside.person.email,
        outside.person.get_short_name(),
        step=step,
    )


def outcome_told(outside, *, by, line_is_over):
    """Tell all three how it went; the mailbox what it cost, and whether the budget line is over by it."""
    _to_all(
        outside,
        "outside_outcome",
        manager=_manager_of(outside),
        line_is_over=line_is_over,
        told_by_them=by.pk == outside.person_id,
    )


def attended_logged(attended, approver, *, answered=False):
    """Ask the manager, or the mailbox where there is none, to confirm what somebody has attended."""
    template = "attended_answered" if answered else "attended_logged"
    # Every answer is another step: the question may be asked again.
    step = f"{template}-{timezone.now():%Y%m%d%H%M%S}" if answered else template
    if approver:
        _put_attended(attended, template, approver.email, approver.get_short_name(), step=step)
    else:
        _put_attended(attended, template, settings.NOMINATIONS_MAILBOX, MAILBOX_NAME, step=step)


def attended_escalated(attended):
    """Ask whoever stands behind the manager, and the mailbox, to confirm what the manager has not."""
    for approver in approvers_of(attended.person, timezone.now(), late=True)[1:]:
        _put_attended(attended, "attended_logged", approver.email, approver.get_short_name())
    _put_attended(attended, "attended_logged", settings.NOMINATIONS_MAILBOX, MAILBOX_NAME)


def attended_questioned(attended, by):
    """Ask the person what the manager wants to know."""
    person = attended.person
    _put_attended(
        attended,
        "attended_questioned",
        person.email,
        person.get_short_name(),
        step=f"attended_questioned-{timezone.now():%Y%m%d%H%M%S}",
        asked_by=by.full_name,
    )


def attended_decided(attended):
    """Tell the person that it is confirmed, and whether it counts; or why not."""
    person = attended.person
    _put_attended(
        attended,
        f"attended_{attended.state}",
        person.email,
        person.get_short_name(),
        decided_by=attended.decided_by.full_name,
    )


def _manager_of(outside):
    """Return the manager who decided, else the one who would be asked now, or None."""
    return outside.manager_by or approver_of(outside.person, timezone.now())


def _to_all(outside, template, *, manager, **facts):
    """Write to the person, the manager and the mailbox; an address that is two of them gets one."""
    person = outside.person
    readers = {person.email: (PERSON, person.get_short_name())}
    if manager:
        readers.setdefault(manager.email, (MANAGER, manager.get_short_name()))
    readers.setdefault(settings.NOMINATIONS_MAILBOX, (MAILBOX, MAILBOX_NAME))
    for address, (reader, name) in readers.items():
        asks_mailbox = reader == MAILBOX and manager is None
        _put_outside(outside, template, reader, address, name, asks_mailbox=asks_mailbox, **facts)


def _put_outside(outside, template, reader, address, name, *, step="", **facts):
    outbox.put(
        template=f"training/emails/{template}",
        to=address,
        about=outside,
        key=f"outside-{outside.pk}-{step or template}-{address}",
        context={
            "reader": reader,
            "name": name,
            "person": outside.person.full_name,
            "course": outside.title,
            "provider": outside.provider,
            "when": outside.when,
            "where": outside.where,
            "cost": outside.cost_words,
            "final_cost": outside.final_cost_words,
            "final_cost_reason": outside.final_cost_reason,
            "took_place": outside.half_days_attended is not None,
            "half_days": outside.half_days_attended or 0,
            "reason": outside.reason,
            "end_reason": outside.end_reason,
            "manager": outside.manager_by.full_name if outside.manager_by else "",
            "counts": bool(outside.counts_towards_five),
            "we_book": outside.booked_by == "us",
            "budget_line": str(outside.budget_line) if outside.budget_line else "",
            "over_budget_reason": outside.over_budget_reason,
            "answer_by": outside.answer_by_words,
            "own_path": outside.get_absolute_url(),
            "outcome_path": reverse("training:outside-outcome", args=[outside.pk]),
            "decide_path": reverse("training:outside-decide", args=[outside.pk]),
            "admin_path": reverse("admin:training_outsidecourse_decide", args=[outside.pk]),
            **facts,
        },
    )


def _put_attended(attended, template, address, name, *, step="", **facts):
    outbox.put(
        template=f"training/emails/{template}",
        to=address,
        about=attended,
        key=f"attended-{attended.pk}-{step or template}-{address}",
        context={
            "name": name,
            "person": attended.person.full_name,
            "title": attended.title,
            "organiser": attended.organiser,
            "on": format_date(attended.on, "j F Y"),
            "half_days": attended.half_days,
            "question": attended.question,
            "answer": attended.answer,
            "decision_reason": attended.decision_reason,
            "counts": bool(attended.counts_towards_five),
            "answer_by": attended.answer_by_words,
            "own_path": attended.get_absolute_url(),
            "decide_path": reverse("training:attended-decide", args=[attended.pk]),
            **facts,
        },
    )
