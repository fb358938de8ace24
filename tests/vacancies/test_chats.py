"""Informal chats: booked without an account, and seen by the host and HR only."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from icalendar import Calendar

from accounts.actions import erase_person
from notifications.models import Message
from notifications.rendering import render
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.organisation import StaffMemberFactory
from tests.factories.vacancies import ClosedVacancyFactory, LiveVacancyFactory
from tests.factories.vacancy_parts import (
    ChatBookingFactory,
    ChatSlotFactory,
    StaffOnlyVacancyFactory,
)
from vacancies.actions import (
    add_chat_slots,
    book_chat,
    cancel_chat,
    close_vacancy,
    delete_chats_past_their_time,
    remind_of_chats,
    remove_chat_slot,
    withdraw_vacancy,
)
from vacancies.exceptions import ChatOver, ChatTaken
from vacancies.models import ChatBooking, ChatSlot, Vacancy, Visibility
from vacancies.queries import free_chats
from vacancies.signed_links import chat_path

pytestmark = pytest.mark.django_db
CANARY = "Canary Wren"


def answers(chat, **changes):
    return {
        "slot": chat.pk,
        "name": "Robin",
        "email": "robin@example.org",
        "phone": "",
        "question": "",
        "one_time_key": str(uuid4()),
        **changes,
    }


def book(slot, **changes):
    return book_chat(**{**answers(slot, one_time_key=uuid4(), **changes), "slot": slot})


def mails():
    """Return the mails in the outbox as {address: e-mail}."""
    messages = Message.objects.with_what_delivery_needs().order_by("pk")
    return {message.to: render(message) for message in messages}


def chats_page(vacancy):
    return f"/vacancies/{vacancy.reference}/chats/"


def test_anybody_books_a_chat_and_both_are_told_with_a_calendar_file(client, today):
    slot = ChatSlotFactory(host__email="host@example.org")

    response = client.post(chats_page(slot.vacancy), answers(slot, question="Is there parking?"))

    booking = ChatBooking.objects.get()
    assert (response.status_code, response.url) == (302, chat_path(booking))
    assert "Your chat is booked" in client.get(response.url).content.decode()
    told = mails()
    assert set(told) == {"robin@example.org", "host@example.org"}
    assert told["robin@example.org"].subject == (
        "Your chat is booked: Saturday 14 March 2026, 12pm"
    )
    assert f"http://127.0.0.1:8000{chat_path(booking)}" in told["robin@example.org"].body
    assert "They ask: Is there parking?" in told["host@example.org"].body
    assert chat_path(booking) not in told["host@example.org"].body
    for mail in told.values():
        [(name, content, kind)] = mail.attachments
        [event] = Calendar.from_ical(content).events
        assert (name, kind) == ("chat.ics", "text/calendar; method=REQUEST")
        assert event["dtstart"].dt == slot.starts_at
        assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=15)


def test_the_letter_with_the_link_is_secret():
    book(ChatSlotFactory())

    message = Message.objects.get(to="robin@example.org")

    assert (message.is_secret, message.context) == (True, {})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"slot": ""}, "Choose a time"),
        ({"slot": "999999"}, "Somebody was quicker. Choose another time"),
        ({"name": ""}, "Enter a name that we can call you by"),
        ({"name": "Win at www.example.org"}, "Enter a name with letters only, without links"),
        ({"email": ""}, "Enter an e-mail address or a phone number"),
        ({"email": "robin"}, "Enter an e-mail address, like name@example.org"),
        ({"email": "", "phone": "12"}, "Enter a phone number, like 01632 960 123"),
    ],
)
def test_what_is_missing_is_told(client, changes, words):
    slot = ChatSlotFactory()

    page = client.post(chats_page(slot.vacancy), answers(slot, **changes)).content.decode()

    assert words in page
    assert not ChatBooking.objects.exists()


def test_a_number_is_enough_and_nothing_is_mailed_to_the_person():
    slot = ChatSlotFactory()

    book(slot, email="", phone="01632 960 123")

    assert list(mails()) == [slot.host.email]


def test_the_same_form_twice_books_once(client):
    slot, other = ChatSlotFactory(), ChatSlotFactory(starts_at=timezone.now() + timedelta(days=5))
    sent = answers(slot)

    first = client.post(chats_page(slot.vacancy), sent)
    book_chat(**{**sent, "slot": slot})

    assert first.status_code == 302
    assert ChatBooking.objects.count() == 1
    assert Message.objects.count() == 2
    assert not other.bookings.exists()


def test_a_taken_time_is_refused_and_a_cancelled_one_is_free_again():
    slot = ChatSlotFactory()
    booking = book(slot)

    with pytest.raises(ChatTaken):
        book(slot, email="second@example.org")
    cancel_chat(booking=booking)
    book(slot, email="second@example.org")

    assert ChatBooking.objects.standing().get().email == "second@example.org"


@pytest.mark.parametrize(("hours", "is_free"), [(2, False), (3, True)])
def test_a_chat_needs_two_hours_notice(time_machine, hours, is_free):
    slot = ChatSlotFactory()
    time_machine.move_to(slot.starts_at - timedelta(hours=hours), tick=False)

    assert list(free_chats(slot.vacancy, timezone.now())) == [slot] * is_free
    if not is_free:
        with pytest.raises(ChatTaken):
            book(slot)


def test_no_chat_about_a_job_that_has_closed_or_is_for_staff(client):
    closed = ChatSlotFactory(vacancy=ClosedVacancyFactory())
    staff_only = ChatSlotFactory(vacancy=StaffOnlyVacancyFactory())

    closed_staff_only = ChatSlotFactory(
        vacancy=ClosedVacancyFactory(visibility=Visibility.STAFF_ONLY)
    )
    for slot, status in ((closed, 410), (staff_only, 404), (closed_staff_only, 404)):
        assert client.get(chats_page(slot.vacancy)).status_code == status
        assert client.post(chats_page(slot.vacancy), answers(slot)).status_code == status
    assert "This job has closed" in client.get(chats_page(closed.vacancy)).content.decode()
    with pytest.raises(ChatTaken):
        book(closed)


def test_the_link_cancels_and_tells_both(client):
    slot = ChatSlotFactory(host__email="host@example.org")
    booking = book(slot)
    Message.objects.all().delete()

    client.post(chat_path(booking))
    client.post(chat_path(booking))

    booking.refresh_from_db()
    assert booking.cancelled_at
    told = mails()
    assert {address: mail.attachments[0][0] for address, mail in told.items()} == {
        "robin@example.org": "cancelled.ics",
        "host@example.org": "cancelled.ics",
    }
    assert "as you asked" in told["robin@example.org"].body
    assert "Your chat is cancelled" in client.get(chat_path(booking)).content.decode()


def test_a_chat_that_has_begun_is_not_cancelled(time_machine):
    booking = book(ChatSlotFactory())
    time_machine.move_to(booking.slot.starts_at, tick=False)

    with pytest.raises(ChatOver):
        cancel_chat(booking=booking)


@pytest.mark.parametrize("token", ["1", "1:forged", "x", "%00", "1:" + "a" * 500])
def test_a_link_that_is_not_ours_opens_nothing(client, token):
    assert client.get(f"/vacancies/chats/{token}/").status_code == 404


def test_chats_are_offered_one_after_the_other_by_the_hiring_manager(today):
    manager = UserFactory(roles=["hiring_manager"])
    vacancy = LiveVacancyFactory(hiring_manager=manager)
    first_at = timezone.now() + timedelta(days=1)

    slots = add_chat_slots(vacancy=vacancy, first_at=first_at, number=3, by=HRAdminFactory())
    again = add_chat_slots(vacancy=vacancy, first_at=first_at, number=4, by=manager)

    assert [slot.starts_at - first_at for slot in slots] == [
        timedelta(minutes=minutes) for minutes in (0, 15, 30)
    ]
    assert {slot.host for slot in slots} == {manager}
    assert len(again) == 1


def test_others_offer_no_chats_and_take_none_back(client):
    slot = ChatSlotFactory(vacancy__hiring_manager=UserFactory(roles=["hiring_manager"]))

    for person in (UserFactory(roles=["hiring_manager"]), UserFactory(roles=["panel_member"])):
        with pytest.raises(PermissionDenied):
            add_chat_slots(vacancy=slot.vacancy, first_at=slot.starts_at, number=1, by=person)
        with pytest.raises(PermissionDenied):
            remove_chat_slot(slot=slot, by=person)
        client.force_login(person)
        assert client.get(f"{chats_page(slot.vacancy)}manage/").status_code == 404


def test_the_page_of_the_manager_offers_and_takes_back(client, today):
    manager = UserFactory(roles=["hiring_manager"])
    vacancy = LiveVacancyFactory(hiring_manager=manager)
    client.force_login(manager)
    address = f"{chats_page(vacancy)}manage/"
    day = {"day_day": "20", "day_month": "3", "day_year": "2026"}

    client.post(address, {**day, "first": "14:30", "number": "2"})
    [first, second] = ChatSlot.objects.all()
    assert [first.when, second.when] == [
        "Friday 20 March 2026, 2:30pm",
        "Friday 20 March 2026, 2:45pm",
    ]

    booking = book(first)
    Message.objects.all().delete()
    client.post(f"{chats_page(vacancy)}{first.pk}/remove/")

    booking.refresh_from_db()
    assert booking.cancelled_at
    assert "We are sorry" in mails()["robin@example.org"].body
    assert list(free_chats(vacancy, timezone.now())) == [second]
    add_chat_slots(vacancy=vacancy, first_at=first.starts_at, number=1, by=manager)
    assert free_chats(vacancy, timezone.now()).count() == 2


@pytest.mark.parametrize(
    ("there", "number", "said"),
    [
        (0, 1, "1 chat offered."),
        (0, 2, "2 chats offered."),
        (1, 2, "1 chat offered. At the other times there is a chat already."),
        (2, 2, "0 chats offered. At the other times there is a chat already."),
    ],
)
def test_how_many_chats_were_offered_is_said(client, today, there, number, said):
    manager = UserFactory(roles=["hiring_manager"])
    vacancy = LiveVacancyFactory(hiring_manager=manager)
    first_at = datetime(2026, 3, 20, 14, 30, tzinfo=UTC)
    add_chat_slots(vacancy=vacancy, first_at=first_at, number=there, by=manager)
    client.force_login(manager)
    asked = {"day_day": "20", "day_month": "3", "day_year": "2026", "first": "14:30"}

    page = client.post(f"{chats_page(vacancy)}manage/", {**asked, "number": number}, follow=True)

    assert [str(message) for message in page.context["messages"]] == [said]


@pytest.mark.parametrize("state", ["closed", "withdrawn"])
def test_chats_about_a_job_that_is_over_are_still_seen_and_taken_back(client, state):
    manager = UserFactory(roles=["hiring_manager"])
    over = ClosedVacancyFactory(state=state, hiring_manager=manager)
    booking = ChatBookingFactory(name="Robin", slot__vacancy=over, slot__host=manager)
    client.force_login(manager)
    address = f"{chats_page(over)}manage/"
    advert = client.get(f"/vacancies/writing/{over.reference}/").content.decode()

    page = client.get(address).content.decode()
    offered = client.post(
        address,
        {"day_day": "20", "day_month": "3", "day_year": "2099", "first": "9:00", "number": 1},
    )
    client.post(f"{chats_page(over)}{booking.slot_id}/remove/")

    booking.refresh_from_db()
    assert address in advert
    assert "<strong>Robin</strong> comes" in page
    assert "Offer these chats" not in page
    assert (offered.status_code, ChatSlot.objects.count()) == (200, 1)
    assert booking.cancelled_at
    assert "We are sorry" in mails()["robin@example.org"].body
    with pytest.raises(PermissionDenied):
        add_chat_slots(vacancy=over, first_at=timezone.now(), number=1, by=manager)


@pytest.mark.parametrize(
    ("reached", "told"),
    [
        (None, "The chat is taken back."),
        ({"email": "robin@example.org"}, "Who had booked it is told by e-mail."),
        ({"email": "", "phone": "01632 960 123"}, "Please ring Robin on 01632 960 123:"),
    ],
)
def test_taking_back_says_who_must_be_rung(client, reached, told):
    manager = UserFactory(roles=["hiring_manager"])
    slot = ChatSlotFactory(vacancy__hiring_manager=manager, host=manager)
    if reached is not None:
        book(slot, **reached)
    client.force_login(manager)

    page = client.post(f"{chats_page(slot.vacancy)}{slot.pk}/remove/", follow=True)

    [message] = page.context["messages"]
    assert told in str(message)
    assert ("told" in str(message)) == (reached == {"email": "robin@example.org"})


def test_who_was_rung_by_a_former_host_stays_unnamed(client):
    manager, host = UserFactory(roles=["hiring_manager"]), UserFactory(full_name="Olive Host")
    slot = ChatSlotFactory(vacancy__hiring_manager=manager, host=host)
    book(slot, name=CANARY, email="", phone="01632 960 123")
    client.force_login(manager)

    page = client.post(f"{chats_page(slot.vacancy)}{slot.pk}/remove/", follow=True)

    assert "Please ask Olive Host to ring who had booked it" in page.content.decode()
    assert CANARY not in page.content.decode()


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (close_vacancy, "we have closed Social worker before its closing date"),
        (withdraw_vacancy, "we have withdrawn Social worker, so nobody can apply"),
    ],
)
def test_ending_an_advert_cancels_its_chats_and_says_so(end, said):
    first = ChatSlotFactory(host__email="host@example.org", vacancy__title="Social worker")
    second = ChatSlotFactory(
        vacancy=first.vacancy, host=first.host, starts_at=first.starts_at + timedelta(minutes=15)
    )
    elsewhere = book(ChatSlotFactory(), email="elsewhere@example.org")
    booking = book(first)
    Message.objects.all().delete()

    end(vacancy=first.vacancy, reason="The team has changed.", by=HRAdminFactory())

    booking.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (bool(booking.cancelled_at), bool(elsewhere.cancelled_at)) == (True, False)
    taken_back = ChatSlot.objects.filter(taken_back_at__isnull=False).order_by("pk")
    assert list(taken_back) == [first, second]
    told = mails()
    assert {address: mail.attachments[0][0] for address, mail in told.items()} == {
        "robin@example.org": "cancelled.ics",
        "host@example.org": "cancelled.ics",
    }
    assert said in told["robin@example.org"].body
    assert "Why: The team has changed." in told["robin@example.org"].body
    assert "We have told Robin by e-mail." in told["host@example.org"].body


@pytest.mark.parametrize("end", [close_vacancy, withdraw_vacancy])
def test_the_host_is_asked_to_ring_who_gave_only_a_number(end):
    slot = ChatSlotFactory(host__email="host@example.org")
    book(slot, email="", phone="01632 960 123")
    Message.objects.all().delete()

    end(vacancy=slot.vacancy, reason="The team has changed.", by=HRAdminFactory())

    [(address, mail)] = mails().items()
    assert (address, mail.subject) == (
        "host@example.org",
        f"Please ring Robin: chat cancelled: {slot.when}",
    )
    assert "gave no e-mail address. Please ring 01632 960 123" in mail.body


def test_a_chat_that_has_begun_is_left_alone_when_the_advert_ends(time_machine):
    booking = book(ChatSlotFactory())
    Message.objects.all().delete()
    time_machine.move_to(booking.slot.starts_at, tick=False)

    withdraw_vacancy(
        vacancy=booking.slot.vacancy, reason="The team has changed.", by=HRAdminFactory()
    )

    booking.refresh_from_db()
    assert (booking.cancelled_at, Message.objects.count()) == (None, 0)


@pytest.mark.parametrize(("over", "offered"), [(False, True), (True, False)])
def test_a_cancelled_chat_offers_other_times_only_while_the_job_is_open(client, over, offered):
    booking = ChatBookingFactory(cancelled_at=timezone.now())
    vacancy = booking.slot.vacancy
    if over:
        vacancy.state, vacancy.closed_at = "closed", timezone.now()
        vacancy.save()

    page = client.get(chat_path(booking)).content.decode()

    assert "Your chat is cancelled" in page
    assert (chats_page(vacancy) in page) == offered


@pytest.mark.parametrize(
    ("day", "first", "number", "errors"),
    [
        ("20", "23:45", "1", {}),
        (
            "20",
            "23:45",
            "2",
            {"number": ["Choose fewer: the last ones would be after the closing date"]},
        ),
        (
            "21",
            "14:30",
            "1",
            {"day": ["Nobody can apply after 20 March 2026: choose that day or an earlier one"]},
        ),
    ],
)
def test_chats_are_offered_while_people_can_apply(client, today, day, first, number, errors):
    vacancy = LiveVacancyFactory(closes_on=date(2026, 3, 20))
    client.force_login(HRAdminFactory())
    parts = {"day_day": day, "day_month": "3", "day_year": "2026"}

    page = client.post(
        f"{chats_page(vacancy)}manage/", {**parts, "first": first, "number": number}, follow=True
    )

    assert page.context["form"].errors == errors
    assert "By 20 March 2026, the closing date" in page.content.decode()
    assert ChatSlot.objects.count() == int(not errors)


def test_no_chats_are_offered_about_an_advert_that_ended_meanwhile():
    vacancy, hr = LiveVacancyFactory(), HRAdminFactory()
    as_it_was = Vacancy.objects.get(pk=vacancy.pk)
    withdraw_vacancy(vacancy=vacancy, reason="The team has changed.", by=hr)

    with pytest.raises(PermissionDenied):
        add_chat_slots(vacancy=as_it_was, first_at=timezone.now(), number=1, by=hr)
    assert ChatSlot.objects.count() == 0


@pytest.mark.parametrize("first", ["half two", "25:00", "14", "\0"])
def test_a_time_that_is_none_is_told(client, first):
    vacancy = LiveVacancyFactory()
    client.force_login(HRAdminFactory())
    day = {"day_day": "20", "day_month": "3", "day_year": "2099"}

    page = client.post(f"{chats_page(vacancy)}manage/", {**day, "first": first, "number": "2"})

    assert page.status_code == 200
    assert not ChatSlot.objects.exists()


def test_only_the_host_and_hr_see_who_comes(client):
    manager, host = UserFactory(roles=["hiring_manager"]), UserFactory()
    vacancy = LiveVacancyFactory(hiring_manager=manager)
    ChatBookingFactory(name=CANARY, slot__vacancy=vacancy, slot__host=host)
    ChatBookingFactory(name="Own Guest", slot__vacancy=vacancy, slot__host=manager)
    address = f"{chats_page(vacancy)}manage/"

    client.force_login(manager)
    page = client.get(address).content.decode()
    assert (CANARY in page, "Own Guest" in page, "Booked." in page) == (False, True, True)

    client.force_login(HRAdminFactory())
    assert CANARY in client.get(address).content.decode()
    assert CANARY in client.get("/admin/vacancies/chatslot/").content.decode()


def test_the_panel_and_the_application_never_know_of_a_chat(client):
    applicant = UserFactory(full_name="A Person", email="robin@example.org")
    booking = ChatBookingFactory(name=CANARY, question=CANARY, email=applicant.email)
    application = SentApplicationFactory(applicant=applicant, vacancy=booking.slot.vacancy)
    panel = StaffMemberFactory(user=UserFactory(roles=["panel_member"])).user
    addresses = [
        booking.slot.vacancy.get_absolute_url(),
        chats_page(booking.slot.vacancy),
        f"{chats_page(booking.slot.vacancy)}manage/",
        application.get_absolute_url(),
        "/applications/",
        "/admin/vacancies/chatslot/",
        f"/admin/applications/application/{application.pk}/change/",
    ]

    for person in (panel, applicant):
        client.force_login(person)
        for address in addresses:
            assert CANARY not in client.get(address).content.decode(), address
    client.force_login(HRAdminFactory())
    page = client.get(f"/admin/applications/application/{application.pk}/change/")
    assert CANARY not in page.content.decode()


def test_a_reminder_comes_once_the_day_before(time_machine):
    booking = book(ChatSlotFactory())
    Message.objects.all().delete()
    told = []

    for hours in range(80, -2, -6):
        time_machine.move_to(booking.slot.starts_at - timedelta(hours=hours), tick=False)
        if remind_of_chats(now=timezone.now()):
            told.append(hours)

    # The slot is at noon: 32 hours before is four in the morning of the day before.
    assert told == [32]
    assert list(mails()) == ["robin@example.org"]


def test_nobody_is_reminded_of_what_they_cancelled(time_machine):
    booking = book(ChatSlotFactory())
    cancel_chat(booking=booking)
    time_machine.move_to(booking.slot.starts_at - timedelta(hours=20), tick=False)

    assert remind_of_chats(now=timezone.now()) == 0


@pytest.mark.parametrize(("days", "left"), [(30, 1), (31, 0)])
def test_bookings_go_thirty_days_after_the_chat_with_the_mail_about_them(time_machine, days, left):
    booking = book(ChatSlotFactory())
    time_machine.move_to(booking.slot.starts_at + timedelta(days=days), tick=False)

    delete_chats_past_their_time(on=timezone.localdate())

    assert ChatBooking.objects.count() == left
    assert Message.objects.filter(to="robin@example.org").count() == left


def test_erasing_a_person_deletes_their_chats():
    person = UserFactory(email="robin@example.org")
    ChatBookingFactory()
    other = ChatBookingFactory(email="other@example.org")

    erase_person(person=person, by=HRAdminFactory())

    assert list(ChatBooking.objects.all()) == [other]


def test_too_many_bookings_of_one_address_are_refused(client, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "chat_booking": "9/h/ip,1/d/key"}
    vacancy = LiveVacancyFactory()
    first = ChatSlotFactory(vacancy=vacancy)
    second = ChatSlotFactory(vacancy=vacancy, starts_at=first.starts_at + timedelta(hours=1))

    assert client.post(chats_page(vacancy), answers(first)).status_code == 302
    response = client.post(chats_page(vacancy), answers(second))

    assert response.status_code == 429
    assert "You have booked several chats already." in response.content.decode()
