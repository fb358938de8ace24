"""Filling in what the staff register knows, when somebody who works here applies."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts import audit
from applications import queries
from applications.actions.answering import lock_draft
from applications.actions.sections import mark_copied
from applications.models import Employment, Referee, RefereeKind, TrainingTaken
from applications.sections import Held, sections_of
from applications.states import ApplicationEvent, Registration
from organisation.models import RoleFamily


@transaction.atomic
def fill_in_from_staff_record(*, application, by):
    """Fill in the name, the number, the present post, the manager as referee and the training of staff.

    Only what is still empty, and the present post beside earlier jobs. All of it waits to be checked, and
    the manager is not asked before an interview unless the applicant says so. Does nothing for anybody
    who does not work here, nor when HR writes for somebody. Returns the application.
    """
    application = lock_draft(application, by)
    member = queries.staff_member_when_started(application)
    if member is None or by.pk != application.applicant_id:
        return application
    sections = {section.name: section for section in sections_of(Held(application))}
    filled = {
        name
        for name, fill in FILL.items()
        if name in sections and fill(sections[name], application, member)
    }
    fresh = {name for name in filled if not sections[name].is_begun}
    mark_copied(application, fresh, "")
    audit.record(ApplicationEvent.STAFF_RECORD_FILLED_IN, application, by=by, sections=len(filled))
    return application


def _contact(section, application, member):
    if section.is_begun:
        return False
    application.full_name = member.user.full_name
    application.save(update_fields=["full_name", "changed_at"])
    return True


def _registration(section, application, member):
    if section.is_begun or not member.registration_number:
        return False
    application.registration = Registration.REGISTERED
    application.registration_number = member.registration_number
    application.save(update_fields=["registration", "registration_number", "changed_at"])
    return True


def _present_post(section, application, member):
    """Add the present post, unless an earlier application told of it."""
    began_on = member.started_on.replace(day=1)
    here = [job for job in section.list if job.employer == settings.COUNCIL_NAME]
    if any(job.ended_on is None for job in here):
        return False
    if len(section.list) >= settings.APPLICATION_ROWS_MOST:
        return False
    Employment.objects.create(
        application=application,
        employer=settings.COUNCIL_NAME,
        job_title=member.role.name,
        began_on=began_on,
        with_children=member.role.family != RoleFamily.BUSINESS_SUPPORT,
    )
    return True


def _manager(section, application, member):
    manager = member.line_manager
    if section.held.referees or manager is None or not manager.works_here():
        return False
    Referee.objects.create(
        application=application,
        position=1,
        kind=RefereeKind.EMPLOYER,
        full_name=manager.user.full_name,
        job_title=manager.role.name,
        organisation=settings.COUNCIL_NAME,
        email=manager.user.email,
        ask_before_interview=False,
    )
    return True


def _training(section, application, member):
    if section.list or section.is_begun:
        return False
    taken = queries.training_lately(member.user, timezone.localdate())
    rows = [
        TrainingTaken(
            application=application,
            title=row.title[:150],
            provider=row.provider,
            finished_on=row.on.replace(day=1),
        )
        for row in taken[: settings.APPLICATION_ROWS_MOST]
    ]
    TrainingTaken.objects.bulk_create(rows)
    return bool(rows)


FILL = {
    "contact": _contact,
    "registration": _registration,
    "employment": _present_post,
    "referees": _manager,
    "training": _training,
}
