from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.registries import privacy
from accounts.states import InvalidTransition
from organisation.models import GradeRange, Outcode, Place
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.organisation import DistrictFactory, GradeFactory, RoleFactory, TeamFactory
from tests.factories.vacancies import ClosedVacancyFactory, LiveVacancyFactory
from tests.vacancies.sheets import csv_file, row, workbook_file
from vacancies.actions import (
    begin_import,
    delete_imports_past_their_time,
    import_rows,
    imports,
    upload_import,
    work_on_imports,
)
from vacancies.models import ImportedVacancy, ImportRow, ImportRun, Vacancy
from vacancies.states import ImportState, RowOutcome, VacancyState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def hr():
    return HRAdminFactory()


@pytest.fixture(autouse=True)
def county(today):
    """A role, a team, a few places and what two grades pay."""
    district = DistrictFactory(name="East Hampshire")
    team = TeamFactory(name="Family Help Alton", district=district)
    grade = GradeFactory(letter="F")
    RoleFactory(name="Social worker", grade=grade)
    GradeRange.objects.create(
        grade=grade, lowest=37_200, highest=41_800, starts_on=today, source="x"
    )
    Place.objects.create(name="Alton", latitude=51.15, longitude=-0.97, district="East Hampshire")
    Place.objects.create(name="Fareham", latitude=50.85, longitude=-1.18, district="Fareham")
    Outcode.objects.create(code="GU34", latitude=51.14, longitude=-0.98, name="Alton")
    return team


def check(file, by, source="Old system"):
    run = upload_import(file=file, source=source, by=by)
    work_on_imports(now=timezone.now())
    run.refresh_from_db()
    return run


def bring_in(file, by, source="Old system"):
    """Upload, check and apply a file as a person and a worker do."""
    run = check(file, by, source)
    begin_import(run=run, by=by)
    work_on_imports(now=timezone.now())
    run.refresh_from_db()
    return run


def numbers(run):
    return {outcome: count["number"] for outcome, count in run.counts().items()}


def problems_of(run):
    return {
        found.number: [(problem["column"], problem["text"]) for problem in found.problems]
        for found in run.rows.all()
        if found.problems
    }


def test_the_check_stores_no_advert_and_says_what_would_happen(hr):
    run = check(csv_file([row(1), row(2, **{"Closing date": "soon"})]), hr)

    assert (run.state, run.rows_total) == (ImportState.CHECKED, 2)
    assert numbers(run) == {"new": 1, "change": 0, "same": 0, "bad": 1}
    assert problems_of(run) == {
        3: [("Closes on", "We could not read “soon” as a date. Write it like 31 December 2026.")]
    }
    assert Vacancy.objects.count() == 0


def test_a_good_row_becomes_a_draft_with_all_it_says(hr, today):
    run = bring_in(csv_file([row(1)]), hr)

    vacancy = Vacancy.objects.get()
    assert (run.state, run.applied_by) == (ImportState.APPLIED, hr)
    assert (vacancy.state, vacancy.title, vacancy.role.name) == (
        VacancyState.DRAFT, "Social worker 1", "Social worker",
    )  # fmt: skip
    assert (vacancy.salary_from, vacancy.salary_to, vacancy.grade.letter) == (37_200, 41_800, "F")
    assert (vacancy.contract, vacancy.contract_months) == ("fixed_term", 12)
    assert (vacancy.weekly_hours, vacancy.patterns) == (Decimal(37), ["full_time"])
    assert (vacancy.place_name, vacancy.latitude, vacancy.district.name) == (
        "Alton", 51.15, "East Hampshire",
    )  # fmt: skip
    assert (vacancy.opens_on, vacancy.closes_on) == (today, date(2026, 12, 31))
    assert (vacancy.body, vacancy.summary) == (
        "Work with families & schools.", "Work with families & schools.",
    )  # fmt: skip
    assert [item.text for item in vacancy.criteria.all()] == ["Kindness", "Order"]


def test_the_audit_has_the_same_line_as_an_advert_written_by_hand(hr):
    bring_in(csv_file([row(1)]), hr)

    lines = AuditEvent.objects.filter(event="vacancy_created")
    assert [(line.subject_type, line.subject_id, line.by, line.facts) for line in lines] == [
        ("vacancies.Vacancy", str(Vacancy.objects.get().pk), hr, {})
    ]


def test_bad_rows_are_skipped_and_good_ones_are_not_lost(hr):
    rows = [row(1), row(2, Salary="lots"), row(3), row(4, Team="Nowhere"), row(5)]

    run = bring_in(csv_file(rows), hr)

    assert [vacancy.title[-1] for vacancy in Vacancy.objects.order_by("pk")] == ["1", "3", "5"]
    assert problems_of(run) == {
        3: [
            (
                "Salary",
                "We could not find an amount in “lots”. "
                "Write the pay of a full-time year, like £32,000 to £35,000.",
            )
        ],
        5: [("Team", "We do not know the team “Nowhere”.")],
    }


def test_every_error_of_a_row_is_told_at_once(hr):
    wrong = {"Job title": "", "Team": "Family Help Altn", "Closing date": "31/02/26", "Hours": "60"}

    run = check(csv_file([row(1, **wrong)]), hr)

    assert problems_of(run) == {
        2: [
            ("Title", "Every advert needs a title."),
            (
                "Team",
                "We do not know the team “Family Help Altn”. Did you mean “Family Help Alton”?",
            ),
            ("Weekly hours", "Weekly hours must be above 0 and at most 48."),
            ("Closes on", "There is no such day as “31/02/26”. Write it like 31 December 2026."),
        ]
    }


@pytest.mark.parametrize("make", [csv_file, workbook_file])
def test_importing_the_same_file_twice_changes_nothing(hr, make):
    rows = [row(number) for number in range(1, 4)]
    bring_in(make(rows), hr)
    before = list(Vacancy.objects.order_by("pk").values())
    lines = AuditEvent.objects.filter(subject_type="vacancies.Vacancy").count()

    run = bring_in(make(rows), hr)

    assert numbers(run) == {"new": 0, "change": 0, "same": 3, "bad": 0}
    assert list(Vacancy.objects.order_by("pk").values()) == before
    assert AuditEvent.objects.filter(subject_type="vacancies.Vacancy").count() == lines


def test_a_row_without_a_number_is_known_by_what_it_says(hr):
    cells = row(1)
    del cells["External reference"]
    bring_in(csv_file([cells]), hr)

    again = bring_in(csv_file([cells, cells]), hr)

    assert Vacancy.objects.count() == 1
    assert numbers(again) == {"new": 0, "change": 0, "same": 1, "bad": 1}
    assert problems_of(again) == {
        3: [
            (
                "External reference",
                "Row 2 says the same. If they are two adverts, give each a number of its own.",
            )
        ]
    }


def test_a_later_file_changes_what_it_says_differently(hr):
    bring_in(csv_file([row(1), row(2)]), hr)
    changed = {"Salary": "£38k", "Essential criteria": "Kindness\nPatience"}
    kept = Vacancy.objects.get(title="Social worker 1").criteria.get(text="Kindness")

    run = bring_in(csv_file([row(1, **changed), row(2)]), hr)

    vacancy = Vacancy.objects.get(title="Social worker 1")
    assert numbers(run) == {"new": 0, "change": 1, "same": 1, "bad": 0}
    assert (vacancy.salary_from, vacancy.salary_to) == (38_000, 38_000)
    assert [item.text for item in vacancy.criteria.all()] == ["Kindness", "Patience"]
    assert vacancy.criteria.get(text="Kindness").pk == kept.pk
    lines = AuditEvent.objects.filter(event="vacancy_changed", subject_id=str(vacancy.pk))
    assert [line.facts["changed"] for line in lines.order_by("pk")] == [
        ["salary_from", "salary_to"],
        ["criteria"],
    ]


def test_two_sources_may_use_the_same_number(hr):
    bring_in(csv_file([row(1)]), hr, source="Old system")
    bring_in(csv_file([row(1)]), hr, source="Another system")

    assert list(ImportedVacancy.objects.values_list("source", "external_reference")) == [
        ("Old system", "OLD-1"),
        ("Another system", "OLD-1"),
    ]


def test_an_advert_that_is_over_is_not_changed_by_a_file(hr):
    over = ClosedVacancyFactory(title="Team manager")

    run = check(csv_file([{"Reference": over.reference, "Title": "Another title"}]), hr)

    assert problems_of(run) == {
        2: [("Reference", f"{over.reference} is closed and cannot be changed any more.")]
    }


def test_the_days_of_a_published_advert_are_not_moved_by_a_file(hr):
    live = LiveVacancyFactory()

    run = check(csv_file([{"Reference": live.reference, "Closes on": "2026-12-31"}]), hr)

    assert problems_of(run) == {
        2: [("Closes on", f"{live.reference} is published: extend or close it on its own page.")]
    }


def test_an_advert_of_ours_is_found_by_its_reference_and_an_empty_cell_changes_nothing(hr):
    live = LiveVacancyFactory(title="Team manager", summary="Lead a team.")

    bring_in(csv_file([{"Reference": live.reference, "Title": "Head of team", "Summary": ""}]), hr)

    live.refresh_from_db()
    assert (live.title, live.summary) == ("Head of team", "Lead a team.")


def test_a_reference_that_we_do_not_have_is_told(hr):
    run = check(csv_file([row(1, Reference="HCC-999999")]), hr)

    assert problems_of(run) == {2: [("Reference", "There is no advert HCC-999999.")]}


@pytest.mark.parametrize(
    ("cells", "place", "postcode", "latitude"),
    [
        ({"Location": "GU34"}, "Alton", "GU34", 51.14),
        ({"Location": "GU34 9ZZ"}, "Alton", "GU34 9ZZ", 51.14),
        ({"Location": "Civic Centre GU34"}, "Civic Centre", "GU34", 51.14),
        ({"Location": "Alton, Hampshire"}, "Alton", "", 51.15),
        ({"Location": "Market Square, Alton"}, "Alton", "", 51.15),
        ({"Location": "", "Postcode": "gu34"}, "Alton", "GU34", 51.14),
        ({"Location": ""}, "Basingstoke", "", 51.2625),  # where the team sits
    ],
)
def test_places_may_be_an_outcode_a_postcode_or_a_town(hr, cells, place, postcode, latitude):
    bring_in(csv_file([row(1, **cells)]), hr)

    vacancy = Vacancy.objects.get()
    assert (vacancy.place_name, vacancy.postcode, vacancy.latitude) == (place, postcode, latitude)


def test_a_place_we_do_not_know_is_told_with_the_nearest_spelling(hr):
    run = check(csv_file([row(1, Location="Farham"), row(2, Location="ZZ99")]), hr)

    assert problems_of(run) == {
        2: [("Place", "We do not know the place “Farham”. Did you mean “Fareham”?")],
        3: [
            (
                "Place",
                "We do not know where the postcode “ZZ99” is. Write its first half, like SO23, or a town.",
            )
        ],
    }


def test_moving_an_advert_by_its_place_alone_moves_its_point(hr):
    bring_in(csv_file([row(1)]), hr)

    bring_in(csv_file([row(1, Location="Fareham")]), hr)

    vacancy = Vacancy.objects.get()
    assert (vacancy.place_name, vacancy.latitude) == ("Fareham", 50.85)


@pytest.mark.parametrize("words", ["negotiable", "Grade F", "competitive"])
def test_pay_that_is_not_said_is_that_of_the_grade(hr, words):
    bring_in(csv_file([row(1, Salary=words)]), hr)

    assert Vacancy.objects.values_list("salary_from", "salary_to").get() == (37_200, 41_800)


def test_a_note_is_told_and_the_row_goes_through(hr):
    run = bring_in(csv_file([row(1, Salary="£37,200 plus £2,000 supplement")]), hr)

    assert Vacancy.objects.get().salary_to == 37_200
    assert problems_of(run) == {
        2: [("Salary", "Add “plus £2,000 supplement” to the advert as a payment.")]
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_files_of_every_common_kind_are_read(hr, encoding, delimiter):
    file = csv_file([row(1, **{"Job title": "Café £ “worker” – x"})],
                    encoding=encoding, delimiter=delimiter)  # fmt: skip

    bring_in(file, hr)

    assert Vacancy.objects.get().title == "Café £ “worker” – x"


def test_dates_of_excel_are_read_as_the_days_they_are(hr):
    dates = {"Closing date": datetime(2026, 12, 31), "Interviews": date(2027, 1, 12)}  # noqa: DTZ001

    bring_in(workbook_file([row(1, **dates)]), hr)

    assert Vacancy.objects.values_list("closes_on", "interview_on").get() == (
        date(2026, 12, 31),
        date(2027, 1, 12),
    )


def test_a_cell_that_begins_as_a_formula_is_refused(hr):
    run = check(csv_file([row(1, **{"Job title": '=HYPERLINK("https://example.org")'})]), hr)

    assert problems_of(run) == {
        2: [("Title", "The cell begins with =, as a formula does. Put its result there.")]
    }


def test_columns_we_do_not_know_are_named(hr):
    run = check(csv_file([row(1, Shoe="42", Colour="red")]), hr)

    assert run.unknown_columns == ["Shoe", "Colour"]


def test_a_text_file_whose_quotes_do_not_match_fails_before_any_row_is_lost(hr):
    content = csv_file([row(1), row(2)]).read().replace(b"Kindness", b'"Kindness', 1)
    file = csv_file([row(1)])
    file.file.seek(0)
    file.file.truncate()
    file.file.write(content)
    file.size = len(content)

    run = check(file, hr)

    assert (run.state, run.failure) == (
        ImportState.FAILED,
        "The quotation marks from line 2 on do not match, so we cannot tell where its cells end. "
        "Save the file as Excel (.xlsx) and choose that.",
    )
    assert Vacancy.objects.count() == 0


def test_what_the_database_refuses_is_told_and_the_rest_of_the_batch_goes_through(hr):
    run = check(csv_file([row(1), row(2), row(3)]), hr)
    begin_import(run=run, by=hr)
    # Another import of the same rows was quicker.
    bring_in_quicker = check(csv_file([row(2)]), hr)
    begin_import(run=bring_in_quicker, by=hr)
    work_on_imports(now=timezone.now())

    run.refresh_from_db()
    assert (run.state, Vacancy.objects.count()) == (ImportState.APPLIED, 3)


def test_a_row_that_the_database_refuses_is_told_in_the_words_of_its_rule(hr):
    rule = "vacancy_weekly_hours_are_possible"
    with connection.cursor() as cursor:
        cursor.execute(f"alter table vacancies_vacancy drop constraint {rule}")
        cursor.execute(
            f"alter table vacancies_vacancy add constraint {rule} check (weekly_hours < 20)"
        )

    run = bring_in(csv_file([row(1, Hours="30"), row(2, Hours="18")]), hr)

    assert problems_of(run) == {2: [("", "Weekly hours must be above 0 and at most 48.")]}
    assert Vacancy.objects.get().title == "Social worker 2"


def test_a_worker_that_is_stopped_while_it_checks_is_followed_by_one_that_goes_on(hr, monkeypatch):
    monkeypatch.setattr(imports, "BATCH", 2)
    run = upload_import(file=csv_file([row(n) for n in range(1, 6)]), source="Old", by=hr)
    stop_at(monkeypatch, imports, "_note_progress", call=2)
    with pytest.raises(KeyboardInterrupt):
        work_on_imports(now=timezone.now())
    monkeypatch.undo()

    work_on_imports(now=timezone.now())
    run.refresh_from_db()
    assert (run.state, run.rows_done) == (ImportState.UPLOADED, 2)  # still the other worker's
    work_on_imports(now=timezone.now() + timedelta(minutes=3))

    run.refresh_from_db()
    assert (run.state, run.rows_total, numbers(run)["new"]) == (ImportState.CHECKED, 5, 5)


def test_a_worker_that_is_stopped_while_it_imports_makes_no_advert_twice(hr, monkeypatch):
    run = check(csv_file([row(n) for n in range(1, 6)]), hr)
    begin_import(run=run, by=hr)
    monkeypatch.setattr(imports, "BATCH", 2)
    stop_at(monkeypatch, import_rows, "apply_rows", call=2, also=imports)
    with pytest.raises(KeyboardInterrupt):
        work_on_imports(now=timezone.now())
    assert Vacancy.objects.count() == 2
    monkeypatch.undo()

    work_on_imports(now=timezone.now() + timedelta(minutes=3))

    run.refresh_from_db()
    assert (run.state, Vacancy.objects.count()) == (ImportState.APPLIED, 5)


def stop_at(monkeypatch, module, name, call, also=None):
    """Have the function stop the worker at the end of its `call`-th call, before anything is stored."""
    original, calls = getattr(module, name), []

    def stopping(*args, **kwargs):
        done = original(*args, **kwargs)
        calls.append(name)
        if len(calls) == call:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(also or module, name, stopping)


def test_a_file_that_stops_every_worker_is_given_up(hr):
    run = upload_import(file=csv_file([row(1)]), source="Old", by=hr)
    ImportRun.objects.update(attempts=imports.MOST_ATTEMPTS)

    work_on_imports(now=timezone.now())

    run.refresh_from_db()
    assert (run.state, run.failure) == (ImportState.FAILED, imports.GIVEN_UP)


def test_begin_import_refuses_what_is_begun_already(hr):
    run = check(csv_file([row(1)]), hr)
    begin_import(run=run, by=hr)

    with pytest.raises(InvalidTransition):
        begin_import(run=run, by=hr)


def test_only_those_who_write_adverts_import_them(hr):
    run = check(csv_file([row(1)]), hr)
    stranger = UserFactory(roles=["hiring_manager"])

    with pytest.raises(PermissionDenied):
        upload_import(file=csv_file([row(1)]), source="x", by=stranger)
    with pytest.raises(PermissionDenied):
        begin_import(run=run, by=stranger)


def test_an_import_stops_when_its_person_may_not_any_more(hr):
    run = check(csv_file([row(1)]), hr)
    begin_import(run=run, by=hr)
    type(hr).objects.filter(pk=hr.pk).update(roles=[])

    work_on_imports(now=timezone.now())

    run.refresh_from_db()
    assert (run.failure, Vacancy.objects.count()) == (imports.NOT_ALLOWED, 0)


def test_files_go_after_their_days_and_what_they_made_stays(
    hr, settings, tmp_path, django_capture_on_commit_callbacks
):
    bring_in(csv_file([row(1)]), hr)
    young = check(csv_file([row(2)]), hr)
    old = ImportRun.objects.order_by("pk").first()
    ImportRun.objects.filter(pk=old.pk).update(
        uploaded_at=timezone.now() - timedelta(days=settings.IMPORT_KEPT_DAYS + 1)
    )

    with django_capture_on_commit_callbacks(execute=True):
        assert delete_imports_past_their_time(now=timezone.now()) == 1

    assert list(ImportRun.objects.all()) == [young]
    assert [path.name for path in (tmp_path / "imports").iterdir()] == [
        young.file.name.split("/")[1]
    ]
    assert (Vacancy.objects.count(), ImportedVacancy.objects.count()) == (1, 1)


def test_erasing_a_person_takes_them_off_the_rows_that_name_them(hr):
    person = UserFactory(email="ann@example.org")
    named = {"Contact name": "Ann", "Contact e-mail": "Ann@example.org", "Contact phone": "1"}
    run = check(
        csv_file([row(1, **named), row(2, **{**named, "Contact e-mail": "b@example.org"})]), hr
    )

    assert privacy[ImportRow].eraser(person) == 1

    assert [found.cells.get("contact_name") for found in run.rows.all()] == [None, "Ann"]
    assert run.rows.first().cells["title"] == "Social worker 1"


def test_outcomes_are_those_of_the_table():
    assert set(RowOutcome.values) == {"new", "change", "same", "bad"}
