"""What becomes of each row of a list of staff."""

from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from organisation.actions import upload_register
from organisation.models import (
    OpeningBalance,
    RegisterKind,
    StaffMember,
    WorkingPattern,
)
from organisation.patterns import parse_pattern
from organisation.sheets.problems import UnfitFile
from organisation.states import RegisterOutcome, RegisterState
from tests.factories.accounts import UserFactory
from tests.factories.organisation import StaffMemberFactory
from tests.organisation.lists import checked, imported, joiner, outcomes, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_catalogue")]


def test_a_check_changes_nothing_and_says_what_each_row_would(hr):
    there = StaffMemberFactory(employee_number="E9")
    rows = [joiner("E1", **{"Line manager": "E9"}), {"Employee number": "E9", "Weekly hours": "30"}]

    run = checked(rows, hr)

    assert outcomes(run) == [RegisterOutcome.NEW, RegisterOutcome.CHANGED]
    assert run.rows.get(number=3).changes == [["Weekly hours", "37", "30"]]
    assert list(StaffMember.objects.all()) == [there]
    assert run.state == RegisterState.CHECKED


def test_somebody_who_joins_gets_an_account_they_enter_without_a_password(hr):
    imported([joiner("E1", **{"Working pattern": "Mon-Thu", "Registration number": "sw 123"})], hr)

    member = StaffMember.objects.get(employee_number="E1")
    address = EmailAddress.objects.get(user=member.user)
    assert (member.user.full_name, member.user.email) == ("Nell E1", "e1@example.org")
    assert not member.user.has_usable_password()
    assert (address.verified, address.primary) == (True, True)
    assert (member.role.name, member.team.name) == ("Social worker", "Family Help Alton")
    assert member.registration_number == "SW123"
    assert member.weekly_hours == 37
    assert list(member.working_patterns.values_list("slots", flat=True)) == [
        parse_pattern("Mon-Thu")
    ]
    assert "staff" in User.objects.get(pk=member.user_id).role_names


def test_an_applicant_who_joins_keeps_their_account(hr):
    applicant = UserFactory(email="e1@example.org", full_name="Nell E1")
    applicant.set_password("riverbank-lantern-42")
    applicant.save()
    EmailAddress.objects.create(user=applicant, email=applicant.email, verified=True, primary=True)

    imported([joiner("E1")], hr)

    applicant.refresh_from_db()
    assert StaffMember.objects.get().user == applicant
    assert applicant.check_password("riverbank-lantern-42")


def test_a_password_somebody_chose_for_an_address_never_confirmed_opens_nothing(hr):
    squatter = UserFactory(email="e1@example.org")
    squatter.set_password("chosen-by-a-stranger")
    squatter.save()
    EmailAddress.objects.create(user=squatter, email=squatter.email, verified=False, primary=True)

    imported([joiner("E1")], hr)

    squatter.refresh_from_db()
    assert StaffMember.objects.get().user == squatter
    assert not squatter.has_usable_password()


def test_movers_changes_and_leavers_are_told_apart_and_done(hr):
    boss, other = StaffMemberFactory(employee_number="B1"), StaffMemberFactory(employee_number="B2")
    mover = StaffMemberFactory(employee_number="M1", line_manager=boss)
    leaver = StaffMemberFactory(employee_number="L1")
    renamed = StaffMemberFactory(employee_number="C1")
    rows = [
        {"Employee number": "M1", "Line manager": "B2", "Team": "Family Help Alton"},
        {"Employee number": "L1", "Last day": "31 March 2026"},
        {"Employee number": "C1", "Name": "Nell Marlow"},
        {"Employee number": "B1", "Weekly hours": "37"},
    ]

    run = imported(rows, hr)

    for member in (mover, leaver, renamed):
        member.refresh_from_db()
    assert outcomes(run) == ["moved", "leaves", "changed", "same"]
    assert (mover.line_manager, mover.team.name) == (other, "Family Help Alton")
    assert leaver.left_on == date(2026, 3, 31)
    assert User.objects.get(pk=renamed.user_id).full_name == "Nell Marlow"


def test_the_same_list_again_changes_nothing(hr):
    rows = [
        joiner("E1", **{"Working pattern": "Mon-Fri/Mon-Thu", "CPD half days used": "3",
                        "CPD as at": "1 November 2026"}),
        joiner("E2", **{"Line manager": "E1", "Last day": "31 March 2030",
                        "Registration number": "SW77"}),
    ]  # fmt: skip
    imported(rows, hr)
    before = list(StaffMember.objects.order_by("pk").values())
    history = StaffMember.pgh_event_model.objects.count()

    run = imported(rows, hr)

    assert outcomes(run) == ["same", "same"]
    assert list(StaffMember.objects.order_by("pk").values()) == before
    assert StaffMember.pgh_event_model.objects.count() == history
    assert WorkingPattern.objects.count() == OpeningBalance.objects.count() == 1


def test_a_bad_row_is_told_and_skipped_and_the_good_ones_go_through(hr):
    rows = [
        joiner("E1", Role="Social wrker"),
        joiner("E2", **{"E-mail": "nowhere"}),
        joiner("E3", **{"Started on": "31 February 2026"}),
        joiner("E4", **{"Last day": "1 August 2026"}),
        joiner("E5", **{"Working pattern": "sometimes"}),
        joiner("E6", **{"CPD half days used": "3"}),
        joiner("E7", Name=""),
        joiner("E8", Name="=1+1"),
        joiner("E9"),
    ]

    run = imported(rows, hr)

    assert [(number, column) for number, column, _ in told(run)] == [
        (2, "Role"),
        (3, "E-mail"),
        (4, "Started on"),
        (5, "Last day"),
        (6, "Working pattern"),
        (7, "CPD half days used"),
        (8, "Name"),
        (9, "Name"),
    ]
    assert told(run)[0][2] == (
        "We do not know the role “Social wrker”. Did you mean “Social worker”?"
    )
    assert list(StaffMember.objects.values_list("employee_number", flat=True)) == ["E9"]


def test_rows_about_one_person_or_address_are_all_mistakes(hr):
    rows = [joiner("E1"), joiner("e1 "), joiner("E2", **{"E-mail": "E1@example.org"}), joiner("E3")]

    run = imported(rows, hr)

    assert [row for row in told(run) if row[1] == "Employee number"] == [
        (2, "Employee number", "Rows 2 and 3 are about the same person."),
        (3, "Employee number", "Rows 2 and 3 are about the same person."),
    ]
    assert (4, "E-mail", "Rows 2 and 4 have the same address.") in told(run)
    assert list(StaffMember.objects.values_list("employee_number", flat=True)) == ["E3"]


@pytest.mark.parametrize(
    ("started_on", "words"),
    [
        ("1/1/0001", "The year must be from 1900 to 2100, not 0001. "),
        ("1/1/1899", "The year must be from 1900 to 2100, not 1899. "),
        ("1/1/2101", "The year must be from 1900 to 2100, not 2101. "),
        ("1/9/98", "Write the year with four figures, not “98”. "),
    ],
)
def test_a_year_that_cannot_be_meant_is_refused(hr, started_on, words):
    run = checked([joiner("E1", **{"Started on": started_on})], hr)

    assert told(run) == [(2, "Started on", f"{words}Write it like 31 December 2026.")]


def test_who_started_in_another_century_joins(hr):
    imported([joiner("E1", **{"Started on": "1/9/1998"})], hr)

    assert StaffMember.objects.get().started_on == date(1998, 9, 1)


@pytest.mark.parametrize("typed", ["-3", "41"])
def test_half_days_that_cannot_be_are_told_once(hr, typed):
    cells = {"CPD half days used": typed, "CPD as at": "1 November 2026"}

    run = checked([joiner("E1", **cells)], hr)

    assert told(run) == [(2, "CPD half days used", "Write a number from 0 to 40.")]


@pytest.mark.parametrize("second", ["Line manager", "Reports to"])
def test_two_columns_for_one_thing_are_refused(hr, second):
    text = f"Employee number,Line manager,{second}\nE1,E2,E3\n"
    file = SimpleUploadedFile("staff.csv", text.encode())

    with pytest.raises(UnfitFile) as refusal:
        upload_register(file=file, kind=RegisterKind.STAFF, by=hr)

    assert str(refusal.value) == (
        "Two columns of the list are for “Line manager”. Take one out, so that we know which holds."
    )


def test_an_address_of_somebody_else_here_is_refused(hr):
    there = StaffMemberFactory(employee_number="E9")

    run = checked([joiner("E1", **{"E-mail": there.user.email})], hr)

    assert told(run) == [(2, "E-mail", "E9 has this address.")]


def test_who_works_here_changes_their_own_address(hr):
    there = StaffMemberFactory(employee_number="E9")
    address = there.user.email

    run = imported([{"Employee number": "E9", "E-mail": "new@example.org"}], hr)

    there.user.refresh_from_db()
    assert there.user.email == address
    assert outcomes(run) == ["same"]
    assert told(run) == [(2, "E-mail", f"They sign in as {address} and change that themselves.")]


def test_none_takes_away_and_an_empty_cell_does_not(hr):
    boss = StaffMemberFactory(employee_number="B")
    fields = {"line_manager": boss, "registration_number": "SW1", "left_on": date(2030, 1, 1)}
    one = StaffMemberFactory(employee_number="E1", **fields)
    two = StaffMemberFactory(employee_number="E2", **fields)
    names = ["Line manager", "Registration number", "Last day"]
    rows = [
        {"Employee number": "E1", **dict.fromkeys(names, "none")},
        {"Employee number": "E2", **dict.fromkeys(names, "")},
    ]

    run = imported(rows, hr)

    one.refresh_from_db()
    two.refresh_from_db()
    assert outcomes(run) == ["moved", "same"]
    assert (one.line_manager, one.registration_number, one.left_on) == (None, "", None)
    assert (two.line_manager, two.registration_number) == (boss, "SW1")


def test_an_opening_balance_is_kept_by_person_and_day(hr):
    rows = [joiner("E1", **{"CPD half days used": "3", "CPD as at": "1 November 2026"})]
    imported(rows, hr)
    rows[0]["CPD half days used"] = "4"

    run = imported(rows, hr)

    balance = OpeningBalance.objects.get()
    assert (balance.half_days, balance.as_at) == (4, date(2026, 11, 1))
    assert outcomes(run) == ["changed"]
