"""What becomes of each row of a list of absence."""

from datetime import date

import pytest

from organisation.models import (
    Absence,
    AbsencePart,
    RegisterKind,
)
from tests.factories.organisation import StaffMemberFactory
from tests.organisation.lists import absence, checked, imported, outcomes, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_catalogue")]


def test_absence_comes_changes_and_goes_by_its_number(hr):
    StaffMemberFactory(employee_number="E1")
    imported([absence("A-1"), absence("A-2")], hr, RegisterKind.ABSENCE)

    run = imported(
        [
            absence("A-1", **{"Last day": "1 December 2026", "Part": "Morning"}),
            absence("A-2", Part="cancelled"),
        ],
        hr,
        RegisterKind.ABSENCE,
    )

    assert outcomes(run) == ["changed", "removed"]
    kept = Absence.objects.get()
    assert (kept.key, kept.part, kept.ends_on) == (
        "A-1",
        AbsencePart.MORNING,
        date(2026, 12, 1),
    )
    assert outcomes(checked([absence("A-2", Part="cancelled")], hr, RegisterKind.ABSENCE)) == [
        "same"
    ]


def test_each_mistake_in_a_list_of_absence_is_told(hr):
    StaffMemberFactory(employee_number="E1")
    StaffMemberFactory(employee_number="E2")
    imported([absence("A-1")], hr, RegisterKind.ABSENCE)
    rows = [
        absence("A-2", **{"Employee number": "E404"}),
        absence("A-3", **{"Last day": "1 November 2026"}),
        absence("A-4", Part="Morning"),
        absence("A-1", **{"Employee number": "E2"}),
        absence("A-5", Part="sick"),
        absence(""),
    ]

    run = checked(rows, hr, RegisterKind.ABSENCE)

    assert told(run) == [
        (2, "Employee number", "There is nobody with the number E404."),
        (3, "Last day", "The last day must not be before the first."),
        (4, "Part", "A morning or an afternoon away is on one day."),
        (5, "Absence number", "This is an absence of E1."),
        (6, "Part", "We could not read “sick”. Write morning, afternoon, whole days or cancelled."),
        (7, "Absence number", "Each absence needs this."),
    ]


def test_rows_with_one_number_are_all_mistakes(hr):
    StaffMemberFactory(employee_number="E1")

    run = imported([absence("A-1"), absence("A-1"), absence("A-2")], hr, RegisterKind.ABSENCE)

    words = "Rows 2 and 3 have the same number."
    assert told(run) == [(2, "Absence number", words), (3, "Absence number", words)]
    assert Absence.objects.get().key == "A-2"
