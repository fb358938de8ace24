"""Things go when the privacy notice says they do: the last day they are still there, the day after not."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from pghistory.models import Context

from accounts import audit, retention
from accounts.actions import delete_audit_past_its_time, delete_history_past_its_time
from accounts.models import AuditEvent
from accounts.registries import privacy
from accounts.states import AccountEvent
from accounts.tasks import delete_audit_kept_long_enough, delete_history_kept_long_enough
from applications.models import Application
from hampshire_portal.celery import app
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory
from vacancies.models import Vacancy

LONDON = ZoneInfo("Europe/London")
ApplicationHistory = Application.pgh_event_model
VacancyHistory = Vacancy.pgh_event_model


@pytest.mark.parametrize(
    ("day", "months", "first_kept"),
    [
        (date(2026, 8, 15), 3, date(2026, 5, 15)),
        (date(2026, 1, 31), 12, date(2025, 1, 31)),
        (date(2026, 5, 28), 3, date(2026, 2, 28)),
        (date(2026, 5, 29), 3, date(2026, 3, 1)),
        (date(2026, 5, 31), 3, date(2026, 3, 1)),
        (date(2024, 2, 29), 12, date(2023, 3, 1)),
        (date(2026, 3, 1), 3, date(2025, 12, 1)),
        (date(2026, 11, 21), 72, date(2020, 11, 21)),
    ],
)
def test_months_are_counted_by_the_calendar(day, months, first_kept):
    assert retention.months_before(day, months) == first_kept


@pytest.mark.django_db
def test_a_day_begins_at_midnight_in_london_in_summer_too():
    since = retention.kept_since("draft_application", on=date(2026, 9, 15))

    assert since == datetime(2026, 6, 14, 23, 0, tzinfo=ZoneInfo("UTC"))


@pytest.mark.django_db
def test_the_privacy_notice_tells_the_periods_the_jobs_use(client, settings):
    settings.RETENTION = {
        "email": {"what": "E-mails", "months": 7, "how_long": "{period} on", "why": "Enough"},
        "record": {"what": "Record", "months": 48, "how_long": "{period}", "why": "The law"},
        "story": {"what": "Stories", "how_long": "As you wish", "why": "Yours"},
    }

    rows = client.get(reverse("careers:privacy")).context["retention"]

    assert rows == [
        {"what": "E-mails", "how_long": "7 months on", "why": "Enough"},
        {"what": "Record", "how_long": "4 years", "why": "The law"},
        {"what": "Stories", "how_long": "As you wish", "why": "Yours"},
    ]


def test_the_history_of_every_model_has_a_period_or_none_is_kept():
    periods = {name for name, row in settings.RETENTION.items() if "months" in row}

    for model, rule in privacy.items():
        tracked = hasattr(model, "pgh_event_model")
        assert (rule.event_retention in periods) == tracked, model
        assert tracked or rule.event_retention is None, model


def age_history(history, at):
    history.objects.update(pgh_created_at=at)
    return history.objects.count()


@pytest.mark.django_db
def test_history_is_kept_to_the_end_of_its_last_day_and_no_longer():
    ApplicationFactory()
    rows = age_history(ApplicationHistory, datetime(2025, 11, 20, 0, 0, tzinfo=LONDON))

    assert delete_history_past_its_time(on=date(2026, 11, 20)) == 0
    assert ApplicationHistory.objects.count() == rows
    assert delete_history_past_its_time(on=date(2026, 11, 21)) == rows
    assert delete_history_past_its_time(on=date(2026, 11, 21)) == 0
    assert ApplicationHistory.objects.count() == 0


@pytest.mark.django_db
def test_each_model_has_its_own_period_and_the_rows_themselves_stay():
    application = ApplicationFactory()
    at = datetime(2024, 1, 1, tzinfo=LONDON)
    gone, kept = age_history(ApplicationHistory, at), age_history(VacancyHistory, at)

    assert delete_history_past_its_time(on=date(2026, 11, 21)) == gone

    assert VacancyHistory.objects.count() == kept
    assert list(Application.objects.all()) == [application]


@pytest.mark.django_db
def test_what_was_noted_of_a_request_goes_with_its_last_row_of_history():
    ApplicationFactory()
    ours, other, of_today = (Context.objects.create(metadata={"url": "/x"}) for _ in range(3))
    VacancyHistory.objects.update(pgh_context=ours)
    days_ago = timezone.now() - timedelta(days=2)
    Context.objects.exclude(pk=of_today.pk).update(created_at=days_ago)

    delete_history_past_its_time(on=timezone.localdate())

    assert set(Context.objects.values_list("pk", flat=True)) == {ours.pk, of_today.pk}
    assert other.pk not in {ours.pk, of_today.pk}


@pytest.mark.django_db
def test_audit_is_kept_for_six_years_to_the_end_of_the_day():
    person = UserFactory()
    lines = [audit.record(AccountEvent.ROLES_CHANGED, person, by=None) for _ in range(3)]
    moments = [
        datetime(2020, 11, 20, 23, 59, tzinfo=LONDON),
        datetime(2020, 11, 21, 0, 0, tzinfo=LONDON),
        datetime(2026, 11, 1, tzinfo=LONDON),
    ]
    for line, at in zip(lines, moments, strict=True):
        AuditEvent.objects.filter(pk=line.pk).update(at=at)

    assert delete_audit_past_its_time(on=date(2026, 11, 20)) == 0
    assert delete_audit_past_its_time(on=date(2026, 11, 21)) == 1
    assert set(AuditEvent.objects.values_list("at", flat=True)) == set(moments[1:])


@pytest.mark.django_db
def test_the_nightly_jobs_of_accounts_run_safely_twice():
    ApplicationFactory()
    audit.record(AccountEvent.ROLES_CHANGED, UserFactory(), by=None)
    before = (ApplicationHistory.objects.count(), AuditEvent.objects.count())

    for job in (delete_history_kept_long_enough, delete_audit_kept_long_enough):
        job()
        job()

    assert (ApplicationHistory.objects.count(), AuditEvent.objects.count()) == before


def test_every_timed_job_exists_and_none_daily_is_between_one_and_two():
    app.loader.import_default_modules()
    timed = app.conf.beat_schedule.values()

    assert sorted(row["task"] for row in timed if row["task"] not in app.tasks) == []
    hours = [row["schedule"].hour for row in timed if hasattr(row["schedule"], "hour")]
    assert [hour for hour in hours if 1 in hour] == []
