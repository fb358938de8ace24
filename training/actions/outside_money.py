"""Workforce development's yes to an outside course, and the budget lines that pay for them."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from training import outside_emails
from training.actions.outside import (
    lock_outside,
    lock_person,
    refuse_outside_clash,
    refuse_unless_workforces,
)
from training.actions.safe_cover import refuse_below_cover
from training.exceptions import (
    AskedAndDecided,
    BudgetBelowCommitted,
    BudgetLineNeeded,
    OverBudget,
)
from training.models import BudgetLine, pounds_in_words
from training.rules import decides_for_workforce
from training.states import OutsideEvent, OutsideState


@transaction.atomic
def approve_outside_course(
    *,
    outside,
    by,
    counts,
    booked_by,
    budget_line=None,
    over_budget_reason="",
    cover_reason="",
):
    """Say yes for workforce development: the money is committed and the time is the person's. All three are told.

    `counts` says whether it counts towards the five days, `booked_by` who books it. What costs
    something needs a `budget_line`; `over_budget_reason` says why the line may be over, and is kept.
    What the manager said about safe cover counts, else `cover_reason`. Raises PermissionDenied,
    AskedAndDecided, OutsideClash, BudgetLineNeeded, OverBudget and BelowSafeCover.
    """
    person = lock_person(outside.person)
    outside = lock_outside(outside)
    refuse_unless_workforces(outside, by)
    if outside.has_started(timezone.now()):
        raise AskedAndDecided(outside)
    refuse_outside_clash(person, outside.starts_at, outside.ends_at)
    below = refuse_below_cover(outside, person, outside.cover_reason or cover_reason)
    over = _refuse_over_budget(outside, budget_line, over_budget_reason)
    outside.move_to(OutsideState.APPROVED)
    outside.workforce_by, outside.workforce_at = by, timezone.now()
    outside.budget_line = budget_line if outside.cost_pence else None
    outside.over_budget_reason = over_budget_reason.strip() if over else ""
    outside.counts_towards_five, outside.booked_by = counts, booked_by
    if below and not outside.cover_reason:
        outside.cover_reason = cover_reason.strip()
    outside.save()
    facts = {"counts": counts, "over_budget": over}
    audit.record(OutsideEvent.OUTSIDE_COURSE_APPROVED, outside, by=by, **facts)
    outside_emails.approved(outside)
    return outside


@transaction.atomic
def keep_budget_line(*, line, by, reason=""):
    """Keep a budget line, new or changed. Less than is committed needs a `reason`, which is kept.

    Raises PermissionDenied and BudgetBelowCommitted.
    """
    if not decides_for_workforce(by):
        raise PermissionDenied("You cannot change a budget line.")
    committed = lock_budget_line(line).committed_pence if line.pk else 0
    if committed > line.pounds * 100 and not reason.strip():
        raise BudgetBelowCommitted(line, pounds_in_words(committed))
    line.save()
    facts = {"pounds": line.pounds, "committed_pence": committed, "reason": reason.strip()}
    audit.record(OutsideEvent.BUDGET_LINE_KEPT, line, by=by, **facts)
    return line


def lock_budget_line(line):
    """Lock a budget line and return it with what is committed of it: read after the lock is had."""
    BudgetLine.objects.select_for_update(no_key=True).get(pk=line.pk)
    return BudgetLine.objects.with_committed().get(pk=line.pk)


def _refuse_over_budget(outside, budget_line, reason):
    """Raise what is wrong with the money; return whether the line would be over, with a reason for it."""
    if not outside.cost_pence:
        return False
    if budget_line is None:
        raise BudgetLineNeeded
    line = lock_budget_line(budget_line)
    over = outside.cost_pence - line.left_pence
    if over > 0 and not reason.strip():
        raise OverBudget(line, pounds_in_words(over))
    return over > 0
