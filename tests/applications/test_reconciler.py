"""Month by month: what an application and a reference say of the same work."""

from datetime import date

import pytest

from applications.history import History, Span
from applications.reconciler import (
    Told,
    differences,
    neutral_sentence,
    same_employer,
    spans_of,
    uncovered,
)
from applications.states import DiscrepancyKind as K
from tests.factories.history import EmploymentFactory, GapFactory, QualificationFactory

UNTIL = date(2026, 11, 22)


def month(text):
    year, number = text.split("-")
    return date(int(year), int(number), 1)


def job(first, last=None, **fields):
    fields = {"employer": "Mill Lane School", "reason_for_leaving": "", **fields}
    ended = month(last) if last else None
    return EmploymentFactory.build(began_on=month(first), ended_on=ended, **fields)


def told(first=None, last=None, **fields):
    fields = {"organisation": "Mill Lane School", "job_title": "Teaching assistant", **fields}
    return Told(first=first and month(first), last=last and month(last), **fields)


def history(*jobs, gaps=(), left=date(2015, 6, 1), qualifications=()):
    return History(
        left_education_on=left,
        jobs=list(jobs),
        gaps=list(gaps),
        until=UNTIL,
        qualifications=list(qualifications),
    )


def found(history, told, **kwargs):
    return [(row.kind, str(row.span)) for row in differences(history, told, **kwargs)]


@pytest.mark.parametrize(
    ("job_months", "told_months", "expected"),
    [
        (("2019-01", "2021-06"), ("2019-01", "2021-06"), []),
        (
            ("2019-01", "2021-06"),
            ("2019-01", "2021-03"),
            [(K.ONLY_APPLICATION, "April to June 2021")],
        ),
        (
            ("2019-01", "2021-03"),
            ("2019-01", "2021-06"),
            [(K.ONLY_REFERENCE, "April to June 2021")],
        ),
        (
            ("2019-01", "2021-06"),
            ("2019-03", "2021-07"),
            [(K.ONLY_APPLICATION, "January to February 2019"), (K.ONLY_REFERENCE, "July 2021")],
        ),
        (("2019-01", None), ("2019-01", None), []),
        (("2019-01", None), ("2019-01", "2026-12"), []),
        (("2019-01", None), ("2019-01", "2026-11"), []),
        (("2019-01", None), ("2019-01", "2026-10"), [(K.ONLY_APPLICATION, "November 2026")]),
        (("2019-01", "2021-06"), (None, None), []),
    ],
)
def test_months_that_differ(job_months, told_months, expected):
    assert found(history(job(*job_months)), told(*told_months)) == expected


def test_few_months_can_be_let_pass():
    apart = history(job("2019-01", "2021-06")), told("2019-02", "2021-03")

    assert found(*apart, let_pass=1) == [(K.ONLY_APPLICATION, "April to June 2021")]


def test_several_jobs_with_one_employer_count_together():
    both = history(
        job("2019-01", "2020-02"), job("2020-03", "2021-06", job_title="Senior assistant")
    )

    assert found(both, told("2019-01", "2021-06")) == []


def test_a_job_the_application_does_not_have():
    [row] = differences(
        history(job("2019-01", "2019-12")), told("2023-01", "2023-06", organisation="Weir House")
    )

    assert (row.kind, row.span.months, row.application_says) == (K.NO_SUCH_JOB, 6, "No job there")
    assert row.reference_says == "Teaching assistant, Weir House: January to June 2023"


def test_an_employer_of_another_name_is_matched_by_its_months():
    named = history(job("2019-01", "2021-06", employer="Hampshire schools"))

    assert found(named, told("2019-01", "2021-05", organisation="Weir House")) == [
        (K.ONLY_APPLICATION, "June 2021")
    ]


def test_the_job_title_is_compared_without_case_and_points():
    worked = history(job("2019-01", "2021-06", job_title="Teaching Assistant (HLTA)"))

    assert found(worked, told("2019-01", "2021-06", job_title="teaching assistant, HLTA")) == []
    assert found(worked, told("2019-01", "2021-06", job_title="Cleaner")) == [
        (K.JOB_TITLE, "January 2019 to June 2021")
    ]


def test_two_reasons_for_leaving_in_other_words_are_shown_side_by_side():
    left = history(job("2019-01", "2021-06", reason_for_leaving="I moved."))

    [row] = differences(left, told("2019-01", "2021-06", reason_for_leaving="Dismissed"))

    assert (row.kind, row.application_says, row.reference_says) == (
        K.REASON,
        "I moved.",
        "Dismissed",
    )
    assert found(left, told("2019-01", "2021-06", reason_for_leaving="i moved")) == []
    assert found(left, told("2019-01", "2021-06")) == []


def test_months_without_a_job_or_a_word_are_found():
    gap = GapFactory.build(began_on=date(2021, 7, 1), ended_on=date(2021, 9, 1))

    rows = uncovered(history(job("2015-07", "2021-06"), job("2021-12"), gaps=[gap]))

    assert [(row.kind, str(row.span)) for row in rows] == [
        (K.UNCOVERED, "October to November 2021")
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mill Lane School", "mill lane school", True),
        ("The Mill Lane School Ltd", "Mill Lane School, Alton", True),
        ("Mill Lane School", "Weir School", False),
        ("", "Weir School", False),
        ("The Ltd", "The Ltd", False),
        ("مدرسة النور", "مدرسة النور", True),
        ("O’Brien’s", "O’Brien’s", True),
    ],
)
def test_which_names_are_one_employer(one, other, same):
    assert same_employer(one, other) is same


def test_months_in_a_row_become_spans():
    assert [str(span) for span in spans_of({24228, 24229, 24231})] == [
        "January to February 2019",
        "April 2019",
    ]
    assert spans_of(set()) == []


@pytest.mark.parametrize("kind", list(K))
def test_interviewers_read_months_and_nothing_that_was_said(kind):
    sentence = neutral_sentence(kind, Span(date(2019, 1, 1), date(2019, 2, 1)))

    assert "from January to February 2019" in sentence
    assert sentence.count("{") == 0


def test_nobody_without_jobs_is_compared_with_nothing():
    assert found(history(), told("2019-01", "2019-02")) == [
        (K.NO_SUCH_JOB, "January to February 2019")
    ]


def course(first, last=None):
    return told(
        first,
        last,
        organisation="Eastcliff University",
        job_title="BA Social Work",
        is_of_a_course=True,
    )


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2012-09", "2015-06", []),
        ("2013-09", "2014-06", []),
        ("2014-09", "2016-03", [(K.NO_SUCH_COURSE, "July 2015 to March 2016")]),
        ("2019-09", "2020-06", [(K.NO_SUCH_COURSE, "September 2019 to June 2020")]),
    ],
)
def test_a_course_agrees_with_the_time_in_full_time_education(first, last, expected):
    assert found(history(job("2015-07")), course(first, last)) == expected


@pytest.mark.parametrize(
    ("first", "last", "result", "agrees"),
    [
        ("2019-09", "2021-06", "2021-07", True),
        ("2019-09", "2021-06", "2021-06", True),
        ("2019-09", "2021-06", "2022-06", True),
        ("2019-09", "2021-06", "2022-07", False),
        ("2019-09", "2021-06", "2019-08", False),
        ("2025-09", None, "2028-06", True),
    ],
)
def test_a_course_agrees_with_a_qualification_that_came_of_it(first, last, result, agrees):
    qualification = QualificationFactory.build(finished_on=month(result))
    taught = history(job("2015-07"), qualifications=[qualification])

    assert (found(taught, course(first, last)) == []) is agrees


def test_a_placement_agrees_with_the_job_that_the_application_has_there():
    worked = history(job("2015-07"), job("2019-01", "2019-03", employer="Eastcliff University"))

    assert found(worked, course("2019-01", "2019-05")) == [(K.NO_SUCH_COURSE, "April to May 2019")]
    assert found(worked, course("2019-01", "2019-05"), let_pass=2) == []


def test_what_is_said_of_the_months_of_a_course_stands_beside_it():
    away = history(gaps=[GapFactory.build()])

    [row] = differences(away, course("2019-03", "2019-05"))

    assert row.application_says == "I looked after my father."
    assert row.reference_says == "BA Social Work, Eastcliff University: March to May 2019"


def test_a_course_is_not_compared_where_nobody_said_when_education_ended():
    assert found(history(left=None), course("2019-03", "2019-05")) == []


def test_a_job_from_before_the_end_of_education_is_not_asked_for():
    assert found(history(), told("2013-06", "2014-08")) == []
    assert found(history(), told("2015-05", "2015-08")) == [(K.NO_SUCH_JOB, "July to August 2015")]
