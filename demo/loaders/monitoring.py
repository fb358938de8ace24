"""People who applied for jobs that are filled by now, and what they told for equality monitoring."""

import random
from datetime import timedelta
from itertools import cycle, pairwise

from django.utils import timezone

from accounts.models import User
from applications.equality import QUESTIONS
from applications.models import Application, ApplicationMove, MonitoringAnswers
from applications.states import ApplicationState, Decision
from demo.loaders.applications import Writer, make_people, vacancies_to_apply_for
from vacancies.states import VacancyState

S = ApplicationState
HOW_MANY = 96
# How an application went that ended without a job; one in four came to an interview.
TURNED_DOWN = [S.DRAFT, S.SUBMITTED, S.SHORTLISTING, S.UNSUCCESSFUL]
AFTER_INTERVIEW = [S.DRAFT, S.SUBMITTED, S.SHORTLISTING, S.INTERVIEW, S.UNSUCCESSFUL]


def load(today):
    """Load them, unless somebody's answers are there."""
    if MonitoringAnswers.objects.exists():
        return
    chance = random.Random(71)
    applications = [*_applications(today, chance)]
    writer = Writer()
    writer.answer(applications)
    Application.objects.bulk_create(applications)
    writer.answers.store()
    officer = User.objects.get(email="hr@example.org")
    ApplicationMove.objects.bulk_create(
        move for one in applications for move in _moves(one, officer, chance)
    )
    everybody = [*Application.objects.filter(vacancy__state__in=CLOSED).order_by("pk")]
    MonitoringAnswers.objects.bulk_create(
        MonitoringAnswers(application=one, **_answers(chance))
        for one in everybody
        if chance.random() < 0.85
    )


CLOSED = [VacancyState.CLOSED, VacancyState.FILLED]


def _applications(today, chance):
    jobs = cycle(vacancies_to_apply_for(VacancyState.FILLED, today))
    officer = User.objects.get(email="hr@example.org")
    for number, person in enumerate(make_people(HOW_MANY)):
        job = next(jobs)
        days = chance.randint(0, max((job.closes_on - job.opens_on).days - 1, 0))
        sent_at = job.closed_at - timedelta(days=days, hours=3)
        yield Application(
            vacancy=job,
            applicant=person,
            full_name=person.full_name,
            phone=f"01632 960{number:03}",
            town="Winchester",
            right_to_work=True,
            needs_sponsorship=False,
            started_at=sent_at - timedelta(hours=2),
            submitted_at=sent_at,
            state=S.UNSUCCESSFUL,
            decision=Decision.NOT_APPOINTED,
            decided_at=min(job.closed_at + timedelta(days=4), timezone.now()),
            decided_by=officer,
        )


def _moves(application, officer, chance):
    states = AFTER_INTERVIEW if chance.random() < 0.3 else TURNED_DOWN
    sent_at, over_at = application.submitted_at, application.decided_at
    for step, (before, after) in enumerate(pairwise(states)):
        yield ApplicationMove(
            application=application,
            from_state=before,
            to_state=after,
            moved_at=sent_at + (over_at - sent_at) * step / (len(states) - 2),
            moved_by=application.applicant if after == S.SUBMITTED else officer,
        )


def _answers(chance):
    """Return answers of an invented person: mostly the more common ones, some left out."""
    return {question.name: _answer(question, chance) for question in QUESTIONS}


def _answer(question, chance):
    if chance.random() < 0.06:
        return ""
    weights = COMMON.get(question.name, {})
    answer = chance.choices(
        question.answers, [weights.get(one.code, 4) for one in question.answers]
    )[0]
    if not answer.closer:
        return answer.code
    first, *others = answer.closer
    return first.code if chance.random() < 0.75 else chance.choice(others).code


# How many in a hundred, roughly, give an answer; 4 where nothing is said.
COMMON = {
    "sex": {"female": 76, "male": 20},
    "gender": {"same": 96, "different": 1},
    "age": {"25_34": 34, "35_44": 28, "45_54": 18, "16_24": 10, "55_64": 8, "65": 1},
    "disability": {"yes": 18, "no": 78},
    "ethnicity": {"white": 70, "asian": 10, "black": 12, "mixed": 6, "other": 2},
    "partnership": {"never": 42, "married": 40},
    "religion": {"none": 46, "christian": 40},
    "orientation": {"heterosexual": 88},
}
