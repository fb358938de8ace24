"""The pages of training: who sees them, what they say, what their buttons do."""

import re
import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from tests.factories.accounts import UserFactory
from tests.factories.organisation import StaffMemberFactory
from tests.factories.outside import OutsideCourseFactory
from tests.factories.rounds import FairRoundFactory
from tests.factories.training import (
    BookingFactory,
    CourseFactory,
    IntakeFactory,
    NominationFactory,
    SessionFactory,
    officer,
    staff_user,
)
from training.models import Booking, Nomination
from training.states import BookingState, NominationState, OutsideState, SessionState

pytestmark = pytest.mark.django_db

PAGES = [
    "my-development",
    "course-list",
    "booking-list",
    "nomination-list",
    "nomination-create",
]


def page(response):
    assert response.status_code == 200
    return response.content.decode()


def get(client, name, *args, **query):
    return client.get(reverse(f"training:{name}", args=args), query)


def post(client, name, *args, **data):
    return client.post(reverse(f"training:{name}", args=args), data, follow=True)


# --- Who comes in ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*PAGES, "team"])
def test_visitors_go_to_sign_in(client, name):
    response = get(client, name)

    assert (response.status_code, response.url) == (
        302,
        f"/accounts/login/?next={reverse(f'training:{name}')}",
    )


@pytest.mark.parametrize("name", PAGES)
def test_people_who_do_not_work_here_are_told_kindly(client, name):
    client.force_login(UserFactory())

    response = get(client, name)

    assert response.status_code == 403
    assert "Training is for people who work here" in response.content.decode()


def test_a_leaver_is_not_staff_any_more(client):
    client.force_login(staff_user(left_on=date(2024, 1, 31)))

    assert get(client, "my-development").status_code == 403


def test_the_team_page_is_for_line_managers(client, person):
    assert get(client, "team").status_code == 403


def test_nominating_is_for_managers_and_graduates(client, person):
    assert get(client, "nomination-create").status_code == 403


@pytest.mark.parametrize("name", ["booking-cancel", "booking-calendar"])
def test_other_peoples_bookings_do_not_exist(client, person, name):
    assert get(client, name, BookingFactory().pk).status_code == 404


def test_other_peoples_nominations_do_not_exist(client, person):
    nomination = NominationFactory()

    assert post(client, "nomination-withdraw", nomination.pk).status_code == 404
    assert "She leads our work" not in page(get(client, "nomination-list"))


# --- Finding and booking -----------------------------------------------------------------------


def titles(client, **query):
    found = get(client, "course-list", **query).context["page"].object_list
    return [course.title for course in found]


def test_courses_are_found_by_words_topic_format_and_what_counts(client, person):
    CourseFactory(title="Court skills", topic="law_and_court", summary="Evidence.")
    CourseFactory(title="Harm online", topic="exploitation", format="online")
    CourseFactory(title="Fire safety", is_mandatory=True, counts_towards_five=False)
    CourseFactory(title="Gone", is_offered=False)

    assert titles(client) == ["Court skills", "Fire safety", "Harm online"]
    assert titles(client, q="evidence COURT") == ["Court skills"]
    assert titles(client, topic="exploitation") == ["Harm online"]
    assert titles(client, format="online") == ["Harm online"]
    assert titles(client, counts="on") == ["Court skills", "Harm online"]
    assert titles(client, q="nothing like it") == []


def test_a_topic_that_does_not_exist_is_said_and_left_out(client, person):
    CourseFactory(title="Court skills")

    response = get(client, "course-list", topic="gardening")

    assert "There is a problem" in page(response)
    assert [course.title for course in response.context["page"]] == ["Court skills"]


def test_booking_from_the_page_of_the_session(client, person):
    session = SessionFactory(capacity=3)
    assert "3 places left" in page(get(client, "session-detail", session.pk))

    told = page(post(client, "session-book", session.pk, one_time_key=uuid.uuid4()))

    assert "You have a place. We have sent you an e-mail with a calendar file." in told
    assert "2 of 3 left" in told
    assert Booking.objects.get().person == person


def test_a_form_that_is_sent_twice_books_once(client, person):
    session = SessionFactory()
    key = uuid.uuid4()

    for _ in range(2):
        told = page(post(client, "session-book", session.pk, one_time_key=key))

    assert "You have a place. We have sent you" in told
    assert Booking.objects.count() == 1


@pytest.mark.parametrize("whose", ["mine, for another session", "a colleague's", "cancelled"])
def test_a_form_that_made_something_else_books_nothing(client, person, whose):
    session, key = SessionFactory(), uuid.uuid4()
    used = {
        "mine, for another session": {"person": person},
        "a colleague's": {"session": session},
        "cancelled": {
            "person": person,
            "session": session,
            "state": BookingState.CANCELLED_BY_PERSON,
        },
    }[whose]
    BookingFactory(one_time_key=key, **used)

    told = page(post(client, "session-book", session.pk, one_time_key=key))

    assert "Nothing was booked, because this form had been used before." in told
    assert "You have a place" not in told
    assert not Booking.objects.current().filter(session=session, person=person).exists()


def test_whoever_comes_second_to_the_last_place_is_told_and_offered_the_list(client, person):
    session = SessionFactory(capacity=1)
    page(get(client, "session-detail", session.pk))
    BookingFactory(session=session)  # Somebody else, meanwhile.

    told = page(post(client, "session-book", session.pk, one_time_key=uuid.uuid4()))

    assert "Somebody else took the last place just before you" in told
    assert "This session is full" in told
    assert "Tell me when a place comes up" in told

    told = page(post(client, "session-wait", session.pk, one_time_key=uuid.uuid4()))

    assert "You are on the list. We will write to you when a place comes up." in told
    assert Booking.objects.get(person=person).state == BookingState.WAITING


def test_a_clash_is_told_in_plain_words(client, person):
    booking = BookingFactory(person=person, session__course__title="Court skills")
    session = SessionFactory(starts_at=booking.session.starts_at)

    told = page(post(client, "session-book", session.pk, one_time_key=uuid.uuid4()))

    assert f"You are booked on Court skills at the same time ({booking.session.when})." in told


def test_going_to_the_address_of_a_button_shows_the_session(client, person):
    session = SessionFactory()

    response = get(client, "session-book", session.pk)

    assert (response.status_code, response.url) == (302, f"/training/sessions/{session.pk}/")


def test_a_session_that_is_over_or_cancelled_has_no_button(client, person):
    session, cancelled = SessionFactory(), SessionFactory(state=SessionState.CANCELLED)

    assert "This session is cancelled" in page(get(client, "session-detail", cancelled.pk))
    with time_machine.travel(session.ends_at):
        client.force_login(person)
        told = page(get(client, "session-detail", session.pk))
    assert "This session is over" in told
    assert "Book a place" not in told


def test_the_link_to_join_is_for_people_who_have_a_place(client, person):
    session = SessionFactory(online_link="https://meet.example.org/abc")
    assert "meet.example.org" not in page(get(client, "session-detail", session.pk))

    BookingFactory(session=session, person=person)

    assert "meet.example.org" in page(get(client, "session-detail", session.pk))


# --- My bookings -------------------------------------------------------------------------------


def test_cancelling_asks_first(client, person):
    booking = BookingFactory(person=person)

    assert "Cancel this booking?" in page(get(client, "booking-cancel", booking.pk))
    booking.refresh_from_db()
    assert booking.state == BookingState.BOOKED

    told = page(post(client, "booking-cancel", booking.pk))

    assert f"Cancelled: {booking.session.course.title}" in told
    booking.refresh_from_db()
    assert booking.state == BookingState.CANCELLED_BY_PERSON


def test_too_late_is_said(client, person):
    booking = BookingFactory(person=person, session__course__cancellation_notice_hours=24)

    with time_machine.travel(booking.session.starts_at - timedelta(hours=2)):
        client.force_login(person)
        assert "It is too late to cancel this one here." in page(get(client, "booking-list"))
        told = page(post(client, "booking-cancel", booking.pk))

    assert "It is too late to cancel this booking." in told


def test_what_another_tab_has_cancelled_is_said(client, person):
    booking = BookingFactory(person=person, state=BookingState.CANCELLED_BY_PERSON)

    told = page(post(client, "booking-cancel", booking.pk))

    assert "This booking was cancelled already." in told
    assert "too late" not in told


def test_the_calendar_file_is_downloaded(client, person):
    booking = BookingFactory(person=person)

    response = get(client, "booking-calendar", booking.pk)

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event.decoded("DTSTART")) == ("PUBLISH", booking.session.starts_at)


def test_there_is_no_calendar_file_without_a_place(client, person):
    waiting = BookingFactory(person=person, state=BookingState.WAITING)

    assert get(client, "booking-calendar", waiting.pk).status_code == 404


def test_bookings_are_shown_apart(client, person):
    booked = BookingFactory(person=person)
    waiting = BookingFactory(person=person, state=BookingState.WAITING)
    BookingFactory(person=person, state=BookingState.CANCELLED_BY_PERSON)
    done = BookingFactory(
        person=person,
        state=BookingState.ATTENDED,
        half_days_attended=2,
        session=SessionFactory(
            starts_at=booked.session.starts_at - timedelta(days=4000),
        ),
    )

    shown = get(client, "booking-list").context

    assert (shown["coming"], shown["waiting"], shown["past"]) == ([booked], [waiting], [done])


def test_what_is_next_is_in_the_order_of_its_dates(client, person):
    begins = timezone.now() + timedelta(days=10)
    days = [begins + timedelta(days=number) for number in range(3)]
    outside = OutsideCourseFactory(
        person=person,
        state=OutsideState.APPROVED,
        starts_at=days[1],
        ends_at=days[1] + timedelta(hours=12),
        counts_towards_five=True,
        booked_by="us",
    )
    first, last = (
        BookingFactory(person=person, session=SessionFactory(starts_at=day))
        for day in (days[0], days[2])
    )

    shown = get(client, "my-development").context["next"]

    assert shown == [[first, None], [None, outside], [last, None]]


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        ("booking-list", ["Date", "Days", "Attendance"]),
        ("my-development", ["Last attended", "Where it stands"]),
    ],
)
def test_tables_become_cards_on_a_small_screen(client, person, name, headings):
    CourseFactory(is_mandatory=True, counts_towards_five=False)
    long_ago = SessionFactory(starts_at=timezone.now() - timedelta(days=30))
    BookingFactory(
        person=person, session=long_ago, state=BookingState.ATTENDED, half_days_attended=2
    )

    told = page(get(client, name))

    assert "hp-table-cards" in told
    assert "hp-table-scroll" not in told
    assert re.findall(r'data-heading="(.+?)"', told) == headings


# --- Team and nominations ----------------------------------------------------------------------


@pytest.fixture
def report(person):
    return StaffMemberFactory(line_manager=person.staff_member, user__full_name="Gita Rao")


def test_a_manager_sees_the_five_days_of_their_reports_only(client, person, report):
    stranger = staff_user(user__full_name="Zed Unknown")
    BookingFactory(person=report.user)

    told = page(get(client, "team"))

    assert "Gita Rao" in told
    assert stranger.full_name not in told


def nominate(client, *members, **answers):
    """Send the form of nominations with these people ticked, each with a reason and a number."""
    data = {"people": [row.pk for row in members], "one_time_key": uuid.uuid4()}
    for number, row in enumerate(members, start=1):
        data |= {f"reason_{row.pk}": "She asked twice.", f"rank_{row.pk}": number}
    return post(client, "nomination-create", **{**data, **answers})


def for_session(session):
    return {"what_for": "session", "session": session.pk}


def test_a_manager_nominates_for_a_session(client, person, report):
    session = SessionFactory()

    told = page(nominate(client, report, **for_session(session)))

    assert "We have written to Gita Rao, to you and to workforce development." in told
    nomination = Nomination.objects.get()
    assert (nomination.nominee, nomination.session) == (report.user, session)


def test_a_manager_nominates_several_at_once_in_their_order(client, person, report):
    other = StaffMemberFactory(line_manager=person.staff_member, user__full_name="Ben Cole")
    session = SessionFactory()

    told = page(nominate(client, other, report, **for_session(session)))

    assert "We have written to Ben Cole and Gita Rao, to you" in told
    ranks = Nomination.objects.in_rank_order().values_list("nominee", "rank")
    assert list(ranks) == [(other.user_id, 1), (report.user_id, 2)]


def test_sending_the_same_form_twice_nominates_once(client, person, report):
    answers = {**for_session(SessionFactory()), "one_time_key": uuid.uuid4()}

    for _ in range(2):
        assert "We have written to Gita Rao" in page(nominate(client, report, **answers))

    assert Nomination.objects.count() == 1


def test_a_manager_nominates_for_the_next_intake_of_four(client, person, report):
    intakes = [IntakeFactory(starts_on=date(2040 + year, 1, 7)) for year in range(5)]
    form = get(client, "nomination-create").context["form"]
    assert [value for value, _ in form.fields["intake"].choices] == [row.pk for row in intakes[:4]]

    nominate(client, report, what_for="intake", intake=intakes[0].pk)

    assert Nomination.objects.get().intake == intakes[0]


def test_the_link_from_the_team_has_the_person_chosen(client, person, report):
    form = get(client, "nomination-create", person=report.pk).context["form"]

    assert form["people"].value() == [str(report.pk)]


def test_what_is_missing_is_said_and_what_was_typed_stays(client, person, report):
    other = StaffMemberFactory(line_manager=person.staff_member, user__full_name="Ben Cole")
    answers = {
        f"reason_{report.pk}": "",
        f"reason_{other.pk}": "He leads it.",
        "what_for": "intake",
    }

    told = page(nominate(client, report, other, **answers))

    assert "Choose an intake" in told
    assert "Say why Gita Rao, in a sentence or two" in told
    assert "He leads it." in told
    assert "Choose who you want to nominate" in page(nominate(client))
    assert Nomination.objects.count() == 0


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("", "2", "Give Ben Cole a number from 1 to 2"),
        ("1", "1", "Gita Rao and Ben Cole have the same number"),
        ("3", "1", "Give Ben Cole a number from 1 to 2"),
        ("0", "1", "Give Ben Cole a number from 1"),
        ("one", "2", "Give Ben Cole a whole number"),
    ],
)
def test_the_order_must_be_whole(client, person, report, first, second, said):
    other = StaffMemberFactory(line_manager=person.staff_member, user__full_name="Ben Cole")
    answers = {f"rank_{other.pk}": first, f"rank_{report.pk}": second}

    told = page(nominate(client, other, report, **for_session(SessionFactory()), **answers))

    assert said in told
    assert Nomination.objects.count() == 0


def test_nobody_else_can_be_nominated(client, person, report):
    told = page(nominate(client, StaffMemberFactory(), **for_session(SessionFactory())))

    assert "Choose people you manage." in told
    assert Nomination.objects.count() == 0


def test_twice_for_the_same_is_said_beside_the_person_and_nobody_is_nominated(
    client, person, report
):
    other = StaffMemberFactory(line_manager=person.staff_member)
    session = SessionFactory()
    nominate(client, report, **for_session(session))

    told = page(nominate(client, report, other, **for_session(session)))

    assert "Gita Rao has been nominated for this already." in told
    assert Nomination.objects.count() == 1


def test_a_form_that_nominated_for_something_else_says_so(client, person, report):
    key = uuid.uuid4()
    nominate(client, report, **for_session(SessionFactory()), one_time_key=key)

    told = page(nominate(client, report, **for_session(SessionFactory()), one_time_key=key))

    assert "Nobody was nominated, because this form had been used before." in told
    assert Nomination.objects.count() == 1


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (BookingState.BOOKED, "Gita Rao already has a place on this session."),
        (BookingState.WAITING, "Gita Rao is on the list already."),
    ],
)
def test_who_is_booked_already_is_said_beside_the_person(client, person, report, state, said):
    session = BookingFactory(person=report.user, state=state).session

    response = nominate(client, report, **for_session(session))

    assert response.context["form"].errors == {f"reason_{report.pk}": [said]}
    assert Nomination.objects.count() == 0


def test_a_full_session_can_be_nominated_for_and_one_in_a_round_cannot(client, person, report):
    full, drawn = SessionFactory(capacity=1), FairRoundFactory().session
    BookingFactory(session=full)
    form = get(client, "nomination-create").context["form"]
    assert list(form.fields["session"].queryset) == [full]
    assert "(full)" in page(get(client, "nomination-create"))

    told = page(nominate(client, report, **for_session(drawn)))
    assert "This session cannot be booked now. Choose another." in told
    nominate(client, report, **for_session(full))

    assert Nomination.objects.get().session == full


def test_a_graduate_puts_themselves_forward(client, person):
    intake = IntakeFactory()
    intake.version.open_to.set([person.staff_member.role])
    assert "Put yourself forward" in page(get(client, "my-development"))

    told = page(
        post(
            client,
            "nomination-create",
            intake=intake.pk,
            reason="I qualify in June.",
            one_time_key=uuid.uuid4(),
        )
    )

    assert "You have put yourself forward." in told
    nomination = Nomination.objects.get()
    assert (nomination.nominee, nomination.intake) == (person, intake)


def test_a_nomination_is_taken_back(client, person, report):
    nomination = NominationFactory(nominee=report.user, nominated_by=person)

    post(client, "nomination-withdraw", nomination.pk)

    nomination.refresh_from_db()
    assert nomination.state == NominationState.WITHDRAWN


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (NominationState.WITHDRAWN, "You have taken this nomination back already."),
        (NominationState.DECLINED, "This nomination has been decided already."),
    ],
)
def test_taking_a_nomination_back_too_late_says_what_is_so(client, person, report, state, words):
    nomination = NominationFactory(
        nominee=report.user,
        nominated_by=person,
        state=state,
        decided_by=officer(),
        decided_at=timezone.now(),
        decision_reason="Another date suits better.",
    )
    address = reverse("training:nomination-withdraw", args=[nomination.pk])

    assert words in client.post(address, follow=True).content.decode()


def test_going_to_the_address_of_take_back_shows_the_nominations(client, person, report):
    nomination = NominationFactory(nominee=report.user, nominated_by=person)

    response = get(client, "nomination-withdraw", nomination.pk)

    assert (response.status_code, response.url) == (302, "/training/nominations/")
    nomination.refresh_from_db()
    assert nomination.state == NominationState.AWAITING_DECISION


# --- How much is asked of the database -----------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("my-development", 27),
        ("course-list", 9),
        ("booking-list", 14),
        ("nomination-list", 5),
        ("team", 12),
        ("nomination-create", 6),
    ],
)
def test_pages_ask_the_same_of_the_database_however_long_they_are(
    client, person, django_assert_num_queries, rows, name, queries
):
    for _ in range(rows):
        report = StaffMemberFactory(line_manager=person.staff_member)
        BookingFactory(person=person)
        BookingFactory(person=person, state=BookingState.WAITING)
        BookingFactory(person=report.user)
        CourseFactory(is_mandatory=True, counts_towards_five=False)
        NominationFactory(nominee=person)
        NominationFactory(nominee=report.user, nominated_by=person)
        IntakeFactory()

    with django_assert_num_queries(queries):
        get(client, name)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_course_asks_the_same_however_many_dates_it_has(
    client, person, django_assert_num_queries, rows
):
    course = CourseFactory()
    for _ in range(rows):
        session = SessionFactory(course=course)
        BookingFactory(session=session, person=person)

    with django_assert_num_queries(7):
        get(client, "course-detail", course.slug)
