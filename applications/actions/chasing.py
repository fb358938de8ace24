"""Reminders of the timetable: to applicants, to HR and to the leads of panels. Each goes once."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.retention import start_of
from applications import message_emails
from applications.models import Application, Chaser
from applications.queries import hr as hr_queries
from applications.rules import panel as panel_rules
from applications.states import HAPPY_PATH, ApplicationState, ChaserKind
from organisation.queries import is_working_day
from organisation.queries.working_days import working_days_before


def chase_drafts(*, on):
    """Write to those whose draft is for a job that closes within settings.DRAFT_CHASED_DAYS of `on`.

    A run that comes late tells the days that are left. Returns how many letters were queued.
    """
    told = later_than = 0
    for days in sorted(settings.DRAFT_CHASED_DAYS):
        due = hr_queries.drafts_to_chase(within=days, more_than=later_than, on=on)
        told += sum(_chase_draft(pk, days, on) for pk in list(due.values_list("pk", flat=True)))
        later_than = days
    return told


@transaction.atomic
def _chase_draft(pk, days, on):
    draft = _locked(pk)
    if draft is None or draft.state != ApplicationState.DRAFT or draft.vacancy.closes_on < on:
        return 0
    if not _is_first(ChaserKind.DRAFT, days, application=draft):
        return 0
    days_left = (draft.vacancy.closes_on - on).days
    message_emails.draft_unfinished(draft, step=days, days_left=days_left)
    return 1


def hold_on_to_applicants(*, on):
    """Tell applicants who have heard nothing for long that they are not forgotten, once a stage.

    On working days only. Returns how many letters were queued.
    """
    if not is_working_day(on):
        return 0
    waiting = list(hr_queries.forgotten(on=on).values_list("pk", "state"))
    return sum(_hold(pk, state) for pk, state in waiting)


@transaction.atomic
def _hold(pk, state):
    application = _locked(pk)
    if application is None or application.state != state:
        return 0
    step = HAPPY_PATH.index(state) + 1
    if not _is_first(ChaserKind.HOLDING, step, application=application):
        return 0
    message_emails.not_forgotten(application, step=step)
    return 1


def chase_readers(*, on):
    """Remind HR of applications that nobody considers, and leads, then HR, of panels that are late.

    Of each job once for each of the settings' working days, and never of two at a time. On working days
    only. Returns how many reminders were queued.
    """
    if not is_working_day(on):
        return 0
    unread = _each_step(on, settings.UNREAD_CHASED_WORKING_DAYS, _remind_of_unread)
    return unread + _each_step(on, settings.PANEL_CHASED_WORKING_DAYS, _remind_of_panels)


def _each_step(on, steps, remind):
    return sum(
        remind(step, start_of(working_days_before(on, step) + timedelta(days=1)))
        for step in sorted(steps, reverse=True)
    )


def _remind_of_unread(step, before):
    jobs = list(hr_queries.jobs_with_unread_applications(closed_before=before))
    return sum(_chase_vacancy(ChaserKind.UNREAD, step, job, _tell_hr_of_unread) for job in jobs)


def _remind_of_panels(step, before):
    jobs = list(hr_queries.jobs_with_late_panels(since=before))
    return sum(_chase_vacancy(ChaserKind.PANEL_LATE, step, job, _tell_of_panel) for job in jobs)


@transaction.atomic
def _chase_vacancy(kind, step, vacancy, tell):
    later = Chaser.objects.filter(kind=kind, vacancy=vacancy, step__gt=step)
    if later.exists() or not _is_first(kind, step, vacancy=vacancy):
        return 0
    tell(vacancy, step)
    return 1


def _tell_hr_of_unread(vacancy, step):
    message_emails.applications_unread(vacancy, number=vacancy.number, step=step)


def _tell_of_panel(vacancy, step):
    """The lead hears first and HR at the last step, or at once where nobody leads."""
    lead = vacancy.panel_members.serving().filter(is_lead=True).select_related("person").first()
    is_last = step == max(settings.PANEL_CHASED_WORKING_DAYS)
    if is_last or lead is None or not panel_rules.can_read_applications(lead.person, lead):
        to, greeting = settings.HR_MAILBOX, ""
        path = reverse("admin:applications_panel", args=[vacancy.pk])
    else:
        to, greeting = lead.person.email, lead.person.full_name
        path = reverse("applications:panel-table", args=[vacancy.reference])
    message_emails.panel_late(
        vacancy, to=to, greeting=greeting, number=vacancy.number, step=step, path=path
    )


def _locked(pk):
    return (
        Application.objects.select_for_update(of=["self"])
        .select_related("vacancy", "applicant")
        .filter(pk=pk, applicant__is_active=True)
        .first()
    )


def _is_first(kind, step, **about):
    """Note that a reminder goes now; say whether it had not gone before."""
    defaults = {"sent_at": timezone.now()}
    _, is_new = Chaser.objects.get_or_create(kind=kind, step=step, defaults=defaults, **about)
    return is_new
