"""What is read around self-declarations: by the applicant, by the two readers, by HR."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q

from accounts.queries import without_held
from applications.models import Application, Declaration, DisclosureReader, RiskAssessment
from applications.rules import disclosure as rules
from applications.states import (
    ApplicationState,
    AssessmentOutcome,
    AssessmentState,
    DeclarationState,
    SearchState,
)
from organisation.models import BankHoliday
from vacancies.models import Vacancy

OPEN = [AssessmentState.BEGUN, AssessmentState.SHARED, AssessmentState.PROPOSED]
NOT_SENT = "The self-declaration has not come yet."
WITH_READERS = "The self-declaration is still with its two readers."
NOT_SEARCHED = "The online search has not been recorded yet."
CANNOT_GO_ON = "The two readers of the self-declaration decided that this cannot go on."


def working_days_since(day, on):
    """Return how many working days have begun after `day`, up to and with the date `on`."""
    holidays = set(BankHoliday.objects.filter(on__gt=day, on__lte=on).values_list("on", flat=True))
    days = (day + timedelta(days=number) for number in range(1, (on - day).days + 1))
    return sum(1 for each in days if each.weekday() < 5 and each not in holidays)


def readers_of(vacancy):
    """Return the readers named for a vacancy, with their people."""
    return list(vacancy.disclosure_readers.serving().select_related("person"))


def declaration_of(application):
    """Return the declaration that was asked for, or None."""
    return Declaration.objects.filter(application=application).first()


def vacancies_read_by(user):
    """Return the vacancies for which somebody reads now."""
    if not user.has_role(rules.ROLE):
        return Vacancy.objects.none()
    rows = DisclosureReader.objects.serving().filter(person=user).select_related("vacancy")
    mine = [row.vacancy_id for row in rows if rules.reads_disclosures(user, row.vacancy)]
    return Vacancy.objects.without_search_columns().filter(pk__in=mine)


def applications_for_reader(user):
    """Return the applications whose self-declaration somebody reads, newest first. Never their own."""
    return (
        Application.objects.filter(
            vacancy__in=vacancies_read_by(user),
            declaration__isnull=False,
            blanked_at__isnull=True,
        )
        .exclude(applicant=user)
        .select_related("vacancy", "declaration", "online_search", "applicant")
        .prefetch_related("risk_assessments")
        .order_by("-declaration__asked_at", "-pk")
    )


def application_for_reader(user, reference):
    """Return one of them by its reference, or None."""
    return applications_for_reader(user).filter(reference=reference.upper()).first()


def assessments_for_applicant(application):
    """Return the assessments whose summary the applicant reads: those shared, and still kept."""
    return application.risk_assessments.filter(
        shared_at__isnull=False, destroyed_at__isnull=True
    ).exclude(state=AssessmentState.ENDED)


def last_decision(application):
    """Return the assessment that was decided last, or None."""
    decided = application.risk_assessments.filter(state=AssessmentState.DECIDED)
    return decided.order_by("decided_at").last()


def what_is_open(application):
    """Return, as plain sentences, what of the self-declaration and the search stands in the way of a start.

    None of them says whether there was something to tell: one that is not read and one that is being
    assessed are told in the same words.
    """
    declaration = declaration_of(application)
    if declaration is None:
        return [NOT_SENT] if rules.is_exempt(application.vacancy) else []
    found = []
    if declaration.state in (DeclarationState.ASKED, DeclarationState.ENDED):
        found.append(NOT_SENT)
    elif declaration.state == DeclarationState.SENT or _is_assessed(application):
        found.append(WITH_READERS)
    search = application.online_search
    if search.state != SearchState.RECORDED:
        found.append(NOT_SEARCHED)
    decision = last_decision(application)
    if decision is not None and decision.outcome == AssessmentOutcome.NOT_GO_ON:
        found.append(CANNOT_GO_ON)
    return found


def words_due(model, without_job, on):
    """Return the declarations, assessments or searches whose words go on the date `on`, or should have gone.

    `without_job` picks those of applications that ended without a job, or all the others. What is held is
    left out here, since the record of what went names nobody: that there was something to tell is known to
    the readers alone.
    """
    ended = Q(application__state__in=[ApplicationState.UNSUCCESSFUL, ApplicationState.WITHDRAWN])
    rows = model.objects.past_their_time(on).filter(ended if without_job else ~ended)
    application = ("applications.Application", "application")
    return without_held(rows, person="application__applicant", thing=application)


def _is_assessed(application):
    """Say whether the readers are not done: an assessment is open, or one they must begin is not begun."""
    assessments = application.risk_assessments
    if assessments.filter(state__in=OPEN).exists():
        return True
    return any(
        not assessments.filter(about=about, state=AssessmentState.DECIDED).exists()
        for about in to_be_assessed(application)
    )


def to_be_assessed(application):
    """Return what of an application needs a risk assessment: what there is to tell, and what was found."""
    found = []
    sent = application.declaration.latest_sent
    if sent is not None and sent.has_something_to_tell:
        found.append("declaration")
    if application.online_search.found_something:
        found.append("search")
    return found


def status_for_hr(application):
    """Return what HR sees: how far it is and, once two have signed, an outcome that asks something of HR.

    That there was nothing to tell, and that what was told does not matter, look alike.
    """
    declaration = declaration_of(application)
    if declaration is None:
        return None
    decision = last_decision(application)
    if decision is not None and decision.outcome == AssessmentOutcome.GO_ON:
        decision = None
    return {
        "is_sent": declaration.sent_at is not None,
        "sent_at": declaration.sent_at,
        "asked_at": declaration.asked_at,
        "state": "Sent" if declaration.sent_at else declaration.get_state_display(),
        "open": what_is_open(application),
        "decision": decision,
        "readers": readers_of(application.vacancy),
    }


def declarations_to_read(user):
    """Return how many self-declarations wait to be opened by somebody."""
    return applications_for_reader(user).filter(declaration__state=DeclarationState.SENT).count()


def signatures_wanted(user):
    """Return how many assessments wait for the second signature, that of somebody."""
    waiting = RiskAssessment.objects.filter(
        application__in=applications_for_reader(user), state=AssessmentState.PROPOSED
    )
    return waiting.exclude(proposed_by=user).count()


def vacancies_without_readers():
    """Return the vacancies whose shortlisted people are asked and that have too few readers."""
    serving = Count(
        "disclosure_readers", filter=Q(disclosure_readers__ended_at__isnull=True), distinct=True
    )
    asked = Q(applications__state__in=rules.SHORTLISTED, applications__declaration__isnull=False)
    return (
        Vacancy.objects.without_search_columns()
        .annotate(readers=serving, people=Count("applications", filter=asked, distinct=True))
        .filter(people__gt=0, readers__lt=settings.DISCLOSURE_READERS)
        .order_by("pk")
    )
