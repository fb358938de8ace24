"""What must never be true of applications. The database refuses more: see the models' constraints."""

from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.registries import invariants
from applications.models import (
    Application,
    ApplicationMove,
    CriterionEvidence,
    Declaration,
    DisclosureReader,
    Document,
    OnlineSearch,
    PanelMember,
    PlaceWanted,
    RiskAssessment,
    ShortlistDecision,
)
from applications.states import AssessmentState, DocumentState
from vacancies.states import VacancyState


@invariants.register
def nobody_applied_for_a_vacancy_that_was_never_public():
    for application in Application.objects.sent().filter(vacancy__published_at__isnull=True):
        yield f"Application {application} is for a vacancy that was never published."


@invariants.register
def sent_applications_have_their_words():
    written = CriterionEvidence.objects.filter(application=OuterRef("pk")).exclude(words="")
    kept = Application.objects.sent().filter(blanked_at__isnull=True)
    for application in kept.filter(Q(full_name="") | ~Exists(written)):
        yield f"Application {application} was sent without a name or an example."


@invariants.register
def blanked_applications_hold_no_answers():
    held = Q(full_name__gt="") | Q(evidence__isnull=False) | Q(referees__isnull=False)
    blanked = Application.objects.filter(blanked_at__isnull=False)
    for application in blanked.filter(held).distinct():
        yield f"Application {application} was blanked and holds answers."


@invariants.register
def examples_are_of_the_job_applied_for():
    elsewhere = CriterionEvidence.objects.exclude(criterion__vacancy=F("application__vacancy"))
    for evidence in elsewhere.select_related("application"):
        yield f"Application {evidence.application} has an example for another job."


@invariants.register
def places_wanted_are_of_the_job_applied_for():
    elsewhere = PlaceWanted.objects.filter(other_place__isnull=False).exclude(
        other_place__vacancy=F("application__vacancy")
    )
    for place in elsewhere.select_related("application"):
        yield f"Application {place.application} has a place of another job."


@invariants.register
def the_last_move_is_the_state():
    last_move = ApplicationMove.objects.filter(application=OuterRef("pk")).order_by(
        "-moved_at", "-pk"
    )
    moved = Application.objects.sent().annotate(
        last_state=Subquery(last_move.values("to_state")[:1])
    )
    for application in moved:
        if application.last_state != application.state:
            yield (
                f"Application {application} is {application.state}, "
                f"but its last move was to {application.last_state}."
            )


@invariants.register
def nobody_waits_for_an_answer_when_a_vacancy_is_filled():
    for application in Application.objects.without_answer().filter(
        vacancy__state=VacancyState.FILLED
    ):
        yield f"Application {application} has no answer, and its vacancy is filled."


@invariants.register
def every_document_has_its_file():
    kept = Document.objects.exclude(state=DocumentState.REFUSED).select_related("application")
    for document in kept:
        if not default_storage.exists(document.file.name):
            yield f"The file of document {document.pk} of {document.application} is missing."


@invariants.register
def nobody_reads_applications_for_a_job_they_applied_for():
    own = Application.objects.not_withdrawn().filter(
        vacancy=OuterRef("vacancy"), applicant=OuterRef("person")
    )
    for member in PanelMember.objects.serving().filter(Exists(own)).select_related("vacancy"):
        yield f"Panel member {member.pk} has applied for {member.vacancy.reference} themselves."


@invariants.register
def nobody_is_decided_whom_too_few_people_have_read():
    decided = ShortlistDecision.objects.filter(decided_at__isnull=False, undone_at__isnull=True)
    read = Count(
        "application__score_sheets",
        filter=Q(
            application__score_sheets__sent_at__isnull=False,
            application__score_sheets__voided_at__isnull=True,
        ),
    )
    for decision in decided.annotate(readers=read).select_related("application"):
        if decision.readers < settings.SHORTLIST_FEWEST_READERS:
            yield f"Application {decision.application} was decided, but {decision.readers} read it."


@invariants.register
def nobody_reads_self_declarations_and_sits_on_the_panel():
    on_panel = PanelMember.objects.serving().filter(
        vacancy=OuterRef("vacancy"), person=OuterRef("person")
    )
    both = DisclosureReader.objects.serving().filter(Exists(on_panel)).select_related("vacancy")
    for reader in both:
        yield f"Reader {reader.pk} of {reader.vacancy.reference} is on its panel too."


@invariants.register
def risk_assessments_are_decided_by_two_people():
    decided = RiskAssessment.objects.filter(state=AssessmentState.DECIDED)
    alone = (
        Q(decided_by__isnull=True) | Q(proposed_by__isnull=True) | Q(decided_by=F("proposed_by"))
    )
    for assessment in decided.filter(alone):
        yield f"Risk assessment {assessment.pk} was decided with one signature."


@invariants.register
def nothing_told_is_kept_past_its_date():
    yesterday = timezone.localdate() - timedelta(days=1)
    for model in (Declaration, RiskAssessment, OnlineSearch):
        for row in model.objects.past_their_time(yesterday):
            yield f"{model.__name__} {row.pk} should have been destroyed on {row.destroy_on}."
