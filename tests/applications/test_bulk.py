"""Several applications at once: looked at, confirmed once, and carried out one by one."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actions import erase_person
from accounts.states import InvalidTransition
from applications.actions import (
    begin_bulk,
    carry_out_bulk,
    choose_applications,
    delete_bulks_past_their_time,
    describe_bulk,
    move_application,
    send_message,
    work_on_bulks,
)
from applications.actions import (
    bulk as bulk_module,
)
from applications.exceptions import PreviewIsOld, TooManyChosen, WordsMissing
from applications.models import Application, ApplicationMessage, BulkAction
from applications.rules import hr
from applications.states import ApplicationState as A
from applications.states import BulkKind, BulkOutcome, BulkState
from notifications.models import Message
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import ApplicationFactory, SentApplicationFactory
from tests.factories.vacancies import LiveVacancyFactory

pytestmark = pytest.mark.django_db
WORDS = "Dear {first_name}, others had more experience."


@pytest.fixture
def officer():
    return HRAdminFactory()


@pytest.fixture
def three():
    vacancy = LiveVacancyFactory()
    return [SentApplicationFactory(vacancy=vacancy, answers=False) for _ in range(3)]


def chosen(applications, officer):
    found = Application.objects.filter(pk__in=[row.pk for row in applications])
    return choose_applications(applications=found, by=officer)


def described(applications, officer, **fields):
    fields = {"kind": BulkKind.MOVE, "to_state": A.SHORTLISTING, "words": "", **fields}
    return describe_bulk(bulk=chosen(applications, officer), by=officer, **fields)


def confirmed(bulk, officer):
    return begin_bulk(bulk=bulk, one_time_key=bulk.one_time_key, by=officer)


def outcomes(bulk):
    return list(bulk.rows.values_list("outcome", "why"))


def test_choosing_and_describing_change_no_application_and_send_nothing(three, officer):
    bulk = described(three, officer, to_state=A.UNSUCCESSFUL, words=WORDS)

    assert (bulk.state, bulk.rows.count()) == (BulkState.PREPARED, 3)
    assert set(Application.objects.values_list("state", flat=True)) == {A.SUBMITTED}
    assert Message.objects.count() == 0


def test_a_draft_is_never_chosen(officer):
    draft = ApplicationFactory(answers=False)

    assert chosen([draft], officer).rows.count() == 0


def test_too_many_are_refused(three, officer, settings):
    settings.BULK_MOST_APPLICATIONS = 2

    with pytest.raises(TooManyChosen):
        chosen(three, officer)
    assert BulkAction.objects.count() == 0


def test_a_confirmed_move_moves_each_with_its_own_words(three, officer):
    three[0].full_name = "Amina Yusuf"
    three[0].save()
    bulk = confirmed(described(three, officer, to_state=A.UNSUCCESSFUL, words=WORDS), officer)

    carry_out_bulk(bulk=bulk)

    bulk.refresh_from_db()
    assert bulk.state == BulkState.DONE
    assert outcomes(bulk) == [(BulkOutcome.DONE, "")] * 3
    assert set(Application.objects.values_list("state", flat=True)) == {A.UNSUCCESSFUL}
    assert three[0].moves.last().words == "Dear Amina, others had more experience."
    assert three[0].moves.last().moved_by == officer
    assert Message.objects.filter(template="applications/emails/application_moved").count() == 3


@pytest.mark.parametrize("words", ["", "  \n"])
def test_nobody_is_turned_down_without_words(three, officer, words):
    with pytest.raises(WordsMissing):
        described(three, officer, to_state=A.UNSUCCESSFUL, words=words)


def test_the_database_refuses_a_refusal_without_words(officer):
    with pytest.raises(IntegrityError, match="without_words"), transaction.atomic():
        BulkAction.objects.create(made_by=officer, kind="move", to_state=A.UNSUCCESSFUL)


@pytest.mark.parametrize("to_state", [A.INTERVIEW, A.OFFERED, A.CHECKS, A.HIRED, A.WITHDRAWN, ""])
def test_nobody_is_moved_further_together_with_others(three, officer, to_state):
    with pytest.raises(InvalidTransition):
        described(three, officer, to_state=to_state, words=WORDS)


def test_the_same_confirmation_again_does_nothing_more(three, officer):
    bulk = described(three, officer)
    confirmed(bulk, officer)
    carry_out_bulk(bulk=bulk)

    again = confirmed(bulk, officer)
    work_on_bulks()
    carry_out_bulk(bulk=again)

    assert again.state == BulkState.DONE
    assert [row.moves.count() for row in three] == [2, 2, 2]
    assert Message.objects.count() == 3


def test_a_preview_that_another_has_replaced_cannot_be_confirmed(three, officer):
    bulk = described(three, officer)
    old = bulk.one_time_key
    describe_bulk(bulk=bulk, kind=BulkKind.MOVE, to_state=A.UNSUCCESSFUL, words="No.", by=officer)

    for key in (old, uuid.uuid4(), "nonsense"):
        with pytest.raises(PreviewIsOld):
            begin_bulk(bulk=bulk, one_time_key=key, by=officer)
    assert BulkAction.objects.get().state == BulkState.PREPARED


def test_what_is_confirmed_cannot_be_described_anew(three, officer):
    bulk = confirmed(described(three, officer), officer)

    with pytest.raises(PreviewIsOld):
        describe_bulk(bulk=bulk, kind=BulkKind.MOVE, to_state=A.SHORTLISTING, words="", by=officer)


def test_nothing_is_confirmed_before_it_is_described(three, officer):
    bulk = chosen(three, officer)

    with pytest.raises(PreviewIsOld):
        confirmed(bulk, officer)


def test_only_who_began_it_describes_and_confirms(three, officer):
    bulk, other = described(three, officer), HRAdminFactory()

    with pytest.raises(PermissionDenied):
        confirmed(bulk, other)
    with pytest.raises(PermissionDenied):
        describe_bulk(bulk=bulk, kind=BulkKind.MOVE, to_state=A.SHORTLISTING, words="", by=other)
    with pytest.raises(PermissionDenied):
        chosen(three, UserFactory())


def test_what_moved_after_the_preview_is_left_alone(three, officer):
    bulk = confirmed(described(three, officer, to_state=A.UNSUCCESSFUL, words=WORDS), officer)
    move_application(application=three[1], to_state=A.SHORTLISTING, by=officer)

    carry_out_bulk(bulk=bulk)

    assert outcomes(bulk) == [("done", ""), ("left_out", hr.MOVED_MEANWHILE), ("done", "")]
    three[1].refresh_from_db()
    assert three[1].state == A.SHORTLISTING


def test_ones_own_application_and_a_wrong_state_are_left_out_with_the_reason(officer):
    own = SentApplicationFactory(applicant=officer, answers=False)
    over = SentApplicationFactory(state=A.UNSUCCESSFUL, answers=False)
    bulk = confirmed(described([own, over], officer), officer)

    carry_out_bulk(bulk=bulk)

    assert outcomes(bulk) == [
        ("left_out", hr.OWN),
        ("left_out", "It is at “Not successful” and cannot go from there to “Being considered”."),
    ]
    assert Message.objects.count() == 0


@pytest.mark.parametrize("state", [A.OFFERED, A.CHECKS])
def test_an_offer_is_never_taken_back_together_with_others(officer, state):
    offered = SentApplicationFactory(state=state, answers=False)
    bulk = described([offered], officer, to_state=A.UNSUCCESSFUL, words=WORDS)

    carry_out_bulk(bulk=confirmed(bulk, officer))

    assert outcomes(bulk) == [("left_out", hr.OFFERED)]


def test_one_that_goes_wrong_leaves_the_others_done(three, officer, monkeypatch, caplog):
    bulk = confirmed(described(three, officer), officer)

    def breaks(*, application, **kwargs):
        done = move_application(application=application, **kwargs)
        if application.pk == three[1].pk:
            raise RuntimeError("A full disk.")
        return done

    monkeypatch.setattr(bulk_module, "move_application", breaks)
    carry_out_bulk(bulk=bulk)

    bulk.refresh_from_db()
    assert outcomes(bulk) == [("done", ""), ("failed", bulk_module.WENT_WRONG), ("done", "")]
    assert [row.moves.count() for row in three] == [2, 1, 2]
    assert (bulk.state, Message.objects.count()) == (BulkState.DONE, 2)
    assert [record.name for record in caplog.records] == ["applications.actions.bulk"]


def test_a_worker_goes_on_where_the_page_stopped(three, officer):
    bulk = confirmed(described(three, officer), officer)
    carry_out_bulk(bulk=bulk, most=1)
    bulk.refresh_from_db()
    assert (bulk.state, bulk.counts()["waiting"]) == (BulkState.RUNNING, 2)

    work_on_bulks()

    bulk.refresh_from_db()
    assert (bulk.state, bulk.counts()["done"]) == (BulkState.DONE, 3)


def test_what_is_not_confirmed_no_worker_touches(three, officer):
    bulk = described(three, officer)

    work_on_bulks()

    assert bulk.counts()["waiting"] == 3


def test_a_message_goes_to_each_who_can_be_written_to(three, officer):
    silent = SentApplicationFactory(applicant__email="x@no-address.invalid", answers=False)
    bulk = described(
        [*three, silent],
        officer,
        kind=BulkKind.MESSAGE,
        subject="About {job_title}",
        words="Dear {first_name}, it takes a week more.",
    )
    carry_out_bulk(bulk=confirmed(bulk, officer))

    assert outcomes(bulk) == [("done", "")] * 3 + [("left_out", hr.NO_ADDRESS)]
    assert set(ApplicationMessage.objects.values_list("subject", flat=True)) == {
        f"About {three[0].vacancy.title}"
    }
    assert Message.objects.filter(template="applications/emails/hr_message").count() == 3


def test_who_has_no_address_is_moved_and_is_to_be_rung(officer):
    silent = SentApplicationFactory(applicant__email="x@no-address.invalid", answers=False)
    bulk = confirmed(described([silent], officer), officer)

    carry_out_bulk(bulk=bulk)

    silent.refresh_from_db()
    assert silent.state == A.SHORTLISTING
    assert outcomes(bulk) == [("done", hr.NO_ADDRESS)]


def test_a_single_message_is_sent_once_for_a_key_and_never_to_oneself(officer):
    application = SentApplicationFactory(answers=False)
    own = SentApplicationFactory(applicant=officer, answers=False)
    key = uuid.uuid4()
    letter = {"subject": "News", "words": "A week more.", "one_time_key": key, "by": officer}

    first = send_message(application=application, **letter)
    again = send_message(application=application, **letter)

    assert (first, Message.objects.count()) == (again, 1)
    with pytest.raises(PermissionDenied, match="own application"):
        send_message(application=own, **{**letter, "one_time_key": uuid.uuid4()})
    with pytest.raises(PermissionDenied):
        send_message(
            application=application, **{**letter, "one_time_key": uuid.uuid4(), "by": UserFactory()}
        )


def test_the_words_of_a_bulk_action_go_with_a_person_who_is_erased(three, officer):
    bulk = confirmed(described(three, officer, to_state=A.UNSUCCESSFUL, words=WORDS), officer)
    carry_out_bulk(bulk=bulk)

    erase_person(person=three[0].applicant, by=HRAdminFactory())

    bulk.refresh_from_db()
    assert bulk.words == "Deleted with an application."
    assert three[0].moves.last().words == ""
    assert "more experience" in three[1].moves.last().words


def test_bulk_actions_are_deleted_in_time_those_nobody_confirmed_sooner(three, officer):
    today = timezone.localdate()
    prepared = described(three, officer)
    done = confirmed(described(three, officer), officer)
    carry_out_bulk(bulk=done)

    assert delete_bulks_past_their_time(on=today + timedelta(days=7)) == 0
    assert delete_bulks_past_their_time(on=today + timedelta(days=9)) == 1
    assert list(BulkAction.objects.all()) == [done] != [prepared]
    assert delete_bulks_past_their_time(on=today + timedelta(days=368)) == 1
