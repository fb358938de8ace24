from datetime import UTC, datetime

import pytest
import time_machine
from django.db import models

from tests.factories.cover import qualified, team_with_minimum
from tests.factories.managing import MONDAY
from tests.factories.organisation import StaffMemberFactory
from tests.factories.training import SessionFactory, officer, staff_user
from training.actions import places


@pytest.fixture(autouse=True)
def _from_21_january():
    """Sessions that say no date begin with that day, whichever tests ran before."""
    SessionFactory.reset_sequence(14)


@pytest.fixture
def clock():
    """It is Monday, until a test moves it."""
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def _in_november():
    """It is Wednesday 20 November 2030, late in the year of the promise."""
    with time_machine.travel(datetime(2030, 11, 20, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def by(client):
    """An officer, who is signed in."""
    by = officer()
    client.force_login(by)
    return by


@pytest.fixture
def person(client):
    """Somebody who works here, and is signed in."""
    person = staff_user(user__full_name="Sam Okafor")
    client.force_login(person)
    return person


@pytest.fixture
def manager(client):
    member = StaffMemberFactory(user__full_name="Maggie Thornhill")
    client.force_login(member.user)
    return member


@pytest.fixture
def member(manager):
    team = team_with_minimum(0, manager=manager)
    return qualified(team, line_manager=manager, user__full_name="Sam Okafor")


@pytest.fixture
def _no_locks(monkeypatch):
    """Nobody waits for anybody, so that a race is seen that the locks prevent."""
    monkeypatch.setattr(models.QuerySet, "select_for_update", lambda queryset, **kwargs: queryset)
    for name in ("LOCKED_SESSIONS", "LOCKED_PEOPLE"):
        read, lock, _ = getattr(places, name).partition("FOR NO KEY UPDATE")
        assert lock
        monkeypatch.setattr(places, name, read)
