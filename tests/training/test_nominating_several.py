"""Several nominated at once, ranked, decided together; those for whom there is no place wait."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, models
from django.urls import reverse
from django.utils import timezone

from notifications.models import Message
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.organisation import StaffMemberFactory
from tests.factories.rounds import FairRoundFactory
from tests.factories.training import (
    BookingFactory,
    IntakeFactory,
    NominationFactory,
    SessionFactory,
    officer,
)
from training.actions import (
    Choice,
    accept_offer,
    cancel_booking,
    cancel_session,
    decline_offer,
    enrol_nomination,
    follow_nominations,
    nominate_several,
    withdraw_nomination,
)
from training.actions.timetable import let_time_answer
from training.exceptions import AlreadyNominated, NotAllNominated, RoundRunning
from training.models import Booking, Nomination, Override
from training.states import BookingState, EndReason, NominationState, OverrideKind

pytestmark = pytest.mark.django_db
N, B = NominationState, BookingState


@pytest.fixture
def manager():
    return StaffMemberFactory(user__full_name="Maggie Thornhill").user


@pytest.fixture
def reports(manager):
    names = ["Asha Bell", "Ben Cole", "Cara Dunn"]
    member = manager.staff_member
    return [StaffMemberFactory(line_manager=member, user__full_name=name).user for name in names]


def choices(people):
    return [Choice(person, f"{person.full_name} asked.") for person in people]


def made_for(people, by, **wanted):
    return nominate_several(choices=choices(people), by=by, **wanted)


def told(template):
    found = Message.objects.filter(template=f"training/emails/{template}").order_by("pk")
    return [(message.to, message.context["reader"]) for message in found]


def full_session(**fields):
    session = SessionFactory(capacity=1, **fields)
    BookingFactory(session=session)
    return session


def states(rows):
    return [type(row).objects.get(pk=row.pk).state for row in rows]


# --- Making ------------------------------------------------------------------------------------


def test_each_is_told_and_the_manager_and_the_mailbox_hear_of_all_at_once(manager, reports):
    made = made_for(reports, manager, session=SessionFactory())

    assert [row.rank for row in made] == [1, 2, 3]
    assert told("nomination_made") == [(person.email, "nominee") for person in reports]
    assert told("nominations_made") == [
        (manager.email, "manager"),
        (settings.NOMINATIONS_MAILBOX, "mailbox"),
    ]
    message = Message.objects.get(to=settings.NOMINATIONS_MAILBOX)
    assert [row["name"] for row in message.context["nominees"]] == [
        person.full_name for person in reports
    ]
    assert message.context["decide_path"] == (
        f"/admin/training/nomination/decide/?session={made[0].session_id}"
    )


def test_ranks_go_on_where_the_manager_left_off(manager, reports):
    intake = IntakeFactory()
    made_for(reports[:2], manager, intake=intake)

    [third] = made_for(reports[2:], manager, intake=intake)
    [elsewhere] = made_for(reports[2:], manager, session=SessionFactory())

    assert (third.rank, elsewhere.rank) == (3, 1)


def test_all_or_nobody(manager, reports):
    session = SessionFactory()
    made_for(reports[1:2], manager, session=session)
    Message.objects.all().delete()

    with pytest.raises(NotAllNominated) as refused:
        made_for(reports, manager, session=session)

    assert {key: type(why) for key, why in refused.value.refusals.items()} == {
        reports[1].pk: AlreadyNominated
    }
    assert Nomination.objects.count() == 1
    assert Message.objects.count() == 0


def test_a_stranger_among_them_stops_all_and_so_does_somebody_who_returns(manager, reports):
    for stranger in (StaffMemberFactory().user, UserFactory()):
        with pytest.raises(PermissionDenied):
            made_for([reports[0], stranger], manager, session=SessionFactory())

    assert Nomination.objects.count() == 0


def test_who_was_their_manager_until_yesterday_nominates_nobody(manager, reports):
    member = reports[0].staff_member
    member.line_manager = StaffMemberFactory()
    member.save()

    with pytest.raises(PermissionDenied):
        made_for(reports[:1], manager, session=SessionFactory())


def test_the_same_key_nominates_each_once_and_writes_once(manager, reports):
    key, session = uuid.uuid4(), SessionFactory()

    made = [made_for(reports, manager, session=session, one_time_key=key) for _ in range(2)]

    assert made[0] == made[1]
    assert Nomination.objects.count() == 3
    assert Message.objects.count() == 5


def test_nobody_is_nominated_past_a_fair_round(manager, reports):
    session = FairRoundFactory().session

    with pytest.raises(NotAllNominated) as refused:
        made_for(reports[:1], manager, session=session)

    assert isinstance(refused.value.refusals[reports[0].pk], RoundRunning)


# --- Deciding ------------------------------------------------------------------------------------


def test_a_full_session_puts_them_on_its_list_and_tells_all_three(manager, reports):
    session = full_session()
    [nomination] = made_for(reports[:1], manager, session=session)

    enrol_nomination(nomination=nomination, by=officer())

    assert states([nomination]) == [N.WAITING]
    assert Booking.objects.get(person=reports[0]).state == B.WAITING
    assert told("nomination_waiting") == [
        (reports[0].email, "nominee"),
        (manager.email, "manager"),
        (settings.NOMINATIONS_MAILBOX, "mailbox"),
    ]


def test_nobody_is_enrolled_past_those_whom_the_order_puts_first(manager, reports):
    session = SessionFactory(capacity=1)
    first = BookingFactory(session=session, state=B.WAITING)
    BookingFactory(person=reports[0], session=SessionFactory())
    [nomination] = made_for(reports[:1], manager, session=session)

    enrol_nomination(nomination=nomination, by=officer())

    assert states([first, nomination]) == [B.OFFERED, N.WAITING]


def test_past_the_list_only_with_a_reason_that_is_kept(manager, reports):
    session = full_session()
    waits = BookingFactory(session=session, state=B.WAITING)
    [nomination] = made_for(reports[:1], manager, session=session)
    by = officer()

    enrol_nomination(nomination=nomination, by=by, past_the_order="The court asked for her.")

    assert states([waits, nomination]) == [B.WAITING, N.ENROLLED]
    override = Override.objects.get()
    assert (override.kind, override.reason, override.made_by) == (
        OverrideKind.ORDER,
        "The court asked for her.",
        by,
    )
    assert not Message.objects.filter(template="training/emails/place_booked").exists()


def test_who_waits_is_enrolled_when_they_take_the_place_that_comes_free(manager, reports):
    session = full_session()
    [nomination] = made_for(reports[:1], manager, session=session)
    enrol_nomination(nomination=nomination, by=officer())
    holder = session.bookings.get(state=B.BOOKED)
    cancel_booking(booking=holder, by=holder.person)
    let_time_answer()
    assert states([nomination]) == [N.WAITING]
    accept_offer(booking=Booking.objects.get(person=reports[0]), by=reports[0])

    for _ in range(2):
        let_time_answer()

    assert states([nomination]) == [N.ENROLLED]
    assert len(told("nomination_enrolled")) == 3


def test_who_does_not_take_the_place_is_withdrawn_with_the_reason(manager, reports):
    session = full_session()
    [nomination] = made_for(reports[:1], manager, session=session)
    enrol_nomination(nomination=nomination, by=officer())
    holder = session.bookings.get(state=B.BOOKED)
    cancel_booking(booking=holder, by=holder.person)
    decline_offer(booking=Booking.objects.get(person=reports[0]), by=reports[0])

    let_time_answer()

    nomination.refresh_from_db()
    assert nomination.state == N.WITHDRAWN
    assert nomination.decision_reason.startswith("They stopped waiting")
    assert len(told("nomination_withdrawn")) == 3


def test_a_session_that_begins_or_is_cancelled_ends_what_nobody_decided(manager, reports):
    begun, cancelled = SessionFactory(), SessionFactory()
    [one] = made_for(reports[:1], manager, session=begun)
    [other] = made_for(reports[1:2], manager, session=cancelled)
    cancel_session(session=cancelled, reason="The trainer is ill.", by=officer())

    with time_machine.travel(begun.starts_at + timedelta(hours=1)):
        for _ in range(2):
            follow_nominations(at=timezone.now())

    assert states([one, other]) == [N.DECLINED, N.DECLINED]
    one.refresh_from_db()
    assert (one.decision_reason, one.decided_by) == ("It began before this was decided.", None)
    assert len(told("nomination_declined")) == 6


def test_an_intake_that_is_full_lets_them_wait_and_a_place_goes_to_who_waited_longest(
    manager, reports
):
    intake, by = IntakeFactory(places=1), officer()
    nominations = made_for(reports, manager, intake=intake)
    for nomination in nominations:
        enrol_nomination(nomination=nomination, by=by)
    assert states(nominations) == [N.ENROLLED, N.WAITING, N.WAITING]

    withdraw_nomination(nomination=nominations[0], by=by)
    for _ in range(2):
        let_time_answer()

    assert states(nominations) == [N.WITHDRAWN, N.ENROLLED, N.WAITING]


def test_a_leaver_makes_room_on_an_intake(manager, reports):
    intake, by = IntakeFactory(places=1), officer()
    nominations = made_for(reports[:2], manager, intake=intake)
    for nomination in nominations:
        enrol_nomination(nomination=nomination, by=by)
    member = reports[0].staff_member
    member.left_on = timezone.localdate() - timedelta(days=1)
    member.save()

    let_time_answer()

    assert states(nominations) == [N.WITHDRAWN, N.ENROLLED]


def test_taking_it_back_tells_all_three_and_ends_the_wait_it_began(manager, reports):
    session = full_session()
    [nomination] = made_for(reports[:1], manager, session=session)
    enrol_nomination(nomination=nomination, by=officer())

    withdraw_nomination(nomination=nomination, by=manager)

    booking = Booking.objects.get(person=reports[0])
    assert (booking.state, booking.end_reason) == (
        B.CANCELLED_BY_SERVICE,
        EndReason.NOMINATION_ENDED,
    )
    assert len(told("nomination_withdrawn")) == 3


def test_taking_it_back_leaves_a_wait_of_their_own(manager, reports):
    session = full_session()
    [nomination] = made_for(reports[:1], manager, session=session)
    own = BookingFactory(session=session, person=reports[0], state=B.WAITING)
    enrol_nomination(nomination=nomination, by=officer())

    withdraw_nomination(nomination=nomination, by=manager)

    assert states([own]) == [B.WAITING]


# --- Deciding together -------------------------------------------------------------------------------


@pytest.fixture
def by(client):
    by = HRAdminFactory()
    client.force_login(by)
    return by


def decide(client, target, **answers):
    kind = "session" if hasattr(target, "course") else "intake"
    address = f"{reverse('admin:training_nomination_decide')}?{kind}={target.pk}"
    return client.post(address, answers, follow=True)


def test_several_are_decided_together_in_rank_order(client, by, manager, reports):
    session = SessionFactory(capacity=1)
    first, second, third = made_for(reports, manager, session=session)

    answer = decide(
        client,
        session,
        **{
            f"n{second.pk}-decision": "enrol",
            f"n{first.pk}-decision": "enrol",
            f"n{third.pk}-decision": "decline",
            f"n{third.pk}-reason": "The longer one suits her better.",
        },
    )

    assert "3 decided." in answer.content.decode()
    assert states([first, second, third]) == [N.ENROLLED, N.WAITING, N.DECLINED]


def test_every_first_choice_comes_before_a_second(client, by, manager, reports):
    session = SessionFactory()
    made_for(reports[:2], manager, session=session)
    NominationFactory(session=session, nominee=reports[2], rank=1)

    told_page = decide(client, session).content.decode()

    names = [reports[0].full_name, reports[2].full_name, reports[1].full_name]
    places = [told_page.index(f"<h2>{name}</h2>") for name in names]
    assert places == sorted(places)


def test_a_decline_without_a_reason_decides_nobody_and_keeps_what_was_typed(
    client, by, manager, reports
):
    session = SessionFactory()
    first, second = made_for(reports[:2], manager, session=session)
    answers = {
        f"n{first.pk}-decision": "decline",
        f"n{second.pk}-decision": "past",
        f"n{second.pk}-reason": "The court asked.",
    }

    answer = decide(client, session, **answers).content.decode()

    assert "Give the reason." in answer
    assert "The court asked." in answer
    assert states([first, second]) == [N.AWAITING_DECISION] * 2


def test_one_that_is_refused_stays_with_the_reason_and_the_others_are_decided(
    client, by, manager, reports
):
    session = SessionFactory()
    first, second = made_for(reports[:2], manager, session=session)
    BookingFactory(person=reports[0], session=SessionFactory(starts_at=session.starts_at))

    answer = decide(
        client,
        session,
        **{f"n{first.pk}-decision": "enrol", f"n{second.pk}-decision": "enrol"},
    ).content.decode()

    assert "at the same time" in answer
    assert states([first, second]) == [N.AWAITING_DECISION, N.ENROLLED]
    assert reports[1].full_name not in answer


def test_one_that_somebody_else_decided_meanwhile_is_said(client, by, manager, reports):
    session = SessionFactory()
    first, second = made_for(reports[:2], manager, session=session)
    enrol_nomination(nomination=first, by=officer())

    answer = decide(client, session, **{f"n{first.pk}-decision": "decline"})

    assert "Somebody else has decided one of these meanwhile." in answer.content.decode()
    assert states([first, second]) == [N.ENROLLED, N.AWAITING_DECISION]


def test_what_there_is_to_decide_is_listed_with_its_free_places(client, by, manager, reports):
    session, intake = SessionFactory(capacity=2), IntakeFactory(places=5)
    BookingFactory(session=session)
    made_for(reports[:2], manager, session=session)
    made_for(reports[2:], manager, intake=intake)

    targets = client.get(reverse("admin:training_nomination_decide")).context["targets"]

    assert [(row.target, row.number, row.free) for row in targets] == [
        (session, 2, 1),
        (intake, 1, 5),
    ]


def test_nobody_else_decides_together(client, manager):
    client.force_login(manager)

    assert client.get(reverse("admin:training_nomination_decide")).status_code in (302, 403)


# --- At once -------------------------------------------------------------------------------------------


def nominate_twice_at_once(manager, person, intake):
    key = uuid.uuid4()

    def attempt(_):
        try:
            made_for([person], manager, intake=intake, one_time_key=key)
            return "made"
        except (IntegrityError, NotAllNominated) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(attempt, range(2)))


@pytest.mark.django_db(transaction=True)
def test_with_the_lock_two_tabs_make_one_nomination(manager, reports):
    assert nominate_twice_at_once(manager, reports[0], IntakeFactory()) == ["made", "made"]
    assert Nomination.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_no_locks")
def test_without_the_lock_the_database_refuses_the_second(manager, reports, monkeypatch):
    both = Barrier(2)
    look = models.QuerySet.exists

    def look_and_pause(queryset):
        found = look(queryset)
        if queryset.model is Nomination:
            with suppress(BrokenBarrierError):
                both.wait(timeout=1)
        return found

    monkeypatch.setattr(models.QuerySet, "exists", look_and_pause)

    assert nominate_twice_at_once(manager, reports[0], IntakeFactory()) == [
        "IntegrityError",
        "made",
    ]
