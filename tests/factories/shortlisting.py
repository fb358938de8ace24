"""Panels and what they gave: everything a shortlisting is made of."""

import factory
from django.utils import timezone

from applications.actions import save_scores
from applications.models import Conflict, CriterionEvidence, PanelMember
from applications.states import ApplicationState
from tests.factories.accounts import UserFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.vacancies import ClosedVacancyFactory, CriterionFactory
from vacancies.models import CriterionKind

NOTES = "In the second paragraph."


class PanelistFactory(UserFactory):
    roles = ["panel_member"]


class PanelMemberFactory(factory.django.DjangoModelFactory):
    """Somebody who serves on a panel and has declared, so that they read."""

    class Meta:
        model = PanelMember

    vacancy = factory.SubFactory(ClosedVacancyFactory)
    person = factory.SubFactory(PanelistFactory)
    declared_at = factory.LazyFunction(timezone.now)


class ConflictFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Conflict

    words = "We shared an office."


def vacancy_with_criteria(essential=1, desirable=1, **fields):
    """A closed vacancy with so many criteria of each kind."""
    vacancy = ClosedVacancyFactory(**fields)
    kinds = [CriterionKind.ESSENTIAL] * essential + [CriterionKind.DESIRABLE] * desirable
    for number, kind in enumerate(kinds):
        CriterionFactory(vacancy=vacancy, kind=kind, text=f"Criterion {number}", position=number)
    return vacancy


def in_shortlisting(vacancy, **fields):
    """An application in shortlisting with evidence for each criterion."""
    application = SentApplicationFactory(
        vacancy=vacancy, state=ApplicationState.SHORTLISTING, answers=False, **fields
    )
    for criterion in vacancy.criteria.all():
        CriterionEvidence.objects.create(
            application=application, criterion=criterion, words="I have done this for years."
        )
    return application


def panel_of(vacancy, number=2):
    """So many members of a panel; the first leads it."""
    return [PanelMemberFactory(vacancy=vacancy, is_lead=place == 0) for place in range(number)]


def give(member, application, points, send=True):
    """Have a member give points for each criterion, one number or a list of them, and send them."""
    criteria = list(application.vacancy.criteria.all())
    each = points if isinstance(points, list) else [points] * len(criteria)
    return save_scores(
        member=member,
        application=application,
        scores={row.pk: (given, NOTES) for row, given in zip(criteria, each, strict=True)},
        version=0,
        by=member.person,
        send=send,
    )


def read_by_all(application, members, points=3):
    """Have all members send the same points."""
    for member in members:
        give(member, application, points)
