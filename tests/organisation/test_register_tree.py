"""Nobody ends up above themselves through any rows of a list."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from organisation.actions import (
    change_staff_member,
)
from organisation.models import (
    StaffMember,
)
from tests.factories.organisation import StaffMemberFactory
from tests.organisation.lists import imported, joiner, outcomes, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_catalogue")]


def test_managers_may_join_in_a_later_row_of_the_same_list(hr):
    rows = [
        joiner("E1", **{"Line manager": "E2"}),
        joiner("E2", **{"Line manager": "E3"}),
        joiner("E3"),
    ]

    run = imported(rows, hr)

    assert outcomes(run) == ["new", "new", "new"]
    assert (
        StaffMember.objects.get(employee_number="E1").line_manager.line_manager.employee_number
        == "E3"
    )


def test_rows_that_only_together_make_a_circle_are_refused(hr):
    for number in ("E1", "E2", "E3"):
        StaffMemberFactory(employee_number=number)
    rows = [
        {"Employee number": "E1", "Line manager": "E2"},
        {"Employee number": "E2", "Line manager": "E3"},
        {"Employee number": "E3", "Line manager": "E1"},
    ]

    run = imported(rows, hr)

    words = "This person would manage their own manager."
    assert told(run) == [(number, "Line manager", words) for number in (2, 3, 4)]
    assert not StaffMember.objects.filter(line_manager__isnull=False).exists()


def test_a_swap_of_manager_and_report_is_no_circle(hr):
    top = StaffMemberFactory(employee_number="T")
    upper = StaffMemberFactory(employee_number="A", line_manager=top)
    StaffMemberFactory(employee_number="B", line_manager=upper)
    rows = [
        {"Employee number": "A", "Line manager": "B"},
        {"Employee number": "B", "Line manager": "T"},
    ]

    run = imported(rows, hr)

    assert outcomes(run) == ["moved", "moved"]
    assert StaffMember.objects.get(employee_number="A").line_manager.employee_number == "B"
    assert StaffMember.objects.get(employee_number="B").line_manager == top


def test_half_of_a_swap_is_a_circle_when_the_other_half_is_bad(hr):
    upper = StaffMemberFactory(employee_number="A")
    StaffMemberFactory(employee_number="B", line_manager=upper)
    rows = [
        {"Employee number": "A", "Line manager": "B"},
        {"Employee number": "B", "Line manager": "none", "Weekly hours": "a few"},
    ]

    run = imported(rows, hr)

    assert outcomes(run) == ["bad", "bad"]
    assert (2, "Line manager", "This person would manage their own manager.") in told(run)


def test_reports_of_a_joiner_with_errors_are_not_imported_without_their_manager(hr):
    rows = [joiner("E1", **{"Line manager": "E2"}), joiner("E2", Team="Nowhere")]

    run = imported(rows, hr)

    assert outcomes(run) == ["bad", "bad"]
    assert not StaffMember.objects.exists()


def test_a_list_that_still_names_a_manager_who_left_does_not_bring_them_back(hr):
    top = StaffMemberFactory(employee_number="T")
    gone = StaffMemberFactory(employee_number="G", line_manager=top)
    report = StaffMemberFactory(employee_number="R", line_manager=gone)
    change_staff_member(member=gone, left_on=timezone.localdate() - timedelta(days=1), by=hr)

    run = imported([{"Employee number": "R", "Line manager": "G"}], hr)

    report.refresh_from_db()
    assert report.line_manager == top
    assert told(run) == [(2, "Line manager", "G has left, so this stays as it is.")]


def test_who_leaves_in_the_list_becomes_nobodys_manager(hr):
    top = StaffMemberFactory(employee_number="T")
    mover = StaffMemberFactory(employee_number="M", line_manager=top)
    stays = StaffMemberFactory(employee_number="S")
    leaver = StaffMemberFactory(employee_number="L")
    StaffMember.objects.filter(pk=stays.pk).update(line_manager=leaver)
    rows = [
        {"Employee number": "M", "Line manager": "L"},
        {"Employee number": "S", "Line manager": "L"},
        {"Employee number": "L", "Last day": "31 March 2027"},
        joiner("E1", **{"Line manager": "L"}),
    ]

    run = imported(rows, hr)

    mover.refresh_from_db()
    words = "L leaves in this list, so cannot be the line manager."
    assert outcomes(run) == ["bad", "same", "leaves", "bad"]
    assert told(run) == [(2, "Line manager", words), (5, "Line manager", words)]
    assert mover.line_manager == top


def test_a_manager_whose_time_is_made_longer_does_not_leave(hr):
    StaffMemberFactory(employee_number="L", left_on=date(2099, 3, 31))
    StaffMemberFactory(employee_number="M")
    rows = [
        {"Employee number": "M", "Line manager": "L"},
        {"Employee number": "L", "Last day": "31 March 2100"},
    ]

    run = imported(rows, hr)

    assert told(run) == []
    assert StaffMember.objects.get(employee_number="M").line_manager.employee_number == "L"
