"""The guarantee monitor: the county's five days for officers and HR, and dates for one person."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from notifications.models import Message
from tests.factories.accounts import HRAdminFactory
from tests.factories.organisation import StaffMemberFactory, TeamFactory
from tests.factories.promise import LedgerEntryFactory
from tests.factories.training import SessionFactory, officer, staff_user
from training.actions import forecast_the_year, offer_dates
from training.attention import people_who_will_miss_their_five_days
from training.exceptions import NoSuitableDate
from training.models import AllowancePolicy, Colour, Forecast
from training.models.allowance import AllowanceScope
from training.queries import standing_of
from training.queries.monitor import kept_by_year

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 1, 7, 6, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def policy():
    AllowancePolicy.objects.all().delete()
    return AllowancePolicy.objects.create(
        starts_on=date(2028, 4, 1), days=1, scope=AllowanceScope.ALL_STAFF, source="An article"
    )


def has_had(person, on=date(2029, 6, 4)):
    LedgerEntryFactory(person=person, on=on)
    return person


def date_ahead(days=21):
    starts_at = NOW + timedelta(days=days, hours=3)
    return SessionFactory(starts_at=starts_at, ends_at=starts_at + timedelta(hours=6))


def test_the_page_counts_and_names(client, by):
    team = TeamFactory(name="Family Help")
    for _ in range(6):
        has_had(staff_user(team=team))
    red = staff_user(team=team)
    has_had(by)
    forecast_the_year(at=NOW)

    page = client.get(reverse("admin:training_monitor"))

    assert page.context["counts"] == [
        ("Will miss", 1, "rose"),
        ("At risk", 0, "gold"),
        ("On track", 7, "green"),
    ]
    assert [row.person for row in page.context["page"]] == [red]
    assert "Offer dates" in page.content.decode()


def test_colours_come_with_their_words_and_what_decides_comes_first(client, by):
    forecast_the_year(at=NOW)

    shown = client.get(reverse("admin:training_monitor")).content.decode()

    assert '<div class="hp-counts__rose"><dt>Will miss</dt>' in shown
    assert '<div class="hp-counts__gold"><dt>At risk</dt>' in shown
    assert '<div class="hp-counts__green"><dt>On track</dt>' in shown
    assert '<span class="hp-tag hp-tag--rose">Will miss</span>' in shown
    assert shown.index(">Why<") < shown.index(">Half days still missing<") < shown.index(">Team<")
    assert 'data-heading="Half days still missing">2</td>' in shown


def test_small_numbers_are_hidden_by_team(client, by):
    teams = [TeamFactory(name="A team"), TeamFactory(name="B team")]
    type(by.staff_member).objects.filter(user=by).update(team=teams[0])
    for team in teams:
        staff_user(team=team)
        for _ in range(6):
            has_had(staff_user(team=team))
    has_had(by)
    forecast_the_year(at=NOW)

    teams = dict(client.get(reverse("admin:training_monitor")).context["teams"])

    assert [cell.is_hidden for cell in teams["A team"]] == [True, False, True]


@pytest.mark.parametrize("people", [1, 12])
def test_the_page_takes_as_many_queries_for_any_number(
    client, by, django_assert_num_queries, people
):
    for _ in range(people):
        staff_user()
    forecast_the_year(at=NOW)

    with django_assert_num_queries(12):
        client.get(reverse("admin:training_monitor"))


def test_without_a_forecast_the_page_says_so(client, by):
    assert (
        "There is no forecast yet" in client.get(reverse("admin:training_monitor")).content.decode()
    )


def test_people_are_paged(client, by, settings):
    settings.MONITOR_PEOPLE_PER_PAGE = 2
    for _ in range(3):
        staff_user()
    forecast_the_year(at=NOW)

    page = client.get(reverse("admin:training_monitor"), {"page": 2})

    assert len(page.context["page"]) == 2  # the third, and the officer


def test_the_share_kept_by_year_counts_who_was_there_on_its_last_day():
    people = [staff_user() for _ in range(4)]
    staff_user(left_on=date(2029, 3, 30))
    staff_user(left_on=date(2029, 12, 31))
    for person in people[:3]:
        has_had(person, date(2028, 6, 5))
    has_had(people[0])

    found = [
        (row.words, row.people, row.kept, row.percent) for row in kept_by_year(date(2030, 1, 7))
    ]

    assert found == [("2028 to 2029", 5, 3, 60)]  # this year four people are left: too few


def test_officers_and_hr_are_told_how_many_will_miss(by):
    staff_user()
    forecast_the_year(at=NOW)

    for user in (by, HRAdminFactory()):
        item = people_who_will_miss_their_five_days(user)[0]
        assert (item.count, item.text) == (2, "people will miss their five days")
    assert people_who_will_miss_their_five_days(staff_user()) == []


@pytest.mark.parametrize("people", [1, 4])
def test_standing_of_a_team_takes_five_queries(django_assert_num_queries, people):
    date_ahead()
    members = [StaffMemberFactory() for _ in range(people)]
    forecast_the_year(at=NOW)

    with django_assert_num_queries(5):
        found = standing_of(members, NOW)

    assert [row.words for row in found.values()] == ["At risk: Nothing booked"] * people
    assert [len(row.sessions) for row in found.values()] == [1] * people


def test_one_button_sends_the_dates(client, by):
    person, session = staff_user(), date_ahead()
    address = reverse("admin:training_dates", args=[person.pk])
    assert session.course.title in client.get(address).content.decode()

    for _ in range(2):
        client.post(address)

    message = Message.objects.get()
    assert (message.to, message.template) == (person.email, "training/emails/dates_offered")


def test_a_manager_offers_dates_to_their_own_people_alone():
    manager = StaffMemberFactory()
    report = StaffMemberFactory(line_manager=manager)
    session = date_ahead()

    assert offer_dates(person=report.user, by=manager.user) == [session]
    with pytest.raises(PermissionDenied):
        offer_dates(person=staff_user(), by=manager.user)
    with pytest.raises(PermissionDenied):
        offer_dates(person=manager.user, by=manager.user)


def test_without_a_date_nothing_is_sent():
    with pytest.raises(NoSuitableDate):
        offer_dates(person=staff_user(), by=officer())


def test_the_forecast_itself_is_no_more_than_words():
    person = staff_user()
    forecast_the_year(at=NOW)

    assert Forecast.objects.get(person=person).colour == Colour.RED
