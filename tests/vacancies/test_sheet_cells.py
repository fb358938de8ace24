"""What is made of the cells of a sheet: salaries, dates, choices and texts as people write them."""

import contextlib
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from organisation.sheets import numbers
from organisation.sheets.dates import parse_date
from organisation.sheets.problems import Unreadable
from vacancies.sheets import words
from vacancies.sheets.salaries import Salary, parse_salary
from vacancies.sheets.texts import markdown, plain_line


@pytest.mark.parametrize(
    ("text", "lowest", "highest"),
    [
        ("£32,000 - £35,000 pro rata", 32_000, 35_000),
        ("£32,000 – £35,000 per annum", 32_000, 35_000),
        ("32000 to 35000", 32_000, 35_000),
        ("£32k", 32_000, 32_000),
        ("£32-35k", 32_000, 35_000),
        ("32.5K – 35K", 32_500, 35_000),
        ("GBP 32,000", 32_000, 32_000),
        ("32000.00", 32_000, 32_000),
        ("£41,800 (37 hours a week)", 41_800, 41_800),
        ("Up to £35,000", None, 35_000),
        ("From £32,000", 32_000, None),
        ("negotiable", None, None),
        ("Competitive", None, None),
        ("dependent on experience", None, None),
        ("£15.50 per hour", 29_904, 29_904),
        ("£2,500 a month", 30_000, 30_000),
        ("£18,500 (FTE £37,000)", 37_000, 37_000),
        ("£18,500 - £20,000 (full-time equivalent £37,000 - £40,000)", 37_000, 40_000),
    ],
)
def test_salaries_are_read_as_pay_of_a_full_time_year(text, lowest, highest):
    salary = parse_salary(text)

    assert (salary.lowest, salary.highest) == (lowest, highest)


def test_a_grade_in_the_salary_is_kept():
    assert parse_salary("Grade G") == Salary(None, None, "G")
    assert parse_salary("Grade F £37,200 - £41,800") == Salary(37_200, 41_800, "F")


def test_money_on_top_of_the_salary_is_set_apart():
    salary = parse_salary("£37,200 to £41,800 plus £2,000 market supplement")

    assert salary == Salary(37_200, 41_800, "", "plus £2,000 market supplement")


@pytest.mark.parametrize("text", ["lots", "£12", "£1 - £2 - £30,000", "£9,000,000", "15.50", "?"])
def test_a_salary_that_says_nothing_sure_is_refused_in_words(text):
    with pytest.raises(Unreadable, match="Write the pay of a full-time year"):
        parse_salary(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-31",
        "31/12/26",
        "31/12/2026",
        "31.12.2026",
        "31-12-26",
        "31-Dec-26",
        "31st December 2026",
        "Thursday 31 December 2026",
        "Thu, 31 Dec 2026",
        "31st of December, 2026",
        "December 31, 2026",
        "2026-12-31 23:59",
        "31/12/2026 at 11.59pm",
        "31 December 2026, 23:59",
        "12 noon on 31 December 2026",
        "46387",
        "46387.0",
    ],
)
def test_dates_are_read_however_they_are_written(text):
    assert parse_date(text) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("soon", "We could not read “soon” as a date."),
        ("31/02/2026", "There is no such day as “31/02/2026”."),
        ("12/31/26", "There is no such day as “12/31/26”."),
        ("1 Foo 2026", "There is no such day as “1 Foo 2026”."),
        ("31/12/1926", "The year must be from 2000 to 2100, not 1926."),
        ("1/1/0001", "The year must be from 2000 to 2100, not 0001."),
        ("7", "We could not read “7” as a date."),
    ],
)
def test_a_date_that_is_none_is_refused_in_words(text, message):
    with pytest.raises(Unreadable) as refusal:
        parse_date(text)

    assert str(refusal.value) == f"{message} Write it like 31 December 2026."


@pytest.mark.parametrize(
    ("text", "contract", "months"),
    [
        ("Permanent", "permanent", None),
        ("perm", "permanent", None),
        ("Fixed term (12 months)", "fixed_term", 12),
        ("12 month fixed-term contract", "fixed_term", 12),
        ("FTC - two years", "fixed_term", 24),
        ("Maternity cover", "fixed_term", None),
        ("Temporary", "fixed_term", None),
        ("Secondment for 6 months", "secondment", 6),
    ],
)
def test_contracts_in_words(text, contract, months):
    assert words.parse_contract(text) == (contract, months)


@pytest.mark.parametrize(
    ("text", "patterns"),
    [
        ("Full time", ["full_time"]),
        ("FT", ["full_time"]),
        ("Part-time / Job share", ["part_time", "job_share"]),
        ("P/T", ["part_time"]),
        ("Full time, hybrid, nine-day fortnight", ["full_time", "nine_day_fortnight", "hybrid"]),
        ("Term time only", ["term_time"]),
        ("Full or part time", ["full_time", "part_time"]),
    ],
)
def test_working_patterns_in_words(text, patterns):
    assert words.parse_patterns(text) == patterns


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("37", "37"),
        ("37 hours per week", "37"),
        ("18.5hrs", "18.5"),
        ("18:30", "18.5"),
        ("22 hours 12 min", "22.2"),
        ("0.6 FTE", "22.2"),
    ],
)
def test_hours_in_words(text, hours):
    assert numbers.parse_hours(text) == Decimal(hours)


PARSERS = [
    parse_salary,
    parse_date,
    words.parse_contract,
    words.parse_patterns,
    numbers.parse_hours,
    words.parse_yes_no,
    words.parse_driving,
    lambda text: numbers.parse_whole_number(text, 1, 999),
    lambda text: words.parse_decimal(text, -90, 90),
]
LIKELY = st.text("0123456789£$,.-–/: kKpm" + "abcdefgGhinorstuy", max_size=40)


@pytest.mark.parametrize("parse", PARSERS)
@settings(deadline=None)
@given(text=LIKELY | st.text(max_size=40))
@example(text="9" * 40)
@example(text="NaN")
@example(text="Infinity")
@example(text="1e9999999")
@example(text="٣٢٠٠٠")
@example(text="²")
@example(text="00/00/0000")
def test_whatever_a_cell_says_it_is_read_or_refused_in_words(parse, text):
    # Anything else that it raised would fail the test.
    with contextlib.suppress(Unreadable):
        parse(text)


@settings(deadline=None)
@given(text=st.text(max_size=200) | st.text("<>&;/abipul#x0lt gq\n-", max_size=80))
def test_whatever_a_text_says_nothing_unseen_is_left_in_it(text):
    made = markdown(text)

    assert made == made.strip()
    assert "\x00" not in made + plain_line(text)


def test_entities_are_decoded_and_html_becomes_markdown():
    html = (
        "&lt;h2&gt;What you&amp;rsquo;ll do&lt;/h2&gt;&lt;p&gt;Visit &amp;amp; listen.&lt;br&gt;"
        "Every day.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Plan&lt;/li&gt;\n"
        "&lt;li&gt;Write &lt;b&gt;clearly&lt;/b&gt;&lt;/li&gt;&lt;/ul&gt;"
    )

    assert markdown(html) == (
        "## What you’ll do\n\nVisit & listen.\nEvery day.\n\n- Plan\n- Write **clearly**"
    )


def test_what_could_do_harm_is_taken_out_words_and_all():
    html = (
        '<p onclick="x()">Hello</p><script>alert(1)</script><style>p{}</style>'
        '<a href="javascript:alert(1)">bad</a> <a href="https://example.org/">good</a>'
        '<img src=x onerror="alert(1)"><iframe src="https://example.org"></iframe>'
    )

    assert markdown(html) == "Hello\n\nbad [good](https://example.org/)"


def test_text_that_is_no_html_stays_as_it_is():
    text = "A caseload < 15 & more > less. See https://example.org/?a=1&region=2\n\n- one\n- two"

    assert markdown(text) == text


def test_a_line_loses_its_tags_and_entities():
    assert plain_line(" Social&nbsp;Worker<br/>&ndash; <b>Fareham</b> ") == (
        "Social Worker – Fareham"
    )
