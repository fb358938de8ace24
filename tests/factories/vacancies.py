from datetime import timedelta

import factory
from django.utils import timezone

from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.organisation import GradeFactory, RoleFactory, TeamFactory
from vacancies.models import Criterion, Notice, NoticeKind, Pattern, Vacancy
from vacancies.states import OVER, VacancyState


class VacancyFactory(factory.django.DjangoModelFactory):
    """A draft that could be published: it opens today and closes in two weeks."""

    class Meta:
        model = Vacancy

    title = "Social worker"
    role = factory.SubFactory(RoleFactory)
    team = factory.SubFactory(TeamFactory)
    grade = factory.SubFactory(GradeFactory)
    salary_from = 37_200
    salary_to = 41_800
    patterns = [Pattern.FULL_TIME]
    weekly_hours = 37
    place_name = "Basingstoke"
    latitude = 51.2625
    longitude = -1.0871
    district = factory.SelfAttribute("team.district")
    opens_on = factory.LazyFunction(timezone.localdate)
    closes_on = factory.LazyAttribute(lambda vacancy: vacancy.opens_on + timedelta(days=14))
    summary = "Work with children and families in one town."
    body = "## What you will do\n\n- Visit families"


class LiveVacancyFactory(VacancyFactory):
    state = VacancyState.LIVE
    published_at = factory.LazyFunction(timezone.now)
    published_by = factory.SubFactory(HRAdminFactory)


class ClosedVacancyFactory(LiveVacancyFactory):
    state = VacancyState.CLOSED
    opens_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))
    closed_at = factory.LazyFunction(timezone.now)


class CriterionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Criterion

    vacancy = factory.SubFactory(VacancyFactory)
    text = "Experience of working with families."


class ScheduledVacancyFactory(LiveVacancyFactory):
    state = VacancyState.SCHEDULED
    opens_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=3))


class NoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notice

    vacancy = factory.SubFactory(LiveVacancyFactory)
    kind = NoticeKind.CLOSED_EARLY
    reason = "Many people have applied."
    closes_on = factory.SelfAttribute("vacancy.closes_on")
    made_at = factory.LazyFunction(timezone.now)


FACTORIES = {
    VacancyState.LIVE: LiveVacancyFactory,
    VacancyState.SCHEDULED: ScheduledVacancyFactory,
    **dict.fromkeys(OVER, ClosedVacancyFactory),
}


def vacancy_in(state, **fields):
    """A vacancy in `state` with all it must have, sent by somebody who is nobody else in the test."""
    if state in (VacancyState.AWAITING_APPROVAL, VacancyState.APPROVED):
        fields = {"submitted_by": UserFactory(), "submitted_at": timezone.now(), **fields}
    if state == VacancyState.APPROVED:
        fields = {"approved_by": HRAdminFactory(), "approved_at": timezone.now(), **fields}
    vacancy = FACTORIES.get(state, VacancyFactory)(state=state, **fields)
    CriterionFactory(vacancy=vacancy)
    return vacancy
