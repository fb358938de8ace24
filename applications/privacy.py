from functools import partial

from django.utils import timezone

from accounts.registries import (
    confidential_events,
    gather,
    holdables,
    keepings,
    named_in_audit,
    privacy,
)
from accounts.retention import kept_since
from applications.actions import erase_applications, forget_monitoring, leave_register
from applications.actions.destroying import destroy_details
from applications.actions.disclosure import destroy
from applications.actions.keeping import blank_by_the_timetable, delete_draft_by_the_timetable
from applications.gathering import (
    gather_applications,
    gather_interest,
    gather_panels,
    rows_of_reference,
)
from applications.models import (
    Application,
    Check,
    Declaration,
    InterviewBooking,
    JobInterest,
    JobInvitation,
    MonitoringAnswers,
    Offer,
    OnlineSearch,
    RiskAssessment,
    SavedVacancyNudge,
)
from applications.queries.checks import details_due
from applications.queries.disclosure import words_due
from applications.states import CONFIDENTIAL_EVENTS

APPLICATION = "applications.Application"


def erase_applications_of(user):
    return erase_applications(person=user, by=None)


privacy.register(
    Application,
    eraser=erase_applications_of,
    event_retention="unsuccessful_application",
    person="applicant",
)


# An interview goes with its application.
privacy.register(
    InterviewBooking, eraser=erase_applications_of, event_retention="unsuccessful_application"
)


def forget_nudges(user):
    """Forget about which saved jobs the person was written to."""
    deleted, _ = SavedVacancyNudge.objects.filter(person=user).delete()
    return deleted


privacy.register(SavedVacancyNudge, eraser=forget_nudges, event_retention=None)


def forget_monitoring_of(user):
    return forget_monitoring(person=user)


privacy.register(
    MonitoringAnswers, eraser=forget_monitoring_of, event_retention=None, is_confidential=True
)


# --- Checks before somebody starts. They go with the application: what is left was erased just before. ---
def forget_checks_of(user):
    deleted, _ = Check.objects.filter(
        application__applicant=user, application__blanked_at__isnull=False
    ).delete()
    return deleted


privacy.register(Check, eraser=forget_checks_of, event_retention="checks")


# Its words go with those of its application: see applications.actions.offer_ends.erase_offers.
privacy.register(Offer, eraser=lambda user: 0, event_retention="unsuccessful_application")


keepings.register(
    "draft_application",
    kind="draft_application",
    what="Drafts of applications",
    due=Application.objects.drafts_past_their_time,
    each=delete_draft_by_the_timetable,
    oldest="period_began_at",
    reference="reference",
    person="applicant",
    thing=(APPLICATION, "pk"),
)
keepings.register(
    "unsuccessful_application",
    kind="unsuccessful_application",
    what="Words of applications that did not end in a job",
    due=Application.objects.to_blank,
    each=blank_by_the_timetable,
    oldest="period_began_at",
    reference="reference",
    person="applicant",
    thing=(APPLICATION, "pk"),
)
# Neither the reference nor a pseudonym: nothing may say who answered.
keepings.register(
    "equality_answers",
    kind="equality_answers",
    what="Answers to the equality questions",
    due=lambda on: MonitoringAnswers.objects.filter(
        application__vacancy__closed_at__lt=kept_since("equality_answers", on=on)
    ),
    oldest="application__vacancy__closed_at",
    reference="application__vacancy__reference",
)
keepings.register(
    "check_details",
    kind="dbs_details",
    what="Details of the checks before a start",
    due=details_due,
    each=destroy_details,
    oldest="begun_at",
    reference="application__reference",
    person="application__applicant",
    thing=(APPLICATION, "application"),
)
# By number alone: who has a date there has told something, which HR does not know.
for _kind, _without_job in (("self_declaration", False), ("self_declaration_unsuccessful", True)):
    for _model in (Declaration, RiskAssessment, OnlineSearch):
        keepings.register(
            f"{_kind}_{_model._meta.model_name}",
            kind=_kind,
            what=f"Words of each {_model._meta.verbose_name}",
            due=partial(words_due, _model, _without_job),
            each=destroy,
            oldest="destroy_on",
        )
keepings.register(
    "job_interest",
    kind="job_interest",
    what="People on the register of interest",
    due=JobInterest.objects.past,
    oldest="consented_at",
    person="person",
)
# Once somebody has left the register. No second letter can go: the outbox knows its key.
keepings.register(
    "job_invitation",
    kind="job_interest",
    what="Jobs that people on the register were told of",
    due=lambda on: JobInvitation.objects.filter(person__job_interests__isnull=True),
    oldest="invited_at",
    person="person",
)
keepings.register(
    "saved_vacancy_nudge",
    kind="saved_vacancy",
    what="Letters about saved jobs",
    due=lambda on: SavedVacancyNudge.objects.filter(
        vacancy__closes_on__lt=timezone.localdate(kept_since("saved_vacancy", on=on))
    ),
    oldest="vacancy__closes_on",
    person="person",
)


@holdables.register
def applications_that_can_be_held(user):
    """Each application of the person, so that one can be held without the others."""
    return [
        (f"Application {row.reference}", row)
        for row in Application.objects.of(user).only("reference")
    ]


gather.register(gather_applications)
gather.register(gather_interest)
gather.register(gather_panels)


def forget_interest(user):
    """Take the person off the register of interest."""
    return leave_register(person=user, by=None)


privacy.register(JobInterest, eraser=forget_interest, event_retention=None)
privacy.register(JobInvitation, eraser=forget_interest, event_retention=None)


confidential_events.extend(CONFIDENTIAL_EVENTS)
named_in_audit.register(rows_of_reference)
