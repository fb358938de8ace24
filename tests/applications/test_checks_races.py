"""Two people at once about the same check, with real threads and a real database."""

import pytest

from accounts.states import InvalidTransition
from applications.actions import (
    begin_missing_checks,
    confirm_check,
    undo_confirmation,
)
from applications.models import Check
from applications.states import ApplicationState
from tests.applications.test_races import at_once
from tests.factories.accounts import HRAdminFactory
from tests.factories.checks import check_of, offered, see, settle
from tests.factories.offers import step_on

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_begin_the_checks_at_once_begin_each_once():
    application = offered()
    number = application.checks.count()
    application.checks.all().delete()
    people = HRAdminFactory(), HRAdminFactory()

    results = at_once(
        *(lambda by=by: begin_missing_checks(application=application, by=by) for by in people)
    )

    assert sorted(results) == [0, number]
    assert Check.objects.count() == number


def test_two_who_confirm_at_once_confirm_it_once():
    check = see(check_of(offered(), "dbs"))
    people = HRAdminFactory(), HRAdminFactory()

    results = at_once(*(lambda by=by: confirm_check(check=check, by=by) for by in people))

    assert sorted(type(result).__name__ for result in results) == ["Check", "InvalidTransition"]
    assert check.steps.filter(to_state="confirmed").count() == 1


def test_nothing_is_taken_back_of_somebody_who_is_appointed_meanwhile():
    application = offered()
    check = settle(check_of(application, "identity"))
    hr = HRAdminFactory()
    step_on(application, ApplicationState.CHECKS, by=hr)

    appointed, undone = at_once(
        lambda: step_on(application, ApplicationState.HIRED, by=hr),
        lambda: undo_confirmation(check=check, reason="Wrong person", by=hr),
    )

    check.refresh_from_db()
    was_first = isinstance(undone, Check)
    assert check.state == ("held" if was_first else "confirmed")
    assert not isinstance(appointed, InvalidTransition)
