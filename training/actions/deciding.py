"""Whether a session goes ahead with fewer people than it needs: somebody decides, never the clock."""

import logging

from django.db import Error, transaction
from django.utils import timezone

from accounts import audit
from training import session_emails
from training.actions.places import lock_session
from training.actions.sessions import refuse_unless_planner
from training.exceptions import DecisionPutOffBadly, NothingToDecide
from training.queries.deciding import sessions_to_decide, what_stands
from training.states import SessionEvent

log = logging.getLogger(__name__)


def ask_about_sessions_to_decide(*, at):
    """Ask an officer about each session whose decision date has come. Safe to repeat.

    Each has a transaction of its own; one that fails is logged and left for the next run.
    """
    for session in sessions_to_decide(at).filter(asked_to_decide_at__isnull=True):
        try:
            ask_about_session(session=session)
        except Error:
            log.exception("Could not ask about session %s", session.pk)


@transaction.atomic
def ask_about_session(*, session):
    """Write once to who planned a session, or to the officers' mailbox: how many have booked of how many.

    Nothing happens when it has been asked or settled meanwhile. Returns the session.
    """
    session = lock_session(session)
    now = timezone.now()
    if session.asked_to_decide_at or not _is_to_decide(session, now):
        return session
    session.asked_to_decide_at = now
    session.save(update_fields=["asked_to_decide_at"])
    session_emails.session_to_decide(session, what_stands(session))
    return session


@transaction.atomic
def run_session_anyway(*, session, by):
    """Decide that a session goes ahead with the people it has. Nobody is told: nothing changes for them.

    Raises PermissionDenied, and NothingToDecide when that is settled.
    """
    session = _locked_to_decide(session, by)
    session.goes_ahead_at = timezone.now()
    session.save(update_fields=["goes_ahead_at"])
    audit.record(SessionEvent.SESSION_GOES_AHEAD, session, by=by)
    return session


@transaction.atomic
def put_off_decision(*, session, decide_on, by):
    """Decide later: on a date after today and before the session, of which an officer is told again.

    Raises PermissionDenied, NothingToDecide, and DecisionPutOffBadly for another date.
    """
    session = _locked_to_decide(session, by)
    if not timezone.localdate() < decide_on < session.starts_on:
        raise DecisionPutOffBadly
    session.decide_on = decide_on
    session.asked_to_decide_at = None
    session.save(update_fields=["decide_on", "asked_to_decide_at"])
    audit.record(SessionEvent.DECISION_PUT_OFF, session, by=by, until=decide_on.isoformat())
    return session


def _locked_to_decide(session, by):
    refuse_unless_planner(by)
    session = lock_session(session)
    if not _is_to_decide(session, timezone.now()):
        raise NothingToDecide
    return session


def _is_to_decide(session, at):
    return sessions_to_decide(at).filter(pk=session.pk).exists()
