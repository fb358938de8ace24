from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.states import InvalidTransition
from vacancies import emails, rules
from vacancies.actions.access import in_words, locked, require
from vacancies.actions.publishing import back_to_draft
from vacancies.exceptions import VacancyNotReady
from vacancies.models import ReviewComment
from vacancies.states import VacancyEvent, VacancyState


@transaction.atomic
def send_vacancy(*, vacancy, by):
    """Send a draft to HR for approval, and tell the HR mailbox.

    Raises PermissionDenied when `by` may not, InvalidTransition when it is no draft (sent already,
    perhaps), and VacancyNotReady with what must be put right first.
    """
    vacancy = locked(vacancy)
    if not rules.may_send(by, vacancy):
        raise PermissionDenied("You cannot send this advert.")
    vacancy.move_to(VacancyState.AWAITING_APPROVAL)
    problems = rules.problems_before_publishing(vacancy, on=timezone.localdate())
    if problems:
        raise VacancyNotReady(problems)
    vacancy.submitted_at = timezone.now()
    vacancy.submitted_by = by
    vacancy.save(update_fields=["state", "submitted_at", "submitted_by"])
    event = audit.record(VacancyEvent.VACANCY_SENT_FOR_APPROVAL, vacancy, by=by)
    emails.vacancy_sent(vacancy, number=event.pk)
    return vacancy


@transaction.atomic
def take_back_vacancy(*, vacancy, by):
    """Take an advert back that waits for approval, to go on writing.

    Raises PermissionDenied for all but who sent it, and InvalidTransition when it does not wait.
    """
    vacancy = locked(vacancy)
    if vacancy.state != VacancyState.AWAITING_APPROVAL:
        raise InvalidTransition(f"{vacancy.state} does not wait for approval: {vacancy.pk}")
    if not rules.can_take_back_vacancy(by, vacancy):
        raise PermissionDenied("Only who sent an advert takes it back.")
    back_to_draft(vacancy)
    audit.record(VacancyEvent.VACANCY_TAKEN_BACK, vacancy, by=by)
    return vacancy


@transaction.atomic
def return_vacancy(*, vacancy, comment, by):
    """Give an advert back to its writer with a `comment` on what to change, which they get by e-mail.

    Raises PermissionDenied without the permission `vacancies.publish_vacancy`, InvalidTransition when
    it neither waits for approval nor is approved, and ReasonMissing without words.
    """
    vacancy = locked(vacancy)
    require(by, "vacancies.publish_vacancy")
    comment = in_words(comment)
    if not rules.can_return_vacancy(by, vacancy):
        raise InvalidTransition(f"{vacancy.state} cannot be returned: {vacancy.pk}")
    writer = vacancy.submitted_by
    back_to_draft(vacancy)
    words = ReviewComment.objects.create(vacancy=vacancy, text=comment, written_by=by)
    audit.record(VacancyEvent.VACANCY_RETURNED, vacancy, by=by, comment=words.pk)
    emails.vacancy_returned(vacancy, words, to=writer)
    return vacancy


@transaction.atomic
def approve_vacancy(*, vacancy, by):
    """Approve an advert that somebody else sent, and tell them.

    Raises PermissionDenied without the permission `vacancies.publish_vacancy` and for one's own, and
    InvalidTransition when it does not wait for approval.
    """
    vacancy = locked(vacancy)
    require(by, "vacancies.publish_vacancy")
    vacancy.move_to(VacancyState.APPROVED)
    if not rules.may_approve(by, vacancy):
        raise PermissionDenied("Nobody approves their own advert: ask a colleague.")
    vacancy.approved_at = timezone.now()
    vacancy.approved_by = by
    vacancy.save(update_fields=["state", "approved_at", "approved_by"])
    event = audit.record(VacancyEvent.VACANCY_APPROVED, vacancy, by=by)
    emails.vacancy_approved(vacancy, number=event.pk)
    return vacancy
