"""What is exported can be imported again, and nothing in it is run by a spreadsheet."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import AuditEvent
from organisation.models import Place
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.vacancies import (
    ClosedVacancyFactory,
    CriterionFactory,
    LiveVacancyFactory,
    VacancyFactory,
)
from vacancies.actions import begin_import, upload_import, work_on_imports
from vacancies.models import Campaign, ImportedVacancy, Payment, Vacancy
from vacancies.sheets.columns import BY_KEY, COLUMNS
from vacancies.sheets.writing import csv_of, workbook_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def adverts(today):
    """Adverts of every kind, with texts that files and spreadsheets find hard."""
    Place.objects.create(name="Alton", latitude=51.15, longitude=-0.97, district="Hart")
    manager = UserFactory(roles=["hiring_manager"])
    campaign = Campaign.objects.create(
        name="100 more", slug="100-more", posts_wanted=100, money=1, social_workers=400,
        starts_on=today, ends_on=today, source="x", as_at=today,
    )  # fmt: skip
    hard = LiveVacancyFactory(
        title='=HYPERLINK("https://example.org"), “Café”; worker',
        body="- Visit families\n- 1 < 2 & 3 > 2 &amp; <b>so on</b>\n\n## Über\r\n'quoted'",
        benefits="+ a car\n\n\n@home",
        summary="-5 to +5 degrees, 'tis cold",
        place_name="Somewhere we do not list",
        latitude=51.123456789012,
        longitude=-1.1,
        weekly_hours=Decimal("22.20"),
        paid_weeks=Decimal("44.38"),
        patterns=["part_time", "job_share", "hybrid"],
        contract="fixed_term",
        contract_months=18,
        interview_on=date(2026, 4, 1),
        visibility="staff_first",
        public_from=date(2026, 3, 20),
        campaign=campaign,
        hiring_manager=manager,
        driving="essential",
        newly_qualified_welcome=True,
        dbs_level="basic",
        contact_phone="+44 1632 960100",
        rolling=True,
    )
    CriterionFactory(vacancy=hard, text="=Kindness", position=1)
    CriterionFactory(vacancy=hard, text="- Order, always", position=0)
    CriterionFactory(vacancy=hard, text="Patience", kind="desirable")
    Payment.objects.create(vacancy=hard, kind="one_off", name="Golden hello", amount=1000)
    ImportedVacancy.objects.create(source="Old", external_reference="=1", vacancy=hard)
    return [hard, VacancyFactory(), ClosedVacancyFactory(state="filled")]


def everything():
    return (
        list(Vacancy.objects.order_by("pk").values()),
        list(Vacancy.objects.order_by("pk", "criteria__pk").values_list("criteria__text")),
        ImportedVacancy.objects.count(),
        AuditEvent.objects.filter(subject_type="vacancies.Vacancy").count(),
    )


def content_of(response):
    content = b"".join(response.streaming_content)
    if hasattr(response, "file_to_stream"):
        response.file_to_stream.close()
    return content


@pytest.mark.parametrize(("write", "name"), [(csv_of, "a.csv"), (workbook_of, "a.xlsx")])
def test_an_export_that_is_imported_again_changes_nothing(adverts, write, name):
    before = everything()
    file = SimpleUploadedFile(name, content_of(write(Vacancy.objects.all(), "adverts")))

    hr = HRAdminFactory()
    run = upload_import(file=file, source="Our own export", by=hr)
    work_on_imports(now=timezone.now())
    begin_import(run=type(run).objects.get(), by=hr)
    work_on_imports(now=timezone.now())

    rows = run.rows.values_list("outcome", "problems")
    assert list(rows) == [("same", [])] * 3
    assert everything() == before


def test_an_export_to_excel_has_no_formula(adverts):
    book = load_workbook(io.BytesIO(content_of(workbook_of(Vacancy.objects.all(), "adverts"))))

    lines = list(book.active)
    assert {cell.data_type for line in lines for cell in line} == {"s", "inlineStr"}
    assert len(lines) == 4
    titles = [line[2].value for line in lines]
    assert titles[1].startswith("'=HYPERLINK")


def test_an_export_to_excel_holds_adverts_with_control_characters(today):
    VacancyFactory(title="Social\x0bworker", body="A line\x0bbreak of Word\x01.")

    book = load_workbook(io.BytesIO(content_of(workbook_of(Vacancy.objects.all(), "adverts"))))

    assert list(book.active)[1][2].value == "Social worker"


def test_an_export_to_csv_has_no_cell_that_begins_as_a_formula(adverts):
    text = content_of(csv_of(Vacancy.objects.all(), "adverts")).decode("utf-8-sig")

    assert '"\'=HYPERLINK(""https://example.org""), “Café”; worker"' in text
    assert "\r\n=" not in text
    assert ",=" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_export_query_count(django_assert_num_queries, today, count):
    VacancyFactory.create_batch(count)

    with django_assert_num_queries(6):  # the adverts and five kinds of their parts
        content_of(csv_of(Vacancy.objects.all(), "adverts"))


def test_every_column_has_a_name_of_its_own():
    assert len(BY_KEY) == len(COLUMNS)
    assert len({column.heading for column in COLUMNS}) == len(COLUMNS)
