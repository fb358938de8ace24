"""Places, payments and sift dates in files: what an export writes, an import reads back."""

import csv
import io
import random
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from organisation.models import Outcode, Place, Role
from tests.factories.accounts import HRAdminFactory
from tests.factories.organisation import DistrictFactory, RoleFactory, TeamFactory
from tests.factories.vacancies import VacancyFactory
from tests.factories.vacancy_parts import PaymentFactory, SiftDateFactory
from tests.vacancies.sheets import csv_file, row
from tests.vacancies.test_exports import content_of
from vacancies.actions import begin_import, upload_import, work_on_imports
from vacancies.models import ImportRun, OtherPlace, Payment, SiftDate, Vacancy
from vacancies.sheets.columns import payment_in_words
from vacancies.sheets.readers.lists import parse_payment
from vacancies.sheets.writing import csv_of, workbook_of

PLACES = ["Alton", "Fareham", "Havant", "Fleet", "Ringwood"]
LETTERS = "abc dé'’(),.&:-0123456789%ABC"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def county(today):
    district = DistrictFactory(name="Hart")
    TeamFactory(name="Family Help Alton", district=district)
    RoleFactory(name="Social worker")
    for number, name in enumerate(PLACES):
        Place.objects.create(name=name, latitude=51 + number / 100, longitude=-1, district="Hart")
        Outcode.objects.create(code=f"PO{number + 1}", latitude=51, longitude=-1, name=name)
    return district


def bring_in(file, hr, source="Old system"):
    upload_import(file=file, source=source, by=hr)
    work_on_imports(now=timezone.now())
    begin = ImportRun.objects.first()
    if any(count["number"] for kind, count in begin.counts().items() if kind in ("new", "change")):
        begin_import(run=begin, by=hr)
        work_on_imports(now=timezone.now())
    return [
        (found.outcome, [problem["text"] for problem in found.problems])
        for found in begin.rows.order_by("number")
    ]


def parts_of(vacancies):
    return [
        [
            sorted(vacancy.other_places.values_list("place_name", "postcode", "district")),
            sorted(vacancy.payments.values_list("kind", "name", "amount", "condition")),
            list(vacancy.sift_dates.values_list("sift_on", flat=True)),
        ]
        for vacancy in vacancies
    ]


def some_advert(chance, district, today):
    """A draft with any number of places, payments and sift dates, in words that files find hard."""
    draft = VacancyFactory(
        role=Role.objects.get(),
        rolling=chance.random() < 0.7,
        district=district,
        place_name="Alton",
    )
    for name in chance.sample(PLACES, chance.randrange(4)):
        OtherPlace.objects.create(
            vacancy=draft, place_name=name, latitude=51, longitude=-1, district=district,
            postcode=chance.choice(["", f"PO{1 + PLACES.index(name)}", "PO1 7GZ"]),
        )  # fmt: skip
    for number in range(chance.randrange(4)):
        words = " ".join("".join(chance.choices("abc dé'(),.;=+\"", k=12)).split()).strip(" .")
        PaymentFactory(
            vacancy=draft, kind=chance.choice(["supplement", "one_off"]), name=f"a{number} {words}",
            amount=chance.randrange(1, 10_000_000), condition=chance.choice(["", f"If {words}."]),
        )  # fmt: skip
    for days in chance.sample(range(14), chance.randrange(3) if draft.rolling else 0):
        SiftDateFactory(vacancy=draft, sift_on=today + timedelta(days=days))
    return draft


@pytest.mark.django_db
@pytest.mark.parametrize(("write", "name"), [(csv_of, "a.csv"), (workbook_of, "a.xlsx")])
def test_what_is_taken_away_and_read_in_again_changes_nothing(county, today, write, name):
    chance, hr = random.Random(11), HRAdminFactory()
    drafts = [some_advert(chance, county, today) for _ in range(25)]
    before = parts_of(drafts)
    keys = [list(model.objects.values("pk")) for model in (OtherPlace, Payment, SiftDate)]

    outcomes = bring_in(
        SimpleUploadedFile(name, content_of(write(Vacancy.objects.all(), "adverts"))), hr
    )

    assert outcomes == 25 * [("same", [])]
    assert parts_of(drafts) == before
    assert keys == [list(model.objects.values("pk")) for model in (OtherPlace, Payment, SiftDate)]


@pytest.mark.django_db
def test_an_export_makes_the_same_adverts_in_another_portal(county, today):
    chance, hr = random.Random(23), HRAdminFactory()
    drafts = [some_advert(chance, county, today) for _ in range(25)]
    text = content_of(csv_of(Vacancy.objects.all(), "adverts")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    file = [
        {**cells, "Reference": "", "External reference": f"X{number}"}
        for number, cells in enumerate(rows)
    ]

    first = bring_in(csv_file(file), hr)
    made = Vacancy.objects.exclude(pk__in=[draft.pk for draft in drafts]).order_by("pk")
    second = bring_in(csv_file(file), hr)

    assert first == 25 * [("new", [])]
    assert parts_of(made) == parts_of(drafts)
    assert second == 25 * [("same", [])]


@given(
    name=some.text(LETTERS, max_size=60).map(lambda text: text.replace(": ", " ").strip()),
    amount=some.integers(1, 9_999_999),
    kind=some.sampled_from(["supplement", "one_off"]),
    condition=some.text(LETTERS, max_size=60).map(str.strip),
)
def test_a_payment_is_read_as_it_is_written(name, amount, kind, condition):
    payment = Payment(kind=kind, name=f"Name {name}".strip(), amount=amount, condition=condition)

    read = parse_payment(payment_in_words(payment))

    assert read == {
        "kind": kind, "name": payment.name, "amount": amount, "condition": condition
    }  # fmt: skip


PARTS = {
    "Other places": "• Fareham\nHavant PO3 7GZ",
    "Supplements": "Market supplement: £3,000 a year. A share for part time.\nGolden hello: 500 once",
    "Always open": "Yes",
    "Sift dates": "1 April 2026\n15/4/26",
}


@pytest.mark.django_db
def test_a_row_has_parts_and_a_change_of_one_keeps_the_rest(county):
    hr = HRAdminFactory()
    assert bring_in(csv_file([row(1, **PARTS)]), hr) == [("new", [])]
    [vacancy] = Vacancy.objects.all()
    kept = vacancy.other_places.get(place_name="Fareham")
    assert vacancy.payments.get(kind="one_off").amount == 500

    changed = {**PARTS, "Other places": "Fareham\nFleet", "Supplements": "Golden hello: £500 once"}
    assert bring_in(csv_file([row(1, **changed)]), hr) == [("change", [])]
    assert bring_in(csv_file([row(1, **changed)]), hr) == [("same", [])]

    assert list(vacancy.other_places.values_list("place_name", flat=True)) == ["Fareham", "Fleet"]
    assert vacancy.other_places.get(place_name="Fareham") == kept
    assert [str(payment) for payment in vacancy.payments.all()] == ["Golden hello: £500"]
    assert vacancy.sift_dates.count() == 2


@pytest.mark.django_db
def test_criteria_with_bullets_that_say_the_same_change_nothing(county):
    hr = HRAdminFactory()
    file = [row(1, **{"Essential criteria": "- Kindness\n- Order"})]

    assert bring_in(csv_file(file), hr) == [("new", [])]
    assert bring_in(csv_file(file), hr) == [("same", [])]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("heading", "text", "problem"),
    [
        ("Other places", "Farham", "We do not know the place “Farham”. Did you mean “Fareham”?"),
        ("Other places", "Fareham\nFareham PO2", "“Fareham” is there twice."),
        (
            "Payments",
            "a car",
            "We could not read “a car” as a payment. Write it like “Market supplement: £3,000 each "
            "year” or “Golden hello: £2,000 once”.",
        ),
        (
            "Payments",
            f"{'x' * 81}: £1 once",
            "A payment has a name of 80 characters and a condition of 200 at most.",
        ),
        (
            "Sift dates",
            "soon",
            "We could not read “soon” as a date. Write it like 31 December 2026.",
        ),
        (
            "Sift dates",
            "1 January 2027",
            "1 January 2027 is not between the opening and the closing date.",
        ),
        (
            "Sift dates",
            "\n".join(f"{number} April 2026" for number in range(1, 22)),
            "There are 21 lines. 20 is the most.",
        ),
    ],
)
def test_what_is_wrong_with_a_part_is_told(county, heading, text, problem):
    rows = [row(1, **{"Always open": "Yes", heading: text}), row(2)]

    assert bring_in(csv_file(rows), HRAdminFactory()) == [("bad", [problem]), ("new", [])]


@pytest.mark.django_db
def test_sift_dates_of_an_advert_that_is_not_always_open_are_passed_over_and_told(county):
    told = "Only adverts that are always open have sift dates."

    outcome = bring_in(csv_file([row(1, **{"Sift dates": "1 April 2026"})]), HRAdminFactory())

    assert outcome == [("new", [told])]
    assert SiftDate.objects.count() == 0


APPLYING = ["Takes a CV", "Panel sees employers", "Words for each criterion"]


def how_people_apply(vacancy):
    vacancy.refresh_from_db()
    words = list(vacancy.criteria.order_by("pk").values_list("max_words", flat=True))
    return vacancy.takes_cv, vacancy.shows_employers, words


@pytest.mark.django_db
def test_how_people_apply_is_read_from_columns_of_its_own(county):
    told = dict(zip(APPLYING, ["yes", "no", "400"], strict=True))

    assert bring_in(csv_file([row(**told)]), HRAdminFactory()) == [("new", [])]

    assert how_people_apply(Vacancy.objects.get()) == (True, False, [400, 400])


@pytest.mark.django_db
def test_without_those_columns_an_advert_has_what_is_usual_and_keeps_what_it_has(county):
    hr = HRAdminFactory()
    bring_in(csv_file([row()]), hr)
    vacancy = Vacancy.objects.get()
    assert how_people_apply(vacancy) == (False, False, [250, 250])

    told = {**dict(zip(APPLYING, ["no", "yes", "90"], strict=True))}
    assert bring_in(csv_file([row(**told)]), hr) == [("change", [])]
    assert how_people_apply(vacancy) == (False, True, [90, 90])
    longer = {"Essential criteria": "Kindness\nOrder\nHumour"}
    assert bring_in(csv_file([row(**longer)]), hr) == [("change", [])]
    assert how_people_apply(vacancy) == (False, True, [90, 90, 90])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("20", "Write a number from 50 to 1,000."),
        ("many", "“many” is not a number."),
    ],
)
def test_a_number_of_words_that_cannot_be_is_told(county, cell, words):
    [(outcome, problems)] = bring_in(
        csv_file([row(**{"Words for each criterion": cell})]), HRAdminFactory()
    )

    assert (outcome, problems) == ("bad", [words])
