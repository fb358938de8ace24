"""HR's pages for files of adverts: sending one in, reading what is wrong, importing, taking away."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import AuditEvent
from organisation.models import Place
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.organisation import RoleFactory, TeamFactory
from tests.factories.vacancies import LiveVacancyFactory, VacancyFactory
from tests.factories.vacancy_figures import ImportRunFactory
from tests.vacancies.sheets import csv_file, row, workbook_file
from vacancies.actions import work_on_imports
from vacancies.models import ImportRow, ImportRun, Vacancy

pytestmark = pytest.mark.django_db

ADD = "/admin/vacancies/importrun/add/"
EXPORT = "/admin/vacancies/export/"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def hr(client):
    person = HRAdminFactory()
    client.force_login(person)
    return person


@pytest.fixture
def county(today):
    TeamFactory(name="Family Help Alton")
    RoleFactory(name="Social worker")
    Place.objects.create(name="Alton", latitude=51.15, longitude=-0.97, district="Hart")


def page_of(run):
    return f"/admin/vacancies/importrun/{run.pk}/change/"


def test_hr_sends_a_file_in_reads_the_errors_and_imports_the_rest(client, hr, county):
    file = csv_file([row(1), row(2, Salary="lots"), row(3)])

    sent = client.post(ADD, {"source": "Old system", "file": file})
    run = ImportRun.objects.get()
    waiting = client.get(page_of(run)).content.decode()
    work_on_imports(now=timezone.now())
    checked = client.get(page_of(run)).content.decode()
    begun = client.post(f"/admin/vacancies/importrun/{run.pk}/import/")
    under_way = client.get(page_of(run)).content.decode()
    work_on_imports(now=timezone.now())
    done = client.get(page_of(run)).content.decode()

    assert sent.url == begun.url == page_of(run)
    assert "0 rows are checked so far" in waiting
    assert "Import the 2 good rows" in checked
    assert "We could not find an amount in “lots”." in checked
    assert "0 of 2 rows are imported" in under_way
    assert "would become new drafts" in under_way
    assert Vacancy.objects.count() == 2
    assert "would become new drafts" not in done
    assert "Social worker 1 (HCC-" in done
    assert "Import the 2 good rows" not in done


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (lambda: workbook_file([row(1, Salary="=1+1")]), "The workbook has formulas."),
        (
            lambda: SimpleUploadedFile("a.pdf", b"%PDF-1.7"),
            "Choose a CSV file or an Excel workbook",
        ),
        (lambda: csv_file([{"Name": "x"}]), "we cannot find “Title” and “Closes on”."),
    ],
)
def test_what_is_wrong_with_a_file_stands_next_to_its_field(client, hr, file, message):
    response = client.post(ADD, {"source": "Old system", "file": file()})

    [words] = response.context["adminform"].form.errors["file"]
    assert message in words
    assert ImportRun.objects.count() == 0


def test_the_source_of_the_last_file_is_suggested(client, hr):
    ImportRunFactory(source="Our own export")

    response = client.get(ADD)

    assert response.context["adminform"].form.initial["source"] == "Our own export"


def test_a_file_that_says_what_is_there_is_not_called_wrong(client, hr, county):
    client.post(ADD, {"source": "Old system", "file": csv_file([row(1)])})
    work_on_imports(now=timezone.now())
    client.post(f"/admin/vacancies/importrun/{ImportRun.objects.get().pk}/import/")
    work_on_imports(now=timezone.now())
    client.post(ADD, {"source": "Old system", "file": csv_file([row(1)])})
    work_on_imports(now=timezone.now())

    page = client.get(page_of(ImportRun.objects.latest("pk"))).content.decode()
    assert "There is nothing to import.</p>" in page


def test_a_second_press_of_import_is_told_and_does_nothing(client, hr):
    run = ImportRunFactory()
    address = f"/admin/vacancies/importrun/{run.pk}/import/"

    client.post(address)
    response = client.post(address, follow=True)

    assert "This file is being imported already." in response.content.decode()
    assert client.get(address).status_code == 405


def test_the_problems_are_a_file_that_is_safe_to_open(client, hr):
    run = ImportRunFactory()
    problems = [{"column": "Title", "text": "=1+1", "is_error": True}]
    ImportRow.objects.create(
        run=run, number=7, cells={}, external_reference="@A", outcome="bad", problems=problems
    )

    response = client.get(f"/admin/vacancies/importrun/{run.pk}/problems/")

    assert b"".join(response.streaming_content).decode() == (
        "\ufeffRow,Column,What is wrong,External reference\r\n7,Title,'=1+1,'@A\r\n"
    )


@pytest.mark.parametrize("count", [1, 3])
def test_import_page_query_count(client, hr, django_assert_num_queries, count):
    run = ImportRunFactory(uploaded_by=hr)
    ImportRow.objects.bulk_create(
        ImportRow(run=run, number=number, cells={}, external_reference=str(number), outcome="bad",
                  problems=[{"column": "Title", "text": "Bad.", "is_error": True}])
        for number in range(count)
    )  # fmt: skip
    client.get(page_of(run))

    # Session, person, standing roles twice, the run with its person, counts, the page's two, made.
    with django_assert_num_queries(9):
        response = client.get(page_of(run))

    assert len(response.context["page"].object_list) == count


def test_hr_takes_adverts_away_and_the_audit_says_so(client, hr):
    live = LiveVacancyFactory(title="Team manager")
    VacancyFactory(title="A draft")

    response = client.get(EXPORT, {"file_format": "csv", "state": "live"})

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    [advert] = csv.DictReader(io.StringIO(text, newline=""))
    assert (advert["Reference"], advert["Title"]) == (live.reference, "Team manager")
    assert response["Content-Disposition"] == (
        f'attachment; filename="adverts-{timezone.localdate()}.csv"'
    )
    line = AuditEvent.objects.get(event="vacancies_exported")
    assert (line.by, line.facts) == (hr, {"number": 1, "file_format": "csv"})


def test_too_many_adverts_for_excel_are_told(client, hr, settings):
    settings.EXPORT_EXCEL_MOST_ROWS = 1
    VacancyFactory.create_batch(2)

    page = client.get(EXPORT, {"file_format": "xlsx"}).content.decode()

    assert "These are 2 adverts. Excel files hold up to 1: choose CSV." in page


@pytest.mark.parametrize("address", [ADD, EXPORT, "/admin/vacancies/importrun/"])
def test_officers_of_training_neither_import_nor_export(client, address):
    client.force_login(UserFactory(roles=["workforce_development_officer"]))

    assert client.get(address).status_code == 403


@pytest.mark.parametrize("address", [ADD, EXPORT, "/admin/vacancies/reports/views/"])
def test_no_page_has_an_inline_script_or_style(client, hr, address):
    page = client.get(address).content.decode()

    assert " style=" not in page
    assert "<style" not in page
    assert "onclick" not in page
    assert "<script>" not in page
