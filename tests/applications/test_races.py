"""Two things at once, with real threads and a real database."""

import contextlib
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.states import InvalidTransition
from applications.actions import (
    answering,
    cancel_slot,
    choose_slot,
    decide_outcome,
    deciding,
    interview_choosing,
    mark_vacancy_filled,
    move_application,
    put_on_panel,
    scoring,
    start_application,
    submit_application,
    tell_of_notices,
    withdraw_application,
)
from applications.exceptions import ApplicantsWaiting, VacancyClosed
from applications.models import (
    Application,
    InterviewBooking,
    InterviewSlot,
    PanelMember,
    Score,
    ScoreSheet,
)
from applications.states import ApplicationState
from notifications.models import Message
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import ApplicationFactory, SentApplicationFactory
from tests.factories.interviews import invited, round_of
from tests.factories.shortlisting import (
    PanelistFactory,
    give,
    in_shortlisting,
    panel_of,
    read_by_all,
    vacancy_with_criteria,
)
from tests.factories.vacancies import ClosedVacancyFactory, LiveVacancyFactory, NoticeFactory
from vacancies.actions import close_vacancy, publishing
from vacancies.models import Vacancy
from vacancies.states import VacancyState

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*functions):
    """Run the functions in threads that start together. Returns what each gave or raised."""
    gate = threading.Barrier(len(functions))
    results = [None] * len(functions)

    def run(place, function):
        gate.wait()
        try:
            results[place] = function()
        except Exception as problem:
            results[place] = problem
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=(place, function))
        for place, function in enumerate(functions)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return results


def mail_count():
    return Message.objects.count()


def test_pressing_submit_twice_at_once_sends_it_once():
    application = ApplicationFactory()

    def submit():
        return submit_application(application=application, by=application.applicant).reference

    assert at_once(submit, submit, submit) == [application.reference] * 3
    assert mail_count() == 2
    assert Application.objects.get().moves.count() == 1


def test_starting_twice_at_once_makes_one_application():
    vacancy, person = LiveVacancyFactory(), UserFactory()

    def start():
        return start_application(vacancy=vacancy, one_time_key=uuid4(), by=person).pk

    assert at_once(start, start) == [Application.objects.get().pk] * 2


def test_moving_and_withdrawing_at_once_leaves_one_story():
    application, officer = SentApplicationFactory(), HRAdminFactory()

    at_once(
        lambda: move_application(
            application=application, to_state=ApplicationState.UNSUCCESSFUL, by=officer
        ),
        lambda: withdraw_application(application=application, by=application.applicant),
    )

    application.refresh_from_db()
    assert application.state in (ApplicationState.UNSUCCESSFUL, ApplicationState.WITHDRAWN)
    assert application.moves.last().to_state == application.state
    assert application.moves.count() == 2


def second_while_first_is_paused(monkeypatch, module, name, *, first, second):
    """Run two things at once, the first held where it calls `name` of `module`, as if it were slow there.

    Returns whether the second had to wait for the first.
    """
    reached, go_on = threading.Event(), threading.Event()
    original = getattr(module, name)

    def slowly(*args, **kwargs):
        reached.set()
        go_on.wait(timeout=20)
        return original(*args, **kwargs)

    monkeypatch.setattr(module, name, slowly)
    earlier, later = thread_of(first), thread_of(second)
    earlier.start()
    reached.wait(timeout=20)
    later.start()
    later.join(timeout=1)
    waited = later.is_alive()
    go_on.set()
    earlier.join(timeout=20)
    later.join(timeout=20)
    monkeypatch.setattr(module, name, original)
    return waited


def thread_of(act):
    def run():
        try:
            act()
        finally:
            connections.close_all()

    return threading.Thread(target=run)


def send(application):
    submit_application(application=application, by=application.applicant)


def close_while_it_is_sent(application, officer, monkeypatch):
    """Close the vacancy while a submission is under way. Says whether the closing had to wait."""
    outcome = {}

    def close():
        close_vacancy(vacancy=application.vacancy, by=officer, reason="Enough have applied.")
        outcome["closed"] = True

    outcome["waited"] = second_while_first_is_paused(
        monkeypatch, deciding, "make_move", first=lambda: send(application), second=close
    )
    return outcome


def test_closing_waits_for_the_application_that_is_being_sent(monkeypatch):
    application, officer = ApplicationFactory(), HRAdminFactory()

    outcome = close_while_it_is_sent(application, officer, monkeypatch)

    assert outcome == {"waited": True, "closed": True}
    application.refresh_from_db()
    assert application.submitted_at < Vacancy.objects.get().closed_at


def test_without_its_lock_closing_would_slip_past_the_application(monkeypatch):
    """The lock is what the test above holds on to: take it away, and the closing comes first."""
    application, officer = ApplicationFactory(), HRAdminFactory()
    monkeypatch.setattr(
        deciding, "lock_vacancy", lambda pk: Vacancy.objects.select_related("role").get(pk=pk)
    )

    outcome = close_while_it_is_sent(application, officer, monkeypatch)

    assert outcome == {"waited": False, "closed": True}
    application.refresh_from_db()
    assert application.submitted_at > Vacancy.objects.get().closed_at - timedelta(seconds=5)
    assert application.moves.last().moved_at > Vacancy.objects.get().closed_at


def fill_while_one_is_sent(application, officer, monkeypatch):
    """Close the vacancy and mark it filled while a submission is under way. Says how the filling went."""
    outcome = {}

    def close_and_fill():
        close_vacancy(vacancy=application.vacancy, by=officer, reason="We have somebody.")
        try:
            mark_vacancy_filled(vacancy=application.vacancy, by=officer)
            outcome["filled"] = True
        except ApplicantsWaiting as problem:
            outcome["waiting"] = problem.count

    second_while_first_is_paused(
        monkeypatch, deciding, "make_move", first=lambda: send(application), second=close_and_fill
    )
    return outcome


def test_no_vacancy_is_filled_past_an_application_that_is_being_sent(monkeypatch):
    outcome = fill_while_one_is_sent(ApplicationFactory(), HRAdminFactory(), monkeypatch)

    assert outcome == {"waiting": 1}
    assert Vacancy.objects.get().state == VacancyState.CLOSED


def test_without_the_lock_a_vacancy_would_be_filled_past_an_application(monkeypatch):
    """The lock is what the test above holds on to: take it away, and somebody waits for ever."""
    monkeypatch.setattr(
        deciding, "lock_vacancy", lambda pk: Vacancy.objects.select_related("role").get(pk=pk)
    )

    outcome = fill_while_one_is_sent(ApplicationFactory(), HRAdminFactory(), monkeypatch)

    assert outcome == {"filled": True}
    assert Vacancy.objects.get().state == VacancyState.FILLED
    assert Application.objects.without_answer().count() == 1


def close_then_send(application, officer, monkeypatch):
    """Send while HR is closing, held just before its change is saved. Says how the sending went."""
    outcome = {}

    def close():
        close_vacancy(vacancy=application.vacancy, by=officer, reason="Enough have applied.")

    def try_to_send():
        try:
            send(application)
            outcome["sent"] = True
        except VacancyClosed:
            outcome["refused"] = True

    outcome["waited"] = second_while_first_is_paused(
        monkeypatch, publishing, "_end", first=close, second=try_to_send
    )
    return outcome


def test_an_application_waits_for_the_closing_that_is_under_way_and_is_refused(monkeypatch):
    outcome = close_then_send(ApplicationFactory(), HRAdminFactory(), monkeypatch)

    assert outcome == {"waited": True, "refused": True}
    assert Application.objects.get().state == ApplicationState.DRAFT


def test_without_its_lock_closing_early_would_let_an_application_slip_in(monkeypatch):
    """The same, with a closing that does not lock its row: the application is taken meanwhile."""
    monkeypatch.setattr(publishing, "locked", lambda vacancy: Vacancy.objects.get(pk=vacancy.pk))

    outcome = close_then_send(ApplicationFactory(), HRAdminFactory(), monkeypatch)

    assert outcome == {"waited": False, "sent": True}
    assert Vacancy.objects.get().state == VacancyState.CLOSED


def test_marking_filled_twice_at_once_does_it_once():
    vacancy, officer = ClosedVacancyFactory(), HRAdminFactory()

    def fill():
        try:
            return mark_vacancy_filled(vacancy=vacancy, by=officer).state
        except InvalidTransition:
            return "refused"

    assert sorted(at_once(fill, fill)) == ["filled", "refused"]


def test_telling_at_once_tells_each_once():
    application = ApplicationFactory()
    NoticeFactory(vacancy=application.vacancy)

    def tell():
        return tell_of_notices(now=timezone.now())

    at_once(tell, tell, tell)

    assert mail_count() == 1


def test_sending_after_the_closing_is_refused_however_fresh_the_page():
    application, officer = ApplicationFactory(), HRAdminFactory()
    close_vacancy(vacancy=application.vacancy, by=officer, reason="Enough have applied.")

    with pytest.raises(VacancyClosed):
        submit_application(application=application, by=application.applicant)


def test_the_lock_on_a_vacancy_does_not_stop_others_from_referring_to_it():
    vacancy = LiveVacancyFactory()
    connection.set_autocommit(False)
    try:
        answering.lock_vacancy(vacancy.pk)
        made = at_once(lambda: ApplicationFactory(vacancy=Vacancy.objects.get(pk=vacancy.pk)).pk)
    finally:
        connection.rollback()
        connection.set_autocommit(True)

    assert made == [Application.objects.get().pk]
    assert Application.objects.get().started_at <= timezone.now()


@pytest.mark.parametrize("with_lock", [False, True])
def test_of_two_who_send_last_at_once_both_are_asked_to_read_again(monkeypatch, with_lock):
    """Without the lock neither sees the other's scores, and nobody is asked."""
    application = in_shortlisting(vacancy_with_criteria())
    members = panel_of(application.vacancy)
    meeting = threading.Barrier(2)
    sent = scoring.panel_queries.everybody_has_sent

    def when_both_have_written(application):
        with contextlib.suppress(threading.BrokenBarrierError):
            meeting.wait(timeout=2)
        return sent(application)

    monkeypatch.setattr(scoring.panel_queries, "everybody_has_sent", when_both_have_written)
    if not with_lock:
        monkeypatch.setattr(scoring, "locked", lambda application: application)

    at_once(
        lambda: give(members[0], application, 4).pk,
        lambda: give(members[1], application, 1).pk,
    )

    assert ScoreSheet.objects.counting().count() == 2
    asked = Score.objects.filter(asked_again_at__isnull=False).count()
    assert asked == (4 if with_lock else 0)


def test_pressing_send_twice_at_once_sends_the_scores_once():
    application = in_shortlisting(vacancy_with_criteria())
    member, _ = panel_of(application.vacancy)

    def send():
        return give(member, application, 3).pk

    assert at_once(send, send, send) == [ScoreSheet.objects.get().pk] * 3
    assert AuditEvent.objects.filter(event="scores_sent").count() == 1


def test_two_of_hr_who_decide_at_once_tell_the_applicant_once():
    application = in_shortlisting(vacancy_with_criteria())
    read_by_all(application, panel_of(application.vacancy))
    nothing = {"words": "", "reason": "", "mark": None}

    def decide():
        return decide_outcome(
            application=application, outcome="interview", by=HRAdminFactory(), **nothing
        ).outcome

    results = at_once(decide, decide)

    assert sorted(map(str, results)) == sorted(["interview", application.reference])
    assert Message.objects.filter(key__startswith="application_moved").count() == 1


def test_nobody_is_put_on_a_panel_and_applies_at_once():
    vacancy, person, hr = LiveVacancyFactory(), PanelistFactory(), HRAdminFactory()

    at_once(
        lambda: put_on_panel(vacancy=vacancy, person=person, is_lead=False, by=hr).pk,
        lambda: start_application(vacancy=vacancy, one_time_key=uuid4(), by=person).pk,
    )

    applied = Application.objects.filter(applicant=person).count()
    assert applied + PanelMember.objects.filter(person=person).count() == 1


@pytest.mark.parametrize("has_lock", [False, True])
def test_one_interview_slot_is_chosen_by_one_of_two_people(monkeypatch, has_lock):
    found = round_of(slots=2)
    people = [invited(found), invited(found)]
    slot = found.slots.first()
    if not has_lock:
        # The lock only keeps the second from failing late: the constraint alone never gives a slot twice.
        unlocked = InterviewSlot.objects.select_related("round__vacancy")
        monkeypatch.setattr(
            interview_choosing, "_slot_to_choose", lambda chosen: unlocked.get(pk=chosen.pk)
        )

    def choose(application):
        return choose_slot(application=application, slot=slot, by=application.applicant).slot_id

    results = at_once(*[lambda one=one: choose(one) for one in people])

    assert sorted(type(result).__name__ for result in results) == ["SlotTaken", "int"]
    assert InterviewBooking.objects.standing().filter(slot=slot).count() == 1
    told = Message.objects.filter(template="applications/emails/interview_time")
    assert told.count() == 1


def test_choosing_twice_at_once_leaves_one_interview():
    found = round_of(slots=3)
    application = invited(found)
    slots = list(found.slots.all())

    def choose(slot):
        return choose_slot(application=application, slot=slot, by=application.applicant).pk

    at_once(*[lambda one=one: choose(one) for one in slots])

    assert application.interview_bookings.standing().count() == 1


def test_choosing_and_withdrawing_at_once_leaves_no_interview_to_come():
    found = round_of()
    application = invited(found)
    slot = found.slots.first()

    at_once(
        lambda: choose_slot(application=application, slot=slot, by=application.applicant),
        lambda: withdraw_application(application=application, by=application.applicant),
    )

    assert application.interview_bookings.standing().count() == 0


def test_calling_off_and_choosing_at_once_leaves_nobody_in_a_slot_that_is_gone():
    found = round_of()
    application = invited(found)
    slot, officer = found.slots.first(), HRAdminFactory()

    at_once(
        lambda: choose_slot(application=application, slot=slot, by=application.applicant),
        lambda: cancel_slot(slot=slot, reason="Snow", by=officer),
    )

    assert InterviewBooking.objects.standing().count() == 0
