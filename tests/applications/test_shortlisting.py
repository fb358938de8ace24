"""The table, what the lead proposes, what HR decides and undoes, and what the applicant reads of it."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.states import InvalidTransition
from applications.actions import (
    answer_second_read,
    decide_outcome,
    erase_applications,
    make_offer,
    move_application,
    propose_outcome,
    undo_outcome,
)
from applications.exceptions import DecidedMeanwhile, NotReadYet, TooLateToUndo, WordsMissing
from applications.models import (
    Conflict,
    InterviewScheme,
    SchemeChosen,
    Score,
    ScoreSheet,
    ShortlistDecision,
)
from applications.queries.shortlist import Shortlist, result_for_applicant
from applications.states import ApplicationState, Outcome
from notifications.models import Message
from notifications.states import MessageState
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.offers import terms
from tests.factories.shortlisting import (
    ConflictFactory,
    give,
    in_shortlisting,
    panel_of,
    read_by_all,
    vacancy_with_criteria,
)
from vacancies.models import Vacancy
from vacancies.states import VacancyState

pytestmark = pytest.mark.django_db
SENTENCE = "Others showed more of their work with courts."


@pytest.fixture
def vacancy():
    return vacancy_with_criteria(essential=1, desirable=1)


@pytest.fixture
def panel(vacancy):
    return panel_of(vacancy)


@pytest.fixture
def application(vacancy):
    return in_shortlisting(vacancy)


@pytest.fixture
def hr():
    return HRAdminFactory()


def with_scheme(application):
    scheme, _ = InterviewScheme.objects.get_or_create(name="Disability Confident", question="?")
    SchemeChosen.objects.create(application=application, scheme=scheme)
    return application


def decide(application, by, outcome=Outcome.INTERVIEW, words="", reason="", mark=None):
    return decide_outcome(
        application=application, outcome=outcome, words=words, reason=reason, mark=mark, by=by
    )


def table_of(vacancy):
    return [
        (row.rank, row.code, row.total, row.meets_essentials) for row in Shortlist(vacancy).rows
    ]


# --- The table ------------------------------------------------------------------------------------
def test_the_table_ranks_by_the_sum_of_averages_and_says_who_meets_the_essentials(vacancy, panel):
    best, same, weak = (in_shortlisting(vacancy) for _ in range(3))
    for member, points in zip(panel, ([3, 4], [4, 4]), strict=True):
        give(member, best, points)
    for member, points in zip(panel, ([4, 4], [3, 4]), strict=True):
        give(member, same, points)
    for member, points in zip(panel, ([2, 3], [1, 3]), strict=True):
        give(member, weak, points)

    first, second = sorted([best.code, same.code])
    assert table_of(vacancy) == [
        (1, first, Decimal("7.5"), True),
        (1, second, Decimal("7.5"), True),
        (3, weak.code, Decimal("4.5"), False),
    ]


def test_an_average_of_exactly_two_meets_an_essential_criterion(vacancy, panel, application):
    give(panel[0], application, [1, 0])
    give(panel[1], application, [3, 0])
    score = Score.objects.get(sheet__member=panel[0], points=1)
    answer_second_read(member=panel[0], score=score, points=1, words="x", by=panel[0].person)

    [row] = Shortlist(vacancy).rows
    assert (row.averages[vacancy.criteria.first().pk], row.meets_essentials) == (2, True)


def test_final_points_count_instead_of_the_first(vacancy, panel, application):
    give(panel[0], application, [4, 0])
    give(panel[1], application, [1, 0])
    for member, points in zip(panel, (3, 2), strict=True):
        score = Score.objects.get(sheet__member=member, asked_again_at__isnull=False)
        answer_second_read(member=member, score=score, points=points, words="x", by=member.person)

    assert Shortlist(vacancy).rows[0].total == Decimal("2.5")


def test_the_table_is_closed_until_everybody_has_sent_and_read_again(vacancy, panel, application):
    give(panel[0], application, [4, 3])
    assert [row.missing for row in Shortlist(vacancy).rows] == [[panel[1]]]
    give(panel[1], application, [1, 3])
    assert (Shortlist(vacancy).is_open, Shortlist(vacancy).rows[0].second_reads) == (False, 2)

    for score in Score.objects.filter(asked_again_at__isnull=False):
        member = score.sheet.member
        answer_second_read(member=member, score=score, points=3, words="x", by=member.person)

    assert Shortlist(vacancy).is_open


def test_one_reader_is_too_few(vacancy, panel, application, hr):
    ConflictFactory(member=panel[1], application=application)
    give(panel[0], application, 4)

    assert not Shortlist(vacancy).is_open
    with pytest.raises(NotReadYet):
        decide(application, hr)


def test_scores_of_who_knows_the_applicant_do_not_count(client, vacancy, application):
    lead, second, third = panel_of(vacancy, 3)
    read_by_all(application, [lead, second], 3)
    give(third, application, 3)
    client.force_login(third.person)
    client.post(
        reverse("applications:panel-conflict", args=[vacancy.reference, application.code]),
        {"words": "My brother."},
    )

    [row] = Shortlist(vacancy).rows
    assert (row.readers, row.total, row.is_read) == (2, Decimal("6.0"), True)


def test_a_mark_shows_how_many_pass_and_stores_nothing(client, vacancy, panel):
    for points in (4, 3, 1):
        read_by_all(in_shortlisting(vacancy), panel, points)
    below = with_scheme(in_shortlisting(vacancy))
    read_by_all(below, panel, 2)
    client.force_login(panel[0].person)
    url = reverse("applications:panel-table", args=[vacancy.reference])
    before = AuditEvent.objects.count()

    page = client.get(url, {"mark": "5.5"})

    assert page.context["preview"] == {
        "mark": Decimal("5.5"),
        "all": 4,
        "pass": 2,
        "offered": 1,
        "without_essentials": 0,
    }
    words = " ".join(page.content.decode().split())
    assert "At 5.5 points, 2 of 4 not yet decided would pass" in words
    assert ShortlistDecision.objects.count() == 0
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("mark", ["-1", "lots", "1e9", "NaN", "9999999"])
def test_a_mark_that_is_no_number_says_so(client, vacancy, panel, application, mark):
    read_by_all(application, panel)
    client.force_login(panel[0].person)

    answer = client.get(
        reverse("applications:panel-table", args=[vacancy.reference]), {"mark": mark}
    )

    assert (answer.status_code, answer.context["preview"]) == (200, None)


def test_the_table_is_for_the_lead_alone(client, vacancy, panel, application):
    read_by_all(application, panel)
    url = reverse("applications:panel-table", args=[vacancy.reference])

    answers = []
    for member in panel:
        client.force_login(member.person)
        answers.append(client.get(url).status_code)

    assert answers == [200, 404]


def test_the_panel_reads_that_an_interview_is_to_be_offered_and_never_why(
    client, vacancy, panel, application, hr, settings
):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with_scheme(application)
    read_by_all(application, panel)
    client.force_login(panel[0].person)
    lead = client.get(reverse("applications:panel-table", args=[vacancy.reference]))
    client.force_login(hr)
    own = client.get(reverse("admin:applications_shortlist", args=[vacancy.pk]))

    assert "Offer an interview" in lead.content.decode()
    assert "Disability Confident" not in lead.content.decode()
    assert "Disability Confident: <strong>to be offered an interview" in own.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_table_has_a_fixed_number_of_queries(
    client, django_assert_num_queries, vacancy, panel, number
):
    for _ in range(number):
        read_by_all(with_scheme(in_shortlisting(vacancy)), panel)
    client.force_login(panel[0].person)
    url = reverse("applications:panel-table", args=[vacancy.reference])
    client.get(url)

    with django_assert_num_queries(11):
        answer = client.get(url)

    assert len(answer.context["rows"]) == number


def test_hrs_table_has_as_many_queries_for_one_as_for_three(client, vacancy, panel, hr, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    client.force_login(hr)
    url = reverse("admin:applications_shortlist", args=[vacancy.pk])
    counts = []
    for number in (1, 2):
        for _ in range(number):
            read_by_all(with_scheme(in_shortlisting(vacancy)), panel)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))

    assert counts == [12, 12]


# --- Proposing ------------------------------------------------------------------------------------
def test_the_lead_proposes_and_nobody_is_told(client, vacancy, panel):
    good, weak = in_shortlisting(vacancy), in_shortlisting(vacancy)
    read_by_all(good, panel, 4)
    read_by_all(weak, panel, 1)
    client.force_login(panel[0].person)
    url = reverse("applications:panel-table", args=[vacancy.reference])
    letters = Message.objects.count()

    client.post(
        url,
        {
            f"{good.code}-outcome": "interview",
            f"{weak.code}-outcome": "not_taken",
            f"{weak.code}-words": SENTENCE,
        },
    )

    proposed = ShortlistDecision.objects.order_by("application_id")
    assert [(row.outcome, row.words, row.decided_at) for row in proposed] == [
        ("interview", "", None),
        ("not_taken", SENTENCE, None),
    ]
    assert {row.proposed_by for row in proposed} == {panel[0].person}
    good.refresh_from_db()
    assert good.state == ApplicationState.SHORTLISTING
    assert Message.objects.count() == letters


def test_a_refusal_without_its_sentence_is_not_proposed(client, vacancy, panel, application):
    read_by_all(application, panel)
    client.force_login(panel[0].person)

    answer = client.post(
        reverse("applications:panel-table", args=[vacancy.reference]),
        {f"{application.code}-outcome": "not_taken", f"{application.code}-words": " "},
    )

    assert "Write one sentence that the applicant reads" in answer.content.decode()
    assert ShortlistDecision.objects.count() == 0


def test_only_the_lead_proposes_and_not_for_somebody_they_know(vacancy, application):
    lead, second, third = panel_of(vacancy, 3)
    read_by_all(application, [lead, second, third])
    fields = {"application": application, "outcome": "interview", "words": "", "reason": ""}

    with pytest.raises(PermissionDenied):
        propose_outcome(member=second, mark=None, by=second.person, **fields)
    ConflictFactory(member=lead, application=application)
    with pytest.raises(PermissionDenied):
        propose_outcome(member=lead, mark=None, by=lead.person, **fields)


def test_a_mark_proposes_those_who_reach_it_and_nothing_for_the_others(client, vacancy, panel):
    good, weak = in_shortlisting(vacancy), in_shortlisting(vacancy)
    read_by_all(good, panel, 4)
    read_by_all(weak, panel, 1)
    client.force_login(panel[0].person)

    page = client.get(reverse("applications:panel-table", args=[vacancy.reference]), {"mark": "6"})

    begun = {row["row"].code: row["form"]["outcome"].value() for row in page.context["rows"]}
    assert begun == {good.code: "interview", weak.code: ""}


# --- Deciding -------------------------------------------------------------------------------------
def test_hr_invites_and_the_applicant_is_told(panel, application, hr):
    read_by_all(application, panel)

    decision = decide(application, hr, words="We would like to hear more.")

    application.refresh_from_db()
    assert application.state == ApplicationState.INTERVIEW
    assert (decision.decided_by, decision.outcome) == (hr, "interview")
    move = application.moves.last()
    assert (move.to_state, move.words) == ("interview", "We would like to hear more.")
    letter = Message.objects.get(key=f"application_moved:{move.pk}")
    assert letter.context["words"] == "We would like to hear more."
    assert AuditEvent.objects.filter(event="outcome_decided", by=hr).count() == 1


def test_hr_turns_down_with_one_sentence(panel, application, hr):
    read_by_all(application, panel)
    with pytest.raises(WordsMissing):
        decide(application, hr, Outcome.NOT_TAKEN)

    decide(application, hr, Outcome.NOT_TAKEN, words=SENTENCE)

    application.refresh_from_db()
    assert (application.state, application.decided_by) == (ApplicationState.UNSUCCESSFUL, hr)
    assert Message.objects.get(key__startswith="application_moved").context["words"] == SENTENCE


def test_nobody_but_hr_decides_and_nobody_their_own(vacancy, panel, application):
    read_by_all(application, panel)
    own = in_shortlisting(vacancy, applicant=HRAdminFactory())
    read_by_all(own, panel)

    for who, what in ((panel[0].person, application), (own.applicant, own)):
        with pytest.raises(PermissionDenied):
            decide(what, who)


def test_what_is_decided_or_withdrawn_is_left_alone(panel, application, hr):
    read_by_all(application, panel)
    decide(application, hr)

    with pytest.raises(DecidedMeanwhile):
        decide(application, hr, Outcome.NOT_TAKEN, words=SENTENCE)

    assert Message.objects.filter(key__startswith="application_moved").count() == 1


@pytest.mark.parametrize(
    ("points", "scheme", "outcome", "mark", "otherwise"),
    [
        (3, False, "interview", None, False),
        (3, False, "interview", 6, False),
        (3, False, "interview", 7, True),
        (3, False, "not_taken", 6, True),
        (3, False, "not_taken", 7, False),
        (3, True, "not_taken", None, True),
        (3, True, "interview", 7, False),
        (1, True, "not_taken", None, False),
        (1, False, "interview", 1, True),
    ],
)
def test_what_is_otherwise_than_the_mark_or_a_scheme_needs_a_reason(
    panel, application, hr, points, scheme, outcome, mark, otherwise
):
    if scheme:
        with_scheme(application)
    read_by_all(application, panel, points)

    if otherwise:
        with pytest.raises(WordsMissing):
            decide(application, hr, outcome, words=SENTENCE, mark=mark)
    decision = decide(
        application, hr, outcome, words=SENTENCE, mark=mark, reason="x" if otherwise else ""
    )

    assert (decision.mark, decision.reason) == (mark, "x" if otherwise else "")


def test_what_is_otherwise_than_the_panel_proposed_needs_a_reason(panel, application, hr):
    lead = panel[0]
    read_by_all(application, panel)
    propose_outcome(
        member=lead,
        application=application,
        outcome="not_taken",
        words=SENTENCE,
        reason="",
        mark=None,
        by=lead.person,
    )

    with pytest.raises(WordsMissing):
        decide(application, hr)
    decision = decide(application, hr, reason="A second post has come up.")

    assert (decision.proposed_outcome, decision.outcome) == ("not_taken", "interview")


def test_hr_decides_several_after_a_preview(client, vacancy, panel, hr, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    good, weak, later = (in_shortlisting(vacancy) for _ in range(3))
    for application, points in ((good, 4), (weak, 1), (later, 2)):
        read_by_all(application, panel, points)
    client.force_login(hr)
    url = reverse("admin:applications_shortlist", args=[vacancy.pk])
    chosen = {
        f"{good.code}-outcome": "interview",
        f"{weak.code}-outcome": "not_taken",
        f"{weak.code}-words": SENTENCE,
        f"{later.code}-outcome": "",
    }

    preview = client.post(url, chosen)
    assert preview.context["outcomes"] == [("Invite to interview", 1), ("Do not take further", 1)]
    assert ShortlistDecision.objects.count() == 0
    back = client.post(url, {**chosen, "again": "Change something"})
    assert SENTENCE in back.content.decode()
    done = client.post(url, {**chosen, "confirmed": "1"}, follow=True)
    client.post(url, {**chosen, "confirmed": "1"})

    assert "Decided: 2." in done.content.decode()
    states = [type(row).objects.get(pk=row.pk).state for row in (good, weak, later)]
    assert states == ["interview", "unsuccessful", "shortlisting"]
    assert Message.objects.filter(key__startswith="application_moved").count() == 2


def test_hr_reads_how_many_were_told_and_whom_to_ring(client, vacancy, panel, hr, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    told, rung = in_shortlisting(vacancy), in_shortlisting(vacancy, phone="01632 960 300")
    type(rung.applicant).objects.filter(pk=rung.applicant_id).update(
        email="nobody@no-address.invalid"
    )
    for application in (told, rung):
        read_by_all(application, panel, 4)
    client.force_login(hr)
    url = reverse("admin:applications_shortlist", args=[vacancy.pk])
    chosen = {f"{row.code}-outcome": "interview" for row in (told, rung)}

    done = client.post(url, {**chosen, "confirmed": "1"}, follow=True)

    ring = f"Please ring {rung.full_name} on 01632 960 300 and tell them."
    assert {str(message) for message in done.context["messages"]} == {
        f"{rung.code} has no e-mail address. {ring}",
        "Decided: 2. Told by e-mail: 1.",
    }


def test_undoing_asks_to_ring_whoever_may_have_been_rung(client, panel, application, hr, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    type(application.applicant).objects.filter(pk=application.applicant_id).update(
        email="nobody@no-address.invalid"
    )
    read_by_all(application, panel)
    decision = decide(application, hr)
    client.force_login(hr)

    page = client.post(
        reverse("admin:applications_decision_undo", args=[decision.pk]),
        {"reason": "The wrong row."},
        follow=True,
    )

    ring = f"ring {application.full_name} on {application.phone} again and tell them."
    assert [str(message) for message in page.context["messages"]] == [
        f"It is undone. If you have rung them about it, {ring}"
    ]


def test_by_hand_nobody_is_invited_past_the_panel(application, hr):
    with pytest.raises(InvalidTransition):
        move_application(application=application, to_state=ApplicationState.INTERVIEW, by=hr)


# --- Undoing --------------------------------------------------------------------------------------
@pytest.mark.parametrize("outcome", ["interview", "not_taken"])
def test_a_decision_nobody_was_told_of_is_undone_in_silence(panel, application, hr, outcome):
    read_by_all(application, panel)
    decision = decide(application, hr, outcome, words=SENTENCE)

    assert undo_outcome(decision=decision, reason="The wrong row.", by=hr) is False

    application.refresh_from_db()
    assert (application.state, application.decision) == (ApplicationState.SHORTLISTING, "")
    assert (application.decided_at, application.decided_by) == (None, None)
    decision.refresh_from_db()
    assert (decision.undone_by, decision.undone_why) == (hr, "The wrong row.")
    assert not Message.objects.filter(about_type="applications.Application").exists()
    assert AuditEvent.objects.filter(event="outcome_undone", by=hr).count() == 1


def test_who_had_been_told_is_told_that_it_is_undone(panel, application, hr):
    read_by_all(application, panel)
    decision = decide(application, hr)
    Message.objects.update(state=MessageState.SENT, sent_at=timezone.now())

    assert undo_outcome(decision=decision, reason="The wrong row.", by=hr) is True

    letter = Message.objects.get(template="applications/emails/application_reconsidered")
    assert letter.to == application.applicant.email


def test_after_undoing_it_is_decided_again(panel, application, hr):
    read_by_all(application, panel)
    undo_outcome(decision=decide(application, hr), reason="x", by=hr)

    decide(application, hr, Outcome.NOT_TAKEN, words=SENTENCE)

    application.refresh_from_db()
    assert application.state == ApplicationState.UNSUCCESSFUL
    assert application.shortlist_decisions.count() == 2


def test_an_undone_decision_is_not_undone_twice_nor_one_that_has_gone_further(
    vacancy, panel, application, hr
):
    read_by_all(application, panel)
    decision = decide(application, hr)
    undo_outcome(decision=decision, reason="x", by=hr)
    with pytest.raises(TooLateToUndo):
        undo_outcome(decision=decision, reason="x", by=hr)

    decision = decide(application, hr)
    make_offer(application=application, one_time_key=uuid4(), by=hr, **terms(application))
    with pytest.raises(TooLateToUndo):
        undo_outcome(decision=decision, reason="x", by=hr)


@pytest.mark.parametrize("state", [VacancyState.FILLED, VacancyState.WITHDRAWN])
def test_nothing_is_undone_once_the_job_is_filled_or_withdrawn(
    vacancy, panel, application, hr, state
):
    read_by_all(application, panel)
    decision = decide(application, hr, Outcome.NOT_TAKEN, words=SENTENCE)
    Vacancy.objects.filter(pk=vacancy.pk).update(state=state)

    with pytest.raises(TooLateToUndo):
        undo_outcome(decision=decision, reason="x", by=hr)


def test_only_who_may_undoes_and_on_a_page_with_a_reason(client, panel, application, hr, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    read_by_all(application, panel)
    decision = decide(application, hr)
    with pytest.raises(PermissionDenied):
        undo_outcome(decision=decision, reason="x", by=UserFactory())
    client.force_login(hr)
    url = reverse("admin:applications_decision_undo", args=[decision.pk])

    assert client.post(url, {"reason": " "}).status_code == 200
    answer = client.post(url, {"reason": "The wrong row."}, follow=True)

    assert "The decision is undone. The applicant had not been told." in answer.content.decode()
    assert "The wrong row." in answer.content.decode()


# --- What the applicant reads ---------------------------------------------------------------------
def test_the_applicant_reads_a_result_per_criterion_and_the_sentence_and_no_name(
    client, vacancy, panel, application, hr
):
    give(panel[0], application, [3, 0])
    give(panel[1], application, [2, 1])
    decide(application, hr, Outcome.NOT_TAKEN, words=SENTENCE)
    client.force_login(application.applicant)

    answer = client.get(application.get_absolute_url())

    assert answer.context["shortlisting"] == {
        "results": [
            {"text": "Criterion 0", "result": "Met"},
            {"text": "Criterion 1", "result": "Not met"},
        ],
        "words": SENTENCE,
    }
    assert SENTENCE in answer.content.decode()
    assert panel[0].person.full_name not in answer.content.decode()


def test_partly_is_between_one_and_two(panel, application, hr):
    give(panel[0], application, [2, 1])
    give(panel[1], application, [1, 1])
    decide(application, hr)
    application.refresh_from_db()

    results = [row["result"] for row in result_for_applicant(application)["results"]]
    assert results == ["Partly met", "Partly met"]


def test_nothing_is_read_before_the_decision_nor_after_it_is_undone(panel, application, hr):
    read_by_all(application, panel)
    assert result_for_applicant(application) is None
    decision = decide(application, hr)
    undo_outcome(decision=decision, reason="x", by=hr)
    application.refresh_from_db()

    assert result_for_applicant(application) is None


# --- Its end --------------------------------------------------------------------------------------
def test_scores_notes_and_decisions_go_with_the_application(vacancy, panel, application, hr):
    read_by_all(application, panel)
    decide(application, hr, Outcome.NOT_TAKEN, words=SENTENCE)
    third = panel_of(vacancy_with_criteria(), 1)[0]
    ConflictFactory(member=third, application=application)
    kept = in_shortlisting(vacancy)
    give(panel[0], kept, 3)

    erase_applications(person=application.applicant, by=hr)

    assert [sheet.application for sheet in ScoreSheet.objects.all()] == [kept]
    assert ShortlistDecision.objects.count() == 0
    assert Conflict.objects.count() == 0
