"""Asking referees, their answers, and what becomes of them."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.registries import attention, invariants
from applications.actions import (
    accept_reference,
    answer_reference,
    ask_for_reference,
    change_own_referee,
    correct_referee,
    erase_applications,
    explain_discrepancy,
    move_application,
    open_reference,
    record_reference,
    refuse_reference,
    remind_referees,
    save_reference_draft,
    send_reference_link_again,
    set_reference_aside,
    stop_reference_request,
    take_withdrawal_back,
    withdraw_application,
)
from applications.exceptions import CannotAsk, DecidedMeanwhile, LinkIsOver, WordsMissing
from applications.models import (
    Discrepancy,
    Referee,
    RefereeChange,
    Reference,
    ReferenceLetter,
    ReferenceRequest,
)
from applications.queries import references as reference_queries
from applications.rules import references as reference_rules
from applications.states import ApplicationState, LetterKind, ReferenceEvent, ReferenceState
from notifications.models import Message
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.references import ReferenceFactory, ReferenceRequestFactory, link_to
from tests.factories.shortlisting import PanelMemberFactory

pytestmark = pytest.mark.django_db
A = ApplicationState
TOLD = {
    "known_how": "I was her manager.",
    "job_title": "Teaching assistant",
    "began_on": date(2015, 7, 1),
    "is_present": True,
    "given_by": "Wanda Rook",
    "is_true": True,
}
CONTACT = {
    "full_name": "Wanda Rook",
    "email": "head@example.org",
    "phone": "",
    "job_title": "",
}


def application_in(state, consent=True):
    application = SentApplicationFactory(state=state)
    application.referees.update(ask_before_interview=consent)
    return application


def first_referee(application):
    return application.referees.get(position=1)


def letters_to(address, template="reference_asked"):
    return Message.objects.filter(to=address, template__endswith=template)


def letter_of(request):
    return request.letters.filter(ended_at__isnull=True).last()


def asked(**fields):
    """A request with its letter, as the action makes it."""
    request = ReferenceRequestFactory(**fields)
    link_to(request, sent_at=request.asked_at)
    return request


BEFORE = [A.SUBMITTED, A.HIRED, A.UNSUCCESSFUL, A.WITHDRAWN]
MAY_ASK = {
    **{(state, consent): False for state in BEFORE for consent in (True, False)},
    (A.SHORTLISTING, True): True,
    (A.SHORTLISTING, False): False,
    (A.INTERVIEW, True): True,
    (A.INTERVIEW, False): False,
    (A.OFFERED, True): True,
    (A.OFFERED, False): True,
    (A.CHECKS, True): True,
    (A.CHECKS, False): True,
}


@pytest.mark.parametrize(("state", "consent"), MAY_ASK)
def test_a_referee_is_asked_as_the_applicant_agreed(state, consent):
    application = application_in(state, consent)

    why_not = reference_rules.why_not_asked(application, first_referee(application))

    assert (why_not == "") is MAY_ASK[state, consent]


def test_asking_sends_a_link_of_which_only_a_hash_is_kept():
    application = application_in(A.SHORTLISTING)
    hr = HRAdminFactory()

    request = ask_for_reference(referee=first_referee(application), by=hr)

    message = letters_to("wanda.rook@example.org").get()
    letter = request.letters.get()
    assert (request.state, request.asked_by) == (ReferenceState.ASKED, hr)
    assert request.expires_at - request.asked_at == timedelta(weeks=12)
    assert (message.is_secret, message.context) == (True, {})
    assert len(letter.token_hash) == 64
    assert letter.token_hash not in message.secret_context
    assert AuditEvent.objects.filter(event=ReferenceEvent.REFERENCE_ASKED, by=hr).count() == 1


def test_asking_twice_is_refused_with_the_reason():
    application = application_in(A.SHORTLISTING)
    hr = HRAdminFactory()
    ask_for_reference(referee=first_referee(application), by=hr)

    with pytest.raises(CannotAsk, match="We asked on"):
        ask_for_reference(referee=first_referee(application), by=hr)


def test_nobody_asks_for_their_own_reference():
    application = application_in(A.SHORTLISTING)
    application.applicant.roles = ["hr_admin"]
    application.applicant.save()

    with pytest.raises(CannotAsk, match="your own"):
        ask_for_reference(referee=first_referee(application), by=application.applicant)


def test_only_hr_asks():
    application = application_in(A.SHORTLISTING)

    with pytest.raises(CannotAsk):
        ask_for_reference(referee=first_referee(application), by=UserFactory())


def test_a_link_sent_anew_ends_those_before_and_keeps_the_draft():
    request = asked(asked_at=timezone.now() - timedelta(days=100))
    request.draft = '{"performance": "Calm"}'
    request.save()
    first = request.letters.get()

    send_reference_link_again(request=request, by=HRAdminFactory())

    first.refresh_from_db()
    request.refresh_from_db()
    assert first.ended_at is not None
    assert request.expires_at > timezone.now() + timedelta(weeks=11)
    assert request.draft == '{"performance": "Calm"}'
    assert letter_of(request).kind == LetterKind.AGAIN


def test_correcting_a_referee_keeps_what_was_before_and_rotates_the_link():
    request = asked()
    request.draft = '{"performance": "Calm"}'
    request.save()
    first = request.letters.get()
    hr = HRAdminFactory()

    correct_referee(referee=request.referee, contact=CONTACT, reason="It bounced.", by=hr)

    change = RefereeChange.objects.get()
    first.refresh_from_db()
    request.refresh_from_db()
    assert (change.email_before, change.reason) == ("wanda.rook@example.org", "It bounced.")
    assert first.ended_at is not None
    assert request.draft == ""
    assert letters_to("head@example.org").count() == 1
    assert letter_of(request).kind == LetterKind.CORRECTED


def test_another_phone_number_leaves_the_link_alone():
    request = asked()
    contact = {**CONTACT, "email": "wanda.rook@example.org", "phone": "01632 960200"}

    correct_referee(referee=request.referee, contact=contact, reason="", by=HRAdminFactory())

    assert letter_of(request).kind == LetterKind.ASKED


def test_the_applicant_changes_a_referee_who_does_not_answer_and_hr_is_told(settings):
    request = asked()

    change_own_referee(referee=request.referee, contact=CONTACT, by=request.application.applicant)

    assert letters_to("head@example.org").count() == 1
    assert letters_to(settings.HR_MAILBOX, "referee_changed_hr").count() == 1


def test_the_applicant_cannot_change_a_referee_who_has_answered():
    reference = ReferenceFactory()

    with pytest.raises(PermissionDenied):
        change_own_referee(
            referee=reference.request.referee,
            contact=CONTACT,
            by=reference.request.application.applicant,
        )


def test_a_referee_is_reminded_after_seven_days_and_never_twice():
    now = timezone.now()
    request = asked(asked_at=now - timedelta(days=7))
    asked(asked_at=now - timedelta(days=6))

    numbers = [remind_referees(now=now), remind_referees(now=now + timedelta(days=30))]

    kinds = [letter.kind for letter in request.letters.all()]
    assert numbers == [1, 1]
    assert kinds == [LetterKind.ASKED, LetterKind.REMINDER]
    assert remind_referees(now=now + timedelta(days=60)) == 0
    assert request.letters.filter(ended_at__isnull=True).count() == 2


def test_nobody_is_reminded_when_the_link_is_over():
    now = timezone.now()
    asked(asked_at=now - timedelta(weeks=13))

    assert remind_referees(now=now) == 0


def test_an_answer_ends_the_links_and_tells_hr(settings):
    request = asked()
    letter = letter_of(request)

    answer_reference(letter=letter, answers=TOLD)

    request.refresh_from_db()
    assert (request.state, request.ended_at is None) == (ReferenceState.ANSWERED, False)
    assert request.letters.filter(ended_at__isnull=True).count() == 0
    assert letters_to(settings.HR_MAILBOX, "reference_answered_hr").count() == 1
    with pytest.raises(LinkIsOver):
        answer_reference(letter=letter, answers=TOLD)
    assert Reference.objects.count() == 1


def test_a_refusal_says_why_and_hr_can_ask_once_more():
    request = asked()
    hr = HRAdminFactory()

    refuse_reference(letter=letter_of(request), reason="I do not know them.")
    again = ask_for_reference(referee=request.referee, by=hr)

    request.refresh_from_db()
    assert (request.state, request.refused_why) == ("refused", "I do not know them.")
    assert again.pk != request.pk


def test_what_is_told_is_encrypted_in_the_database():
    reference = ReferenceFactory(concern="A canary sings", has_concern="yes")

    with connection.cursor() as cursor:
        cursor.execute(
            "select concern, has_concern, performance, given_by from applications_reference "
            "where id = %s",
            [reference.pk],
        )
        stored = cursor.fetchone()

    assert [value[:4] for value in stored] == ["gAAA"] * 4


def test_a_reference_that_came_by_phone_is_one_however_often_the_form_is_sent():
    request = asked()
    hr = HRAdminFactory()
    told = {**TOLD, "taken_how": "phone", "received_on": timezone.localdate()}
    key = "5d0ba7dc-9a4e-4f7d-8c4d-000000000001"

    first = record_reference(referee=request.referee, answers=told, one_time_key=key, by=hr)
    second = record_reference(referee=request.referee, answers=told, one_time_key=key, by=hr)

    request.refresh_from_db()
    assert first == second
    assert (request.state, first.taken_by) == (ReferenceState.OUTSIDE, hr)
    assert request.letters.filter(ended_at__isnull=True).count() == 0


def test_a_reference_can_come_without_having_been_asked_for():
    application = application_in(A.OFFERED, consent=False)
    told = {**TOLD, "taken_how": "paper", "received_on": timezone.localdate()}

    reference = record_reference(
        referee=first_referee(application),
        answers=told,
        one_time_key="5d0ba7dc-9a4e-4f7d-8c4d-000000000002",
        by=HRAdminFactory(),
    )

    assert (reference.request.state, reference.request.asked_at) == ("outside", None)


def test_stopping_tells_who_was_written_to_and_nobody_else():
    heard, waiting = asked(), asked()
    waiting.referee.email = "late@example.org"
    waiting.referee.save()
    hr = HRAdminFactory()
    letter = letter_of(heard)
    Message.objects.create(
        template="applications/emails/reference_asked",
        to="wanda.rook@example.org",
        key=f"reference_asked:{letter.pk}",
        state="sent",
        sent_at=timezone.now(),
    )
    for request in (heard, waiting):
        stop_reference_request(request=request, reason="No longer wanted.", by=hr)

    told = Message.objects.filter(template__endswith="reference_not_needed")
    assert [message.about_id for message in told] == [str(heard.pk)]


@pytest.mark.parametrize("end", [A.WITHDRAWN, A.UNSUCCESSFUL])
def test_the_end_of_an_application_stops_what_is_open(end):
    request = asked()
    application = request.application

    if end == A.WITHDRAWN:
        withdraw_application(application=application, by=application.applicant)
    else:
        move_application(
            application=application, to_state=end, by=HRAdminFactory(), words="Thank you."
        )

    request.refresh_from_db()
    assert (request.state, request.stopped_by) == (ReferenceState.STOPPED, None)
    assert request.letters.filter(ended_at__isnull=True).count() == 0


def texts_of_attention(user):
    return [item.text for find in attention for item in find(user)]


def test_taking_a_withdrawal_back_asks_nobody_and_tells_hr_to():
    request = asked()
    application = request.application
    withdraw_application(application=application, by=application.applicant)
    assert "reference to ask for again: the application goes on" not in texts_of_attention(
        HRAdminFactory()
    )

    take_withdrawal_back(application=application, by=application.applicant)

    hr = HRAdminFactory()
    assert application.reference_requests.open().count() == 0
    assert "reference to ask for again: the application goes on" in texts_of_attention(hr)
    ask_for_reference(referee=request.referee, by=hr)
    assert "reference to ask for again: the application goes on" not in texts_of_attention(hr)


def test_attention_names_what_is_late_and_what_ran_out():
    now = timezone.now()
    asked(asked_at=now - timedelta(days=14))
    asked(asked_at=now - timedelta(days=13))
    asked(asked_at=now - timedelta(weeks=12))
    hr = HRAdminFactory()

    texts = texts_of_attention(hr)

    assert "reference asked some time ago without an answer: ring the referee" in texts
    assert "link to a referee that ran out without an answer" in texts
    assert texts_of_attention(UserFactory()) == []


def test_a_reference_counts_once_a_person_has_accepted_it():
    reference = ReferenceFactory()
    application = reference.request.application
    hr = HRAdminFactory()
    before = reference_queries.references_received(application)

    accept_reference(request=reference.request, by=hr)

    [received] = reference_queries.references_received(application)
    assert [row.is_accepted for row in before] == [False]
    assert (received.kind, received.is_accepted, received.is_last_employer) == (
        "employer",
        True,
        True,
    )
    assert (received.received_on, received.judged_by) == (timezone.localdate(), hr)
    assert reference_queries.has_enough_references(application) is False


def test_two_accepted_with_the_last_employer_are_enough():
    first = ReferenceFactory()
    application = first.request.application
    second = ReferenceFactory(
        request=ReferenceRequestFactory(
            application=application,
            referee=application.referees.get(position=2),
            state=ReferenceState.ANSWERED,
            ended_at=timezone.now(),
        )
    )
    hr = HRAdminFactory()
    for reference in (first, second):
        accept_reference(request=reference.request, by=hr)

    assert reference_queries.has_enough_references(application) is True


def test_two_without_the_last_employer_are_not_enough():
    first = ReferenceFactory()
    application = first.request.application
    application.referees.update(kind="character")
    received = reference_queries.references_received(application)

    rows = [type(row)(**{**vars(row), "is_accepted": True}) for row in received * 2]

    assert reference_rules.enough_references(rows, had_a_job=True) is False
    assert reference_rules.enough_references(rows, had_a_job=False) is True


def test_setting_a_reference_aside_needs_a_reason_and_lets_hr_ask_anew():
    reference = ReferenceFactory()
    request, hr = reference.request, HRAdminFactory()

    with pytest.raises(WordsMissing):
        set_reference_aside(request=request, reason=" ", by=hr)
    set_reference_aside(request=request, reason="A private address.", by=hr)
    ask_for_reference(referee=request.referee, by=hr)

    with pytest.raises(DecidedMeanwhile):
        accept_reference(request=request, by=hr)


def test_only_hr_reads_a_reference_and_each_time_is_recorded():
    reference = ReferenceFactory()
    hr = HRAdminFactory()

    open_reference(request=reference.request, by=hr)
    open_reference(request=reference.request, by=hr)

    opened = AuditEvent.objects.filter(event=ReferenceEvent.REFERENCE_OPENED)
    assert [line.by for line in opened] == [hr, hr]
    for other in (UserFactory(), reference.request.application.applicant):
        with pytest.raises(PermissionDenied):
            open_reference(request=reference.request, by=other)


def test_what_differs_is_listed_when_the_answer_comes_and_closed_with_an_explanation():
    request = asked()
    hr = HRAdminFactory()
    answer_reference(letter=letter_of(request), answers={**TOLD, "began_on": date(2015, 9, 1)})
    application = request.application

    sentences = reference_queries.discrepancies_for_interview(application)
    [found] = application.discrepancies.all()
    with pytest.raises(WordsMissing):
        explain_discrepancy(discrepancy=found, explanation=" ", by=hr)
    explain_discrepancy(discrepancy=found, explanation="Two months unpaid.", by=hr)

    assert sentences == [
        "A job is in the application from July to August 2015, and in a reference it is not."
    ]
    assert reference_queries.discrepancies_for_interview(application) == []
    found.refresh_from_db()
    assert (found.explanation, found.closed_by) == ("Two months unpaid.", hr)
    with pytest.raises(DecidedMeanwhile):
        explain_discrepancy(discrepancy=found, explanation="Again.", by=hr)


def test_a_tutor_who_tells_of_the_course_differs_in_nothing():
    request = asked()
    application = request.application
    Referee.objects.filter(pk=request.referee_id).update(kind="educator")
    told = {"job_title": "BA Social Work", "began_on": date(2012, 9, 1), "is_present": False}

    answer_reference(
        letter=letter_of(request), answers={**TOLD, **told, "ended_on": date(2015, 6, 1)}
    )

    assert reference_queries.discrepancies_for_interview(application) == []


def test_the_lead_explains_at_the_interview_and_no_other_member():
    request = asked()
    application = request.application
    found = Discrepancy.objects.create(
        application=application,
        kind="uncovered",
        key="x",
        began_on="2019-01-01",
        ended_on="2019-02-01",
    )
    lead = PanelMemberFactory(vacancy=application.vacancy, is_lead=True)
    member = PanelMemberFactory(vacancy=application.vacancy)

    with pytest.raises(PermissionDenied):
        explain_discrepancy(discrepancy=found, explanation="No.", by=member.person)
    explain_discrepancy(discrepancy=found, explanation="Travelled.", by=lead.person)

    found.refresh_from_db()
    assert found.closed_by == lead.person


def test_erasing_leaves_no_word_of_a_reference():
    reference = ReferenceFactory()
    application = reference.request.application
    applicant = application.applicant
    ReferenceRequestFactory(application=application, referee=application.referees.get(position=2))
    Discrepancy.objects.create(
        application=application,
        kind="uncovered",
        key="x",
        began_on="2019-01-01",
        ended_on="2019-02-01",
    )

    erase_applications(person=applicant, by=None)

    models = [ReferenceRequest, Reference, ReferenceLetter, RefereeChange, Discrepancy]
    assert [model.objects.count() for model in models] == [0] * 5


def test_erasing_blanks_the_letters_to_referees():
    application = application_in(A.INTERVIEW)
    request = ask_for_reference(referee=first_referee(application), by=HRAdminFactory())
    Message.objects.filter(about_id=str(request.pk)).update(
        state="sent", sent_at=timezone.now(), secret_context=""
    )

    erase_applications(person=application.applicant, by=None)

    addresses = Message.objects.filter(about_type="applications.ReferenceRequest")
    assert set(addresses.values_list("to", flat=True)) == {"nobody@erased.invalid"}


def test_a_draft_is_kept_and_gone_once_answered():
    request = asked()
    letter = letter_of(request)

    save_reference_draft(letter=letter, words={"performance": "Calm"})
    request.refresh_from_db()
    before = request.draft
    answer_reference(letter=letter, answers=TOLD)

    request.refresh_from_db()
    assert (before, request.draft) == ('{"performance": "Calm"}', "")


def test_the_invariants_find_what_must_never_be():
    open_one, without = asked(), asked()
    ReferenceRequest.objects.filter(pk=without.pk).update(
        state=ReferenceState.ANSWERED, ended_at=timezone.now()
    )
    ReferenceFactory(request=asked())
    type(open_one.application).objects.filter(pk=open_one.application_id).update(
        state=A.WITHDRAWN, withdrawn_at=timezone.now()
    )

    found = [line for check in invariants for line in check()]

    assert f"Reference request {without.pk} is answered, and there are no answers." in found
    assert [line for line in found if "is still asked" in line] == [
        f"Application {open_one.application} is over, and a referee is still asked ({open_one.pk})."
    ]
    assert [line for line in found if "is asked, and has answers" in line] != []
