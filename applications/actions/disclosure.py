"""Asking for a self-declaration, ending what is open when an application ends, and destroying what was told."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.actions import carry_out
from applications import disclosure_emails
from applications.models import Declaration, OnlineSearch, RiskAssessment
from applications.queries import disclosure as queries
from applications.rules import disclosure as rules
from applications.states import (
    DISCLOSURE_KEEPINGS,
    ApplicationState,
    AssessmentState,
    DeclarationState,
    DisclosureEvent,
    SearchState,
)
from notifications import outbox
from organisation.queries import is_working_day
from training.queries.recommended import months_after

OPEN_ASSESSMENTS = [AssessmentState.BEGUN, AssessmentState.SHARED, AssessmentState.PROPOSED]


def destroy_date(months):
    """Return the first day on which something is gone that is kept so many months from today."""
    return months_after(timezone.localdate(), months) + timedelta(days=1)


def put_off(row):
    """Note in memory that a step was made with something told: it is kept the full time from today."""
    row.destroy_on = destroy_date(settings.DISCLOSURE_KEPT_MONTHS)


def ask_for_declaration(application, move):
    """Ask somebody who was shortlisted for a self-declaration, and say that a search online is made.

    What had ended comes back as it was: a withdrawal taken back, a decision made again. A job that is not
    exempt from the Rehabilitation of Offenders Act asks for nothing. Called with the locked application.
    """
    if not rules.is_exempt(application.vacancy):
        return
    declaration, is_new = Declaration.objects.get_or_create(application=application)
    OnlineSearch.objects.get_or_create(application=application)
    had_ended = declaration.state == DeclarationState.ENDED
    if not is_new:
        _take_up_again(application, declaration)
    if declaration.state == DeclarationState.ASKED and (is_new or had_ended):
        audit.record(DisclosureEvent.DECLARATION_ASKED, application, by=None)
        disclosure_emails.declaration_asked(declaration)


def _take_up_again(application, declaration):
    if declaration.state == DeclarationState.ENDED:
        sent = declaration.sent_at is not None and declaration.destroyed_at is None
        declaration.move_to(DeclarationState.SENT if sent else DeclarationState.ASKED)
        declaration.ended_at = None
        if not sent:
            now = timezone.now()
            declaration.asked_at, declaration.told_of_search_at = now, now
            declaration.reminded_at = None
        _keep_longer(declaration)
    for search in OnlineSearch.objects.filter(application=application):
        if search.state == SearchState.ENDED:
            search.move_to(SearchState.DUE)
            search.ended_at = None
        _keep_longer(search)
    for assessment in application.risk_assessments.filter(destroyed_at__isnull=True):
        if assessment.state == AssessmentState.ENDED and not _has_open_assessment(application):
            was_shared = assessment.shared_at is not None
            assessment.move_to(AssessmentState.SHARED if was_shared else AssessmentState.BEGUN)
            assessment.ended_at = None
        _keep_longer(assessment)


def _has_open_assessment(application):
    return application.risk_assessments.filter(state__in=OPEN_ASSESSMENTS).exists()


def _keep_longer(row):
    if row.destroy_on is not None and row.destroyed_at is None:
        put_off(row)
    row.save()


def end_disclosure(application, move):
    """End what is open around the self-declaration of an application that ends or goes back a step.

    A letter that asks for it and has not gone out is dropped. What was told is kept for a shorter time
    where there is no job. Called with the locked application.
    """
    months = settings.DISCLOSURE_UNSUCCESSFUL_KEPT_MONTHS
    if move.to_state == ApplicationState.HIRED:
        months = settings.DISCLOSURE_KEPT_MONTHS
    for row in _rows_of(application):
        if row.destroy_on is not None and row.destroyed_at is None:
            row.destroy_on = destroy_date(months)
        ends = type(row).ENDED_STATE
        if row.can_become(ends):
            row.move_to(ends)
            row.ended_at = timezone.now()
            _blank_proposal(row)
            audit.record(DisclosureEvent.DISCLOSURE_ENDED, row, by=move.moved_by)
        row.save()
        if isinstance(row, Declaration):
            outbox.take_back(disclosure_emails.key_of_asking(row))


def _blank_proposal(row):
    """One signature counts for nothing once an assessment has ended."""
    if isinstance(row, RiskAssessment):
        row.outcome, row.proposed_at, row.proposed_by = "", None, None


def _rows_of(application):
    declarations = Declaration.objects.filter(application=application)
    searches = OnlineSearch.objects.filter(application=application)
    return [*declarations, *searches, *application.risk_assessments.all()]


@transaction.atomic
def remind_of_declaration(*, declaration):
    """Remind an applicant once that we wait for the self-declaration. Returns whether they were now."""
    declaration = (
        Declaration.objects.select_for_update(of=["self"])
        .select_related("application__vacancy", "application__applicant")
        .get(pk=declaration.pk)
    )
    if declaration.reminded_at is not None or declaration.state != DeclarationState.ASKED:
        return False
    declaration.reminded_at = timezone.now()
    declaration.save(update_fields=["reminded_at"])
    disclosure_emails.declaration_reminder(declaration)
    return True


def remind_of_declarations(*, on):
    """Remind everybody who has not sent theirs after settings.DISCLOSURE_REMINDER_WORKING_DAYS.

    On working days only; nobody twice. Returns how many were reminded on the date `on`.
    """
    if not is_working_day(on):
        return 0
    asked = Declaration.objects.filter(state=DeclarationState.ASKED, reminded_at__isnull=True)
    days = settings.DISCLOSURE_REMINDER_WORKING_DAYS
    due = [
        declaration
        for declaration in asked.order_by("pk")
        if queries.working_days_since(timezone.localdate(declaration.asked_at), on) >= days
    ]
    return sum(remind_of_declaration(declaration=declaration) for declaration in due)


def destroy_disclosures_past_their_time(*, on):
    """Destroy what was told whose date has come, one by one. Safe to repeat and to run late.

    What stays is the reference, the dates and the outcome, and a line of audit. What is held stays whole.
    Returns how many went.
    """
    return sum(carry_out(name, on=on) for name in DISCLOSURE_KEEPINGS)


def destroy(row):
    """Destroy the words of a declaration, an assessment or a search. The caller holds the lock."""
    if isinstance(row, Declaration):
        row.versions.all().delete()
        is_open = row.state == DeclarationState.SENT
    else:
        for name in type(row).WORDS:
            setattr(row, name, "")
        is_open = row.state in OPEN_ASSESSMENTS
    if is_open:
        row.move_to(type(row).ENDED_STATE)
        row.ended_at = timezone.now()
        _blank_proposal(row)
    row.destroyed_at = timezone.now()
    row.save()
    audit.record(DisclosureEvent.DISCLOSURE_DESTROYED, row, by=None, due=str(row.destroy_on or ""))


def erase_disclosure(application):
    """Destroy everything told around the self-declaration of an application that is blanked."""
    for row in _rows_of(application):
        if row.destroyed_at is None:
            destroy(row)
