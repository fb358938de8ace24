"""Risk assessments, the search online, destruction, the pages around them, and who sees what."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.registries import attention, invariants
from applications.actions import (
    begin_assessment,
    destroy_disclosures_past_their_time,
    erase_applications,
    move_application,
    propose_decision,
    record_search,
    reply_to_assessment,
    reply_to_search,
    save_assessment,
    sign_decision,
    take_up_again,
    withdraw_application,
)
from applications.exceptions import AnswersMissing, DoneMeanwhile
from applications.models import (
    Declaration,
    DeclarationVersion,
    OnlineSearch,
    PanelMember,
    RiskAssessment,
)
from applications.queries import disclosure as queries
from applications.states import (
    ApplicationState,
    AssessmentAbout,
    AssessmentOutcome,
    AssessmentState,
    DeclarationState,
    DisclosureEvent,
    SearchOutcome,
)
from notifications.models import Message
from tests.applications.test_canary import everything_in
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.disclosure import (
    MATTER,
    SOMETHING,
    ReadingPersonFactory,
    at_interview,
    declares,
    read_by,
    readers_for,
)
from tests.factories.shortlisting import PanelistFactory, PanelMemberFactory

pytestmark = pytest.mark.django_db
CANARY = "Quillfeather stole a coat"
NOTES = dict.fromkeys(
    ["nature", "relevance", "time", "age", "pattern", "circumstances", "change", "telling"], CANARY
)


@pytest.fixture
def application():
    found = at_interview()
    found.readers = [reader.person for reader in readers_for(found.vacancy)]
    return found


def begun(application, about=AssessmentAbout.DECLARATION):
    return begin_assessment(application=application, about=about, by=application.readers[0])


def shared(application):
    assessment = begun(application)
    return save_assessment(
        assessment=assessment,
        notes=NOTES,
        summary=f"You told us: {CANARY}",
        version=0,
        by=application.readers[0],
        share=True,
    )


def replied(application):
    words = f"It is true: {CANARY}"
    by = application.applicant
    return reply_to_assessment(assessment=shared(application), words=words, by=by)


def proposed(application, outcome=AssessmentOutcome.GO_ON, **changes):
    said = {
        "reason": CANARY,
        "measures": "A talk every month",
        "sentence": "Thank you for telling us.",
        "review_on": timezone.localdate() + timedelta(days=90),
        **changes,
    }
    return propose_decision(
        assessment=replied(application), outcome=outcome, by=application.readers[0], **said
    )


def decided(application, outcome=AssessmentOutcome.GO_ON):
    return sign_decision(assessment=proposed(application, outcome), by=application.readers[1])


def searched(application, outcome=SearchOutcome.NOTHING, finding="", **changes):
    said = {
        "searched_on": timezone.localdate(),
        "places": "A search engine",
        "terms": application.full_name,
        **changes,
    }
    return record_search(
        search=application.online_search,
        outcome=outcome,
        finding=finding,
        by=application.readers[0],
        **said,
    )


# --- The risk assessment


def test_two_people_sign_and_no_application_is_moved(application):
    assessment = decided(application, AssessmentOutcome.NOT_GO_ON)

    application.refresh_from_db()
    assert assessment.state == AssessmentState.DECIDED
    assert [assessment.proposed_by, assessment.decided_by] == application.readers
    assert application.state == ApplicationState.INTERVIEW
    assert queries.what_is_open(application) == [
        queries.NOT_SENT,
        queries.NOT_SEARCHED,
        queries.CANNOT_GO_ON,
    ]


def test_who_proposes_does_not_sign(application):
    assessment = proposed(application)

    with pytest.raises(DoneMeanwhile):
        sign_decision(assessment=assessment, by=application.readers[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        RiskAssessment.objects.update(
            state=AssessmentState.DECIDED,
            decided_at=timezone.now(),
            decided_by=application.readers[0],
        )


def test_who_does_not_agree_takes_it_up_again_and_proposes(application):
    assessment = take_up_again(assessment=proposed(application), by=application.readers[1])

    assert (assessment.state, assessment.outcome) == (AssessmentState.SHARED, "")
    propose_decision(
        assessment=assessment,
        outcome=AssessmentOutcome.WITH_MEASURES,
        reason="Why",
        measures="A talk",
        sentence="Thank you.",
        review_on=timezone.localdate(),
        by=application.readers[1],
    )
    done = sign_decision(assessment=assessment, by=application.readers[0])
    assert done.outcome == AssessmentOutcome.WITH_MEASURES


def test_nothing_is_decided_before_the_reply_or_its_time_is_over(application, time_machine):
    assessment = shared(application)
    said = {
        "outcome": AssessmentOutcome.GO_ON,
        "reason": "Why",
        "measures": "",
        "sentence": "Thank you.",
        "review_on": date(2030, 1, 1),
        "by": application.readers[0],
    }

    with pytest.raises(DoneMeanwhile):
        propose_decision(assessment=assessment, **said)
    time_machine.move_to(timezone.now() + timedelta(days=8))
    propose_decision(assessment=assessment, **said)
    with pytest.raises(DoneMeanwhile):
        reply_to_assessment(assessment=assessment, words="Late", by=application.applicant)


@pytest.mark.parametrize("missing", ["reason", "sentence", "review_on", "measures"])
def test_a_decision_has_its_reason_its_sentence_its_measures_and_its_date(application, missing):
    with pytest.raises(AnswersMissing):
        proposed(application, AssessmentOutcome.WITH_MEASURES, **{missing: ""})


def test_it_is_shared_only_with_every_factor(application):
    with pytest.raises(AnswersMissing):
        save_assessment(
            assessment=begun(application),
            notes={"nature": "x"},
            summary="x",
            version=0,
            by=application.readers[0],
            share=True,
        )


def test_there_is_one_open_assessment(application):
    begun(application)

    with pytest.raises(DoneMeanwhile):
        begun(application, AssessmentAbout.DBS)


@pytest.mark.parametrize("who", [HRAdminFactory, UserFactory, ReadingPersonFactory])
def test_nobody_else_writes_or_signs(application, who):
    assessment, stranger = proposed(application), who()

    with pytest.raises(PermissionDenied):
        sign_decision(assessment=assessment, by=stranger)
    with pytest.raises(PermissionDenied):
        begin_assessment(application=application, about=AssessmentAbout.DBS, by=stranger)
    with pytest.raises(PermissionDenied):
        reply_to_assessment(assessment=assessment, words="x", by=stranger)


def test_an_end_takes_one_signature_back(application):
    assessment = proposed(application)

    withdraw_application(application=application, by=application.applicant)

    assessment.refresh_from_db()
    assert (assessment.state, assessment.outcome) == (AssessmentState.ENDED, "")


# --- The search online


def test_a_search_with_a_finding_is_answered_and_gives_no_points(application):
    search = searched(application, SearchOutcome.TO_TALK_ABOUT, CANARY)
    reply_to_search(search=search, words="That is my cousin.", by=application.applicant)

    search.refresh_from_db()
    assert (search.recorded_by, search.reply) == (application.readers[0], "That is my cousin.")
    assert queries.to_be_assessed(fresh(application)) == ["search"]
    assert [
        CANARY in f"{letter.context}{letter.secret_context}" for letter in Message.objects.all()
    ] == ([False] * Message.objects.count())


def test_a_search_is_made_after_the_applicant_was_told(application):
    with pytest.raises(AnswersMissing):
        searched(application, searched_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(AnswersMissing):
        searched(application, searched_on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(AnswersMissing):
        searched(application, SearchOutcome.TO_TALK_ABOUT, "")


def test_a_search_is_recorded_by_a_reader_once(application):
    searched(application)

    with pytest.raises(DoneMeanwhile):
        searched(application)
    with pytest.raises(PermissionDenied):
        application.readers = [HRAdminFactory()]
        searched(application)


# --- What is open, and what HR sees


def test_what_is_open_goes_step_by_step_and_never_says_what_was_told(application):
    reader = queries.readers_of(application.vacancy)[0]
    steps = [queries.what_is_open(application)]
    declares(application, SOMETHING)
    steps.append(queries.what_is_open(fresh(application)))
    read_by(reader, application)
    searched(application)
    steps.append(queries.what_is_open(fresh(application)))
    decided(application)
    steps.append(queries.what_is_open(fresh(application)))

    assert steps == [
        [queries.NOT_SENT, queries.NOT_SEARCHED],
        [queries.WITH_READERS, queries.NOT_SEARCHED],
        [queries.WITH_READERS],
        [],
    ]


def fresh(application):
    return type(application).objects.get(pk=application.pk)


def test_hr_sees_an_outcome_only_where_it_asks_something_of_them(application):
    decided(application, AssessmentOutcome.GO_ON)
    assert queries.status_for_hr(fresh(application))["decision"] is None

    other = at_interview()
    other.readers = [reader.person for reader in readers_for(other.vacancy)]
    assessment = decided(other, AssessmentOutcome.WITH_MEASURES)
    assert queries.status_for_hr(fresh(other))["decision"] == assessment


# --- Destruction


def test_what_was_told_goes_on_its_date_and_the_outcome_stays(application, time_machine):
    time_machine.move_to("2026-11-30 10:00+00:00", tick=False)
    Declaration.objects.update(told_of_search_at=timezone.now())
    declares(application, SOMETHING)
    read_by(queries.readers_of(application.vacancy)[0], application)
    searched(application, SearchOutcome.TO_TALK_ABOUT, CANARY)
    decided(application, AssessmentOutcome.WITH_MEASURES)

    assert destroy_disclosures_past_their_time(on=date(2027, 5, 30)) == 0
    assert destroy_disclosures_past_their_time(on=date(2027, 5, 31)) == 3
    assert destroy_disclosures_past_their_time(on=date(2027, 6, 30)) == 0

    assessment = RiskAssessment.objects.get()
    assert DeclarationVersion.objects.count() == 0
    assert [getattr(assessment, name) for name in RiskAssessment.WORDS] == [""] * 6
    assert [getattr(OnlineSearch.objects.get(), name) for name in OnlineSearch.WORDS] == [""] * 4
    assert assessment.outcome == AssessmentOutcome.WITH_MEASURES
    assert AuditEvent.objects.filter(event=DisclosureEvent.DISCLOSURE_DESTROYED).count() == 3


def test_it_goes_sooner_when_there_is_no_job(application, time_machine):
    time_machine.move_to("2026-11-30 10:00+00:00", tick=False)
    declares(application, SOMETHING)

    move_application(
        application=application,
        to_state=ApplicationState.UNSUCCESSFUL,
        by=HRAdminFactory(),
        words="Thank you for coming.",
    )

    declaration = Declaration.objects.get()
    assert declaration.destroy_on == date(2027, 3, 1)
    assert declaration.state == DeclarationState.ENDED


def test_erasing_somebody_destroys_it_at_once(application):
    declares(application, SOMETHING)
    searched(application)
    decided(application)

    erase_applications(person=application.applicant, by=None)

    assert DeclarationVersion.objects.count() == 0
    assert [getattr(RiskAssessment.objects.get(), name) for name in RiskAssessment.WORDS] == (
        [""] * 6
    )
    assert OnlineSearch.objects.get().terms == ""


# --- Attention and what must never be true


def found_by_invariants():
    names = {
        "nobody_reads_self_declarations_and_sits_on_the_panel",
        "risk_assessments_are_decided_by_two_people",
        "nothing_told_is_kept_past_its_date",
    }
    checks = [check for check in invariants if check.__name__ in names]
    assert len(checks) == 3
    return [sentence for check in checks for sentence in check()]


def test_invariants_find_a_reader_on_the_panel_and_words_past_their_date(application):
    decided(application)
    assert found_by_invariants() == []

    PanelMember.objects.create(vacancy=application.vacancy, person=application.readers[0])
    RiskAssessment.objects.update(destroy_on=timezone.localdate() - timedelta(days=2))

    assert len(found_by_invariants()) == 2


def lines(user):
    return [
        item.text
        for tell in attention
        if tell.__name__ == "self_declarations"
        for item in tell(user)
    ]


def test_attention_tells_readers_and_hr_what_waits(application):
    declares(application)
    proposed(application)
    alone = at_interview()
    alone_title = alone.vacancy.title

    assert lines(application.readers[1]) == [
        "self-declaration to read",
        "risk assessment waiting for your signature",
    ]
    assert lines(application.readers[0]) == ["self-declaration to read"]
    assert lines(HRAdminFactory()) == [
        f"person asked for a self-declaration that nobody may read: {alone_title}"
    ]


# --- The pages


def page_of(application):
    return reverse("applications:self-declaration", args=[application.reference])


def typed(version=0, **changes):
    answers = {"boxes": 1, "version": version, "barred": "no", "safeguarding": "no", "truth": "on"}
    return {**answers, **changes}


def test_the_applicant_saves_comes_back_adds_and_sends(client, application):
    client.force_login(application.applicant)
    first = {f"{name}_1": said for name, said in MATTER.items()}

    again = client.post(page_of(application), typed(anything="yes", **first, another="1"))
    page = client.get(again.url).content.decode()
    second = {f"{name}_2": "Something else" for name in MATTER}
    sent = client.post(
        page_of(application), typed(1, anything="yes", boxes=2, **first, **second, send="1")
    )

    assert again.url == f"{page_of(application)}?another=1"
    assert page.count("I took a coat from a shop.") == 1
    assert 'name="what_2"' in page
    assert sent.status_code == 302
    assert len(DeclarationVersion.objects.get(sent_at__isnull=False).matters) == 2


def test_what_is_sent_with_gaps_is_shown_again(client, application):
    client.force_login(application.applicant)

    response = client.post(
        page_of(application), {"anything": "yes", "what_1": "A coat", "send": "1"}
    )

    assert sorted(response.context["form"].errors) == [
        "barred",
        "outcome_1",
        "safeguarding",
        "truth",
        "when_1",
    ]
    assert "A coat" in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"


def test_another_tab_is_found_out_and_the_words_stay(client, application):
    client.force_login(application.applicant)
    client.post(page_of(application), typed(anything="no", save="1"))

    late = client.post(page_of(application), typed(anything="yes", what_1="A coat", save="1"))

    assert "A coat" in late.content.decode()
    assert DeclarationVersion.objects.get().anything == "no"


def test_words_after_a_lost_session_wait_encrypted(client, application):
    answer = client.post(page_of(application), typed(anything="yes", what_1="A coat", save="1"))
    kept = client.session["words_kept"]
    client.force_login(application.applicant)
    page = client.get(page_of(application)).content.decode()

    assert "/accounts/login/" in answer.url
    assert sorted(kept) == ["path", "sealed"]
    assert "coat" not in str(kept)
    assert "A coat" in page


def test_words_that_come_too_late_are_shown_to_be_copied(client, application):
    declares(application)
    read_by(queries.readers_of(application.vacancy)[0], application)
    client.force_login(application.applicant)

    page = client.get(page_of(application)).content.decode()

    assert "it can no longer be changed here" in page
    assert "What you sent" in page


def test_the_page_names_the_two_readers_and_does_not_keep_what_is_typed(client, application):
    client.force_login(application.applicant)

    page = client.get(page_of(application)).content.decode()

    assert [reader.full_name in page for reader in application.readers] == [True, True]
    assert "data-typed" not in page


def test_strangers_find_nothing(client, application):
    declares(application, SOMETHING)
    assessment = shared(application)
    own = [application.reference]
    for_readers = [
        reverse("applications:disclosure-detail", args=own),
        reverse("applications:disclosure-declaration", args=own),
        reverse("applications:disclosure-search", args=own),
        reverse("applications:assessment-detail", args=[*own, assessment.pk]),
    ]
    for_applicant = [
        page_of(application),
        reverse("applications:assessment-reply", args=[*own, assessment.pk]),
        reverse("applications:search-reply", args=own),
    ]
    for stranger in (HRAdminFactory(), UserFactory(), ReadingPersonFactory(), PanelistFactory()):
        client.force_login(stranger)
        answers = [client.get(path).status_code for path in [*for_readers, *for_applicant]]
        assert answers == [404] * 7
    client.force_login(application.applicant)
    assert [client.get(path).status_code for path in for_readers] == [404] * 4
    client.force_login(application.readers[0])
    assert [client.get(path).status_code for path in for_applicant] == [404] * 3


def test_readers_go_through_it_all_on_their_pages(client, application):
    declares(application, SOMETHING)
    own = [application.reference]
    first, second = application.readers
    client.force_login(first)
    detail = reverse("applications:disclosure-detail", args=own)
    assert "coat" not in client.get(detail).content.decode()
    opened = client.post(reverse("applications:disclosure-declaration", args=own), follow=True)
    assert "I took a coat from a shop." in opened.content.decode()
    begun_page = client.post(
        reverse("applications:assessment-begin", args=own), {"about": "declaration"}
    ).url
    factors = {f"factor_{name}": "Noted" for name in NOTES}
    client.post(begun_page, {"version": 0, "summary": "Tell us", **factors, "share": "1"})

    client.force_login(application.applicant)
    assert "Tell us" not in client.get(application.get_absolute_url()).content.decode()
    reply = reverse("applications:assessment-reply", args=[*own, RiskAssessment.objects.get().pk])
    assert "Tell us" in client.get(reply).content.decode()
    client.post(reply, {"words": "I was young."})

    client.force_login(first)
    soon = timezone.localdate() + timedelta(days=30)
    review = {"review_on_day": soon.day, "review_on_month": soon.month, "review_on_year": soon.year}
    said = {"outcome": "go_on", "reason": "Long ago", "sentence": "You can go on.", **review}
    client.post(begun_page, {**said, "propose": "1"})
    client.force_login(second)
    assert "I was young." in client.get(begun_page).content.decode()
    client.post(begun_page, {"sign": "1"})

    assert RiskAssessment.objects.get().state == AssessmentState.DECIDED
    client.force_login(application.applicant)
    assert "You can go on." in client.get(application.get_absolute_url()).content.decode()


def test_the_applicant_does_not_read_that_it_cannot_go_on_before_hr_has_moved_them(
    client, application
):
    decided(application, AssessmentOutcome.NOT_GO_ON)
    client.force_login(application.applicant)
    address = application.get_absolute_url()

    before = client.get(address).content.decode()
    move_application(
        application=application,
        to_state=ApplicationState.UNSUCCESSFUL,
        by=HRAdminFactory(),
        words="Thank you for coming.",
    )
    after = client.get(address).content.decode()

    assert ["Thank you for telling us." in page for page in (before, after)] == [False, True]


def test_hr_names_readers_and_sees_nothing_of_what_was_told(client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    application = at_interview()
    client.force_login(HRAdminFactory())
    address = reverse("admin:applications_disclosure", args=[application.vacancy_id])
    people = [ReadingPersonFactory(), ReadingPersonFactory()]
    for person in people:
        client.post(address, {"email": person.email, "job_title": "Head of safeguarding"})
    application.readers = people
    declares(application, {**SOMETHING, "matters": [{**MATTER, "what": CANARY}]})
    shared(application)
    change = reverse("admin:applications_application_change", args=[application.pk])

    pages = [client.get(path).content.decode() for path in (address, change)]

    assert [CANARY in page for page in pages] == [False, False]
    assert ["Sent" in page and people[0].full_name in page for page in pages] == [True, True]


def test_hr_learns_nothing_from_the_outbox_or_the_audit(client, settings, application):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    declares(application, SOMETHING)
    decided(application)
    client.force_login(HRAdminFactory())
    letter = Message.objects.get(template="applications/emails/disclosure_to_answer")
    paths = [
        reverse("admin:accounts_auditevent_changelist"),
        reverse("admin:notifications_message_changelist"),
        reverse("admin:notifications_message_change", args=[letter.pk]),
    ]

    pages = [client.get(path).content.decode() for path in paths]

    words = ["RiskAssessment", "to_answer", "to answer", "something to read"]
    assert [[word for word in words if word in page] for page in pages] == [[]] * 3
    assert "declaration_opened" not in pages[0]
    assert "declaration_sent" in pages[0]


def test_no_page_of_the_panel_shows_any_of_it(client, application):
    member = PanelMemberFactory(vacancy=application.vacancy, is_lead=True)
    declares(application, {**SOMETHING, "matters": [{**MATTER, "what": CANARY}]})
    searched(application, SearchOutcome.TO_TALK_ABOUT, CANARY)
    decided(application, AssessmentOutcome.WITH_MEASURES)
    client.force_login(member.person)
    of_vacancy, own = (
        [application.vacancy.reference],
        [application.vacancy.reference, application.code],
    )
    paths = [
        reverse("applications:panel-list"),
        reverse("applications:panel-vacancy", args=of_vacancy),
        reverse("applications:panel-download", args=of_vacancy),
        reverse("applications:panel-table", args=of_vacancy),
        reverse("applications:panel-application", args=own),
        reverse("applications:panel-print", args=own),
    ]

    answers = [client.get(path) for path in paths]

    assert [answer.status_code for answer in answers] == [200] * 6
    words = ["coat", "eclaration", "risk assessment", "Quillfeather"]
    shown = [[word for word in words if word in everything_in(answer)] for answer in answers]
    assert shown == [[]] * 6
    assert Message.objects.filter(to=member.person.email).count() == 0


def test_the_readers_list_takes_the_same_number_of_queries(
    client, django_assert_num_queries, application
):
    reader = application.readers[0]
    client.force_login(reader)
    address = reverse("applications:disclosure-list")
    client.get(address)
    with django_assert_num_queries(8):
        client.get(address)
    for _ in range(2):
        at_interview(application.vacancy)
    with django_assert_num_queries(8):
        client.get(address)
