from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisation.half_days import AFTERNOON, MORNING, HalfDay
from organisation.models.working_time import FULL_TIME_SLOTS
from organisation.patterns import is_first_week, parse_pattern, pattern_in_words
from organisation.sheets.problems import Unreadable

MONDAY = date(2024, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "Mon-Fri",
        "mon – fri",
        "Monday to Friday",
        "Mon, Tues, Weds, Thurs and Fri",
        "MON-FRI/MON-FRI",
    ],
)
def test_a_full_week_can_be_written_in_many_ways(text):
    assert parse_pattern(text) == FULL_TIME_SLOTS


def test_a_nine_day_fortnight_leaves_out_the_two_halves_of_its_free_day():
    assert set(FULL_TIME_SLOTS) - set(parse_pattern("Mon-Fri / Mon-Thu")) == {
        HalfDay(date(2024, 1, 12), MORNING).slot,
        HalfDay(date(2024, 1, 12), AFTERNOON).slot,
    }


def test_a_half_day_is_a_morning_or_an_afternoon():
    assert parse_pattern("Mon am, Wed-Thu pm / off") == [0, 5, 7]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("full time", "We could not read the pattern “full time”."),
        ("Mon, Blursday", "We do not know the day “blursday” in “Mon, Blursday”."),
        ("Fri-Mon", "“fri-mon” goes backwards."),
        ("off", "“off” has no day of work."),
        ("Mon/Tue/Wed", "“Mon/Tue/Wed” has more than two weeks."),
        ("Mon,,Tue", "We could not read the pattern “Mon,,Tue”."),
        ("", "We could not read the pattern “”."),
    ],
)
def test_what_cannot_be_read_is_told_with_an_example(text, words):
    with pytest.raises(Unreadable) as problem:
        parse_pattern(text)

    assert str(problem.value).startswith(words)
    assert str(problem.value).endswith("Mon, Tue am, Thu-Fri / Mon-Wed for two weeks.")


@given(st.sets(st.integers(0, 27), min_size=1))
def test_every_pattern_is_read_back_from_its_words(slots):
    assert parse_pattern(pattern_in_words(slots)) == sorted(slots)


@given(st.text(max_size=40))
def test_any_text_is_a_pattern_or_a_plain_sentence(text):
    try:
        slots = parse_pattern(text)
    except Unreadable:
        return
    assert slots == sorted(set(slots))
    assert set(slots) <= set(range(28))


def test_first_and_second_weeks_take_turns():
    assert [is_first_week(date(2026, 11, day)) for day in (22, 23, 29, 30)] == [
        True,
        False,
        False,
        True,
    ]
