"""A hold and a deletion at the same moment, with real threads and a real database."""

import threading
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.actions import carry_out, erase_person, place_hold
from accounts.exceptions import Held
from accounts.models import User
from accounts.queries import broken_invariants
from tests.accounts.test_holds import refused_long_ago
from tests.applications.test_races import at_once
from tests.factories.accounts import HRAdminFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def application():
    return refused_long_ago()


def while_it_is_held(person, thing, do):
    """Place a hold in a transaction that stays open until `do` has run or waits for it."""
    is_placed, goes_on = threading.Event(), threading.Event()
    review_on, hr = timezone.localdate() + timedelta(days=9), HRAdminFactory()

    def hold():
        with transaction.atomic():
            place_hold(person=person, thing=thing, reason="A claim", review_on=review_on, by=hr)
            is_placed.set()
            goes_on.wait(1)

    def other():
        is_placed.wait(5)
        try:
            return do()
        finally:
            goes_on.set()

    return at_once(hold, other)[1]


def test_a_run_leaves_alone_what_is_being_held(application):
    done = while_it_is_held(
        application.applicant,
        application,
        lambda: carry_out("unsuccessful_application", on=timezone.localdate()),
    )

    application.refresh_from_db()
    assert (done, application.blanked_at) == (0, None)
    assert [words for words in broken_invariants() if words.startswith("Legal hold")] == []


def test_erasing_waits_for_a_hold_that_is_being_placed_and_is_then_refused(application):
    person, hr = application.applicant, HRAdminFactory()

    done = while_it_is_held(person, None, lambda: erase_person(person=person, by=hr))

    assert isinstance(done, Held)
    assert User.objects.get(pk=person.pk).erased_at is None
