"""Who is on a panel, what they declare, and what is noted when they read."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from applications import panel_emails
from applications.actions.answering import lock_vacancy, locked
from applications.actions.interviews import take_out_of_calendar
from applications.actions.scoring import ask_for_second_reads
from applications.exceptions import NotForThePanel
from applications.models import Conflict, InterviewSheet, PanelMember, ScoreSheet
from applications.queries import panel as panel_queries
from applications.rules import panel as panel_rules
from applications.states import ApplicationEvent, ApplicationState, PanelEvent
from organisation.queries import is_working_day


@transaction.atomic
def put_on_panel(*, vacancy, person, is_lead, by):
    """Put somebody on the panel of a vacancy, or say that they lead it. They are told by e-mail.

    Who was taken off comes back and declares once more. There is one lead: the one before leads no longer.
    The vacancy is locked as it is when somebody applies, so nobody does both. Raises PermissionDenied
    without the permission `applications.manage_panel`, and NotForThePanel with the reason. Returns the row.
    """
    vacancy = lock_vacancy(vacancy.pk)
    if not panel_rules.can_manage_panel(by):
        raise PermissionDenied("You cannot say who is on a panel.")
    problem = panel_rules.why_not_on_panel(person, vacancy)
    if problem:
        raise NotForThePanel(problem)
    serving = vacancy.panel_members.serving()
    if is_lead:
        serving.exclude(person=person).filter(is_lead=True).update(is_lead=False)
    member = vacancy.panel_members.filter(person=person).first()
    if member is not None and member.ended_at is None and member.is_lead == is_lead:
        return member
    if member is None:
        member = PanelMember(vacancy=vacancy, person=person)
    if member.ended_at is not None:
        member.added_at, member.declared_at, member.ended_at = timezone.now(), None, None
    member.is_lead, member.added_by = is_lead, by
    member.save()
    audit.record(PanelEvent.PANEL_MEMBER_ADDED, vacancy, by=by, person=person.pk, leads=is_lead)
    panel_emails.panel_member_added(member)
    return member


@transaction.atomic
def take_off_panel(*, member, by):
    """Take somebody off a panel: they see nothing of it from now on. What they sent still counts.

    They are told by e-mail, unless they have left. Doing it again does nothing. Raises PermissionDenied
    without the permission `applications.manage_panel`; `by` is None for the timetable. Returns the row.
    """
    if by is not None and not panel_rules.can_manage_panel(by):
        raise PermissionDenied("You cannot say who is on a panel.")
    vacancy = lock_vacancy(member.vacancy_id)
    member = PanelMember.objects.select_related("person", "vacancy").get(pk=member.pk)
    if member.ended_at is not None:
        return member
    member.ended_at, member.is_lead = timezone.now(), False
    member.save(update_fields=["ended_at", "is_lead"])
    audit.record(PanelEvent.PANEL_MEMBER_REMOVED, vacancy, by=by, person=member.person_id)
    if by is not None:
        panel_emails.panel_member_removed(member)
        take_out_of_calendar(member)
    _drop_second_reads(member)
    in_shortlisting = vacancy.applications.filter(state=ApplicationState.SHORTLISTING)
    for application in in_shortlisting.select_for_update(of=["self"]).order_by("pk"):
        ask_for_second_reads(application)
    return member


def _drop_second_reads(member):
    """Who is off the panel is asked nothing more: their first points stand."""
    for sheet in ScoreSheet.objects.filter(member=member):
        sheet.scores.filter(answered_at__isnull=True).update(asked_again_at=None)


def end_places_of_leavers():
    """Take everybody off their panels who has left or is no panel member any more. Safe to repeat.

    They could see nothing since the moment they left; this puts what is stored in order.
    """
    for member in PanelMember.objects.serving().select_related("person").order_by("pk"):
        if not member.person.has_role(panel_rules.ROLE):
            take_off_panel(member=member, by=None)


@transaction.atomic
def declare_interests(*, member, by):
    """Note that a member will say when they know an applicant. Before that they read nothing.

    Raises PermissionDenied for anybody but the member. Doing it again does nothing. Returns the row.
    """
    member = PanelMember.objects.select_for_update().get(pk=member.pk)
    if not panel_rules.serves(by, member):
        raise PermissionDenied("You are not on this panel.")
    if member.declared_at is None:
        member.declared_at = timezone.now()
        member.save(update_fields=["declared_at"])
        audit.record(PanelEvent.INTERESTS_DECLARED, member.vacancy, by=by)
    return member


@transaction.atomic
def declare_conflict(*, member, application, words, by):
    """Note that a member knows an applicant, and how: they never see the application again.

    What they have scored of it does not count any more. HR sees the words. Raises PermissionDenied for
    anybody but the member, and for an application they cannot see. Returns the row.
    """
    application = locked(application)
    _refuse_strangers(by, member, application)
    conflict, _ = Conflict.objects.get_or_create(
        member=member, application=application, defaults={"words": words}
    )
    sheets = ScoreSheet.objects.filter(member=member, application=application)
    sheets.update(voided_at=timezone.now())
    interviews = InterviewSheet.objects.filter(member=member, application=application)
    interviews.update(voided_at=timezone.now())
    take_out_of_calendar(member, application)
    audit.record(PanelEvent.CONFLICT_DECLARED, application, by=by)
    if application.state == ApplicationState.SHORTLISTING:
        ask_for_second_reads(application)
    return conflict


@transaction.atomic
def read_application(*, member, application, by):
    """Note that a member has opened an application. Raises PermissionDenied when they may not."""
    _refuse_strangers(by, member, application)
    audit.record(PanelEvent.APPLICATION_READ, application, by=by)


@transaction.atomic
def export_applications(*, member, applications, by):
    """Note that a member has taken a list of applications away, blind, also beside each of them."""
    if not panel_rules.can_read_applications(by, member):
        raise PermissionDenied("You cannot read for this panel.")
    number = len(applications)
    audit.record(PanelEvent.APPLICATIONS_EXPORTED, member.vacancy, by=by, number=number)
    audit.record_each(ApplicationEvent.APPLICATION_IN_EXPORT, applications, by=by)


def _refuse_strangers(by, member, application):
    visible = panel_queries.applications_for(member).filter(pk=application.pk)
    if not panel_rules.can_read_applications(by, member) or not visible.exists():
        raise PermissionDenied("You cannot read this application.")


def tell_panels_what_waits(*, on):
    """Send each panel member one mail a day of what waits for them, with codes and numbers only.

    On working days only. Nobody for whom nothing waits gets one, nor anybody twice on the date `on`.
    Returns for how many something waits.
    """
    if not is_working_day(on):
        return 0
    people = User.objects.filter(
        pk__in=panel_queries.people_with_applications_to_read(), is_active=True
    ).order_by("pk")
    return sum(_tell_what_waits(person, on) for person in people)


@transaction.atomic
def _tell_what_waits(person, on):
    if not person.has_role(panel_rules.ROLE):
        return 0
    panels = [
        {
            "title": panel.vacancy.title,
            "reference": panel.vacancy.reference,
            "to_score": (panel.to_read or 0) - (panel.sent or 0),
            "to_read_again": panel.to_read_again or 0,
        }
        for panel in panel_queries.panels_of(person)
    ]
    waiting = [panel for panel in panels if panel["to_score"] or panel["to_read_again"]]
    if waiting:
        panel_emails.panels_waiting(person, waiting, on)
    return int(bool(waiting))
