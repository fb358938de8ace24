"""Messages to those who hold sessions and plan them: trainers, officers and their mailbox."""

from django.conf import settings
from django.urls import reverse

from notifications import outbox
from training.models.courses import moment_words
from training.rules import can_plan_sessions


def trainer_told_of_change(session):
    """Tell the trainer of a session about its new times or place."""
    _to_trainer(session, "session_changed_trainer", step=session.calendar_sequence)


def trainer_told_of_cancellation(session, reason):
    """Tell the trainer that a session is cancelled, and why."""
    _to_trainer(session, "session_cancelled_trainer", reason=reason)


def session_to_decide(session, stands):
    """Ask who planned a session, or the officers' mailbox, whether it goes ahead with few people.

    One mail for each decision date.
    """
    planner = session.planned_by
    asks_planner = planner is not None and can_plan_sessions(planner)
    _put(
        session,
        "session_to_decide",
        to=planner.email if asks_planner else settings.NOMINATIONS_MAILBOX,
        key=f"session-{session.pk}-to_decide-{session.decide_on:%Y-%m-%d}",
        context={
            "name": planner.get_short_name() if asks_planner else "workforce development",
            "booked": stands.booked,
            "minimum": session.minimum_people,
            "others": stands.others_in_words,
            "decide_path": reverse("admin:training_session_decide", args=[session.pk]),
        },
    )


def session_without_trainer(session):
    """Tell the officers' mailbox once that the trainer of a session to come has left."""
    _put(
        session,
        "session_without_trainer",
        to=settings.NOMINATIONS_MAILBOX,
        key=f"session-{session.pk}-without-trainer-{session.trainer_id}",
        context={
            "name": "workforce development",
            "trainer": session.trainer.full_name,
            "change_path": reverse("admin:training_session_change", args=[session.pk]),
        },
    )


def _to_trainer(session, template, *, step="", **facts):
    _put(
        session,
        template,
        to=session.trainer.email,
        key=f"session-{session.pk}-{template}-{session.trainer_id}-{step}",
        context={"name": session.trainer.get_short_name(), **facts},
    )


def _put(session, template, *, to, key, context):
    facts = {
        "course": session.course.title,
        "when": session.when,
        "where": session.where,
        "begins": moment_words(session.starts_at),
        "session_path": session.get_absolute_url(),
    }
    outbox.put(
        template=f"training/emails/{template}",
        to=to,
        about=session,
        key=key,
        context=facts | context,
    )
