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
    Check,
    CheckStep,
    CriterionEvidence,
    Declaration,
    DisclosureReader,
    Document,
    InterviewBooking,
    Offer,
    OnlineSearch,
    PanelMember,
    PlaceWanted,
    Reference,
    ReferenceRequest,
    RiskAssessment,
    ShortlistDecision,
)
from applications.queries import offers as offer_queries
from applications.states import (
    CHECK_DONE,
    OFFER_OF_STATE,
    WITH_REFERENCE,
    ApplicationState,
    AssessmentState,
    CheckState,
    DocumentState,
    OfferState,
)
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


# --- Checks before somebody starts ---------------------------------------------------------------


@invariants.register
def nobody_is_appointed_with_an_open_check():
    # One that was settled by then and is looked at again is no reason for alarm.
    settled = CheckStep.objects.filter(
        check_of=OuterRef("pk"),
        to_state__in=sorted(CHECK_DONE),
        done_at__lte=OuterRef("application__decided_at"),
    )
    appointed = Check.objects.open().filter(application__state=ApplicationState.HIRED)
    for check in appointed.filter(~Exists(settled)).select_related("application", "kind"):
        yield f"Application {check.application} is appointed, and its check {check.kind.slug} is open."


@invariants.register
def confirmed_checks_say_who_and_when():
    unsaid = Q(seen_by__isnull=True) | Q(seen_on__isnull=True) | Q(confirmed_by__isnull=True)
    unsaid |= Q(what_was_seen="", destroyed_at__isnull=True)
    confirmed = Check.objects.filter(state=CheckState.CONFIRMED)
    for check in confirmed.filter(unsaid).select_related("application"):
        yield f"Check {check.pk} of {check.application} is confirmed and does not say by whom, when or what."


@invariants.register
def the_second_person_is_another():
    one_person = Q(second_by=F("seen_by")) | Q(
        state=CheckState.CONFIRMED, needs_second_person=True, second_by__isnull=True
    )
    for check in Check.objects.filter(one_person).select_related("application"):
        yield f"Check {check.pk} of {check.application} was seen by one person where two are needed."


@invariants.register
def nobody_confirms_their_own_check():
    own = Q(seen_by=F("application__applicant")) | Q(confirmed_by=F("application__applicant"))
    for check in Check.objects.filter(own).select_related("application"):
        yield f"Check {check.pk} of {check.application} was recorded by the applicant."


@invariants.register
def no_certificate_details_are_kept_past_their_date():
    # The task runs every night: one night is grace, for a check that somebody held just then.
    late = Check.objects.with_details_past_their_date(timezone.localdate() - timedelta(days=1))
    for check in late.select_related("application"):
        yield f"Check {check.pk} of {check.application} still has details from before their date."


@invariants.register
def whoever_has_an_offer_has_one_that_stands_as_their_application():
    """An application that is offered, in checks or hired has its offer, and no other has a live one."""
    states = {ApplicationState(state): [offer] for state, offer in OFFER_OF_STATE.items()}
    states[ApplicationState.HIRED] = [OfferState.FIRM, OfferState.STARTED]
    for state, allowed in states.items():
        offers = Offer.objects.filter(application=OuterRef("pk"), state__in=allowed)
        kept = Application.objects.filter(state=state, blanked_at__isnull=True)
        for application in kept.filter(~Exists(offers)):
            yield f"Application {application} is {application.state} without such an offer."
    for offer in Offer.objects.live().exclude(application__state__in=list(states)):
        yield f"Offer {offer.pk} is live, and its application is {offer.application.state}."


@invariants.register
def no_vacancy_has_more_offers_than_posts():
    for vacancy in offer_queries.with_more_offers_than_posts():
        yield f"Vacancy {vacancy.reference} has {vacancy.live_offers} live offers, and fewer posts."


@invariants.register
def whoever_has_started_is_on_the_staff_register_by_one_offer_of_a_job():
    """Nobody has started twice in the same vacancy, and who has started is the applicant."""
    started = Offer.objects.filter(state=OfferState.STARTED).select_related("application")
    others = started.exclude(staff_member__user=F("application__applicant"))
    for offer in others:
        yield f"Offer {offer.pk} has put somebody else than its applicant on the staff register."
    twice = (
        started.order_by()
        .values("application__vacancy", "application__applicant")
        .annotate(number=Count("pk"))
        .filter(number__gt=1)
    )
    for row in twice:
        yield f"Person {row['application__applicant']} has started {row['number']} times in one job."


@invariants.register
def no_interview_slot_has_two_people():
    standing = InterviewBooking.objects.standing().values("slot").order_by()
    for row in standing.annotate(number=Count("pk")).filter(number__gt=1):
        yield f"Interview slot {row['slot']} is chosen by {row['number']} people."


@invariants.register
def who_has_an_interview_is_to_be_met():
    going_on = [
        ApplicationState.INTERVIEW,
        ApplicationState.OFFERED,
        ApplicationState.CHECKS,
        ApplicationState.HIRED,
    ]
    standing = InterviewBooking.objects.standing().exclude(application__state__in=going_on)
    # Whom we met and who then went no further was met all the same.
    met = Q(slot__begins_at__lte=timezone.now())
    for booking in standing.exclude(met).select_related("application"):
        state = booking.application.state
        yield f"Application {booking.application} has an interview to come and is {state}."


@invariants.register
def nobody_is_in_two_interviews_at_once():
    by_person = {}
    standing = InterviewBooking.objects.standing().filter(slot__begins_at__gt=timezone.now())
    rows = standing.filter(round__interviewers__ended_at__isnull=True).order_by("slot__begins_at")
    names = ("round__interviewers__person", "slot__begins_at", "slot__ends_at", "pk")
    for person, begins, ends, booking in rows.values_list(*names):
        last_end = by_person.get(person)
        if last_end is not None and begins < last_end:
            yield f"Interview {booking} overlaps with another of the interviewer {person}."
        by_person[person] = max(ends, last_end or ends)


@invariants.register
def nobody_is_asked_for_a_reference_when_the_application_is_over():
    over = ReferenceRequest.objects.on_applications_that_are_over().select_related("application")
    for request in over:
        yield f"Application {request.application} is over, and a referee is still asked ({request.pk})."


@invariants.register
def references_that_came_have_their_answers():
    for request in ReferenceRequest.objects.with_reference().filter(reference__isnull=True):
        yield f"Reference request {request.pk} is {request.state}, and there are no answers."
    without = Reference.objects.exclude(request__state__in=sorted(WITH_REFERENCE))
    for reference in without.select_related("request"):
        yield f"Reference request {reference.request_id} is {reference.request.state}, and has answers."


@invariants.register
def referees_belong_to_the_application_they_are_asked_for():
    elsewhere = ReferenceRequest.objects.exclude(referee__application=F("application"))
    for request in elsewhere:
        yield f"Reference request {request.pk} asks a referee of another application."


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
