"""After a session: the certificate and its reference, and what people say without their names."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from notifications.models import Message
from tests.factories.attending import (
    EVENING,
    AttendedFactory,
    EvaluationFactory,
    PresenceFactory,
    being,
    day_session,
)
from tests.factories.training import BookingFactory, officer, staff_user
from training.actions import (
    ask_for_evaluations,
    delete_evaluations_kept_long_enough,
    give_evaluation,
)
from training.exceptions import EvaluationRefused
from training.models import Evaluation
from training.privacy import delete_evaluations
from training.queries import certificate_for, certificate_reference, results_of

pytestmark = pytest.mark.django_db
NEXT_DAY = EVENING + timedelta(days=1)


def give(booking, at=NEXT_DAY, by=None, **answers):
    with time_machine.travel(at, tick=False):
        return give_evaluation(booking=booking, by=by or booking.person, **{"useful": 4, **answers})


def test_an_evaluation_is_given_once_and_can_be_changed_for_some_days():
    booking = AttendedFactory()
    give(booking)
    changed = give(booking, at=NEXT_DAY + timedelta(days=6), useful=2)

    assert Evaluation.objects.get() == changed
    assert (changed.useful, changed.given_at) == (2, NEXT_DAY)
    with pytest.raises(EvaluationRefused):
        give(booking, at=NEXT_DAY + timedelta(days=7))


@pytest.mark.parametrize("state", ["booked", "no_show"])
def test_who_was_not_there_says_nothing(state):
    fields = {"half_days_attended": 0} if state == "no_show" else {}
    booking = BookingFactory(session=day_session(), state=state, **fields)

    with pytest.raises(EvaluationRefused):
        give(booking)


def test_an_evaluation_is_ones_own_and_comes_within_a_month():
    booking = AttendedFactory()

    with pytest.raises(EvaluationRefused):
        give(booking, by=staff_user())
    with pytest.raises(EvaluationRefused):
        give(booking, at=EVENING + timedelta(days=30))


def test_people_are_asked_once_the_day_after():
    booking = AttendedFactory()
    AttendedFactory(session=booking.session, state="partly_attended", half_days_attended=1)
    BookingFactory(session=booking.session)
    give(AttendedFactory(session=booking.session))

    asked = [
        ask_for_evaluations(at=at)
        for at in (EVENING + timedelta(hours=1), NEXT_DAY, NEXT_DAY + timedelta(days=1))
    ]

    assert asked == [0, 2, 0]
    assert Message.objects.filter(template="training/emails/evaluation_asked").count() == 2


def test_who_was_marked_late_is_asked_late():
    booking = AttendedFactory()

    assert ask_for_evaluations(at=EVENING + timedelta(days=20)) == 1
    assert Message.objects.get().to == booking.person.email


def test_four_answers_are_not_shown_and_five_are():
    session = day_session()
    for number in range(4):
        EvaluationFactory(booking=AttendedFactory(session=session), useful=number + 1)
    few = results_of(session)
    EvaluationFactory(booking=AttendedFactory(session=session), useful=4)
    enough = results_of(session)

    assert (few.are_shown, few.chart, few.to_change) == (False, [], [])
    assert [number for _, number in enough.chart] == [1, 1, 1, 2, 0]
    assert enough.do_differently == ["Ask the child first."] * 5


def test_the_page_of_the_results_has_no_names(client):
    trainer = staff_user()
    session = day_session(trainer=trainer)
    bookings = [AttendedFactory(session=session) for _ in range(5)]
    for booking in bookings:
        EvaluationFactory(booking=booking)
    with being(client, trainer, NEXT_DAY):
        text = client.get(
            reverse("training:session-evaluations", args=[session.pk])
        ).content.decode()

    assert "5 people have answered" in text
    assert [row for row in bookings if row.person.full_name in text] == []


def test_the_page_keeps_what_was_typed_when_something_is_missing(client):
    booking = AttendedFactory()
    address = reverse("training:booking-evaluate", args=[booking.pk])
    with being(client, booking.person, NEXT_DAY):
        refused = client.post(address, {"useful": "", "to_change": "Longer breaks\u202e"})
        sent = client.post(address, {"useful": "5", "to_change": "Longer breaks\u202e"})

    assert "Longer breaks" in refused.content.decode()
    assert "Choose how useful it was" in refused.content.decode()
    assert sent.status_code == 302
    assert Evaluation.objects.get().to_change == "Longer breaks"


@pytest.mark.parametrize("useful", ["0", "6", "x", "1e9"])
def test_numbers_that_are_not_on_the_form_are_refused(client, useful):
    booking = AttendedFactory()
    address = reverse("training:booking-evaluate", args=[booking.pk])
    with being(client, booking.person, NEXT_DAY):
        assert client.post(address, {"useful": useful}).status_code == 200

    assert Evaluation.objects.count() == 0


def test_evaluations_go_after_their_time_and_with_the_person():
    mine, old = EvaluationFactory(), EvaluationFactory()

    assert delete_evaluations(mine.booking.person) == 1
    assert delete_evaluations_kept_long_enough(on=EVENING.date().replace(year=2032)) == 0
    assert delete_evaluations_kept_long_enough(on=EVENING.date().replace(year=2032, month=2)) == 1
    assert Evaluation.objects.filter(pk=old.pk).count() == 0


# The certificate ---------------------------------------------------------------------------------


def test_a_reference_finds_its_certificate_however_it_is_typed():
    booking = AttendedFactory()
    reference = certificate_reference(booking)

    assert certificate_for(f" {reference.lower()} ") == booking


@pytest.mark.parametrize("spoil", ["", "x", "1", "-", "99999999999999999999-KKKKKK", "٣-KKKKKK"])
def test_a_made_up_reference_finds_nothing(spoil):
    AttendedFactory()

    assert certificate_for(spoil) is None


def test_a_reference_with_one_wrong_letter_finds_nothing():
    reference = certificate_reference(AttendedFactory())
    wrong = "2" if reference[-1] != "2" else "3"

    assert certificate_for(reference[:-1] + wrong) is None


def test_a_certificate_ends_when_the_attendance_is_put_right():
    booking = AttendedFactory(state="no_show", half_days_attended=0)

    assert certificate_for(certificate_reference(booking)) is None


def test_the_certificate_tells_the_half_days_of_who_was_there_for_some(client):
    booking = AttendedFactory(state="partly_attended", half_days_attended=1)
    PresenceFactory(booking=booking, half=1)
    client.force_login(booking.person)

    text = client.get(reverse("training:booking-certificate", args=[booking.pk])).content.decode()

    assert "½ day of 1 day" in text
    assert "Tuesday 8 January 2030, afternoon" in text
    assert certificate_reference(booking) in text


def test_a_certificate_is_for_the_person_and_officers(client):
    booking = AttendedFactory()
    found = []
    for person in (booking.person, officer(), staff_user()):
        client.force_login(person)
        address = reverse("training:booking-certificate", args=[booking.pk])
        found.append(client.get(address).status_code)

    assert found == [200, 200, 404]


def test_staff_look_a_certificate_up(client):
    booking = AttendedFactory()
    client.force_login(staff_user())
    address = reverse("training:certificate-check")

    true = client.get(address, {"reference": certificate_reference(booking)}).content.decode()
    false = client.get(address, {"reference": "1-KKKKKK"}).content.decode()

    assert "This certificate is true" in true
    assert booking.person.full_name in true
    assert "We have no such certificate" in false


def test_my_development_asks_how_it_was_until_that_is_answered(client):
    booking = AttendedFactory()
    with being(client, booking.person, NEXT_DAY):
        before = client.get(reverse("training:my-development")).content.decode()
        give(booking)
        after = client.get(reverse("training:my-development")).content.decode()

    address = reverse("training:booking-evaluate", args=[booking.pk])
    assert [address in text for text in (before, after)] == [True, False]
