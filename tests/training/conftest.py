import pytest
import time_machine

from tests.factories.cover import qualified, team_with_minimum
from tests.factories.managing import MONDAY
from tests.factories.organisation import StaffMemberFactory


@pytest.fixture
def clock():
    """It is Monday, until a test moves it."""
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def manager(client):
    member = StaffMemberFactory(user__full_name="Maggie Thornhill")
    client.force_login(member.user)
    return member


@pytest.fixture
def member(manager):
    team = team_with_minimum(0, manager=manager)
    return qualified(team, line_manager=manager, user__full_name="Sam Okafor")
