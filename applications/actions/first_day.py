"""From the offer that was accepted to the first day: the firm offer, and the row of the staff register."""

import logging

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts import audit
from applications import offer_emails
from applications.actions.answering import lock_vacancy
from applications.actions.deciding import take_step
from applications.actions.offer_ends import end_offer, is_taken
from applications.actions.offers import lock_offer
from applications.actions.vacancies import fill_vacancy_whose_people_started
from applications.exceptions import ChecksOpen, OfferOver, StartRefused, TooEarly
from applications.models import Offer
from applications.queries import offers as offer_queries
from applications.queries.checks import may_start_without_title, what_is_open
from applications.rules import offers as offer_rules
from applications.states import ApplicationState, OfferEvent, OfferState
from organisation.actions import (
    add_staff_member,
    change_staff_member,
    fill_post,
    keep_working_pattern,
    leave_posts,
)
from organisation.actions.staff import ManagerCycle, refuse_manager_cycle
from organisation.exceptions import PostHeld
from organisation.models import StaffMember

logger = logging.getLogger(__name__)
NUMBER_TAKEN = "Somebody else has this employee number"
NUMBER_MISSING = "Enter the employee number that payroll has given them"
MANAGER = "This person would manage their own manager"


@transaction.atomic
def confirm_offer(*, offer, starts_on, by, **details):
    """Make an accepted offer firm: every check is done, and the first day is set. The applicant is told.

    `details` are what the letter says of the first day: `arrive_at`, `arrive_where`, `line_manager`,
    `bring`, `post`, and `employee_number` for who is not on the staff register. Raises ChecksOpen with
    what is open, OfferOver when it is not accepted any more, StartRefused for a post, a manager or a
    number that cannot be, and PermissionDenied.
    """
    offer = _lock_to_confirm(offer, by)
    still_open = what_is_open(offer.application, timezone.localdate())
    if still_open:
        raise ChecksOpen(still_open)
    _keep_details(offer, details)
    offer.move_to(OfferState.FIRM)
    offer.starts_on, offer.firm_at, offer.firm_by = starts_on, timezone.now(), by
    offer.save()
    take_step(offer.application, ApplicationState.HIRED, by=by, letter=None)
    audit.record(OfferEvent.OFFER_CONFIRMED, offer, by=by, starts_on=starts_on.isoformat())
    offer_emails.offer_firm(offer)
    return offer


@transaction.atomic
def agree_early_start(*, offer, starts_on, role, reason, by, **details):
    """Let somebody who waits to be registered start in a role without the protected title, for a reason.

    The offer stays conditional: it is firm once they are registered. Everything but the registration is
    done. Raises TooEarly when the role has the title or they do not wait, and what confirm_offer does.
    """
    offer = _lock_to_confirm(offer, by)
    if offer.early_begun_at is not None:
        raise OfferOver(offer.pk)
    if not may_start_without_title(offer.application, role):
        raise TooEarly(role.name)
    still_open = what_is_open(offer.application, timezone.localdate(), without_registration=True)
    if still_open:
        raise ChecksOpen(still_open)
    _keep_details(offer, details)
    offer.early_starts_on, offer.early_role, offer.early_reason = starts_on, role, reason
    offer.early_agreed_at, offer.early_agreed_by = timezone.now(), by
    offer.save()
    audit.record(OfferEvent.EARLY_START_AGREED, offer, by=by, starts_on=starts_on.isoformat())
    offer_emails.early_start_agreed(offer)
    return offer


def _lock_to_confirm(offer, by):
    offer = lock_offer(offer)
    if offer.state != OfferState.ACCEPTED:
        raise OfferOver(offer.pk)
    if not offer_rules.can_confirm_offer(by, offer):
        raise PermissionDenied("You cannot make this offer firm.")
    return offer


def _keep_details(offer, details):
    """Set what the first day needs, or say what of it cannot be."""
    member = StaffMember.objects.filter(user=offer.application.applicant).first()
    number = details.get("employee_number", "")
    if member is None and not number:
        raise StartRefused("employee_number", NUMBER_MISSING)
    if member is None and is_number_taken(number, but=offer):
        raise StartRefused("employee_number", NUMBER_TAKEN)
    try:
        refuse_manager_cycle(member, details.get("line_manager"))
    except ManagerCycle as problem:
        raise StartRefused("line_manager", MANAGER) from problem
    post = details.get("post")
    if post is not None and is_taken(post, but=offer) and post.holder != member:
        raise StartRefused("post", "Somebody else has this post, or is offered it")
    for name, value in details.items():
        setattr(offer, name, value)


def is_number_taken(number, but):
    """Say whether a member of staff, or somebody else who is to start, has an employee number."""
    others = Offer.objects.filter(
        employee_number=number, state__in=[OfferState.ACCEPTED, OfferState.FIRM]
    )
    on_register = StaffMember.objects.filter(employee_number=number)
    return on_register.exists() or others.exclude(pk=but.pk).exists()


@transaction.atomic
def move_start(*, offer, starts_on, reason, words, by):
    """Move the first day of a firm offer that has not begun, for a `reason`, and tell the applicant `words`.

    Raises OfferOver when it has begun or was cancelled, and PermissionDenied.
    """
    offer = _lock_to_change(offer, by)
    before, offer.starts_on = offer.starts_on, starts_on
    offer.start_changed_at, offer.start_changed_by = timezone.now(), by
    offer.start_changed_why = reason
    offer.save()
    facts = {"before": before.isoformat(), "starts_on": starts_on.isoformat()}
    audit.record(OfferEvent.START_MOVED, offer, by=by, **facts)
    offer_emails.start_moved(offer, words)
    return offer


@transaction.atomic
def cancel_start(*, offer, is_their_wish, reason, words, by):
    """Cancel a firm offer before its first day, for a reason that is kept, and tell the applicant `words`.

    Who does not want to come any more has turned the offer down; otherwise we have withdrawn it. Either
    way the application has not led to the job. Raises OfferOver and PermissionDenied.
    """
    offer = _lock_to_change(offer, by)
    state = OfferState.DECLINED if is_their_wish else OfferState.WITHDRAWN
    end_offer(offer, state, by=by, reason=reason)
    take_step(offer.application, ApplicationState.UNSUCCESSFUL, by=by, words=words, letter=None)
    audit.record(OfferEvent.START_CANCELLED, offer, by=by, is_their_wish=is_their_wish)
    offer_emails.start_cancelled(offer, words)
    return offer


def _lock_to_change(offer, by):
    offer = lock_offer(offer)
    if offer.state != OfferState.FIRM:
        raise OfferOver(offer.pk)
    if not offer_rules.can_change_start(by, offer):
        raise PermissionDenied("You cannot change this first day.")
    return offer


def begin_work_that_is_due(*, on):
    """Put everybody on the staff register whose first day is the date `on` or was before it.

    Each in a transaction of their own: one that cannot be keeps nobody else waiting, and HR sees it among
    what needs attention. Safe to run late, twice, and twice at once. Marks vacancies as filled whose
    posts are all taken up. Returns how many began.
    """
    early = list(Offer.objects.due_to_start_early(on).order_by("pk"))
    begun = sum(_try_to_begin(offer, on, early=True) for offer in early)
    firm = list(Offer.objects.due_to_start(on).order_by("pk"))
    begun += sum(_try_to_begin(offer, on, early=False) for offer in firm)
    for vacancy in offer_queries.vacancies_whose_people_have_all_started():
        fill_vacancy_whose_people_started(vacancy=vacancy)
    return begun


def _try_to_begin(offer, on, *, early):
    try:
        return _begin(offer, on, early=early)
    except (DatabaseError, ManagerCycle):
        logger.exception("The first day of offer %s could not begin.", offer.pk)
        return 0


@transaction.atomic
def _begin(offer, on, *, early):
    # The vacancy first, as for every offer; then asked again, since another run may have been quicker.
    lock_vacancy(offer.application.vacancy_id)
    offer = lock_offer(offer)
    due = Offer.objects.due_to_start_early(on) if early else Offer.objects.due_to_start(on)
    if not due.filter(pk=offer.pk).exists() or not offer.application.applicant.is_active:
        return 0
    starts_on = offer.early_starts_on if early else offer.starts_on
    offer.staff_member = _put_on_register(offer, starts_on, early=early)
    post_held = "" if early else _take_up_post(offer)
    if early:
        offer.early_begun_at = timezone.now()
    else:
        offer.move_to(OfferState.STARTED)
        offer.started_at = timezone.now()
    offer.save()
    audit.record(OfferEvent.WORK_BEGUN, offer, by=None, early=early, post_held=post_held)
    offer_emails.work_begun(offer, post_held, early=early)
    return 1


def _put_on_register(offer, starts_on, *, early):
    """Make the row of the staff register, or have the one that is there move, from the day on."""
    application = offer.application
    fields = {
        "role": offer.early_role if early else offer.role,
        "team": offer.team,
        "line_manager": offer.line_manager,
        "weekly_hours": offer.weekly_hours,
    }
    if application.registration_number:
        fields["registration_number"] = application.registration_number
    member = StaffMember.objects.filter(user=application.applicant).first()
    if member is None:
        member = add_staff_member(
            by=None,
            user=application.applicant,
            employee_number=offer.employee_number,
            started_on=starts_on,
            **fields,
        )
    else:
        if member.has_left(starts_on):
            fields["started_on"] = starts_on  # Who comes back begins anew.
        fields["left_on"] = None
        member = change_staff_member(member=member, by=None, **fields)
    keep_working_pattern(member=member, starts_on=starts_on, slots=offer.slots, by=None)
    return member


def _take_up_post(offer):
    """Free the posts the person held, and fill theirs. Returns its number when somebody else holds it."""
    leave_posts(member=offer.staff_member, by=None, but=offer.post)
    if offer.post is None:
        return ""
    try:
        fill_post(post=offer.post, member=offer.staff_member, by=None)
    except PostHeld:
        return offer.post.number
    return ""
