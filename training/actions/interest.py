"""Hearing of a course that has no date yet: once, when one is planned."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.actions import carry_out
from training import emails
from training.exceptions import DatesAhead
from training.models import CourseInterest, Session
from training.rules import can_register_interest, may_have_places
from training.states import InterestEvent


@transaction.atomic
def register_interest(*, course, by):
    """Remember that somebody would come to a course, and return the interest: one however often asked.

    Raises PermissionDenied, and DatesAhead when there is a date already.
    """
    if not can_register_interest(by, course):
        raise PermissionDenied("You cannot ask to hear of this course.")
    if Session.objects.upcoming(timezone.now()).filter(course=course).exists():
        raise DatesAhead
    interest, made = CourseInterest.objects.get_or_create(course=course, person=by, told_at=None)
    if made:
        audit.record(InterestEvent.INTEREST_REGISTERED, interest, by=by)
    return interest


@transaction.atomic
def withdraw_interest(*, course, by):
    """Forget that the person would come, if they were not told yet. Safe to run again."""
    for interest in CourseInterest.objects.untold().filter(course=course, person=by):
        audit.record(InterestEvent.INTEREST_WITHDRAWN, interest, by=by)
        interest.delete()


def tell_of_dates(*, at):
    """Write to everybody who waits for a date of a course that now has one. Returns how many.

    Each is told once: the row says of what and when, in the transaction that queues the letter. Who
    may have no places any more is not written to.
    """
    told = 0
    dated = Session.objects.upcoming(at).values("course")
    waiting = CourseInterest.objects.untold().filter(course__in=dated)
    for key in list(waiting.values_list("pk", flat=True)):
        told += _tell(key, at)
    return told


@transaction.atomic
def _tell(key, at):
    """Tell one person, unless another worker has it in hand or has done it. Returns whether it did."""
    rows = CourseInterest.objects.untold().select_for_update(of=["self"], skip_locked=True)
    interest = rows.select_related("course", "person").filter(pk=key).first()
    if interest is None or not may_have_places(interest.person):
        return False
    sessions = list(Session.objects.upcoming(at).filter(course=interest.course)[:3])
    if not sessions:
        return False
    interest.told_at, interest.told_of = at, sessions[0]
    interest.save(update_fields=["told_at", "told_of"])
    emails.date_planned(interest, sessions)
    return True


def delete_interests_past_their_time(*, on):
    """Delete interests older than settings.RETENTION says, told of or not. Returns how many went."""
    return carry_out("course_interest", on=on)
