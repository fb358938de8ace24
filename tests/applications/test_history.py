"""Every month since leaving full-time education has a job or an explanation, or is found."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.history import History, Span, month_of, number_of, uncovered_spans
from applications.models import Employment, Gap

FIRST, LAST = number_of(date(2000, 1, 1)), number_of(date(2012, 12, 1))
months = st.integers(FIRST, LAST).map(month_of)
days = st.dates(date(2000, 1, 1), date(2012, 12, 31))


@st.composite
def spans(draw):
    first, last = sorted([draw(months), draw(months)])
    return Span(first, last)


def months_of(found):
    return [
        month_of(number)
        for span in found
        for number in range(number_of(span.first), number_of(span.last) + 1)
    ]


def months_since(left, until):
    return [month_of(number) for number in range(number_of(left) + 1, number_of(until) + 1)]


@given(left=months, until=days, covered=st.lists(spans(), max_size=8))
def test_each_month_is_either_covered_or_found_once(left, until, covered):
    found = months_of(uncovered_spans(left, until, covered))

    expected = [
        month
        for month in months_since(left, until)
        if not any(span.first <= month <= span.last for span in covered)
    ]
    assert found == expected


@given(left=months, until=days, covered=st.lists(spans(), max_size=8))
def test_spans_are_as_long_as_they_can_be_and_in_order(left, until, covered):
    found = uncovered_spans(left, until, covered)

    assert all(span.months >= 1 for span in found)
    assert all(
        number_of(after.first) - number_of(before.last) >= 2 for before, after in pairwise(found)
    )


@given(left=months, until=days, covered=st.lists(spans(), max_size=8), least=st.integers(0, 12))
def test_what_is_short_enough_is_let_pass(left, until, covered, least):
    every = uncovered_spans(left, until, covered)

    assert uncovered_spans(left, until, covered, let_pass=least) == [
        span for span in every if span.months > least
    ]


@given(left=months, until=days, covered=st.lists(spans(), max_size=8))
def test_explaining_what_is_found_leaves_nothing_to_find(left, until, covered):
    found = uncovered_spans(left, until, covered)

    assert uncovered_spans(left, until, [*covered, *found]) == []


@given(spans())
def test_a_span_has_its_months_and_no_others(span):
    listed = months_of([span])

    assert len(listed) == span.months
    assert [
        month for month in months_since(date(1999, 12, 1), date(2013, 1, 1)) if month in span
    ] == listed


def month(text):
    number, year = text.split("/")
    return date(int(year), int(number), 1)


def job(began_on, ended_on=None):
    return Employment(began_on=month(began_on), ended_on=ended_on and month(ended_on))


def gap(began_on, ended_on):
    return Gap(began_on=month(began_on), ended_on=month(ended_on))


def history(*rows, left="6/2015", until=date(2016, 6, 15)):
    jobs = [row for row in rows if isinstance(row, Employment)]
    gaps = [row for row in rows if isinstance(row, Gap)]
    return History(left and month(left), jobs, gaps, until)


def unexplained(*rows, **arguments):
    return [str(span) for span in history(*rows, **arguments).unexplained]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([], ["July 2015 to June 2016"]),
        ([job("7/2015")], []),
        ([job("7/2015", "6/2016")], []),
        ([job("7/2015", "5/2016")], ["June 2016"]),
        ([job("8/2015")], ["July 2015"]),
        ([job("1/2010", "8/2015"), job("9/2015")], []),
        ([job("7/2015", "9/2015"), job("10/2015")], []),
        ([job("7/2015", "8/2015"), job("10/2015")], ["September 2015"]),
        ([job("7/2015", "12/2015"), job("9/2015", "10/2015"), job("1/2016")], []),
        ([job("7/2015", "8/2015"), job("2/2016")], ["September 2015 to January 2016"]),
        ([job("8/2015", "9/2015"), gap("10/2015", "12/2015"), job("3/2016")],
         ["July 2015", "January to February 2016"]),
    ],
)  # fmt: skip
def test_months_without_a_job_or_a_word_are_found(rows, found):
    assert unexplained(*rows) == found


def test_a_month_in_which_a_job_began_or_ended_belongs_to_it_and_so_does_the_one_of_leaving():
    assert unexplained(job("7/2015", "3/2016"), job("4/2016")) == []


@pytest.mark.parametrize("left", ["6/2016", "9/2016", "9/2031"])
def test_nothing_is_asked_of_somebody_who_is_still_learning_or_left_this_month(left):
    assert unexplained(left=left) == []


def test_nothing_is_asked_before_the_month_of_leaving_is_known():
    assert unexplained(left=None) == []


def test_how_many_months_may_stay_without_a_word_is_a_setting(settings):
    rows = [job("7/2015", "8/2015"), job("10/2015", "12/2015"), job("3/2016")]
    every = unexplained(*rows)
    settings.HISTORY_MONTHS_UNEXPLAINED = 1

    assert every == ["September 2015", "January to February 2016"]
    assert unexplained(*rows) == ["January to February 2016"]


def test_explanations_that_a_job_has_overtaken_are_told_apart():
    needed, partly, overtaken = (
        gap("9/2015", "9/2015"),
        gap("11/2015", "2/2016"),
        gap("4/2016", "5/2016"),
    )
    early = gap("1/2015", "6/2015")
    told = history(
        job("7/2015", "8/2015"), job("10/2015", "12/2015"), job("3/2016"),
        needed, partly, overtaken, early,
    )  # fmt: skip

    assert told.not_needed == [overtaken, early]
    assert told.unexplained == []


def test_the_span_of_a_month_is_found_or_none():
    told = history(job("7/2015", "8/2015"), job("2/2016"))

    assert str(told.span_with(date(2015, 12, 24))) == "September 2015 to January 2016"
    assert told.span_with(date(2016, 2, 1)) is None


def test_what_was_said_of_the_month_before_is_remembered():
    said = gap("9/2015", "10/2015")
    said.words = "I looked for work."
    told = history(job("7/2015", "8/2015"), said, job("12/2015", "4/2016"))

    assert [told.words_before(span) for span in told.unexplained] == ["I looked for work.", ""]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("3/2019", "3/2019", "in March 2019"),
        ("3/2019", "5/2019", "from March to May 2019"),
        ("11/2019", "1/2020", "from November 2019 to January 2020"),
    ],
)
def test_a_span_is_said_in_words(first, last, words):
    assert Span(month(first), month(last)).words == words
