"""Signing in by the code on the screen: per half day, safe to send again, and no use to guess."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import signing
from django.urls import reverse

from accounts.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.attending import AFTERNOON, EVENING, MORNING, being, code_of, day_session
from tests.factories.training import BookingFactory, SessionFactory, staff_user
from training import sign_in_codes
from training.actions import cancel_booking, say_called_away, settle_attendance, sign_in
from training.exceptions import BookingCannotBeCancelled, CodeRefused, NoPlaceToSignIn
from training.forms.attending import OPENED
from training.models import Presence
from training.models.attendance import parts_of, worth
from training.queries import five_days
from training.states import BookingState

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def booked(session=None, **fields):
    return BookingFactory(session=session or day_session(), **fields)


def signed_in(booking, at, code=None, opened_at=None):
    with time_machine.travel(at, tick=False):
        return sign_in(
            session=booking.session,
            code=code or code_of(booking.session, at),
            by=booking.person,
            opened_at=opened_at,
        )


def test_a_day_has_a_code_for_each_half_and_each_minute():
    session = day_session()
    codes = [code_of(session, MORNING + n * MINUTE) for n in range(3)] + [
        code_of(session, AFTERNOON)
    ]

    assert len(set(codes)) == 4
    assert code_of(session, MORNING + timedelta(seconds=59)) == codes[0]
    assert code_of(day_session(starts_at=MORNING + timedelta(days=0)), MORNING) != codes[0]


@pytest.mark.parametrize(
    ("begins", "ends", "half_days", "parts"),
    [
        ((8, 9), (8, 12), 1, ["8 January 2030, morning"]),
        ((8, 9), (8, 16), 2, ["8 January 2030, morning", "8 January 2030, afternoon"]),
        ((8, 11), (8, 15), 1, ["8 January 2030, morning"]),
        ((8, 9), (8, 12), 2, ["8 January 2030, morning"]),
        (
            (11, 9), (14, 12), 3,
            ["11 January 2030, morning", "11 January 2030, afternoon", "14 January 2030, morning"],
        ),
    ],
)  # fmt: skip
def test_the_half_days_of_a_session(begins, ends, half_days, parts):
    session = SessionFactory(
        starts_at=datetime(2030, 1, *begins, tzinfo=UTC),
        ends_at=datetime(2030, 1, *ends, tzinfo=UTC),
        half_days=half_days,
    )

    assert [part.words.split(" ", 1)[1] for part in parts_of(session)] == parts


def test_half_days_across_the_clock_change_begin_and_end_by_the_clock_in_london():
    session = SessionFactory(
        starts_at=datetime(2030, 3, 29, 9, tzinfo=UTC),
        ends_at=datetime(2030, 4, 1, 15, tzinfo=UTC),
        half_days=4,
    )

    assert [f"{part.closes_at:%d %H:%M}" for part in parts_of(session)][2:] == [
        "01 13:00",
        "01 15:00",
    ]
    assert parts_of(session)[2].closes_at.utcoffset() == timedelta(hours=1)


@pytest.mark.parametrize(
    ("attended", "counted"), [(0, 0), (1, 1), (2, 2), (3, 3)]
)  # fmt: skip
def test_half_days_count_one_by_one_where_a_session_has_as_many(attended, counted):
    session = SessionFactory.build(half_days=3)

    assert worth(session, [1, 2, 3], attended) == counted


def test_signing_in_notes_the_half_day_and_leaves_the_booking_booked_until_the_end():
    booking = booked()

    made = signed_in(booking, MORNING)

    booking.refresh_from_db()
    assert (made.half, made.way, made.at) == (0, "code", MORNING)
    assert booking.state == BookingState.BOOKED
    assert AuditEvent.objects.get(event="signed_in").by == booking.person


@pytest.mark.parametrize("spelled", ["{}", "{} ", "x"])
def test_small_letters_dashes_and_spaces_do(spelled):
    booking = booked()
    code = code_of(booking.session, MORNING)
    typed = sign_in_codes.shown(code).lower() if spelled == "x" else spelled.format(code)

    assert signed_in(booking, MORNING, code=typed).half == 0


def test_sending_it_again_is_the_same_presence():
    booking = booked()
    code = code_of(booking.session, MORNING)

    made = [
        signed_in(booking, at, code=code)
        for at in (MORNING, MORNING + 2 * MINUTE, MORNING + timedelta(hours=2))
    ]

    assert {row.pk for row in made} == {Presence.objects.get().pk}


def test_a_code_is_good_for_the_grace_and_no_longer():
    booking = booked()
    code = code_of(booking.session, MORNING)

    with pytest.raises(CodeRefused, match="has changed since"):
        signed_in(booking, MORNING + 12 * MINUTE, code=code)
    assert signed_in(booking, MORNING + 10 * MINUTE, code=code).at == MORNING


def test_a_form_left_open_counts_from_when_the_code_was_shown_to_the_end_of_its_half_day():
    booking = booked()
    at = MORNING + 5 * MINUTE
    code = code_of(booking.session, at)
    noon = datetime(2030, 1, 8, 12, 55, tzinfo=UTC)

    assert signed_in(booking, noon, code=code, opened_at=MORNING).at == at


def test_a_form_of_the_morning_is_too_late_in_the_afternoon():
    booking = booked()
    code = code_of(booking.session, MORNING)

    with pytest.raises(CodeRefused, match="was for Tuesday 8 January 2030, morning"):
        signed_in(booking, AFTERNOON, code=code, opened_at=MORNING)


def test_the_code_of_the_last_half_day_can_be_sent_in_the_evening():
    booking = booked()
    code = code_of(booking.session, AFTERNOON)
    signed_in(booking, EVENING, code=code, opened_at=AFTERNOON)

    booking.refresh_from_db()
    assert (booking.state, booking.half_days_attended) == (BookingState.PARTLY_ATTENDED, 1)


def test_the_code_of_another_session_is_told_apart():
    booking, other = booked(), day_session()

    with pytest.raises(CodeRefused, match="for another session"):
        signed_in(booking, MORNING, code=code_of(other, MORNING))


@pytest.mark.parametrize("code", ["AAAAAA", "", "K", "Ж" * 6, "K7MWPXK7MWPX"])
def test_what_is_no_code_is_refused_in_words(code):
    booking = booked()

    with pytest.raises(CodeRefused, match="not right"):
        signed_in(booking, MORNING, code=code or "-")


def test_a_code_before_the_doors_open_is_not_there():
    booking = booked()
    early = MORNING - timedelta(minutes=31)
    code = sign_in_codes.code_at(booking.session, parts_of(booking.session)[0], early)

    with pytest.raises(CodeRefused, match="not right"):
        signed_in(booking, early, code=code)


@pytest.mark.parametrize(
    "state",
    [
        BookingState.WAITING,
        BookingState.OFFERED,
        BookingState.HELD,
        BookingState.CANCELLED_BY_PERSON,
    ],
)
def test_only_who_has_a_place_signs_in(state):
    booking = booked(state=state)

    with pytest.raises(NoPlaceToSignIn):
        signed_in(booking, MORNING)


def test_who_signed_in_to_half_a_day_attended_half_a_day_once_it_is_over():
    booking = booked()
    signed_in(booking, MORNING)

    settled = [settle_attendance(at=EVENING - MINUTE), settle_attendance(at=EVENING)]

    booking.refresh_from_db()
    assert settled == [0, 1]
    assert (booking.state, booking.half_days_attended) == (BookingState.PARTLY_ATTENDED, 1)


def test_who_signed_in_twice_attended_and_who_did_not_waits_to_be_marked():
    booking = booked()
    other = booked(booking.session)
    signed_in(booking, MORNING)
    signed_in(booking, AFTERNOON)

    settle_attendance(at=EVENING)

    booking.refresh_from_db()
    other.refresh_from_db()
    assert (booking.state, booking.half_days_attended) == (BookingState.ATTENDED, 2)
    assert other.state == BookingState.BOOKED


def test_the_five_days_count_the_half_days_that_were_attended():
    booking = booked()
    before = five_days(booking.person, booking.session.starts_on)
    signed_in(booking, MORNING)
    settle_attendance(at=EVENING)

    after = five_days(booking.person, booking.session.starts_on)

    assert (before.attended, before.booked) == (0, 1)
    assert (float(after.attended), after.booked, float(after.left)) == (0.5, 0, 4.5)


@pytest.mark.parametrize("act", [cancel_booking, lambda **kw: say_called_away(why="Court", **kw)])
def test_who_has_signed_in_cannot_give_the_place_back(act):
    booking = booked()
    signed_in(booking, MORNING - 5 * MINUTE)

    with (
        time_machine.travel(MORNING - 4 * MINUTE, tick=False),
        pytest.raises(BookingCannotBeCancelled, match="signed in for"),
    ):
        act(booking=booking, by=booking.person)


# The pages ---------------------------------------------------------------------------------------


def page_of(session):
    return reverse("training:session-sign-in", args=[session.pk])


def test_the_page_signs_in_and_says_so_however_often_it_is_sent(client):
    booking = booked()
    with being(client, booking.person, MORNING):
        code = code_of(booking.session, MORNING)
        answers = [
            client.post(page_of(booking.session), {"code": code}, follow=True) for _ in range(2)
        ]

    for answer in answers:
        assert "You are signed in" in answer.content.decode()
    assert Presence.objects.count() == 1


def test_looking_at_the_page_of_the_qr_code_signs_nobody_in(client):
    booking = booked()
    with being(client, booking.person, MORNING):
        code = code_of(booking.session, MORNING)
        answer = client.get(page_of(booking.session), {"code": code})

    assert f'value="{code}"' in answer.content.decode()
    assert Presence.objects.count() == 0


def test_when_the_page_was_opened_is_believed_only_from_us_and_for_this_person(client):
    booking, other = booked(), staff_user()
    code = code_of(booking.session, MORNING)
    ours = [f"{booking.session.pk}.{booking.person.pk}", MORNING.timestamp()]
    theirs = [f"{booking.session.pk}.{other.pk}", MORNING.timestamp()]
    later = MORNING + timedelta(hours=2)
    found = []
    with being(client, booking.person, later):
        for opened in (
            "made up",
            signing.dumps(ours, salt="another"),
            signing.dumps(theirs, salt=OPENED),
            signing.dumps(ours, salt=OPENED),
        ):
            client.post(page_of(booking.session), {"code": code, "opened": opened})
            found.append(Presence.objects.count())

    assert found == [0, 0, 0, 1]


def test_guessing_is_stopped_after_a_dozen_codes(client):
    booking = booked()
    with being(client, booking.person, MORNING):
        answers = [
            client.post(page_of(booking.session), {"code": f"KKKKK{n}"}).content.decode()
            for n in range(14)
        ]
        right = code_of(booking.session, MORNING)
        client.post(page_of(booking.session), {"code": right})

    assert ["You have tried many codes" in answer for answer in answers] == [False] * 12 + [
        True
    ] * 2
    assert Presence.objects.count() == 0


def test_who_has_no_place_is_told_what_to_do(client):
    session = day_session()

    with being(client, staff_user(), MORNING):
        answer = client.get(page_of(session)).content.decode()

    assert "You have no place on this session" in answer
    assert "Tell the trainer that you are here" in answer


def test_a_session_is_not_there_for_who_has_no_places_here(client):
    with being(client, UserFactory(), MORNING):
        assert client.get(page_of(day_session())).status_code == 404


def test_signing_in_finds_the_session_that_is_on(client):
    booking = booked()
    with being(client, booking.person, MORNING):
        answer = client.get(reverse("training:sign-in-list"))

    assert answer.url == page_of(booking.session)
