"""The equality report: by stage, pooled over a year, small groups hidden."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from applications.models import ApplicationMove, MonitoringAnswers
from applications.reports.equality import HIDDEN, equality_report
from applications.states import ApplicationState
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.vacancies import ClosedVacancyFactory, LiveVacancyFactory

pytestmark = pytest.mark.django_db
S = ApplicationState
REPORT = "admin:applications_report_equality"


@pytest.fixture
def job():
    return ClosedVacancyFactory()


def applied(job, number, state=S.SUBMITTED, **answers):
    made = [SentApplicationFactory(vacancy=job, state=state) for _ in range(number)]
    if answers:
        for application in made:
            MonitoringAnswers.objects.create(application=application, **answers)
    return made


def table(name, on=None):
    _, _, parts = equality_report(on or timezone.localdate())
    [part] = [part for part in parts if part.table.key == name]
    return part.table.rows


def test_people_are_counted_at_the_furthest_stage_they_came_to(job):
    applied(job, 12, sex="female")
    applied(job, 8, S.INTERVIEW, sex="female")
    applied(job, 15, S.SHORTLISTING, sex="male")
    applied(job, 5, S.INTERVIEW, sex="male")

    assert table("sex") == [
        ["Female", 20, 8, 0, 0, "40%", "–", "0%", "–"],
        ["Male", 20, 5, 0, 0, "25%", "0.62: look closer", "0%", "–"],
    ]


def test_who_was_turned_down_or_withdrew_counts_where_they_had_come_to(job):
    applied(job, 10, sex="female")
    after = applied(job, 6, S.UNSUCCESSFUL, sex="female")
    for application in after:
        ApplicationMove.objects.create(
            application=application, from_state=S.SHORTLISTING, to_state=S.INTERVIEW
        )
    applied(job, 20, S.WITHDRAWN, sex="male")

    assert [row[:3] for row in table("sex")] == [["Female", 16, 6], ["Male", 20, 0]]


def test_small_numbers_are_hidden_and_with_them_what_would_tell_them(job):
    applied(job, 10, sex="female")
    applied(job, 10, S.INTERVIEW, sex="female")
    applied(job, 10, sex="male")
    applied(job, 2, S.INTERVIEW, sex="male")
    applied(job, 10)

    assert [row[:3] for row in table("sex")] == [
        ["Female", 20, HIDDEN],
        ["Male", 12, HIDDEN],
        ["Did not say", 10, 0],
    ]
    assert [row[5] for row in table("sex")] == [HIDDEN, HIDDEN, "0%"]


def test_groups_of_few_people_are_put_together(job):
    applied(job, 10, religion="none")
    applied(job, 6, religion="christian")
    applied(job, 3, religion="sikh")
    applied(job, 2, religion="jewish")

    assert [row[:2] for row in table("religion")] == [
        ["No religion", 10],
        ["Christian", 6],
        ["Other answers, put together", 5],
    ]


def test_what_was_told_more_closely_is_shown_only_where_each_has_enough_people(job):
    applied(job, 6, ethnicity="british")
    applied(job, 5, ethnicity="irish")
    applied(job, 5, ethnicity="indian")
    applied(job, 1, ethnicity="chinese")

    assert [row[:2] for row in table("ethnicity")] == [
        ["Asian or Asian British", 6],
        ["White: English, Welsh, Scottish, Northern Irish or British", 6],
        ["White: Irish", 5],
    ]


def test_only_jobs_that_closed_within_the_year_count(job):
    applied(job, 6, sex="female")
    applied(LiveVacancyFactory(), 7, sex="male")
    long_ago = timezone.now() - timedelta(days=370)
    applied(ClosedVacancyFactory(closed_at=long_ago), 9, sex="male")

    jobs, totals, _ = equality_report(timezone.localdate())

    assert (jobs, totals) == (1, [6, 0, 0, 0])
    assert [row[:2] for row in table("sex")] == [["Female", 6]]


def test_prefer_not_to_say_and_no_answer_are_one_row(job):
    applied(job, 4, sex="unsaid")
    applied(job, 4)
    applied(job, 9, sex="male")

    assert [row[:2] for row in table("sex")] == [["Male", 9], ["Did not say", 8]]


def test_the_ratio_is_to_the_largest_group_that_told(job):
    applied(job, 30)
    applied(job, 5, S.INTERVIEW)
    applied(job, 10, sex="female")
    applied(job, 5, S.INTERVIEW, sex="female")
    applied(job, 5, sex="male")
    applied(job, 5, S.INTERVIEW, sex="male")

    assert [[row[0], *row[5:7]] for row in table("sex")] == [
        ["Female", "33%", "–"],
        ["Male", "50%", "1.50"],
        ["Did not say", "14%", "–"],
    ]


def test_hr_reads_the_report_and_no_name_is_on_it(client, job):
    canary = UserFactory(full_name="Canary Quillfeather", email="canary@example.org")
    application = SentApplicationFactory(vacancy=job, applicant=canary)
    MonitoringAnswers.objects.create(application=application, sex="female")
    applied(job, 11, sex="female")
    client.force_login(HRAdminFactory())

    text = client.get(reverse(REPORT)).content.decode()
    file = client.get(reverse(REPORT), {"download": "sex"})

    assert text.count("canary") + text.count("Canary") + text.count(application.reference) == 0
    assert text.count("The ratios are an indicator") == 1
    lines = list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"))))
    assert lines[1][:3] == ["Female", "12", "0"]


def test_a_table_that_is_not_there_is_not_found(client):
    client.force_login(HRAdminFactory())

    assert client.get(reverse(REPORT), {"download": "names"}).status_code == 404


@pytest.mark.parametrize("number", [0, 4])
def test_the_report_of_nobody_or_of_few_people_says_so_and_no_more(client, job, number):
    applied(job, number, sex="female")
    client.force_login(HRAdminFactory())

    _, totals, parts = equality_report(timezone.localdate())
    text = client.get(reverse(REPORT)).content.decode()

    assert totals == ([HIDDEN] * 4 if number else [0] * 4)
    assert [part.table.rows for part in parts] == [[]] * 8
    assert text.count("Fewer than 5 people have applied.") == 8


def test_what_two_groups_hide_together_cannot_be_worked_out(job):
    """37 interviewed in all, less the 24 and 11 that were shown, left 2 for the two hidden groups."""
    for religion, interviewed in [("none", 24), ("christian", 11), ("muslim", 1), ("hindu", 1)]:
        applied(job, interviewed, S.INTERVIEW, religion=religion)
        applied(job, 20, religion=religion)

    assert sorted(row[2] for row in table("religion") if row[2] != HIDDEN) == [24]


def test_a_total_of_few_people_is_hidden(job):
    applied(job, 20, sex="female")
    applied(job, 7, S.INTERVIEW, sex="female")
    applied(job, 2, S.HIRED, sex="female")

    _, totals, _ = equality_report(timezone.localdate())

    assert totals == [29, 9, HIDDEN, HIDDEN]
    assert [row[:5] for row in table("sex")] == [["Female", 29, 9, HIDDEN, HIDDEN]]


@pytest.mark.parametrize("number", [6, 18])
def test_the_report_costs_the_same_however_many_applied(django_assert_num_queries, job, number):
    applied(job, number, sex="female")

    with django_assert_num_queries(3):
        equality_report(timezone.localdate())
