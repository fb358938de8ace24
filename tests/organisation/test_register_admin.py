from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from organisation.actions import upload_register
from organisation.models import Absence, RegisterImport, RegisterKind, StaffMember, WorkingPattern
from organisation.patterns import parse_pattern
from organisation.tasks import work_on_register_imports
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.organisation import StaffMemberFactory
from tests.organisation.lists import absence, joiner
from tests.vacancies.sheets import csv_file

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("_catalogue"),
]
UPLOAD = "admin:organisation_registerimport_add"


@pytest.fixture
def hr(client):
    person = HRAdminFactory()
    client.force_login(person)
    return person


def page_of(run):
    return reverse("admin:organisation_registerimport_change", args=[run.pk])


def test_hr_checks_a_list_reads_it_and_imports_it(client, hr):
    boss = StaffMemberFactory(employee_number="E9")
    rows = [
        joiner("E1"),
        joiner("E2", Team="Nowhere"),
        {"Employee number": "E9", "Name": "Bo Marsh"},
    ]
    sent = client.post(reverse(UPLOAD), {"kind": "staff", "file": csv_file(rows)})
    run = RegisterImport.objects.get()
    assert sent.url == page_of(run)

    page = client.get(page_of(run))
    words = page.content.decode()
    assert [row.outcome for row in page.context["page"]] == ["new", "bad", "changed"]
    assert "Import the 2 good rows" in words
    assert "We do not know the team “Nowhere”." in words
    assert "Bo Marsh" in words

    client.post(reverse("admin:organisation_registerimport_import", args=[run.pk]))
    work_on_register_imports()
    after = client.get(page_of(run))
    boss.user.refresh_from_db()
    assert boss.user.full_name == "Bo Marsh"
    assert StaffMember.objects.filter(employee_number="E1").exists()
    assert after.context["run"].get_state_display() == "Imported"
    assert "Import the" not in after.content.decode()


def test_the_page_shows_one_kind_of_row_and_who_is_not_in_the_list(client, hr):
    missing = StaffMemberFactory(employee_number="E9")
    run = upload_register(
        file=csv_file([joiner("E1"), joiner("E2", Team="Nowhere")]),
        kind=RegisterKind.STAFF,
        by=hr,
    )

    page = client.get(page_of(run), {"show": "bad"})

    assert [row.employee_number for row in page.context["page"]] == ["E2"]
    assert list(page.context["missing"]) == [missing]


def test_everybody_who_is_not_in_the_list_can_be_taken_away_as_a_file(client, hr):
    for number in range(21):
        StaffMemberFactory(employee_number=f"X{number:02}")
    boss = StaffMember.objects.get(employee_number="X00")
    StaffMember.objects.filter(employee_number="X01").update(line_manager=boss)
    run = upload_register(file=csv_file([joiner("E1")]), kind=RegisterKind.STAFF, by=hr)
    address = reverse("admin:organisation_registerimport_missing", args=[run.pk])
    shown = client.get(page_of(run)).content.decode()

    lines = b"".join(client.get(address).streaming_content).decode("utf-8-sig").splitlines()

    assert f'<a href="{address}">Download all 21 (CSV)</a>' in shown
    assert lines[0] == "Employee number,Name,Role,Team,Line manager"
    assert sorted(line.split(",")[0] for line in lines[1:]) == [f"X{n:02}" for n in range(21)]
    assert next(line for line in lines if line.startswith("X01")).endswith(",X00")


def test_new_absence_is_called_new_and_nobody_joins(client, hr):
    StaffMemberFactory(employee_number="E1")
    run = upload_register(file=csv_file([absence()]), kind=RegisterKind.ABSENCE, by=hr)

    shown = client.get(page_of(run))

    assert [words for _, words, count in shown.context["tally"] if count] == ["New"]
    assert "<strong>New</strong>" in shown.content.decode()
    assert "Joins" not in shown.content.decode()


def test_what_is_wrong_with_a_file_stands_next_to_its_field(client, hr):
    file = csv_file([{"Name": "Nell"}])

    page = client.post(reverse(UPLOAD), {"kind": "absence", "file": file})

    assert page.context["adminform"].form.errors["file"] == [
        "The first row must name the columns, and we cannot find “Employee number” and “First day” "
        "and “Last day” and “Absence number”."
    ]


def test_a_second_press_of_import_is_told_and_does_nothing(client, hr):
    run = upload_register(file=csv_file([joiner("E1")]), kind=RegisterKind.STAFF, by=hr)
    address = reverse("admin:organisation_registerimport_import", args=[run.pk])
    client.post(address)

    page = client.post(address, follow=True)

    assert [str(message) for message in page.context["messages"]] == [
        "This list is being imported already."
    ]


def test_what_is_wrong_can_be_taken_away_as_a_file(client, hr):
    run = upload_register(
        file=csv_file([joiner("E1", Team="=SUM(A1)")]), kind=RegisterKind.STAFF, by=hr
    )

    answer = client.get(reverse("admin:organisation_registerimport_problems", args=[run.pk]))

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == [
        "Row,Employee number,Column,What is wrong",
        '2,E1,Team,"The cell begins with =, as a formula does. Put its result there."',
    ]


@pytest.mark.parametrize("name", [UPLOAD, "admin:organisation_registerimport_changelist"])
def test_officers_of_training_do_not_import(client, name):
    client.force_login(UserFactory(roles=["workforce_development_officer"]))

    assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_import_page_query_count(client, hr, django_assert_num_queries, rows):
    run = upload_register(
        file=csv_file([joiner(f"E{n}") for n in range(rows)]), kind=RegisterKind.STAFF, by=hr
    )
    client.get(page_of(run))

    with django_assert_num_queries(10):
        client.get(page_of(run))


@pytest.mark.usefixtures("hr")
def test_no_page_has_an_inline_script_or_style(client):
    page = client.get(reverse(UPLOAD)).content.decode()

    assert " style=" not in page
    assert "<style" not in page
    assert "<script>" not in page


def form_of(member, **more):
    counts = {
        f"{name}-{total}": "0"
        for name in ("working_patterns", "absences", "opening_balances")
        for total in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    return {
        "user": member.user.pk,
        "employee_number": member.employee_number,
        "role": member.role.pk,
        "team": member.team.pk,
        "weekly_hours": "37",
        "started_on": "2020-01-06",
        **counts,
        **more,
    }


@pytest.mark.usefixtures("hr")
def test_hr_types_a_pattern_and_time_away_on_the_page_of_the_person(client):
    member = StaffMemberFactory()
    address = reverse("admin:organisation_staffmember_change", args=[member.pk])
    form = form_of(
        member,
        **{
            "working_patterns-TOTAL_FORMS": "1",
            "working_patterns-0-starts_on": "2026-11-02",
            "working_patterns-0-slots": "Mon-Fri / Mon-Thu",
            "absences-TOTAL_FORMS": "1",
            "absences-0-starts_on": "2026-12-01",
            "absences-0-ends_on": "2026-12-04",
            "absences-0-part": "whole_days",
        },
    )

    assert client.post(address, form).status_code == 302

    pattern, absence = WorkingPattern.objects.get(), Absence.objects.get()
    assert pattern.slots == parse_pattern("Mon-Fri / Mon-Thu")
    assert (absence.member, absence.ends_on) == (member, date(2026, 12, 4))
    assert "Mon-Fri / Mon-Thu" in client.get(address).content.decode()


@pytest.mark.usefixtures("hr")
def test_hr_moves_and_removes_a_pattern(client):
    member = StaffMemberFactory()
    kept = member.working_patterns.create(starts_on="2026-11-02", slots=[0, 1])
    gone = member.working_patterns.create(starts_on="2026-10-05", slots=[2, 3])
    form = form_of(
        member,
        **{
            "working_patterns-TOTAL_FORMS": "2",
            "working_patterns-INITIAL_FORMS": "2",
            "working_patterns-0-id": kept.pk,
            "working_patterns-0-member": member.pk,
            "working_patterns-0-starts_on": "2026-11-09",
            "working_patterns-0-slots": "Tue am",
            "working_patterns-1-id": gone.pk,
            "working_patterns-1-member": member.pk,
            "working_patterns-1-starts_on": "2026-10-05",
            "working_patterns-1-slots": "Tue",
            "working_patterns-1-DELETE": "on",
        },
    )

    client.post(reverse("admin:organisation_staffmember_change", args=[member.pk]), form)

    pattern = member.working_patterns.get()
    assert (pattern.starts_on, pattern.slots) == (date(2026, 11, 9), [2, 16])


@pytest.mark.usefixtures("hr")
def test_a_pattern_that_cannot_be_read_is_told_beside_its_field(client):
    member = StaffMemberFactory()
    form = form_of(
        member,
        **{
            "working_patterns-TOTAL_FORMS": "1",
            "working_patterns-0-starts_on": str(timezone.localdate()),
            "working_patterns-0-slots": "most days",
        },
    )

    page = client.post(reverse("admin:organisation_staffmember_change", args=[member.pk]), form)

    errors = page.context["inline_admin_formsets"][0].formset.errors
    assert list(errors[0]) == ["slots"]


@pytest.mark.usefixtures("hr")
@pytest.mark.parametrize(("typed", "kept"), [("40", [40]), ("41", [])])
def test_a_balance_is_of_40_half_days_at_most(client, typed, kept):
    member = StaffMemberFactory()
    form = form_of(
        member,
        **{
            "opening_balances-TOTAL_FORMS": "1",
            "opening_balances-0-as_at": "2026-11-01",
            "opening_balances-0-half_days": typed,
        },
    )

    client.post(reverse("admin:organisation_staffmember_change", args=[member.pk]), form)

    assert [row.half_days for row in member.opening_balances.all()] == kept
