"""The team page: where each stands, the cover of two weeks, and dates sent with one click."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from notifications.models import Message
from notifications.rendering import render
from organisation.models import CoverMinimum
from tests.factories.cover import qualified
from tests.factories.managing import MONDAY
from tests.factories.organisation import StaffMemberFactory, TeamFactory
from tests.factories.training import (
    BookingFactory,
    SessionFactory,
    officer,
)
from training.actions import forecast_the_year, offer_dates
from training.exceptions import DatesOfferedLately, NoSuitableDate
from training.models import AllowancePolicy
from training.queries import dates_to_offer, team_standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def page(response):
    assert response.status_code == 200
    return response.content.decode()


def words_of(client, path):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page(client.get(path))))


def said(response):
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def policy():
    AllowancePolicy.objects.all().delete()
    return AllowancePolicy.objects.create(
        starts_on=date(2022, 4, 1), days=5, scope="all_staff", source="An article"
    )


def test_the_team_page_says_where_each_stands_and_why(client, manager, member, policy):
    done = StaffMemberFactory(line_manager=manager, user__full_name="Gita Rao")
    long = SessionFactory(starts_at=MONDAY + timedelta(days=9), half_days=10)
    BookingFactory(person=done.user, session=long)

    forecast_the_year(at=MONDAY)
    joined = StaffMemberFactory(line_manager=manager, user__full_name="Tia Moss")

    rows = team_standing(manager.user, MONDAY.date())

    assert [(row.member, row.verdict, row.reason) for row in rows] == [
        (done, "On track", "All days attended or booked"),
        (member, "At risk", "Nothing booked"),
        (joined, "No forecast yet", "We forecast each Monday"),
    ]
    told = words_of(client, "/training/team/")
    assert "Sam Okafor" in told
    assert "At risk Nothing booked Send&nbsp;1&nbsp;date to Sam Okafor" in told
    assert f"Cover in {member.team.name}, the next two weeks" in told


def test_one_click_sends_dates_once_a_week(client, manager, member, policy, clock):
    session = SessionFactory(starts_at=MONDAY + timedelta(days=9))
    offer = reverse("training:team-offer-dates", args=[member.pk])
    assert client.get(offer).status_code == 302
    assert Message.objects.count() == 0

    response = client.post(offer, follow=True)
    assert said(response) == ["We have sent Sam Okafor 1 date."]
    message = Message.objects.with_what_delivery_needs().get(template__endswith="dates_offered")
    email = render(message)
    assert email.to == [member.user.email]
    for part in (email.body, email.alternatives[0].content):
        assert "Maggie Thornhill has looked for training that fits your working days" in part
        assert f"{settings.SITE_URL}{session.get_absolute_url()}" in part
        assert "{{" not in part

    again = client.post(offer, follow=True)
    assert said(again) == ["Sam Okafor has been sent dates within the past week."]
    assert "Dates sent today" in page(client.get("/training/team/"))
    clock.move_to(MONDAY + timedelta(days=6))
    assert "Dates sent on 7 January" in page(client.get("/training/team/"))
    clock.move_to(MONDAY + timedelta(days=7, minutes=1))
    assert offer_dates(person=member.user, by=manager.user) == [session]


@pytest.mark.parametrize(("number", "words"), [(1, "1&nbsp;date"), (2, "2&nbsp;dates")])
def test_the_button_says_how_many_dates_would_be_sent(
    client, manager, member, policy, number, words
):
    for day in range(number):
        SessionFactory(starts_at=MONDAY + timedelta(days=9 + day))

    assert f"Send&nbsp;{words} to Sam Okafor" in words_of(client, "/training/team/")
    assert len(offer_dates(person=member.user, by=manager.user)) == number
    assert f"Send&nbsp;{words}" not in words_of(client, "/training/team/")


def test_dates_that_suit_count_have_a_place_are_worked_and_keep_cover(member, policy):
    full = SessionFactory(starts_at=MONDAY + timedelta(days=3), capacity=1)
    BookingFactory(session=full)
    SessionFactory(starts_at=MONDAY + timedelta(days=4), course__counts_towards_five=False)
    SessionFactory(starts_at=MONDAY + timedelta(days=5))  # A Saturday.
    SessionFactory(starts_at=MONDAY + timedelta(days=100))  # Next year's.
    SessionFactory(starts_at=MONDAY + timedelta(days=7), half_days=12)  # More than is left.
    clash = BookingFactory(
        person=member.user, session=SessionFactory(starts_at=MONDAY + timedelta(days=8))
    )
    SessionFactory(starts_at=clash.session.starts_at)
    SessionFactory(starts_at=MONDAY + timedelta(days=9), course=clash.session.course)
    good = [SessionFactory(starts_at=MONDAY + timedelta(days=days)) for days in (10, 11, 15, 16)]
    SessionFactory(starts_at=MONDAY + timedelta(days=14), course=good[0].course)

    assert dates_to_offer(member.user, MONDAY) == good

    CoverMinimum.objects.update(people=1)
    assert dates_to_offer(member.user, MONDAY) == []


def test_with_no_date_there_is_no_button(client, manager, member, policy):
    told = words_of(client, "/training/team/")

    assert "No date suits them now" in told
    assert "Send&nbsp;" not in told


def test_with_no_date_nothing_is_sent(client, manager, member, policy):
    with pytest.raises(NoSuitableDate):
        offer_dates(person=member.user, by=manager.user)

    response = client.post(reverse("training:team-offer-dates", args=[member.pk]), follow=True)
    assert said(response)[0].startswith("There is no date now that suits Sam Okafor")
    assert Message.objects.count() == 0


def test_an_officer_sends_dates_to_anybody_and_once_a_week_too(member, policy):
    SessionFactory(starts_at=MONDAY + timedelta(days=9))
    offer_dates(person=member.user, by=officer())

    with pytest.raises(DatesOfferedLately):
        offer_dates(person=member.user, by=officer())


def test_a_manager_sends_dates_to_their_own_people_only(client, manager, member):
    stranger = StaffMemberFactory()

    response = client.post(reverse("training:team-offer-dates", args=[stranger.pk]))

    assert response.status_code == 404


@pytest.mark.parametrize("number", [1, 40])
def test_the_team_page_asks_the_same_of_the_database_for_forty_people(
    client, manager, member, number, django_assert_num_queries
):
    for _ in range(number):
        BookingFactory(person=qualified(member.team, line_manager=manager).user)
    client.get("/training/team/")

    # Four of them say how many dates each would be sent.
    with django_assert_num_queries(18):
        response = client.get("/training/team/")

    assert len(response.context["rows"]) == number + 1


def test_a_team_that_is_nobodys_has_no_cover_table(client, manager):
    StaffMemberFactory(line_manager=manager, team=TeamFactory())

    assert client.get("/training/team/").context["teams"] == []
