"""A team with a minimum of qualified people, for tests of safe cover."""

from datetime import date

from organisation.models import CoverMinimum
from tests.factories.organisation import RoleFactory, StaffMemberFactory, TeamFactory


def team_with_minimum(people, **fields):
    """A team that needs so many qualified people in each half day."""
    team = TeamFactory(**fields)
    CoverMinimum.objects.create(team=team, starts_on=date(2025, 4, 1), people=people)
    return team


def qualified(team, **fields):
    """A member of the team whose role needs registration."""
    role = RoleFactory(needs_registration=True)
    return StaffMemberFactory(team=team, role=role, **fields)
