"""The pages and the daily mail of managers: what waits for them, decided on the page it opens."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from notifications.models import Message
from organisation.models import CoverMinimum, StaffMember
from tests.factories.accounts import UserFactory
from tests.factories.cover import qualified
from tests.factories.managing import MONDAY, booking_of
from tests.factories.organisation import StaffMemberFactory
from tests.factories.outside import AttendedElsewhereFactory
from tests.factories.training import (
    BookingFactory,
    NominationFactory,
    SessionFactory,
    officer,
    staff_user,
)
from training.actions import approve_booking
from training.models import Booking, Override
from training.queries import waiting_for
from training.states import BookingState, NominationState
from training.views import managing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def held(member):
    return booking_of(member)


def address(booking):
    return reverse("training:booking-decide", args=[booking.pk])


def page(response):
    assert response.status_code == 200
    return response.content.decode()


def words_of(client, path):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page(client.get(path))))


def said(response):
    return [str(message) for message in response.context["messages"]]


# --- One page -----------------------------------------------------------------------------------


def test_the_page_lists_everything_that_waits(client, manager, member):
    held = booking_of(member)
    booked = booking_of(member, BookingState.BOOKED, days=22)
    offered = booking_of(member, BookingState.OFFERED, days=23)
    settled = booking_of(member, BookingState.BOOKED, days=24)
    Booking.objects.filter(pk=settled.pk).update(answer_by=None)
    decided = {"nominated_by": manager.user, "decided_by": officer()}
    declined = NominationFactory(
        state=NominationState.DECLINED, decided_at=MONDAY - timedelta(days=1), **decided
    )
    NominationFactory(
        state=NominationState.DECLINED, decided_at=MONDAY - timedelta(days=8), **decided
    )

    waiting = waiting_for(manager.user, MONDAY)

    assert (waiting.to_approve, waiting.to_object_to, waiting.offers, waiting.decided) == (
        [held],
        [booked],
        [offered],
        [declined],
    )
    told = page(client.get("/training/waiting-for-me/"))
    links = re.findall(r'href="(/training/waiting-for-me/\d+/)"', told)
    assert links == [address(held), address(booked), address(offered)]


def test_what_is_to_be_answered_by_the_same_moment_comes_by_its_date(client, manager, member):
    days = [booking_of(member, BookingState.BOOKED, days=days) for days in (30, 22, 26)]

    found = waiting_for(manager.user, MONDAY).to_object_to

    assert found == [days[1], days[2], days[0]]


def test_nothing_waits_for_somebody_without_a_team(client, member):
    booking_of(member)
    client.force_login(staff_user())

    assert "Nothing waits for you" in page(client.get("/training/waiting-for-me/"))


@pytest.mark.parametrize("number", [1, 4])
def test_the_page_asks_the_same_of_the_database_for_any_number(
    client, manager, member, number, django_assert_num_queries
):
    for days in range(number):
        booking_of(member, days=20 + days)
        booking_of(StaffMemberFactory(line_manager=manager), BookingState.OFFERED, days=40 + days)
    client.get("/training/waiting-for-me/")

    with django_assert_num_queries(11):
        client.get("/training/waiting-for-me/")


# --- Deciding -----------------------------------------------------------------------------------


def test_looking_never_decides(client, held):
    for query in ({}, {"decision": "approve"}, {"decision": "decline", "reason": "No."}):
        page(client.get(address(held), query))

    held.refresh_from_db()
    assert (held.state, Message.objects.count()) == (BookingState.HELD, 0)


def test_the_cover_is_beside_the_decision_in_words(client, held, member):
    CoverMinimum.objects.update(people=2)
    qualified(member.team, user__full_name="Asha Bell")

    told = words_of(client, address(held))

    day = f"{held.session.starts_at:%A %-d %B %Y}"
    assert f"{day}, morning Asha Bell 1 at work, 2 needed Too few" in told
    assert "You may still approve, if you say why." in told


def button(html, words):
    """The classes of a button."""
    return re.search(rf'<button[^>]*class="([^"]*)"[^>]*>\s*{words}', html)[1].split()


def test_no_does_not_look_like_yes(client, manager, held):
    told = page(client.get(address(held)))
    assert "hp-button--rose" in button(told, "Approve")
    assert "govuk-button--secondary" in button(told, "Decline")

    attended = AttendedElsewhereFactory(person=held.person)
    told = page(client.get(reverse("training:attended-decide", args=[attended.pk])))
    assert "hp-button--rose" in button(told, "Yes, they were there")
    assert "govuk-button--secondary" in button(told, "Do not confirm")


@pytest.mark.parametrize("path", ["", "{pk}/"])
def test_what_waits_for_a_manager_is_marked_as_their_team(client, held, path):
    response = client.get("/training/waiting-for-me/" + path.format(pk=held.pk))

    active = [row["text"] for row in response.context["sections"]() if row["active"]]
    assert active == ["My team"]


def test_who_declines_and_whose_place_it_was_read_the_same_word(client, manager, held):
    other = SessionFactory(course=held.session.course, starts_at=MONDAY + timedelta(days=42))
    sent = {"decision": "decline", "reason": "Court that week.", "other_date": other.pk}
    response = client.post(address(held), sent, follow=True)
    assert said(response) == ["Declined. We have told Sam Okafor why."]

    client.force_login(held.person)
    told = words_of(client, held.session.get_absolute_url())

    assert "Declined Your manager declined this. They wrote: “Court that week.”" in told


def test_one_button_approves(client, held):
    response = client.post(address(held), {"decision": "approve"}, follow=True)

    held.refresh_from_db()
    assert held.is_booked
    assert said(response) == ["Approved. We have written to Sam Okafor."]
    assert response.redirect_chain == [("/training/waiting-for-me/", 302)]


def test_below_the_minimum_the_button_asks_for_a_reason(client, held):
    CoverMinimum.objects.update(people=1)

    told = page(client.post(address(held), {"decision": "approve"}))
    assert "Say why they should go, though cover falls below the minimum" in told
    assert Booking.objects.get().state == BookingState.HELD

    sent = {"decision": "approve", "cover_reason": "The team next door helps."}
    client.post(address(held), sent)
    assert (Booking.objects.get().is_booked, Override.objects.get().reason) == (
        True,
        "The team next door helps.",
    )


def test_declining_asks_why_and_which_other_date(client, held):
    other = SessionFactory(course=held.session.course, starts_at=MONDAY + timedelta(days=42))

    told = page(client.post(address(held), {"decision": "decline"}))
    assert "Choose another date for them" in told
    assert "Say why, in a sentence or two" in told

    sent = {"decision": "decline", "reason": "Court that week.", "other_date": other.pk}
    response = client.post(address(held), sent, follow=True)
    held.refresh_from_db()
    assert (held.state, held.suggested_session) == (BookingState.DECLINED, other)
    assert said(response) == ["Declined. We have told Sam Okafor why."]


def test_without_another_date_the_page_says_so(client, held):
    assert "There is no other date of this course now" in page(client.get(address(held)))

    client.post(address(held), {"decision": "decline", "reason": "Court that week."})

    assert Booking.objects.get().state == BookingState.DECLINED


def test_a_booked_place_can_be_objected_to_and_needs_no_yes(client, member):
    booked = booking_of(member, BookingState.BOOKED)

    told = page(client.get(address(booked)))
    assert "If you are happy, you need do nothing" in told
    assert 'value="approve"' not in told

    client.post(address(booked), {"decision": "decline", "reason": "Two are away."})
    assert Booking.objects.get().state == BookingState.DECLINED


def test_an_offer_can_be_seen_and_only_the_person_takes_it(client, member):
    offered = booking_of(member, BookingState.OFFERED)

    told = page(client.get(address(offered)))
    page(client.post(address(offered), {"decision": "approve"}))

    assert "can take this offer. A word from you may help." in told
    assert Booking.objects.get().state == BookingState.OFFERED


def test_what_is_settled_already_gets_a_plain_message(client, held, manager):
    approve_booking(booking=held, by=manager.user)

    for response in (
        client.post(address(held), {"decision": "approve"}, follow=True),
        client.post(address(held), {"decision": "decline", "reason": "No."}, follow=True),
    ):
        assert said(response) == [
            "There is nothing to decide any more. Sam Okafor's booking: booked."
        ]


def test_two_tabs_decide_once(client, held, manager, monkeypatch):
    """The other tab approves after this one has looked whether there is anything to decide."""
    look = managing.cover_beside

    def look_while_the_other_decides(booking):
        approve_booking(booking=booking, by=manager.user)
        return look(booking)

    monkeypatch.setattr(managing, "cover_beside", look_while_the_other_decides)

    response = client.post(address(held), {"decision": "approve"}, follow=True)

    assert said(response) == ["There is nothing to decide any more. Sam Okafor's booking: booked."]
    assert Message.objects.count() == 1


def test_after_the_deadline_there_is_a_plain_message(client, held, clock):
    clock.move_to(MONDAY + timedelta(days=2, minutes=1))

    response = client.post(address(held), {"decision": "approve"}, follow=True)

    assert said(response)[0].startswith("There is nothing to decide any more.")
    assert Booking.objects.get().state == BookingState.HELD


def test_yesterdays_manager_gets_a_plain_message_and_a_stranger_nothing(client, held, member):
    # The history has the database's clock, which stands still in a test's one transaction.
    history = StaffMember.pgh_event_model.objects.filter(pgh_obj=member)
    history.update(pgh_created_at=datetime(2020, 1, 1, tzinfo=UTC))
    member.line_manager = StaffMemberFactory()
    member.save()
    member.team.manager = None
    member.team.save()

    Booking.objects.update(made_at=datetime(2020, 2, 1, tzinfo=UTC))
    response = client.post(address(held), {"decision": "approve"}, follow=True)
    assert said(response)[0].startswith("This is not yours to decide now.")
    assert Booking.objects.get().state == BookingState.HELD

    Booking.objects.update(
        made_at=datetime(2999, 1, 1, tzinfo=UTC)
    )  # Made long after they managed.
    assert client.get(address(held)).status_code == 404


@pytest.mark.parametrize("who", ["colleague", "another manager", "the person"])
def test_what_is_not_theirs_is_not_there(client, held, member, who):
    other = StaffMemberFactory(team=member.team)
    StaffMemberFactory(line_manager=other if who == "another manager" else None)
    client.force_login(member.user if who == "the person" else other.user)

    for method in (client.get, client.post):
        assert method(address(held)).status_code == 404


def test_people_who_do_not_work_here_do_not_come_in(client, held):
    client.force_login(UserFactory())

    assert client.get(address(held)).status_code == 403


def test_the_decision_asks_the_same_of_the_database_for_a_large_team(
    client, held, member, django_assert_max_num_queries
):
    for _ in range(20):
        BookingFactory(person=qualified(member.team).user)
    for days in range(5):
        SessionFactory(course=held.session.course, starts_at=MONDAY + timedelta(days=30 + days))

    with django_assert_max_num_queries(38):
        client.get(address(held))
