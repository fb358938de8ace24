"""HR's reports: funnel, time per stage, withdrawals and refusals, with what was undone left out."""

import csv
import io
from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from applications.models import ApplicationMove
from applications.queries.stages import StageTime, furthest_stages, times_of_stages
from applications.reports.recruitment import funnel, refusals, withdrawals
from applications.states import ApplicationState as S
from tests.factories.accounts import HRAdminFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.vacancies import ClosedVacancyFactory
from vacancies.queries.reporting import ReportFilters

pytestmark = pytest.mark.django_db
BEGAN = timezone.make_aware(datetime.combine(date(2026, 3, 2), time(9)))
FILTERS = ReportFilters(since=BEGAN.date(), until=BEGAN.date() + timedelta(days=60))


def came(vacancy, *steps, **fields):
    """An application with the steps (days after it began, from, to)."""
    last = steps[-1][2]
    if last == S.WITHDRAWN:
        fields = {"withdrawn_at": BEGAN, **fields}
    application = SentApplicationFactory(
        vacancy=vacancy, state=last, submitted_at=BEGAN, answers=False, **fields
    )
    application.moves.all().delete()
    for days, before, after in steps:
        ApplicationMove.objects.create(
            application=application,
            from_state=before,
            to_state=after,
            moved_at=BEGAN + timedelta(days=days),
        )
    return application


SENT = (0, S.DRAFT, S.SUBMITTED)
CONSIDERED = (4, S.SUBMITTED, S.SHORTLISTING)


@pytest.fixture
def job():
    return ClosedVacancyFactory()


def test_the_funnel_counts_each_at_the_furthest_stage(job):
    came(job, SENT)
    came(job, SENT, CONSIDERED, (9, S.SHORTLISTING, S.UNSUCCESSFUL))
    came(job, SENT, CONSIDERED, (9, S.SHORTLISTING, S.INTERVIEW), (12, S.INTERVIEW, S.OFFERED))

    assert furthest_stages(FILTERS) == {job.pk: [3, 2, 1, 1, 0, 0]}
    families, jobs = funnel(FILTERS, None).tables
    assert families.rows[0][1:] == [3, 2, "67%", 1, "50%", 1, "100%", 0, "0%", 0, "–"]
    assert jobs.rows[0][1:] == families.rows[0][1:]


def test_what_was_undone_counts_as_if_it_had_never_been(job):
    came(
        job,
        SENT,
        CONSIDERED,
        (6, S.SHORTLISTING, S.INTERVIEW),
        (7, S.INTERVIEW, S.SHORTLISTING),
        (14, S.SHORTLISTING, S.UNSUCCESSFUL),
    )
    came(job, SENT, (1, S.SUBMITTED, S.WITHDRAWN), (2, S.WITHDRAWN, S.SUBMITTED), CONSIDERED)

    assert furthest_stages(FILTERS) == {job.pk: [2, 2, 0, 0, 0, 0]}
    assert times_of_stages(FILTERS) == [
        StageTime(S.SUBMITTED, 2, 4.0, 4.0),
        StageTime(S.SHORTLISTING, 1, 10.0, 10.0),
    ]
    assert withdrawals(FILTERS, None).figures[0][0] == 0


def test_a_withdrawal_between_a_decision_and_its_undoing_hides_neither(job):
    came(
        job,
        SENT,
        CONSIDERED,
        (6, S.SHORTLISTING, S.INTERVIEW),
        (7, S.INTERVIEW, S.WITHDRAWN),
        (8, S.WITHDRAWN, S.INTERVIEW),
        (9, S.INTERVIEW, S.SHORTLISTING),
    )

    assert furthest_stages(FILTERS) == {job.pk: [1, 1, 0, 0, 0, 0]}


def test_times_are_the_median_and_nine_in_ten(job):
    for days in (1, 2, 3, 4, 10):
        came(job, SENT, (days, S.SUBMITTED, S.SHORTLISTING))

    assert times_of_stages(FILTERS) == [StageTime(S.SUBMITTED, 5, 3.0, 7.6)]


def test_withdrawals_with_an_offer_stand_apart(job):
    came(job, SENT, (2, S.SUBMITTED, S.WITHDRAWN), withdrawal_reason="travel")
    came(job, SENT, (3, S.SUBMITTED, S.WITHDRAWN))
    came(job, SENT, (9, S.OFFERED, S.WITHDRAWN), withdrawal_reason="other_job")

    report = withdrawals(FILTERS, None)

    assert [number for number, _ in report.figures] == [2, 1]
    assert report.table("reasons").rows == [
        ["It is too far to travel", 1],
        ["No reason given", 1],
    ]
    assert report.table("offers").rows == [["I have taken another job", 1]]
    assert report.table("stages").rows == [["Received", 2], ["Offer made", 1]]


def test_refusals_are_counted_at_the_stage_they_came_from(job):
    came(job, SENT, (2, S.SUBMITTED, S.UNSUCCESSFUL))
    came(job, SENT, CONSIDERED, (5, S.SHORTLISTING, S.UNSUCCESSFUL))

    assert refusals(FILTERS, None).table("stages").rows == [
        ["Received", 1],
        ["Being considered", 1],
    ]
    assert refusals(FILTERS, None).table("jobs").rows[0][1:] == [1, 1, 0, 0, 0, 2]


def test_only_what_fits_the_period_the_family_and_the_district_counts(job):
    came(job, SENT, CONSIDERED)
    other = ReportFilters(since=FILTERS.until + timedelta(days=1), until=FILTERS.until)
    family = ReportFilters(FILTERS.since, FILTERS.until, family="management")
    here = ReportFilters(FILTERS.since, FILTERS.until, district=job.district.slug)

    assert furthest_stages(other) == {}
    assert furthest_stages(family) == {}
    assert furthest_stages(here) == {job.pk: [1, 1, 0, 0, 0, 0]}


@pytest.mark.parametrize("key", ["funnel", "time", "withdrawals", "refusals"])
def test_every_report_has_a_page_and_opens_empty(client, key):
    client.force_login(HRAdminFactory())

    response = client.get(reverse(f"admin:applications_report_{key}"))

    assert response.status_code == 200
    assert response.context["report"].tables[0].rows == []


def test_the_index_leads_to_all_five(client):
    client.force_login(HRAdminFactory())

    pages = client.get(reverse("admin:applications_reports")).context["pages"]

    assert [title for _, title, _ in pages] == [
        "Funnel",
        "Time per stage",
        "Withdrawals",
        "Refusals by stage",
        "Equality by stage",
    ]


def test_a_table_is_taken_away_without_formulas_and_that_is_noted(client):
    officer = HRAdminFactory()
    client.force_login(officer)
    came(ClosedVacancyFactory(title="=cmd|' /C calc'!A0"), SENT)
    period = {"since": "2026-03-01", "until": "2026-03-31", "download": "jobs"}

    response = client.get(reverse("admin:applications_report_funnel"), period)

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    [_, row] = csv.reader(io.StringIO(text))
    assert row[0].startswith("'=cmd")
    noted = AuditEvent.objects.get(event="report_exported")
    assert (noted.by, noted.facts) == (officer, {"report": "funnel", "table": "jobs", "number": 1})


def test_a_table_that_is_not_there_is_not_found(client):
    client.force_login(HRAdminFactory())

    response = client.get(reverse("admin:applications_report_funnel"), {"download": "x"})

    assert response.status_code == 404
    assert AuditEvent.objects.filter(event="report_exported").count() == 0
