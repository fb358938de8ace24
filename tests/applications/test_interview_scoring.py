"""Interviewers score alone; the lead proposes, HR decides; the reserve list and its end."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import AuditEvent
from applications.actions import (
    answer_interview_second_read,
    decide_interview_outcome,
    declare_conflict,
    end_reserves_past_their_date,
    mark_vacancy_filled,
    propose_interview_outcome,
    reopen_interview_scores,
    reveal_name,
    undo_interview_outcome,
    withdraw_application,
)
from applications.exceptions import (
    DecidedMeanwhile,
    NotMetYet,
    NotReadYet,
    SavedElsewhere,
    ScoresMissing,
    ScoresSent,
    TooLateToUndo,
    WordsMissing,
)
from applications.models import Application, InterviewScore, InterviewSheet, InterviewSlot
from applications.queries import interviews as interview_queries
from applications.queries.interview_table import InterviewTable, interview_result
from applications.states import ApplicationState, InterviewOutcome, ReserveEnded
from notifications.models import Message
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.interviews import (
    booked,
    held,
    in_interview,
    mark,
    marked_by_all,
    members_of,
    round_of,
)
from tests.factories.shortlisting import PanelMemberFactory

pytestmark = pytest.mark.django_db
OFFER, RESERVE, NOT_TAKEN = InterviewOutcome


def letters(name):
    return Message.objects.filter(template=f"applications/emails/{name}")


def decide(application, outcome, *, by=None, **given):
    given = {"words": "You listened well.", "reason": "", **given}
    if outcome == RESERVE:
        given.setdefault("expires_on", timezone.localdate() + timedelta(days=30))
    return decide_interview_outcome(
        application=application, outcome=outcome, by=by or HRAdminFactory(), **given
    )


def test_only_interviewers_of_a_booked_interview_score_and_see_the_name():
    found = round_of()
    booking = booked(found)
    elsewhere = PanelMemberFactory(vacancy=found.vacancy)
    first = members_of(found)[0]

    reveal_name(member=first, booking=booking, by=first.person)

    [line] = AuditEvent.objects.filter(event="interview_name_revealed")
    assert (line.by, line.subject_id) == (first.person, str(booking.application_id))
    for act in (
        lambda: mark(elsewhere, booking, 3),
        lambda: reveal_name(member=elsewhere, booking=booking, by=elsewhere.person),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_conflict_of_interest_takes_the_interview_away():
    booking = held(round_of())
    knows = members_of(booking.round)[0]
    mark(knows, booking, 4)

    declare_conflict(
        member=knows, application=booking.application, words="A friend.", by=knows.person
    )

    assert interview_queries.interviews_of_member(knows, booking.application.code) == []
    assert InterviewSheet.objects.get(member=knows).voided_at is not None
    with pytest.raises(PermissionDenied):
        mark(knows, booking, 4)


def test_points_are_kept_before_the_interview_and_sent_once_it_has_begun():
    booking = booked(round_of())
    first = members_of(booking.round)[0]

    mark(first, booking, 3, send=False)
    with pytest.raises(NotMetYet, match=re.escape(booking.slot.when)):
        mark(first, booking, 3, version=1)

    sheet = InterviewSheet.objects.get(member=first)
    assert (sheet.sent_at, sheet.scores.count()) == (None, 3)
    InterviewSlot.objects.filter(pk=booking.slot_id).update(begins_at=timezone.now())
    assert mark(first, booking, 3, version=1).sent_at is not None


def test_scores_that_were_sent_are_locked_and_whole():
    booking = held(round_of())
    first = members_of(booking.round)[0]

    with pytest.raises(ScoresMissing):
        mark(first, booking, [3, None, 3])
    mark(first, booking, [3, None, 3], send=False)
    with pytest.raises(SavedElsewhere):
        mark(first, booking, 2, version=0)
    mark(first, booking, 2, version=1)
    mark(first, booking, 2, version=1)
    with pytest.raises(ScoresSent):
        mark(first, booking, 4, version=2)


def test_who_is_far_apart_is_asked_for_a_second_look():
    booking = held(round_of())
    first, second = members_of(booking.round)

    mark(first, booking, [1, 3, 3])
    assert letters("second_read_asked").count() == 0
    mark(second, booking, [3, 3, 2])

    asked = InterviewScore.objects.filter(asked_again_at__isnull=False)
    assert sorted(asked.values_list("points", flat=True)) == [1, 3]
    assert letters("second_read_asked").count() == 2
    score = asked.get(sheet__member=first)
    for _ in range(2):
        answer_interview_second_read(
            member=first,
            booking=booking,
            score=score,
            points=3,
            words="I had missed it.",
            by=first.person,
        )
    score.refresh_from_db()
    assert (score.points, score.counted) == (1, 3)
    with pytest.raises(PermissionDenied):
        answer_interview_second_read(
            member=second, booking=booking, score=score, points=3, words="x", by=second.person
        )


def test_hr_gives_scores_back_with_a_reason_and_keeps_them():
    booking = held(round_of())
    marked_by_all(booking)
    sheet = InterviewSheet.objects.first()

    reopen_interview_scores(sheet=sheet, reason="Another person's notes.", by=HRAdminFactory())

    sheet.refresh_from_db()
    assert sheet.sent_at is None
    assert set(map(tuple, sheet.reopenings.get().points.values())) == {(3, None)}
    assert letters("scores_reopened").count() == 1
    with pytest.raises(PermissionDenied):
        reopen_interview_scores(sheet=sheet, reason="Again", by=UserFactory())


def test_the_table_ranks_by_the_averages_and_opens_when_all_is_there(django_assert_num_queries):
    found = round_of(slots=4)
    best, other, _ = held(found), held(found), booked(found)
    first, second = members_of(found)
    mark(first, best, 4)
    mark(second, best, 3)
    mark(first, other, 2)

    with django_assert_num_queries(13):
        table = InterviewTable(found.vacancy)
    assert [(row.code, row.rank, row.total) for row in table.rows] == [
        (best.application.code, 1, 10.5),
        (other.application.code, 2, 6),
    ]
    assert [row.missing for row in table.rows] == [[], [second]]
    assert not table.is_open
    mark(second, other, 2)
    assert InterviewTable(found.vacancy).is_open


def test_the_lead_proposes_and_nobody_is_told():
    booking = held(round_of())
    lead, other = members_of(booking.round)
    given = {"application": booking.application, "words": "", "reason": "The best."}
    with pytest.raises(NotReadYet):
        propose_interview_outcome(member=lead, outcome=OFFER, by=lead.person, **given)
    marked_by_all(booking)
    before = Message.objects.count()

    with pytest.raises(PermissionDenied):
        propose_interview_outcome(member=other, outcome=OFFER, by=other.person, **given)
    with pytest.raises(WordsMissing):
        propose_interview_outcome(member=lead, outcome=NOT_TAKEN, by=lead.person, **given)
    decision = propose_interview_outcome(member=lead, outcome=OFFER, by=lead.person, **given)

    assert (decision.proposed_outcome, decision.is_decided) == (OFFER, False)
    assert Message.objects.count() == before
    assert interview_result(booking.application) is None
    with pytest.raises(WordsMissing):
        decide(booking.application, RESERVE)


def test_to_be_offered_stays_in_interview_and_says_nothing_yet():
    booking = held(round_of())
    marked_by_all(booking)
    before = Message.objects.count()

    decide(booking.application, OFFER)

    booking.application.refresh_from_db()
    assert booking.application.state == ApplicationState.INTERVIEW
    assert Message.objects.count() == before
    assert interview_result(booking.application) is None
    with pytest.raises(DecidedMeanwhile):
        decide(booking.application, NOT_TAKEN)


def test_not_successful_tells_the_sentence_and_the_result_by_criterion():
    booking = held(round_of())
    marked_by_all(booking, 2)
    application = booking.application

    decide(application, NOT_TAKEN)

    application = Application.objects.get(pk=application.pk)
    assert application.state == ApplicationState.UNSUCCESSFUL
    assert letters("application_moved").get().context["words"] == "You listened well."
    result = interview_result(application)
    assert [(row["text"], row["result"]) for row in result["results"]] == [
        ("Criterion 0", "Met"),
        ("Criterion 1", "Met"),
        ("What else we asked", "Met"),
    ]
    assert result["words"] == "You listened well."


def test_decisions_are_hrs_and_never_about_oneself_or_without_scores():
    booking = held(round_of())
    marked_by_all(booking)
    officer = HRAdminFactory()
    own = in_interview(booking.round.vacancy, applicant=officer)

    for application, by in ((booking.application, UserFactory()), (own, officer)):
        with pytest.raises(PermissionDenied):
            decide(application, OFFER, by=by)
    with pytest.raises(NotReadYet):
        decide(in_interview(booking.round.vacancy), OFFER)


def test_the_reserve_list_ends_on_its_date_and_writes_once():
    booking = held(round_of())
    marked_by_all(booking)
    application = booking.application
    until = timezone.localdate() + timedelta(days=30)
    with pytest.raises(WordsMissing):
        decide(application, RESERVE, expires_on=None)

    decide(application, RESERVE, expires_on=until)

    days = [until, until + timedelta(days=3), until + timedelta(days=4)]
    assert [end_reserves_past_their_date(on=day) for day in days] == [0, 1, 0]
    entry = application.reserve_entries.get()
    assert entry.ended_because == ReserveEnded.EXPIRED
    assert (letters("reserve_listed").count(), letters("reserve_ended").count()) == (1, 1)
    application.refresh_from_db()
    assert application.state == ApplicationState.INTERVIEW
    assert interview_queries.reserves_that_ended() == [
        (application.vacancy_id, application.vacancy.title, 1)
    ]


def test_who_is_on_the_reserve_list_has_an_answer_when_the_vacancy_is_filled():
    booking = held(round_of())
    marked_by_all(booking)
    vacancy = booking.application.vacancy
    assert Application.objects.without_answer().filter(vacancy=vacancy).count() == 1

    decide(booking.application, RESERVE)

    assert Application.objects.without_answer().filter(vacancy=vacancy).count() == 0
    mark_vacancy_filled(vacancy=vacancy, by=HRAdminFactory())


def test_withdrawing_ends_the_place_on_the_reserve_list():
    booking = held(round_of())
    marked_by_all(booking)
    decide(booking.application, RESERVE)

    withdraw_application(application=booking.application, by=booking.application.applicant)

    assert booking.application.reserve_entries.get().ended_because == ReserveEnded.MOVED


@pytest.mark.parametrize("outcome", [OFFER, RESERVE, NOT_TAKEN])
def test_undoing_a_decision_whose_letter_has_not_gone_out_tells_nobody(outcome):
    booking = held(round_of())
    marked_by_all(booking)
    decision = decide(booking.application, outcome)

    was_told = undo_interview_outcome(
        decision=decision, reason="The wrong person.", by=HRAdminFactory()
    )

    application = Application.objects.get(pk=booking.application_id)
    assert was_told is False
    assert (application.state, application.decision) == (ApplicationState.INTERVIEW, "")
    assert application.reserve_entries.standing().count() == 0
    told = ["application_moved", "reserve_listed", "interview_reconsidered"]
    assert [letters(name).count() for name in told] == [0, 0, 0]
    assert decide(application, OFFER).is_decided


def test_undoing_what_was_told_writes_again():
    booking = held(round_of())
    marked_by_all(booking)
    decision = decide(booking.application, NOT_TAKEN)
    letters("application_moved").update(state="sent", sent_at=timezone.now())

    assert undo_interview_outcome(decision=decision, reason="Wrong.", by=HRAdminFactory()) is True

    assert letters("interview_reconsidered").count() == 1


def test_undoing_is_permissioned_and_not_for_ever():
    booking = held(round_of())
    marked_by_all(booking)
    decision = decide(booking.application, RESERVE)

    with pytest.raises(PermissionDenied):
        undo_interview_outcome(decision=decision, reason="x", by=UserFactory())
    mark_vacancy_filled(vacancy=booking.application.vacancy, by=HRAdminFactory())
    with pytest.raises(TooLateToUndo):
        undo_interview_outcome(decision=decision, reason="x", by=HRAdminFactory())
