"""After an outside course: how it went, what others can read of it, and what the clock does."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction
from django.utils import timezone

from accounts import audit
from accounts.actions import carry_out
from training import outside_emails
from training.actions.ledger import enter_what_was_decided
from training.actions.outside import (
    end_outside_course_of_leaver,
    escalate_outside_course,
    lapse_outside_course,
    lock_outside,
    lock_person,
)
from training.actions.outside_money import lock_budget_line
from training.exceptions import AskedAndDecided, CostReasonNeeded, NotOverYet
from training.models import LedgerKind, OutsideCourse, OutsideReview
from training.rules import can_tell_outcome, decides_for_workforce
from training.states import (
    OUTSIDE_UNDECIDED,
    OutsideEvent,
    OutsideState,
    ReviewState,
)

log = logging.getLogger(__name__)


@transaction.atomic
def tell_outcome(*, outside, by, half_days, cost_pence, cost_reason="", review=None):
    """Say how an outside course went: how many half days (0: it did not take place) and what it cost in pence.

    The person does, and workforce development for somebody who has left.

    What counts goes to the ledger once. More than was agreed needs a `cost_reason`. `review` is
    {words, recommends, may_be_named} for colleagues, or None. The person, the manager and the mailbox
    are told; saying it again changes nothing. Raises PermissionDenied, NotOverYet, AskedAndDecided and
    CostReasonNeeded.
    """
    person = lock_person(outside.person)
    outside = lock_outside(outside)
    if outside.outcome_at and by.pk == outside.person_id:
        return outside
    _refuse_outcome(outside, by)
    if cost_pence > outside.cost_pence and not cost_reason.strip():
        raise CostReasonNeeded(outside.cost_words)
    took_place = half_days > 0
    outside.move_to(OutsideState.ATTENDED if took_place else OutsideState.NOT_ATTENDED)
    outside.half_days_attended = min(half_days, outside.half_days) if took_place else None
    outside.final_cost_pence = cost_pence
    outside.final_cost_reason = cost_reason if cost_pence > outside.cost_pence else ""
    outside.outcome_at = outside.ended_at = timezone.now()
    outside.save()
    if took_place and outside.counts_towards_five:
        _enter(outside, person, by)
    audit.record(OutsideEvent.OUTSIDE_OUTCOME_TOLD, outside, by=by, half_days=half_days)
    if took_place and review:
        _write_review(outside, by, **review)
    outside_emails.outcome_told(outside, by=by, line_is_over=_line_is_over(outside))
    return outside


def ledger_key(outside):
    """The key under which an outside course is in the ledger: there is one entry of it, or none."""
    return f"outside-course-{outside.pk}"


@transaction.atomic
def hide_review(*, review, by, reason):
    """Take a review from the page, with a reason that the officers keep. Raises PermissionDenied."""
    review = _review_to_look_at(review, by)
    if review.state == ReviewState.SHOWN:
        review.move_to(ReviewState.HIDDEN)
    review.hidden_reason = reason
    _looked_at(review, by)
    audit.record(OutsideEvent.OUTSIDE_REVIEW_HIDDEN, review, by=by)
    return review


@transaction.atomic
def keep_review(*, review, by):
    """Show a review, or go on showing it: an officer has looked at it. Raises PermissionDenied."""
    review = _review_to_look_at(review, by)
    if review.state == ReviewState.HIDDEN:
        review.move_to(ReviewState.SHOWN)
    review.hidden_reason = ""
    _looked_at(review, by)
    audit.record(OutsideEvent.OUTSIDE_REVIEW_SHOWN, review, by=by)
    return review


def let_time_answer_for_outside_courses(*, at):
    """Escalate and end what nobody has decided by the moment `at`. One that fails is left for the next run."""
    undecided = OutsideCourse.objects.filter(state__in=OUTSIDE_UNDECIDED)
    begun = undecided.filter(starts_at__lte=at)
    late = undecided.filter(
        state=OutsideState.ASKED, answer_by__lte=at, escalated_at=None, starts_at__gt=at
    )
    _each(begun, lapse_outside_course)
    _each(late, escalate_outside_course)


def end_outside_courses_of_leavers(*, at):
    """Take back what people who have left asked for and what has not begun by the moment `at`."""
    left = OutsideCourse.objects.filter(
        state__in=[*OUTSIDE_UNDECIDED, OutsideState.APPROVED],
        starts_at__gt=at,
        person__staff_member__left_on__lt=timezone.localdate(at),
    )
    _each(left, end_outside_course_of_leaver)


def ask_how_outside_courses_went(*, at):
    """Ask for the outcome of what is over: the day after, and once more later. Returns how many were asked."""
    asked = 0
    over = OutsideCourse.objects.coming().filter(ends_at__lte=at).with_people()
    for outside in over.order_by("pk"):
        if not outside.person.has_role("staff"):
            continue
        again = outside.ends_at + timedelta(days=settings.OUTSIDE_ASKED_AGAIN_DAYS) <= at
        outside_emails.how_did_it_go(outside, again=again)
        asked += 1
    return asked


def delete_outside_courses_kept_long_enough(*, on):
    """Delete outside courses and reviews whose end dates have come by the date `on`; return how many went."""
    return carry_out("outside_review", on=on) + carry_out("outside_course", on=on)


def _refuse_outcome(outside, by):
    if not outside.is_approved:
        raise AskedAndDecided(outside)
    if not outside.is_over(timezone.now()):
        raise NotOverYet
    if not can_tell_outcome(by, outside, timezone.now()):
        raise PermissionDenied("Only the person says how it went.")


def _enter(outside, person, by):
    enter_what_was_decided(
        person=person,
        on=outside.starts_on,
        half_days=outside.half_days_attended,
        kind=LedgerKind.OUTSIDE_COURSE,
        words=str(outside)[:200],
        key=ledger_key(outside),
        by=by,
    )


def _write_review(outside, by, *, words, recommends, may_be_named):
    review = OutsideReview.objects.create(
        course=outside, words=words, recommends=recommends, may_be_named=may_be_named
    )
    audit.record(OutsideEvent.OUTSIDE_REVIEW_WRITTEN, review, by=by)


def _line_is_over(outside):
    """Say whether the budget line has come to be over, for the officers to know."""
    if outside.budget_line is None:
        return False
    return lock_budget_line(outside.budget_line).left_pence < 0


def _review_to_look_at(review, by):
    if not decides_for_workforce(by):
        raise PermissionDenied("You cannot hide or show this review.")
    locked = OutsideReview.objects.select_for_update(of=["self"]).select_related("course")
    return locked.get(pk=review.pk)


def _looked_at(review, by):
    review.looked_at, review.looked_by = timezone.now(), by
    review.save(update_fields=["state", "hidden_reason", "looked_at", "looked_by"])


def _each(rows, act):
    for row in rows.select_related("person").order_by("pk"):
        try:
            act(outside=row)
        except Error:
            log.exception("Could not answer for outside course %s", row.pk)
