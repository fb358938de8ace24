"""How long patterns, absence and lists are kept, and what is left of a person who is erased."""

from datetime import date, timedelta

import pytest

from accounts.actions import erase_person
from organisation.actions import delete_working_time_past_its_time, upload_register
from organisation.models import (
    Absence,
    OpeningBalance,
    RegisterKind,
    RegisterRow,
    StaffMember,
    WorkingPattern,
)
from tests.factories.accounts import HRAdminFactory
from tests.factories.organisation import StaffMemberFactory
from tests.organisation.lists import joiner
from tests.vacancies.sheets import csv_file

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def away(member, ends_on, key):
    return Absence.objects.create(member=member, starts_on="2024-01-01", ends_on=ends_on, key=key)


def test_absence_is_deleted_two_years_after_its_last_day():
    member = StaffMemberFactory()
    away(member, "2024-11-21", "old")
    away(member, "2024-11-22", "kept")

    assert delete_working_time_past_its_time(on=TODAY) == 1
    assert list(Absence.objects.values_list("key", flat=True)) == ["kept"]


def test_a_pattern_is_deleted_two_years_after_it_was_replaced():
    member = StaffMemberFactory()
    for day in ("2020-01-06", "2024-11-21", "2024-11-22"):
        member.working_patterns.create(starts_on=day, slots=[0])

    delete_working_time_past_its_time(on=TODAY)

    kept = WorkingPattern.objects.order_by("starts_on").values_list("starts_on", flat=True)
    assert list(kept) == [date(2024, 11, 21), date(2024, 11, 22)]


def test_patterns_and_balances_go_two_years_after_their_person_left():
    for left_on in (date(2024, 11, 21), date(2024, 11, 22), None):
        member = StaffMemberFactory(left_on=left_on)
        member.working_patterns.create(starts_on="2020-01-06", slots=[0])
        member.opening_balances.create(as_at="2020-01-06", half_days=2)

    assert delete_working_time_past_its_time(on=TODAY) == 2
    assert WorkingPattern.objects.count() == OpeningBalance.objects.count() == 2


@pytest.mark.usefixtures("_catalogue")
def test_erasing_a_person_takes_when_they_worked_and_the_rows_that_name_them():
    hr = HRAdminFactory()
    members = [StaffMemberFactory(employee_number=f"E{n}") for n in (1, 2)]
    for member in members:
        member.working_patterns.create(starts_on="2020-01-06", slots=[0])
        member.opening_balances.create(as_at="2020-01-06", half_days=2)
        away(member, "2026-11-22", member.employee_number)
    rows = [joiner("E1"), joiner("E2"), joiner("E3", **{"E-mail": members[0].user.email})]
    upload_register(file=csv_file(rows), kind=RegisterKind.STAFF, by=hr)
    StaffMember.objects.filter(pk=members[0].pk).update(left_on=TODAY - timedelta(days=30))

    erase_person(person=members[0].user, by=hr)

    for model in (WorkingPattern, OpeningBalance, Absence):
        assert [row.member for row in model.objects.all()] == [members[1]]
    assert list(RegisterRow.objects.values_list("employee_number", flat=True)) == ["E2"]
