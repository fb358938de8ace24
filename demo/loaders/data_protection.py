"""Data protection at work: an application whose words go tonight, a legal hold, and a period to come."""

from datetime import timedelta

from django.utils import timezone

from accounts.actions import create_person, decide_period, first_day_of_a_change, place_hold
from accounts.models import LegalHold, RetentionPeriod, User
from applications.models import (
    Application,
    ApplicationMove,
    CriterionEvidence,
    DeletionWarning,
    Qualification,
)
from applications.states import ApplicationState, Decision
from demo.loaders.application_by_phone import BY_PHONE
from demo.sign_ins import PASSWORD
from vacancies.models import Vacancy
from vacancies.states import VacancyState

EMAIL = "last.year@example.org"
EXAMPLE = "At the day centre I ran the Tuesday group, and learned each name in the first week."
DECIDED_DAYS_AGO, WARNED_DAYS_AGO = 400, 31


def load(today):
    """Load each of the three, unless it is there."""
    officer = User.objects.get(email="hr@example.org")
    if not User.objects.filter(email=EMAIL).exists():
        _application_of_last_year(officer)
    _hold(officer, today)
    if not RetentionPeriod.objects.filter(category="evidence", decided_by=officer).exists():
        decide_period(
            category="evidence",
            months=9,
            from_on=first_day_of_a_change() + timedelta(days=14),
            why="Managers confirm within six months, and nobody has asked later",
            by=officer,
        )


def _application_of_last_year(officer):
    person = create_person(email=EMAIL, full_name="Wilf Tarrant", by=officer, password=PASSWORD)
    decided_at = timezone.now() - timedelta(days=DECIDED_DAYS_AGO)
    application = Application.objects.create(
        vacancy=Vacancy.objects.filter(state=VacancyState.CLOSED).order_by("pk").first(),
        applicant=person,
        state=ApplicationState.UNSUCCESSFUL,
        full_name=person.full_name,
        phone="01632 960455",
        town="Romsey",
        right_to_work=True,
        started_at=decided_at - timedelta(days=30),
        submitted_at=decided_at - timedelta(days=20),
        decision=Decision.NOT_APPOINTED,
        decided_at=decided_at,
        decided_by=officer,
    )
    ApplicationMove.objects.create(
        application=application,
        from_state=ApplicationState.SUBMITTED,
        to_state=ApplicationState.UNSUCCESSFUL,
        moved_at=decided_at,
        moved_by=officer,
    )
    Qualification.objects.create(
        application=application,
        title="Diploma in health and social care",
        awarded_by="Weir College",
        finished_on="2015-07-01",
    )
    CriterionEvidence.objects.bulk_create(
        CriterionEvidence(application=application, criterion=criterion, words=EXAMPLE)
        for criterion in application.vacancy.criteria.all()
    )
    DeletionWarning.objects.create(
        application=application,
        began_at=decided_at,
        warned_at=timezone.now() - timedelta(days=WARNED_DAYS_AGO),
    )


def _hold(officer, today):
    application = Application.objects.get(one_time_key=BY_PHONE)
    if LegalHold.objects.filter(person=application.applicant).exists():
        return
    place_hold(
        person=application.applicant,
        thing=application,
        reason="She has complained that her call was cut short. Kept until the answer is given.",
        review_on=today + timedelta(days=60),
        by=officer,
    )
