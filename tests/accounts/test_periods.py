"""Periods are dated rows: the notice, the dry run and the run read the one that holds on the day."""

from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.actions import (
    carry_out,
    carry_out_everything,
    decide_period,
    first_day_of_a_change,
    take_period_back,
)
from accounts.models import AuditEvent, DeletionRecord, RetentionPeriod
from accounts.queries import all_keepings, dry_run
from accounts.retention import is_dated, kept_since, period_of, start_of
from applications.models import Application
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.keeping import RetentionPeriodFactory, warned
from tests.factories.vacancies import ClosedVacancyFactory
from vacancies.models import SavedVacancy

pytestmark = pytest.mark.django_db
KIND = "draft_application"


def old_draft(days=200, **fields):
    draft = ApplicationFactory(**fields)
    moment = timezone.now() - timedelta(days=days)
    Application.objects.filter(pk=draft.pk).update(changed_at=moment)
    return warned(draft)


def prospect(name, on):
    return next(row for row in dry_run(on=on) if row.keeping.name == name)


def test_the_period_that_has_begun_last_holds():
    RetentionPeriodFactory(category=KIND, months=6, from_on=date(2026, 1, 1))
    RetentionPeriodFactory(category=KIND, months=None, days=20, from_on=date(2026, 6, 1))

    days = [date(2025, 12, 31), date(2026, 5, 31), date(2026, 6, 1)]

    assert [str(period_of(KIND, on=on)) for on in days] == ["3 months", "6 months", "20 days"]
    assert kept_since(KIND, on=date(2026, 6, 30)) == start_of(date(2026, 6, 10))


def test_reading_a_period_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        kept_since(KIND, on=date(2026, 6, 30))


def test_a_period_is_in_months_or_in_days():
    for months, days in ((None, None), (3, 90), (0, None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            RetentionPeriodFactory(months=months, days=days)


def test_the_settings_are_loaded_once_and_what_hr_decided_stays():
    RetentionPeriodFactory(category=KIND, months=6)

    for _ in range(2):
        call_command("load_retention_periods")

    dated = [kind for kind in settings.RETENTION if is_dated(kind)]
    assert RetentionPeriod.objects.count() == len(dated)
    assert RetentionPeriod.objects.get(category=KIND).months == 6


def test_the_privacy_notice_tells_the_period_of_today(client):
    RetentionPeriodFactory(category=KIND, months=7, why="HR said so", from_on=date(2026, 1, 1))

    rows = client.get(reverse("careers:privacy")).context["retention"]

    told = next(row for row in rows if row["what"] == settings.RETENTION[KIND]["what"])
    assert told["how_long"].startswith("7 months after")
    assert told["why"] == "HR said so"


def test_deciding_is_recorded_with_who_and_what_it_was_before():
    hr = HRAdminFactory()

    period = decide_period(
        category=KIND, months=2, from_on=first_day_of_a_change(), why="Enough", by=hr
    )

    line = AuditEvent.objects.get(event="retention_changed")
    assert (period.decided_by, line.by) == (hr, hr)
    assert (line.facts["before"], line.facts["after"]) == ("3 months", "2 months")


def test_a_period_cannot_begin_before_its_dry_run_can_be_read():
    too_near = first_day_of_a_change() - timedelta(days=1)

    with pytest.raises(PermissionDenied):
        decide_period(category=KIND, months=2, from_on=too_near, why="Now", by=HRAdminFactory())
    with pytest.raises(PermissionDenied):
        decide_period(
            category=KIND, months=2, from_on=first_day_of_a_change(), why="", by=UserFactory()
        )


def test_a_period_is_taken_back_until_it_begins():
    coming = RetentionPeriodFactory(from_on=timezone.localdate() + timedelta(days=1))
    running = RetentionPeriodFactory(from_on=timezone.localdate())

    take_period_back(period=coming, by=HRAdminFactory())
    with pytest.raises(PermissionDenied):
        take_period_back(period=running, by=HRAdminFactory())

    assert list(RetentionPeriod.objects.all()) == [running]


def test_hr_changes_periods_to_come_in_the_admin_and_no_others(client):
    client.force_login(HRAdminFactory())
    running = RetentionPeriodFactory()
    add = reverse("admin:accounts_retentionperiod_add")
    said = {"category": KIND, "months": "2", "days": "", "why": "Enough"}

    soon = client.post(add, said | {"from_on": timezone.localdate().isoformat()})
    both = client.post(add, said | {"days": "3", "from_on": first_day_of_a_change().isoformat()})
    right = client.post(add, said | {"from_on": first_day_of_a_change().isoformat()})
    page = client.get(reverse("admin:accounts_retentionperiod_change", args=[running.pk]))

    assert (soon.status_code, both.status_code, right.status_code) == (200, 200, 302)
    assert RetentionPeriod.objects.get(category=KIND).decided_by is not None
    assert page.context["has_change_permission"] is False


def test_the_dry_run_shows_what_the_run_then_does():
    """Whatever is registered, and with a shorter period than today's: the same number, and no more."""
    old_draft()
    old_draft(days=100)
    ApplicationFactory()
    SavedVacancy.objects.create(
        user=UserFactory(),
        vacancy=ClosedVacancyFactory(opens_on=date(2019, 12, 1), closes_on=date(2020, 1, 1)),
    )
    RetentionPeriodFactory(category=KIND, months=1, from_on=date(2026, 1, 1))
    today = timezone.localdate()

    shown = {row.keeping.name: row.number for row in dry_run(on=today)}
    done = carry_out_everything(on=today)

    assert done == shown
    assert (done[KIND], done["saved_vacancy"]) == (2, 1)


def test_the_dry_run_looks_ahead_with_the_period_of_that_day(client):
    draft = old_draft(days=50)
    today = timezone.localdate()
    RetentionPeriodFactory(category=KIND, months=1, from_on=today + timedelta(days=8))
    client.force_login(HRAdminFactory())

    page = client.get(
        reverse("admin:accounts_dry_run"), {"on": (today + timedelta(days=8)).isoformat()}
    )

    assert prospect(KIND, today).number == 0
    found = next(row for row in page.context["prospects"] if row.keeping.name == KIND)
    assert (found.number, found.references) == (1, [draft.reference])
    assert draft.full_name not in page.content.decode()
    assert Application.objects.count() == 1


@pytest.mark.parametrize("typed", ["", "yesterday", "1066-10-14", "2999-01-01", "2026-02-30"])
def test_a_date_that_is_none_is_refused_beside_the_field(client, typed):
    client.force_login(HRAdminFactory())

    page = client.get(reverse("admin:accounts_dry_run"), {"on": typed})

    assert (page.status_code, len(page.context["form"].errors["on"])) == (200, 1)


def test_the_command_says_the_same_and_never_runs_ahead():
    draft = old_draft()
    said = StringIO()

    call_command("keep_only_what_we_may", dry_run=True, only=KIND, stdout=said)
    with pytest.raises(CommandError):
        call_command("keep_only_what_we_may", on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(CommandError):
        call_command("keep_only_what_we_may", only="nothing")

    assert said.getvalue().splitlines()[0].startswith("draft_application: 1, the oldest of ")
    assert said.getvalue().splitlines()[1] == f"  {draft.reference}"
    assert Application.objects.count() == 1
    call_command("keep_only_what_we_may", only=KIND, stdout=said)
    assert Application.objects.count() == 0


def test_a_deletion_leaves_a_record_without_personal_data(client):
    person = UserFactory(full_name="Zebedine Quillfeather")
    old_draft(applicant=person)
    saved = ClosedVacancyFactory(opens_on=date(2019, 12, 1), closes_on=date(2020, 1, 1))
    for user in (person, UserFactory()):
        SavedVacancy.objects.create(user=user, vacancy=saved)
    today = timezone.localdate()

    carry_out_everything(on=today)

    records = DeletionRecord.objects.filter(subject=person.pseudonym)
    assert {(row.category, row.number) for row in records} == {(KIND, 1), ("saved_vacancy", 1)}
    assert DeletionRecord.objects.values("run").distinct().count() == 1
    assert {(row.as_at, row.deleted_by) for row in records} == {(today, None)}
    hr = HRAdminFactory()
    client.force_login(hr)
    page = client.get(reverse("admin:accounts_deletionrecord_changelist"))
    assert "Quillfeather" not in page.content.decode()
    assert client.get(reverse("admin:accounts_deletionrecord_add")).status_code == 403


def test_every_category_with_a_period_has_something_that_carries_it_out():
    """But for what another period's job takes along, and what a date on each row decides."""
    carried_out = {keeping.kind for keeping in all_keepings().values()}

    assert [kind for kind in settings.RETENTION if is_dated(kind) and kind not in carried_out] == []


def test_running_twice_deletes_nothing_more():
    old_draft()
    today = timezone.localdate()

    assert (carry_out(KIND, on=today), carry_out(KIND, on=today)) == (1, 0)
    assert DeletionRecord.objects.filter(category=KIND).count() == 1


def test_running_late_counts_from_today():
    old_draft(days=100)
    with time_machine.travel(timezone.now() + timedelta(days=400), tick=False):
        assert carry_out(KIND, on=timezone.localdate()) == 1
