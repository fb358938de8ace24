"""How long the checks are kept, what is destroyed on its date, and what must never be true of them."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.registries import privacy
from applications import invariants
from applications.actions import (
    confirm_check,
    destroy_check_details,
    doubt_check,
    erase_applications,
    withdraw_application,
)
from applications.models import Check, CheckStep
from applications.states import ApplicationState
from applications.tasks import destroy_check_details_on_their_date
from tests.factories.accounts import HRAdminFactory
from tests.factories.checks import check_of, offered, see, settle, settle_all
from tests.factories.offers import step_on

pytestmark = pytest.mark.django_db
SECRET = "Plover and number 001777"
RULES = [
    invariants.nobody_is_appointed_with_an_open_check,
    invariants.confirmed_checks_say_who_and_when,
    invariants.the_second_person_is_another,
    invariants.nobody_confirms_their_own_check,
    invariants.no_certificate_details_are_kept_past_their_date,
]


def broken():
    return [sentence for rule in RULES for sentence in rule()]


@pytest.fixture
def dbs():
    return settle(check_of(offered(), "dbs"), what_was_seen=SECRET, number="001777")


def test_certificate_details_go_on_their_date_and_not_a_day_before(dbs):
    assert destroy_check_details(on=dbs.destroy_on - timedelta(days=1)) == 0

    assert destroy_check_details(on=dbs.destroy_on) == 1

    dbs.refresh_from_db()
    assert (dbs.number, dbs.what_was_seen) == ("", "")
    assert (dbs.state, dbs.outcome, dbs.level) == ("confirmed", "nothing", "enhanced_barred")
    assert dbs.issued_on == dbs.seen_on
    assert set(dbs.steps.values_list("words", flat=True)) == {""}


def test_destroying_leaves_reference_date_and_decision_in_a_record(dbs):
    destroy_check_details(on=dbs.destroy_on)

    event = AuditEvent.objects.get(event="check_details_destroyed")
    assert event.facts == {
        "reference": dbs.application.reference,
        "kind": "dbs",
        "seen_on": dbs.seen_on.isoformat(),
        "decision": "nothing",
    }


def test_destroying_late_and_twice_does_it_once(dbs):
    late = dbs.destroy_on + timedelta(days=90)

    assert [destroy_check_details(on=late) for _ in range(2)] == [1, 0]


def test_the_date_is_months_after_the_day_it_was_seen(settings):
    settings.DBS_DETAILS_KEPT_MONTHS = 6
    application = offered()
    with time_machine.travel("2026-12-05 10:00"):
        check = see(check_of(application, "dbs"))

    assert check.destroy_on.isoformat() == "2027-06-05"


def test_a_doubt_about_a_certificate_goes_on_its_date_too():
    check = check_of(offered(), "dbs")
    doubt_check(check=check, reason=SECRET, by=HRAdminFactory())
    check.refresh_from_db()

    destroy_check_details(on=check.destroy_on)

    check.refresh_from_db()
    assert (check.state, check.reason) == ("doubtful", "")


def test_other_checks_keep_their_words(dbs):
    identity = settle(check_of(dbs.application, "identity"))

    destroy_check_details(on=dbs.destroy_on)

    identity.refresh_from_db()
    assert identity.what_was_seen == "The original, and the photo is theirs."


def test_where_no_job_came_of_it_all_details_go_once_it_cannot_be_taken_back():
    application = offered()
    identity = settle(check_of(application, "identity"), number="123456")
    withdraw_application(application=application, by=application.applicant)
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert destroy_check_details(on=tomorrow) == 0

    destroy_check_details(on=tomorrow + timedelta(days=1))

    identity.refresh_from_db()
    assert (identity.number, identity.what_was_seen) == ("", "")


def test_the_nightly_task_destroys_what_is_due(dbs):
    with time_machine.travel(datetime.combine(dbs.destroy_on, datetime.min.time())):
        destroy_check_details_on_their_date()

    dbs.refresh_from_db()
    assert dbs.destroyed_at is not None


def planted(text):
    """Return the tables that hold a text anywhere."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'select count(*) from "{table}" t where t::text like %s', [f"%{text}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_erasing_somebody_leaves_nothing_of_their_checks():
    application = offered(number="SW987654")
    settle(check_of(application, "identity"))
    erase_applications(person=application.applicant, by=None)

    assert Check.objects.count() == CheckStep.objects.count() == 0
    assert Check.pgh_event_model.objects.count() == 0
    assert planted("SW987654") == []


def test_erasing_is_registered_for_the_checks():
    application = offered()
    erase_applications(person=application.applicant, by=None)

    assert privacy[Check].eraser(application.applicant) == 0
    assert privacy[Check].event_retention == "checks"


def hired(application):
    hr = HRAdminFactory()
    for state in (ApplicationState.CHECKS, ApplicationState.HIRED):
        step_on(application, state, by=hr)
    return application


def test_nothing_impossible_is_said_of_a_person_with_every_check():
    application = offered()
    settle_all(application)
    hired(application)

    assert broken() == []


def test_an_appointed_person_with_an_open_check_is_told():
    hired(offered())

    assert len(list(invariants.nobody_is_appointed_with_an_open_check())) == 8


def test_looking_again_after_the_start_is_no_impossible_state():
    application = offered()
    settle_all(application)
    hired(application)
    soon = timezone.localdate() + timedelta(days=20)
    Check.objects.filter(kind__nature="right_to_work").update(expires_on=soon)

    see(check_of(application, "right_to_work"))

    assert broken() == []


def test_a_confirmed_check_without_words_is_told():
    check = settle(check_of(offered(), "identity"))
    Check.objects.filter(pk=check.pk).update(what_was_seen="")

    assert len(broken()) == 1


def test_a_check_recorded_by_the_applicant_is_told():
    check = settle(check_of(offered(), "identity"))
    Check.objects.filter(pk=check.pk).update(seen_by=check.application.applicant)

    assert len(broken()) == 1


def test_details_past_their_date_are_told_after_a_night_of_grace(dbs):
    today = timezone.localdate()
    Check.objects.filter(pk=dbs.pk).update(destroy_on=today)
    assert broken() == []

    Check.objects.filter(pk=dbs.pk).update(destroy_on=today - timedelta(days=1))

    assert len(broken()) == 1


def test_a_check_that_was_seen_again_is_confirmed_again():
    application = offered()
    check = settle(check_of(application, "dbs"))
    see(check, issued_on=timezone.localdate())

    check = confirm_check(check=check, by=HRAdminFactory())

    assert check.state == "confirmed"
