"""Applications of invented people in every state, and the two of the demo's job seeker."""

import random
import tomllib
from datetime import datetime, time, timedelta
from itertools import count, cycle, pairwise

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.models import User
from applications.models import Application, ApplicationMove
from applications.states import (
    DECISION_OF_STATE,
    HAPPY_PATH,
    ApplicationState,
    Registration,
    WithdrawalReason,
)
from demo.loaders.application_answers import AnswerWriter
from demo.people import DATA, address, invented_names
from vacancies.models import Vacancy
from vacancies.states import VacancyState

S = ApplicationState
# What became of the applications for jobs that are filled, closed and open.
FOR_FILLED = [S.HIRED, S.UNSUCCESSFUL]
FOR_CLOSED = [S.SHORTLISTING, S.INTERVIEW, S.OFFERED, S.CHECKS, S.UNSUCCESSFUL, S.WITHDRAWN]
FOR_OPEN = [S.SUBMITTED, S.SUBMITTED, S.SHORTLISTING, S.SUBMITTED, S.WITHDRAWN]
HOW_MANY = {VacancyState.FILLED: 9, VacancyState.CLOSED: 10, VacancyState.LIVE: 8}
NEWLY_QUALIFIED = "Newly qualified social worker"
TOWNS = ["Alton", "Andover", "Basingstoke", "Eastleigh", "Fareham", "Fleet", "Havant", "Winchester"]


def load(today):
    """Load the applications, unless there are some."""
    if Application.objects.exists():
        return
    writer = Writer()
    applications = [*writer.of_invented_people(today), *writer.of_the_job_seeker(today)]
    writer.answer(applications)
    Application.objects.bulk_create(applications)
    writer.answers.store()
    ApplicationMove.objects.bulk_create(
        move for application in applications for move in writer.moves(application)
    )


def vacancies_to_apply_for(state, today):
    """Return the vacancies in a state that were public on some day before today."""
    return list(
        Vacancy.objects.filter(state=state, opens_on__lt=today)
        .select_related("role")
        .prefetch_related("criteria", "other_places")
        .order_by("pk")
    )


def make_people(number):
    """Make `number` job seekers whose names nobody of the staff has. They sign in with a code."""
    taken = set(User.objects.values_list("email", flat=True))
    names = [name for name in invented_names(3 * number, seed=67) if address(name) not in taken]
    people = User.objects.bulk_create(
        User(email=address(name), full_name=name, password=make_password(None))
        for name in names[:number]
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True)
        for person in people
    )
    return people


class Writer:
    """Writes applications with their words, their dates and their steps, the same ones every time."""

    def __init__(self):
        self.chance = random.Random(53)
        self.texts = tomllib.loads((DATA / "statements.toml").read_text(encoding="utf-8"))
        self.turns = {family: cycle(texts) for family, texts in self.texts.items()}
        self.officer = User.objects.get(email="hr@example.org")
        self.now = timezone.now()
        self.answers = AnswerWriter()
        self.numbers = count(999_101)

    def of_invented_people(self, today):
        plans = [
            (VacancyState.FILLED, FOR_FILLED),
            (VacancyState.CLOSED, FOR_CLOSED),
            (VacancyState.LIVE, FOR_OPEN),
        ]
        people = iter(make_people(sum(HOW_MANY.values())))
        for vacancy_state, outcomes in plans:
            jobs = vacancies_to_apply_for(vacancy_state, today)
            for number in range(HOW_MANY[vacancy_state]):
                job = jobs[number // 2 % len(jobs)]  # two people for each job
                yield self.sent(next(people), job, outcomes[number % len(outcomes)])

    def of_the_job_seeker(self, today):
        """One application that was sent and one that is not finished."""
        person = User.objects.get(email="job.seeker@example.org")
        open_jobs = Vacancy.objects.open_to_public(on=today + timedelta(days=5))
        first, second = (
            open_jobs.filter(role__family="family_support", opens_on__lt=today)
            .select_related("role")
            .order_by("pk")[:2]
        )
        yield self.sent(person, first, S.SUBMITTED)
        yield self.draft(person, second)

    def answer(self, applications):
        """Write what the applications hold besides the columns of their own."""
        for application in applications:
            job = application.vacancy
            if application.is_draft:
                self.answers.begin(application, self.texts["begun"][0].format(place=job.place_name))
            else:
                self.answers.answer(application, self.words_for(job))

    def words_for(self, job):
        waiting = job.role.name == NEWLY_QUALIFIED
        words = next(self.turns["newly_qualified" if waiting else job.role.family])
        return words.format(title=job.title, place=job.place_name)

    def draft(self, person, job):
        waiting = job.role.name == NEWLY_QUALIFIED
        return Application(
            vacancy=job,
            applicant=person,
            full_name=person.full_name,
            phone=f"01632 960{self.chance.randint(100, 999)}",
            address=f"{self.chance.randint(1, 90)} Mill Lane",
            town=self.chance.choice(TOWNS),
            postcode="SO23 9ZZ",
            right_to_work=True,
            needs_sponsorship=False,
            **self.registration(job, waiting),
            started_at=self.now - timedelta(days=1),
        )

    def registration(self, job, waiting):
        if not job.needs_registration:
            return {}
        if waiting:
            return {"registration": Registration.AWAITING}
        number = f"SW{next(self.numbers)}"
        return {"registration": Registration.REGISTERED, "registration_number": number}

    def sent(self, person, job, state):
        application = self.draft(person, job)
        last_day = min(job.closes_on, timezone.localdate() - timedelta(days=1))
        days = self.chance.randint(0, max((last_day - job.opens_on).days, 0))
        hour = time(self.chance.randint(10, 20), self.chance.randint(0, 59))
        sent_on = datetime.combine(job.opens_on + timedelta(days=days), hour)
        application.submitted_at = timezone.make_aware(sent_on)
        application.started_at = application.submitted_at - timedelta(hours=3)
        application.state = state
        if state in DECISION_OF_STATE:
            application.decision = DECISION_OF_STATE[state]
            application.decided_by = self.officer
            application.decided_at = self.steps(application)[-1][1]
        if state == S.WITHDRAWN:
            application.withdrawn_at = self.steps(application)[-1][1]
            application.withdrawal_reason = self.chance.choice(WithdrawalReason.values)
        return application

    def steps(self, application):
        """Return the states a sent application went through with the moment of each, in order."""
        if application.state in HAPPY_PATH:
            states = HAPPY_PATH[: HAPPY_PATH.index(application.state) + 1]
        else:
            states = [S.SUBMITTED, application.state]
        pause = (self.now - application.submitted_at) / (len(states) + 1)
        moments = [application.submitted_at]
        for number in range(1, len(states)):
            moment = timezone.localtime(application.submitted_at + pause * number)
            at_work = moment.replace(hour=10, minute=20)
            moments.append(at_work if moments[-1] < at_work < self.now else moment)
        return list(zip(states, moments, strict=True))

    def moves(self, application):
        if application.is_draft:
            return
        steps = [(S.DRAFT, application.started_at), *self.steps(application)]
        for (before, _), (after, moment) in pairwise(steps):
            by_applicant = after in (S.SUBMITTED, S.WITHDRAWN)
            yield ApplicationMove(
                application=application,
                from_state=before,
                to_state=after,
                moved_at=moment,
                moved_by=application.applicant if by_applicant else self.officer,
            )
