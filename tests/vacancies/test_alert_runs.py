"""A run tells everyone what they are owed: nothing missed, nothing twice, one mail a day."""

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from notifications.models import Message
from notifications.rendering import render
from tests.factories.accounts import HRAdminFactory
from tests.factories.alerts import AwaitingAlertFactory, search_for
from tests.factories.organisation import RoleFactory
from tests.factories.vacancies import LiveVacancyFactory, VacancyFactory
from vacancies.actions import (
    alert_runs,
    change_alert,
    change_vacancy,
    close_vacancy,
    confirm_alert,
    end_alert,
    publish_vacancy,
    run_alerts,
)
from vacancies.models import (
    AlertedVacancy,
    AlertMail,
    AlertRun,
    Criterion,
    Frequency,
    Visibility,
)
from vacancies.states import VacancyState
from vacancies.tasks import send_alerts_that_are_due

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def at(day, hour=7, minute=0):
    """A moment in the week of Monday 2 March 2026, in London."""
    return datetime(2026, 3, 1 + day, hour, minute, tzinfo=LONDON)


MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(1, 6)


@pytest.fixture
def clock(time_machine):
    """Move the clock to a moment of that week."""

    def move(day, hour=7, minute=0):
        time_machine.move_to(at(day, hour, minute), tick=False)
        return timezone.now()

    move(MONDAY, 12)
    return move


def run(clock, day, hour=7):
    return run_alerts(now=clock(day, hour))


def confirmed(**fields):
    """An alert that its owner confirms now."""
    return confirm_alert(alert=AwaitingAlertFactory(**fields))


def mails():
    """What has been queued: [(address, [(search, [titles], more)])], oldest first."""
    found = []
    for message in Message.objects.order_by("pk"):
        letter = json.loads(message.secret_context)
        groups = [
            (group["in_words"], [job["title"] for job in group["jobs"]], group["more"])
            for group in letter["groups"]
        ]
        found.append((message.to, groups))
    return found


def told(subscriber):
    """The titles of all jobs in the mails to a subscriber."""
    return [
        title
        for address, groups in mails()
        if address == subscriber.email
        for _, titles, _ in groups
        for title in titles
    ]


def test_a_new_vacancy_is_told_the_next_morning_and_not_again(clock):
    alert = confirmed(finds=search_for("Jobs for social workers", words="social worker"))
    LiveVacancyFactory(title="Social worker, Fareham")
    LiveVacancyFactory(title="Administrator", role__name="Administrator", summary="", body="")

    for day in (TUESDAY, WEDNESDAY):
        run(clock, day)

    assert mails() == [
        (
            alert.subscriber.email,
            [("Jobs for social workers", ["Social worker, Fareham"], 0)],
        )
    ]


def test_the_task_tells_by_the_clock(clock):
    alert = confirmed()
    LiveVacancyFactory(title="Social worker")
    clock(TUESDAY)

    send_alerts_that_are_due()

    assert told(alert.subscriber) == ["Social worker"]


def test_a_run_without_anybody_due_leaves_no_trace(clock):
    confirmed()

    assert run(clock, MONDAY, 13) is None
    assert AlertRun.objects.count() == 0


def test_what_was_public_before_the_alert_is_not_told(clock):
    LiveVacancyFactory(title="Old")
    clock(MONDAY, 13)
    alert = confirmed()
    clock(MONDAY, 14)
    LiveVacancyFactory(title="New")

    for day in (TUESDAY, WEDNESDAY):
        run(clock, day)

    assert told(alert.subscriber) == ["New"]


def test_days_without_a_run_are_made_up_for(clock):
    alert = confirmed()
    for day in (MONDAY, TUESDAY, WEDNESDAY):
        clock(day, 18)
        LiveVacancyFactory(title=f"Posted on day {day}")

    run(clock, THURSDAY, 15)

    assert sorted(told(alert.subscriber)) == [
        "Posted on day 1",
        "Posted on day 2",
        "Posted on day 3",
    ]
    assert Message.objects.count() == 1


def test_what_closed_meanwhile_is_left_out(clock):
    alert = confirmed()
    hr = HRAdminFactory()
    LiveVacancyFactory(title="Stays")
    LiveVacancyFactory(title="Past its date", closes_on=date(2026, 3, 3))
    taken_back = LiveVacancyFactory(title="Closed by HR")
    clock(TUESDAY, 12)
    close_vacancy(vacancy=taken_back, by=hr, reason="The post has gone.")

    run(clock, WEDNESDAY)

    assert told(alert.subscriber) == ["Stays"]


def test_drafts_and_what_only_staff_may_see_are_never_told(clock):
    confirmed()
    VacancyFactory()
    LiveVacancyFactory(visibility=Visibility.STAFF_ONLY)
    LiveVacancyFactory(visibility=Visibility.STAFF_FIRST, public_from=date(2026, 3, 16))

    for day in (TUESDAY, WEDNESDAY, THURSDAY):
        run(clock, day)

    assert mails() == []


def test_a_staff_first_advert_is_told_when_its_public_day_comes(clock):
    alert = confirmed()
    LiveVacancyFactory(
        title="Staff first", visibility=Visibility.STAFF_FIRST, public_from=date(2026, 3, 5)
    )
    run(clock, WEDNESDAY)
    clock(WEDNESDAY, 9)
    later = confirmed()
    run(clock, THURSDAY)

    assert told(alert.subscriber) == ["Staff first"]
    assert told(later.subscriber) == ["Staff first"]


def test_an_advert_made_public_by_hand_is_told_to_all_who_were_waiting(clock):
    vacancy = LiveVacancyFactory(title="Opened up", visibility=Visibility.STAFF_ONLY)
    clock(MONDAY, 13)
    alert = confirmed()
    clock(MONDAY, 14)
    change_vacancy(vacancy=vacancy, by=HRAdminFactory(), visibility=Visibility.PUBLIC)

    for day in (TUESDAY, WEDNESDAY):
        run(clock, day)

    assert told(alert.subscriber) == ["Opened up"]


def test_an_advert_that_was_taken_from_the_public_and_given_back_is_told_once(clock):
    hr = HRAdminFactory()
    alert = confirmed()
    vacancy = LiveVacancyFactory(title="Here and gone")
    run(clock, TUESDAY)
    change_vacancy(vacancy=vacancy, by=hr, visibility=Visibility.STAFF_ONLY)
    run(clock, WEDNESDAY)
    new = confirmed()
    clock(WEDNESDAY, 9)
    change_vacancy(vacancy=vacancy, by=hr, visibility=Visibility.PUBLIC)

    for day in (THURSDAY, FRIDAY):
        run(clock, day)

    assert told(alert.subscriber) == ["Here and gone"]
    assert told(new.subscriber) == ["Here and gone"]


def test_a_scheduled_advert_is_told_on_its_first_day(clock):
    alert = confirmed()
    hr = HRAdminFactory()
    draft = VacancyFactory(
        title="Scheduled", opens_on=date(2026, 3, 4), closes_on=date(2026, 3, 20)
    )
    Criterion.objects.create(vacancy=draft, text="Kind")
    publish_vacancy(vacancy=draft, by=hr)

    run(clock, TUESDAY)
    assert told(alert.subscriber) == []
    run(clock, WEDNESDAY)
    assert told(alert.subscriber) == ["Scheduled"]


def test_an_advert_that_was_put_right_is_told_to_whom_it_fits_now(clock):
    fits_later = confirmed(finds=search_for(words="adoption"))
    fits_already = confirmed(finds=search_for(words="social worker"))
    vacancy = LiveVacancyFactory(title="Social worker")
    run(clock, TUESDAY)
    change_vacancy(vacancy=vacancy, by=HRAdminFactory(), title="Social worker, adoption")

    for day in (WEDNESDAY, THURSDAY):
        run(clock, day)

    assert told(fits_already.subscriber) == ["Social worker"]
    assert told(fits_later.subscriber) == ["Social worker, adoption"]


def test_only_active_alerts_are_told(clock):
    AwaitingAlertFactory()
    end_alert(alert=confirmed())
    LiveVacancyFactory()

    run(clock, TUESDAY)

    assert mails() == []


def test_several_alerts_of_one_person_come_in_one_mail_and_each_job_once(clock):
    broad = confirmed(finds=search_for("Every new job"))
    confirmed(subscriber=broad.subscriber, finds=search_for("Managers", words="manager"))
    narrow = confirmed(subscriber=broad.subscriber, finds=search_for("Chefs", words="chef"))
    LiveVacancyFactory(title="Social worker")
    LiveVacancyFactory(title="Team manager")

    run(clock, TUESDAY)

    assert mails() == [
        (broad.subscriber.email, [("Every new job", ["Team manager", "Social worker"], 0)])
    ]
    assert narrow.next_on == date(2026, 3, 3)


def test_a_mail_is_grouped_by_search_and_shows_no_more_than_fit(clock, settings):
    settings.ALERT_JOBS_SHOWN = 3
    managers = confirmed(finds=search_for("Managers", words="manager"))
    confirmed(subscriber=managers.subscriber, finds=search_for("Workers", words="worker"))
    manager, worker = RoleFactory(name="Manager"), RoleFactory(name="Worker")
    LiveVacancyFactory.create_batch(2, title="Team manager", role=manager, summary="", body="")
    LiveVacancyFactory.create_batch(3, title="Support worker", role=worker, summary="", body="")

    run(clock, TUESDAY)

    assert mails() == [
        (
            managers.subscriber.email,
            [("Managers", ["Team manager"] * 2, 0), ("Workers", ["Support worker"], 2)],
        )
    ]


def test_a_weekly_alert_waits_for_its_day_and_a_missed_one_comes_as_soon_as_it_can(clock):
    clock(TUESDAY, 12)
    alert = confirmed(frequency=Frequency.WEEKLY)
    LiveVacancyFactory(title="This week", closes_on=date(2026, 4, 20))
    for day in range(WEDNESDAY, WEDNESDAY + 6):
        run(clock, day)
    assert mails() == []

    run(clock, TUESDAY + 7 + 2)  # Nothing ran on the Tuesday itself.

    alert.refresh_from_db(fields=["next_on"])
    assert told(alert.subscriber) == ["This week"]
    assert alert.next_on == date(2026, 3, 17)


def test_daily_and_weekly_alerts_of_one_person_share_the_mail_of_the_day(clock):
    daily = confirmed(finds=search_for("Managers", words="manager"))
    confirmed(
        subscriber=daily.subscriber,
        frequency=Frequency.WEEKLY,
        finds=search_for("Workers", words="worker"),
    )
    LiveVacancyFactory(title="Support worker", role__name="Worker", closes_on=date(2026, 4, 1))
    LiveVacancyFactory(title="Team manager", role__name="Manager", closes_on=date(2026, 4, 1))

    run(clock, TUESDAY)
    assert [groups for _, groups in mails()] == [[("Managers", ["Team manager"], 0)]]
    run(clock, MONDAY + 7)
    assert [groups for _, groups in mails()][1:] == [[("Workers", ["Support worker"], 0)]]


def test_a_second_run_of_the_day_sends_nobody_a_second_mail_and_loses_nothing(clock):
    alert = confirmed()
    LiveVacancyFactory(title="In the night")
    run(clock, TUESDAY)
    clock(TUESDAY, 10)
    other = confirmed(subscriber=alert.subscriber, finds=search_for("Managers", words="manager"))
    clock(TUESDAY, 11)
    LiveVacancyFactory(title="Team manager")
    other.next_on = date(2026, 3, 3)  # Due today, by whatever way.
    other.save(update_fields=["next_on"])

    run(clock, TUESDAY, 12)
    assert told(alert.subscriber) == ["In the night"]

    run(clock, WEDNESDAY)
    assert told(alert.subscriber) == ["In the night", "Team manager"]
    assert list(AlertMail.objects.values_list("day", flat=True)) == [
        date(2026, 3, 3),
        date(2026, 3, 4),
    ]


def test_a_changed_search_is_told_what_is_new_since_the_last_run(clock):
    alert = confirmed(finds=search_for(words="manager"))
    LiveVacancyFactory(title="Support worker", role__name="Worker", body="")
    run(clock, TUESDAY)
    clock(TUESDAY, 10)
    LiveVacancyFactory(title="Night worker", role__name="Night", body="")
    clock(TUESDAY, 11)
    change_alert(alert=alert, search=search_for(words="worker"), frequency=Frequency.DAILY)

    for day in (WEDNESDAY, THURSDAY):
        run(clock, day)

    assert told(alert.subscriber) == ["Night worker"]


def test_the_run_tells_what_it_did(clock):
    confirmed()
    confirmed(finds=search_for(words="chef"))
    LiveVacancyFactory.create_batch(2)

    made = run(clock, TUESDAY)

    made.refresh_from_db()
    assert (made.announced, made.alerts, made.mails) == (2, 2, 1)
    assert made.finished_at is not None
    assert AlertedVacancy.objects.count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_statements_does_not_grow_with_the_alerts(
    clock, django_assert_num_queries, count
):
    for _ in range(count):
        confirmed()
        LiveVacancyFactory()
    now = clock(TUESDAY)

    with django_assert_num_queries(32):
        run_alerts(now=now)

    assert Message.objects.count() == count


def test_small_batches_tell_the_same(clock, monkeypatch):
    monkeypatch.setattr(alert_runs, "MAILBOXES_IN_A_BATCH", 2)
    alerts = [confirmed() for _ in range(5)]
    LiveVacancyFactory(title="Social worker")

    run(clock, TUESDAY)

    assert [told(alert.subscriber) for alert in alerts] == [["Social worker"]] * 5


def test_the_mail_says_what_matters_about_each_job(clock):
    alert = confirmed(finds=search_for("“social work”, within 10 miles of Winchester"))
    vacancy = LiveVacancyFactory(
        title="Social worker", place_name="Winchester", closes_on=date(2026, 3, 20)
    )
    run(clock, TUESDAY)
    message = Message.objects.get()
    message.has_attachments = False

    mail = render(message)

    assert mail.subject == "New job: Social worker, Winchester"
    assert "\n".join(mail.body.splitlines()[:12]) == "\n".join(
        [
            "Hello,",
            "",
            "1 new job for you.",
            "",
            "YOUR ALERT: “social work”, within 10 miles of Winchester",
            "",
            "Social worker",
            "£37,200 to £41,800",
            "Winchester, permanent",
            "Apply by Friday 20 March",
            f"http://127.0.0.1:8000/vacancies/{vacancy.reference}/?from=alert",
            "",
        ]
    )
    assert mail.to == [alert.subscriber.email]
    assert vacancy.state == VacancyState.LIVE


def test_what_people_wrote_cannot_put_marks_into_the_mail(clock):
    confirmed(finds=search_for("“<b>manager</b>”"))
    LiveVacancyFactory(title="Chief <i>everything</i>\nBcc: all@example.org")
    run(clock, TUESDAY)
    message = Message.objects.get()
    message.has_attachments = False

    mail = render(message)

    html = mail.alternatives[0].content
    assert "<b>manager" not in html
    assert "<i>everything" not in html
    assert "\n" not in mail.subject
