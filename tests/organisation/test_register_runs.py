"""Who imports lists, how workers go on with them, and how long they are kept."""

import time
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from organisation.actions import (
    begin_register_import,
    delete_register_imports_past_their_time,
    upload_register,
    work_on_register_imports,
)
from organisation.models import (
    RegisterImport,
    RegisterKind,
    StaffMember,
)
from organisation.sheets.problems import UnfitFile
from organisation.states import RegisterState
from tests.factories.accounts import UserFactory
from tests.organisation.lists import checked, joiner, outcomes
from tests.vacancies.sheets import workbook_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_catalogue")]


def test_a_worker_goes_on_where_another_was_stopped(hr):
    run = checked([joiner("E1"), joiner("E2")], hr)
    begin_register_import(run=run, by=hr)
    first = run.rows.get(number=2)
    run.rows.filter(pk=first.pk).update(done_at=timezone.now())
    RegisterImport.objects.update(busy_until=timezone.now() + timedelta(minutes=1))

    work_on_register_imports(now=timezone.now())
    assert not StaffMember.objects.exists()
    work_on_register_imports(now=timezone.now() + timedelta(minutes=2))

    run.refresh_from_db()
    assert run.state == RegisterState.APPLIED
    assert [member.employee_number for member in StaffMember.objects.all()] == ["E2"]


def test_an_import_ends_when_whoever_began_it_may_no_longer(hr):
    run = checked([joiner("E1")], hr)
    begin_register_import(run=run, by=hr)
    User.objects.filter(pk=hr.pk).update(roles=[])

    work_on_register_imports(now=timezone.now())

    run.refresh_from_db()
    assert run.state == RegisterState.FAILED
    assert not StaffMember.objects.exists()


def test_a_list_that_stops_workers_is_given_up(hr):
    run = checked([joiner("E1")], hr)
    begin_register_import(run=run, by=hr)
    RegisterImport.objects.update(attempts=5)

    work_on_register_imports(now=timezone.now())

    run.refresh_from_db()
    assert run.state == RegisterState.FAILED


def test_only_hr_imports(hr):
    officer = UserFactory(roles=["workforce_development_officer"])

    with pytest.raises(PermissionDenied):
        checked([joiner("E1")], officer)
    with pytest.raises(PermissionDenied):
        begin_register_import(run=checked([joiner("E1")], hr), by=officer)


def test_a_list_without_its_key_is_refused_whole(hr):
    with pytest.raises(UnfitFile, match="we cannot find “Employee number”"):
        checked([{"Name": "Nell"}], hr)
    assert not RegisterImport.objects.exists()


def test_an_excel_workbook_does_as_well(hr):
    file = workbook_file([joiner("E1", **{"Started on": date(2026, 9, 1)})])

    run = upload_register(file=file, kind=RegisterKind.STAFF, by=hr)

    assert outcomes(run) == ["new"]


def test_lists_are_deleted_when_their_days_are_over(hr, settings):
    run = checked([joiner("E1")], hr)
    kept = timedelta(days=settings.IMPORT_KEPT_DAYS)

    assert delete_register_imports_past_their_time(now=run.uploaded_at + kept) == 0
    after = run.uploaded_at + kept + timedelta(days=1)
    assert delete_register_imports_past_their_time(now=after) == 1
    assert not RegisterImport.objects.exists()


def test_two_thousand_rows_are_checked_in_few_queries(hr, django_assert_max_num_queries):
    rows = [joiner(f"E{n}", **{"Line manager": f"E{n // 12}"} if n else {}) for n in range(2000)]
    started = time.monotonic()

    with django_assert_max_num_queries(20):
        run = checked(rows, hr)

    assert run.counts()["new"] == 2000
    assert time.monotonic() - started < 20
