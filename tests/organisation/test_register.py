import time
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from organisation.actions import (
    begin_register_import,
    change_staff_member,
    delete_register_imports_past_their_time,
    upload_register,
    work_on_register_imports,
)
from organisation.models import (
    Absence,
    AbsencePart,
    OpeningBalance,
    RegisterImport,
    RegisterKind,
    StaffMember,
    WorkingPattern,
)
from organisation.patterns import parse_pattern
from organisation.sheets.problems import UnfitFile
from organisation.states import RegisterOutcome, RegisterState
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.organisation import StaffMemberFactory
from tests.vacancies.sheets import csv_file, workbook_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_catalogue")]


@pytest.fixture
def hr():
    return HRAdminFactory()


def joiner(number="E1", **changes):
    cells = {
        "Employee number": number,
        "Name": f"Nell {number}",
        "E-mail": f"{number.lower()}@example.org",
        "Role": "Social worker",
        "Team": "Family Help Alton",
        "Started on": "1 September 2026",
    }
    return cells | changes


def checked(rows, by, kind=RegisterKind.STAFF):
    return upload_register(file=csv_file(rows), kind=kind, by=by)


def imported(rows, by, kind=RegisterKind.STAFF):
    run = checked(rows, by, kind)
    begin_register_import(run=run, by=by)
    work_on_register_imports(now=timezone.now())
    run.refresh_from_db()
    return run


def outcomes(run):
    return list(run.rows.values_list("outcome", flat=True))


def told(run):
    """What was found in each row, as (row, column, words)."""
    return [
        (row.number, problem["column"], problem["text"])
        for row in run.rows.all()
        for problem in row.problems
    ]


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


def test_a_number_or_an_address_twice_is_a_mistake_of_the_second_row(hr):
    rows = [joiner("E1"), joiner("e1 "), joiner("E2", **{"E-mail": "E1@example.org"})]

    run = imported(rows, hr)

    assert [row for row in told(run) if row[1] == "Employee number"] == [
        (3, "Employee number", "Row 2 says the same.")
    ]
    assert (4, "E-mail", "Row 2 says the same.") in told(run)
    assert list(StaffMember.objects.values_list("employee_number", flat=True)) == ["E1"]


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


def test_a_list_that_still_names_a_manager_who_left_does_not_bring_them_back(hr):
    top = StaffMemberFactory(employee_number="T")
    gone = StaffMemberFactory(employee_number="G", line_manager=top)
    report = StaffMemberFactory(employee_number="R", line_manager=gone)
    change_staff_member(member=gone, left_on=timezone.localdate() - timedelta(days=1), by=hr)

    run = imported([{"Employee number": "R", "Line manager": "G"}], hr)

    report.refresh_from_db()
    assert report.line_manager == top
    assert told(run) == [(2, "Line manager", "G has left, so this stays as it is.")]


def test_an_opening_balance_is_kept_by_person_and_day(hr):
    rows = [joiner("E1", **{"CPD half days used": "3", "CPD as at": "1 November 2026"})]
    imported(rows, hr)
    rows[0]["CPD half days used"] = "4"

    run = imported(rows, hr)

    balance = OpeningBalance.objects.get()
    assert (balance.half_days, balance.as_at) == (4, date(2026, 11, 1))
    assert outcomes(run) == ["changed"]


def absence(key="A-1", **changes):
    cells = {
        "Employee number": "E1",
        "First day": "1 December 2026",
        "Last day": "4 December 2026",
        "Part": "",
        "Absence number": key,
    }
    return cells | changes


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
    after = run.uploaded_at + kept + timedelta(seconds=1)
    assert delete_register_imports_past_their_time(now=after) == 1
    assert not RegisterImport.objects.exists()


def test_two_thousand_rows_are_checked_in_few_queries(hr, django_assert_max_num_queries):
    rows = [joiner(f"E{n}", **{"Line manager": f"E{n // 12}"} if n else {}) for n in range(2000)]
    started = time.monotonic()

    with django_assert_max_num_queries(20):
        run = checked(rows, hr)

    assert run.counts()["new"] == 2000
    assert time.monotonic() - started < 20
