"""A file of ledger entries: looked at first, then entered, and never twice."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories.promise import LedgerEntryFactory
from tests.factories.training import officer, staff_user
from tests.vacancies.sheets import workbook_file
from training.models import LedgerEntry, LedgerKind
from training.queries import five_days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]
TODAY = date(2030, 11, 20)


FILE = """employee number,date,half days,what,key
{number},01/04/2030,3,Opening balance,b-1
{number},2030-05-06,2,Conference on contact,b-2
nobody,2030-05-06,2,Conference,b-3
{number},soon,2,Conference,b-4
{number},2030-05-06,two,Conference,b-5
{number},2031-05-06,2,Conference,b-6
{number},2030-05-06,2,Conference,b-2
{number},2030-05-06,2,Conference,
{number},1999-12-31,2,Conference,b-7
{number},1/1/0001,2,Conference,b-8
{number},2030-05-07,2,,b-9
{number},2030-05-07,2,=A1,b-10
{number},2030-05-06,1,A talk,b-11
"""
IMPORT = "admin:training_ledgerentry_import"


def look(client, text, name="ledger.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(reverse(IMPORT), {"file": SimpleUploadedFile(name, data)})


def enter_file(client, text):
    """Look at a file, then enter its good rows, as the page does."""
    rows = look(client, text).context["text"]
    return client.post(reverse(IMPORT), {"text": rows, "enter": "Enter"}, follow=True)


def row(person, key="b-1", what="A talk", half_days=1, on="06/05/2030"):
    return f"{person.staff_member.employee_number},{on},{half_days},{what},{key}\n"


HEADINGS = "employee number,date,half days,what,key\n"


def test_a_file_is_looked_at_before_anything_is_entered(client):
    person = staff_user()
    client.force_login(officer())

    found = look(client, FILE.format(number=person.staff_member.employee_number)).context["found"]

    assert [row.key for row in found.rows] == ["b-1", "b-2"]
    year = "The year must be from 2000 to 2100, not {}. Write it like 31 December 2026."
    assert found.problems == [
        (4, "Nobody has the employee number “nobody”."),
        (5, "We could not read “soon” as a date. Write it like 31 December 2026."),
        (6, "“two” is no number of half days from 1 to 40."),
        (7, "6 May 2031 has not come yet."),
        (8, "Line 3 has the same key."),
        (9, "Give a key of at most 100 letters, different for every row."),
        (10, year.format(1999)),
        (11, year.format("0001")),
        (12, "Say what it was, in at most 200 letters."),
        (13, "The cell of “what” begins with =, as a formula does. Put its result there."),
        (
            14,
            f"With this {person.full_name} would have 3 half days on 6 May 2030. A day has 2.",
        ),
    ]
    assert LedgerEntry.objects.count() == 0


def test_a_cell_full_of_figures_is_no_number_of_half_days(client):
    client.force_login(officer())

    found = look(client, HEADINGS + row(staff_user(), half_days="9" * 5000)).context["found"]

    assert found.problems == [(2, f"“{'9' * 59}…” is no number of half days from 1 to 40.")]


def test_the_good_rows_are_shown_with_who_what_when_and_how_much(client, settings):
    settings.LEDGER_FILE_ROWS_SHOWN = 2
    people = [staff_user(user__full_name=name) for name in ("Ada Ash", "Ben Birch", "Cat Cole")]
    client.force_login(officer())

    text = HEADINGS + "".join(row(person, f"b-{person.pk}") for person in people)
    shown = re.sub(r"<[^>]+>", "|", look(client, text).content.decode())
    shown = re.sub(r"[|\s]*\|[|\s]*", "|", shown)

    number = people[0].staff_member.employee_number
    assert f"|Ada Ash, {number}|6 May 2030|½ day|A talk|2|" in shown
    assert "These are the first 2 of 3." in shown
    assert "Ben Birch" in shown
    assert "Cat Cole" not in shown


def test_a_workbook_is_read_as_a_csv_file_is(client):
    person = staff_user()
    client.force_login(officer())
    cells = [person.staff_member.employee_number, datetime(2030, 5, 6), 2, "Conference", "b-1"]  # noqa: DTZ001
    file = workbook_file([dict(zip(HEADINGS.strip().split(","), cells, strict=True))])

    found = client.post(reverse(IMPORT), {"file": file}).context["found"]

    assert [(row.member.user, row.on, row.half_days) for row in found.rows] == [
        (person, date(2030, 5, 6), 2)
    ]


def test_whoever_does_not_work_here_gets_nothing_entered(client):
    gone = staff_user(left_on=TODAY - timedelta(days=1))
    client.force_login(officer())

    found = look(client, HEADINGS + row(gone)).context["found"]

    assert found.problems == [(2, f"{gone.full_name} does not work here now.")]


def test_a_day_has_two_half_days_in_the_file_and_the_ledger_together(client):
    person = staff_user()
    day = date(2030, 5, 6)
    LedgerEntryFactory(person=person, on=day, half_days=2)
    LedgerEntryFactory(person=person, on=day, half_days=-1, kind=LedgerKind.CORRECTION)
    LedgerEntryFactory(person=person, on=day, half_days=6, kind=LedgerKind.OPENING_BALANCE)
    client.force_login(officer())
    text = HEADINGS + row(person, "b-1") + row(person, "b-2") + row(person, "b-3", on="07/05/2030")

    found = look(client, text).context["found"]

    assert [row.key for row in found.rows] == ["b-1", "b-3"]
    assert found.problems == [
        (3, f"With this {person.full_name} would have 3 half days on 6 May 2030. A day has 2.")
    ]


def test_importing_again_changes_nothing(client):
    person = staff_user()
    client.force_login(officer())
    text = FILE.format(number=person.staff_member.employee_number)

    enter_file(client, text)
    again = look(client, text).context["found"]

    assert (again.known, again.rows) == (2, [])
    assert list(LedgerEntry.objects.order_by("key").values_list("key", "half_days", "kind")) == [
        ("b-1", 3, LedgerKind.OPENING_BALANCE),
        ("b-2", 2, LedgerKind.IMPORTED),
    ]
    assert five_days(person, TODAY).attended == Decimal("2.5")


def test_what_has_changed_since_the_file_was_looked_at_is_said(client):
    person = staff_user()
    client.force_login(officer())
    rows = look(client, HEADINGS + row(person) + row(person, "b-2")).context["text"]
    LedgerEntryFactory(person=person, on=date(2030, 5, 6), half_days=1)

    done = client.post(reverse(IMPORT), {"text": rows, "enter": "Enter"}, follow=True)

    assert [str(message) for message in done.context["messages"]] == [
        "1 entered.",
        f"Line 3 was not entered: With this {person.full_name} would have 3 half days on 6 May 2030. "
        "A day has 2.",
    ]


def test_a_key_that_entered_something_else_is_a_problem(client):
    person = staff_user()
    LedgerEntryFactory(person=person, key="b-1", on=date(2030, 4, 1), half_days=9)
    client.force_login(officer())

    found = look(client, FILE.format(number=person.staff_member.employee_number)).context["found"]

    assert found.problems[0] == (
        2,
        "This key has entered something else before. Enter a correction by hand.",
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty. Choose another one."),
        (HEADINGS.encode(), "The file has no rows below its headings."),
        (
            b"a,b\n1,2\n",
            "The first row must name these columns too: employee number, date, half days, what, key.",
        ),
        (
            HEADINGS.encode("utf-16-le"),
            "The file is named .csv but is something else inside. Save it as CSV and choose that.",
        ),
        (
            b"\xef\xbb\xbf" + HEADINGS.encode() + b"E1,06/05/2030,1,Caf\xe9,b-1\n",
            "We could not read the letters of the file. Save it as CSV UTF-8.",
        ),
        (
            HEADINGS.replace("key", "what").encode() + b"E1,06/05/2030,1,A talk,b-1\n",
            "The first row must name these columns too: key.",
        ),
        (
            HEADINGS.replace("key", "key,what").encode() + b"E1,06/05/2030,1,A talk,b-1,b\n",
            "Two columns of the file are for “what”. Take one out.",
        ),
    ],
)
def test_a_file_that_is_none_is_refused_with_one_message(client, data, words):
    client.force_login(officer())

    response = look(client, data)

    assert response.context["form"].errors == {"file": [words]}


@pytest.mark.parametrize("text", ["", "{", "[[1]]", "[1]", "{}", "[]"])
def test_rows_that_were_lost_on_the_way_are_refused_in_words(client, text):
    client.force_login(officer())

    response = client.post(reverse(IMPORT), {"text": text, "enter": "Enter"})

    assert response.context["form"].errors
    assert LedgerEntry.objects.count() == 0


@pytest.mark.parametrize("people", [1, 5])
def test_a_file_is_looked_at_in_as_many_queries_however_long(
    client, django_assert_num_queries, people
):
    client.force_login(officer())
    text = HEADINGS + "".join(row(staff_user(), f"b-{number}") for number in range(people))

    with django_assert_num_queries(QUERIES):
        look(client, text)


QUERIES = 6
