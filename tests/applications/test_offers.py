"""Offers: made, corrected, answered, withdrawn, lapsed, revived."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.registries import invariants
from accounts.states import InvalidTransition
from applications import rules
from applications.actions import (
    accept_offer,
    answer_question,
    ask_about_offer,
    correct_offer,
    decline_offer,
    erase_applications,
    lapse_offer,
    make_offer,
    move_application,
    offers,
    take_withdrawal_back,
    withdraw_application,
    withdraw_offer,
)
from applications.exceptions import (
    NoPostLeft,
    OfferChanged,
    OfferOver,
    PlaceTaken,
    StartRefused,
)
from applications.models import Application, Offer, OfferQuestion
from applications.queries.offers import answer_by_from, offer_of
from applications.states import ApplicationState as S
from applications.states import OfferAnswer, OfferState
from notifications.models import Message
from organisation.models import BankHoliday, Post
from tests.applications.test_races import at_once, second_while_first_is_paused
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.offers import OfferFactory, terms
from tests.factories.vacancies import ClosedVacancyFactory
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


def at_interview(**fields):
    return SentApplicationFactory(state=S.INTERVIEW, **fields)


def make(application, by=None, key=None, **changes):
    return make_offer(
        application=application,
        one_time_key=key or uuid4(),
        by=by or HRAdminFactory(),
        **terms(application, **changes),
    )


def with_offer(state=S.OFFERED, **fields):
    application = SentApplicationFactory(state=state, **fields)
    return application.offers.get()


def again(offer):
    return Offer.objects.select_related("application").get(pk=offer.pk)


def told(template):
    return Message.objects.filter(template=f"applications/emails/{template}").count()


def broken():
    return [sentence for check in invariants for sentence in check()]


def test_an_offer_moves_the_application_and_writes_one_letter_of_its_own():
    application, officer = at_interview(), HRAdminFactory()

    offer = make(application, by=officer)

    application.refresh_from_db()
    assert (application.state, offer.state, offer.made_by) == (S.OFFERED, OfferState.MADE, officer)
    assert [(row.name, row.text) for row in offer.conditions.all()] == [
        ("dbs", "A DBS check."),
        ("", "Your degree."),
    ]
    letter = Message.objects.get(template="applications/emails/offer_made")
    assert letter.to == application.applicant.email
    assert letter.context["conditions"] == ["A DBS check.", "Your degree."]
    assert broken() == []


def test_the_same_form_sent_again_gives_the_same_offer():
    application, key = at_interview(), uuid4()

    first, second = make(application, key=key), make(application, key=key)

    assert first.pk == second.pk
    assert told("offer_made") == 1


def test_a_second_offer_for_the_same_application_is_refused_by_the_action_and_the_database():
    offer = with_offer()

    with pytest.raises(InvalidTransition):
        make(offer.application)
    with pytest.raises(IntegrityError), transaction.atomic():
        OfferFactory(application=offer.application)


def test_no_more_offers_than_posts_and_a_declined_one_frees_its_own():
    vacancy = ClosedVacancyFactory(number_of_posts=1)
    first = make(at_interview(vacancy=vacancy))
    second = at_interview(vacancy=vacancy)

    with pytest.raises(NoPostLeft):
        make(second)
    decline_offer(offer=first, version=1, reason="", by=first.application.applicant)

    assert make(second).state == OfferState.MADE
    assert broken() == []


def test_one_post_of_the_establishment_is_offered_once():
    vacancy = ClosedVacancyFactory(number_of_posts=2)
    post = Post.objects.create(number="P1", role=vacancy.role, team=vacancy.team)
    make(at_interview(vacancy=vacancy), post=post)

    with pytest.raises(StartRefused) as refused:
        make(at_interview(vacancy=vacancy), post=post)

    assert refused.value.field == "post"


@pytest.mark.parametrize("state", sorted(set(S) - {S.DRAFT, S.INTERVIEW}))
def test_an_offer_is_made_from_the_interview_only(state):
    application = SentApplicationFactory(state=state)

    with pytest.raises(InvalidTransition):
        make(application)


def test_nobody_without_the_permission_makes_one_and_nobody_to_themselves():
    officer = HRAdminFactory()

    with pytest.raises(PermissionDenied):
        make(at_interview(), by=UserFactory())
    with pytest.raises(PermissionDenied):
        make(at_interview(applicant=officer), by=officer)

    assert Offer.objects.count() == 0


@pytest.mark.parametrize("state", [S.INTERVIEW, S.OFFERED, S.CHECKS])
def test_hr_takes_none_of_the_steps_of_an_offer_by_hand(state):
    application = SentApplicationFactory(state=state)

    assert rules.moves_for_hr(application) == [S.UNSUCCESSFUL]
    for to_state in (S.OFFERED, S.CHECKS, S.HIRED):
        with pytest.raises(InvalidTransition):
            move_application(application=application, to_state=to_state, by=HRAdminFactory())


def test_a_correction_is_told_and_the_answer_is_to_the_offer_that_was_read():
    offer = with_offer()
    applicant = offer.application.applicant

    correct_offer(
        offer=offer, version=1, by=HRAdminFactory(), **terms(offer.application, salary=39_000)
    )

    assert (again(offer).salary, again(offer).version) == (39_000, 2)
    assert told("offer_corrected") == 1
    with pytest.raises(OfferChanged):
        accept_offer(offer=offer, version=1, by=applicant)
    with pytest.raises(OfferChanged):
        correct_offer(offer=offer, version=1, by=HRAdminFactory(), **terms(offer.application))
    assert accept_offer(offer=offer, version=2, by=applicant).state == OfferState.ACCEPTED
    with pytest.raises(OfferOver):
        correct_offer(offer=offer, version=2, by=HRAdminFactory(), **terms(offer.application))


def test_saying_yes_twice_says_it_once():
    offer = with_offer()
    applicant = offer.application.applicant

    for _ in range(2):
        accept_offer(offer=offer, version=1, by=applicant)

    offer = again(offer)
    assert (offer.state, offer.answer, offer.answered_by, offer.application.state) == (
        OfferState.ACCEPTED,
        OfferAnswer.YES,
        applicant,
        S.CHECKS,
    )
    assert (told("offer_news"), told("offer_news_hr")) == (1, 1)
    with pytest.raises(OfferOver):
        decline_offer(offer=offer, version=1, reason="", by=applicant)
    assert broken() == []


def test_saying_no_withdraws_and_is_recorded_as_a_declined_offer():
    offer = with_offer()
    applicant = offer.application.applicant

    for _ in range(2):
        decline_offer(offer=offer, version=1, reason="pay_or_hours", by=applicant)

    offer = again(offer)
    assert (offer.state, offer.answer, offer.decline_reason) == (
        OfferState.DECLINED,
        OfferAnswer.NO,
        "pay_or_hours",
    )
    assert (offer.application.state, offer.application.withdrawal_reason) == (
        S.WITHDRAWN,
        "pay_or_hours",
    )
    assert (told("offer_news"), told("offer_news_hr"), told("application_withdrawn")) == (1, 1, 0)
    with pytest.raises(OfferOver):
        accept_offer(offer=offer, version=1, by=applicant)
    assert broken() == []


def test_a_no_taken_back_within_the_day_brings_the_offer_back_without_its_answer():
    offer = with_offer()
    applicant = offer.application.applicant
    decline_offer(offer=offer, version=1, reason="travel", by=applicant)

    take_withdrawal_back(application=offer.application, by=applicant)

    offer = again(offer)
    assert (offer.state, offer.answer, offer.answered_at, offer.ended_at) == (
        OfferState.MADE,
        "",
        None,
        None,
    )
    assert (offer.decline_reason, offer.application.state) == ("", S.OFFERED)
    assert accept_offer(offer=offer, version=1, by=applicant).state == OfferState.ACCEPTED
    assert broken() == []


def test_a_withdrawal_after_a_yes_taken_back_brings_the_yes_back():
    offer = with_offer(S.CHECKS)
    applicant = offer.application.applicant
    withdraw_application(application=offer.application, by=applicant, reason="other_job")
    assert (again(offer).state, again(offer).answer) == (OfferState.DECLINED, OfferAnswer.YES)

    take_withdrawal_back(application=offer.application, by=applicant)

    assert (again(offer).state, again(offer).application.state) == (
        OfferState.ACCEPTED,
        S.CHECKS,
    )
    assert broken() == []


def test_an_offer_does_not_come_back_once_its_post_was_offered_to_somebody_else():
    vacancy = ClosedVacancyFactory(number_of_posts=1)
    offer = with_offer(vacancy=vacancy)
    decline_offer(offer=offer, version=1, reason="", by=offer.application.applicant)
    make(at_interview(vacancy=vacancy))

    with pytest.raises(PlaceTaken):
        take_withdrawal_back(application=offer.application, by=offer.application.applicant)

    assert again(offer).state == OfferState.DECLINED


def test_an_offer_that_comes_back_names_no_post_that_somebody_else_has_meanwhile():
    vacancy = ClosedVacancyFactory(number_of_posts=2)
    post = Post.objects.create(number="P1", role=vacancy.role, team=vacancy.team)
    offer = make(at_interview(vacancy=vacancy), post=post)
    decline_offer(offer=offer, version=1, reason="", by=offer.application.applicant)
    other = make(at_interview(vacancy=vacancy), post=post)

    take_withdrawal_back(application=offer.application, by=offer.application.applicant)

    assert (again(offer).state, again(offer).post) == (OfferState.MADE, None)
    assert again(other).post == post


def test_only_the_applicant_answers_or_hr_for_them():
    offer = with_offer()

    with pytest.raises(PermissionDenied):
        accept_offer(offer=offer, version=1, by=UserFactory())
    officer = HRAdminFactory()
    accept_offer(offer=offer, version=1, by=officer)

    assert again(offer).answered_by == officer


@pytest.mark.parametrize("state", [S.OFFERED, S.CHECKS])
def test_hr_withdraws_an_offer_with_a_reason_that_the_applicant_does_not_read(state):
    offer, officer = with_offer(state), HRAdminFactory()

    withdraw_offer(offer=offer, reason="The post was cut.", words="We are sorry.", by=officer)

    offer = again(offer)
    assert (offer.state, offer.end_reason, offer.ended_by) == (
        OfferState.WITHDRAWN,
        "The post was cut.",
        officer,
    )
    assert offer.application.state == S.UNSUCCESSFUL
    letter = Message.objects.get()
    assert letter.template == "applications/emails/offer_news"
    assert "The post was cut." not in str(letter.context)
    assert "We are sorry." in letter.context["said"]
    with pytest.raises(OfferOver):
        accept_offer(offer=offer, version=1, by=offer.application.applicant)
    assert broken() == []


def test_an_offer_lapses_after_its_day_and_by_a_person_only():
    offer, officer = with_offer(), HRAdminFactory()
    with pytest.raises(OfferOver):
        lapse_offer(offer=offer, reason="No answer", words="", by=officer)
    Offer.objects.update(answer_by=timezone.localdate() - timedelta(days=1))

    with pytest.raises(PermissionDenied):
        lapse_offer(offer=offer, reason="No answer", words="", by=UserFactory())
    lapse_offer(offer=offer, reason="No answer", words="", by=officer)

    assert (again(offer).state, again(offer).application.state) == (
        OfferState.LAPSED,
        S.UNSUCCESSFUL,
    )


def test_a_late_answer_still_counts_while_the_offer_stands():
    offer = with_offer()
    Offer.objects.update(answer_by=timezone.localdate() - timedelta(days=3))

    accept_offer(offer=offer, version=1, by=offer.application.applicant)

    assert again(offer).state == OfferState.ACCEPTED


def test_turning_an_application_down_by_hand_ends_its_offer():
    offer = with_offer(S.CHECKS)

    move_application(
        application=offer.application,
        to_state=S.UNSUCCESSFUL,
        by=HRAdminFactory(),
        words="A reference.",
    )

    assert (again(offer).state, again(offer).end_reason) == (OfferState.WITHDRAWN, "A reference.")
    assert told("application_moved") == 1


def test_a_question_is_asked_once_and_answered_once():
    offer, key, officer = with_offer(), uuid4(), HRAdminFactory()
    asked = {"one_time_key": key, "words": "May I start in May?", "start_on": None}

    for _ in range(2):
        question = ask_about_offer(offer=offer, by=offer.application.applicant, **asked)
    answer_question(question=question, answer="Yes.", by=officer)

    assert OfferQuestion.objects.count() == 1
    assert (told("offer_news_hr"), told("offer_news")) == (1, 1)
    assert "May I start" not in str(
        Message.objects.get(template="applications/emails/offer_news_hr").context
    )
    with pytest.raises(OfferOver):
        answer_question(question=question, answer="No.", by=officer)
    with pytest.raises(PermissionDenied):
        ask_about_offer(offer=offer, by=UserFactory(), **asked)


def test_who_is_erased_has_no_offer_and_none_of_its_words():
    offer = with_offer(S.HIRED)
    Offer.objects.update(end_reason="", early_reason="Canary", bring="Canary")
    offer.questions.create(words="Canary")
    offer.conditions.create(text="Canary")

    erase_applications(person=offer.application.applicant, by=None)

    offer = again(offer)
    assert (offer.state, offer.early_reason, offer.bring, offer.employee_number) == (
        OfferState.WITHDRAWN,
        "",
        "",
        "",
    )
    assert (offer.questions.count(), offer.conditions.count()) == (0, 0)
    events = Offer.pgh_event_model.objects.filter(pgh_obj=offer.pk)
    assert "Canary" not in str(list(events.values()))
    assert broken() == []


def test_the_day_to_answer_by_counts_working_days(time_machine):
    time_machine.move_to("2026-12-22 09:00+00:00", tick=False)
    for day in ("2026-12-25", "2026-12-28"):
        BankHoliday.objects.create(on=day, name="Christmas")

    assert str(answer_by_from(timezone.localdate())) == "2026-12-31"


def test_the_offer_of_an_application_is_the_live_one_before_one_that_ended():
    vacancy = ClosedVacancyFactory()
    application = at_interview(vacancy=vacancy)
    assert offer_of(application) is None
    offer = make(application)
    withdraw_offer(offer=offer, reason="A slip", words="", by=HRAdminFactory())

    assert offer_of(application) == offer
    assert Application.objects.get().state == S.UNSUCCESSFUL


# --- Races ----------------------------------------------------------------------------------------


def offer_the_last_post_twice(monkeypatch):
    """Offer the one post of a vacancy to two people, the first held just before it is made."""
    vacancy = ClosedVacancyFactory(number_of_posts=1)
    first, second = (at_interview(vacancy=vacancy) for _ in range(2))
    officer, outcome = HRAdminFactory(), {}

    def other():
        try:
            make(second, by=officer)
            outcome["made"] = True
        except NoPostLeft:
            outcome["refused"] = True

    outcome["waited"] = second_while_first_is_paused(
        monkeypatch, offers, "take_step", first=lambda: make(first, by=officer), second=other
    )
    return outcome


@pytest.mark.django_db(transaction=True)
def test_the_last_post_is_offered_to_one_of_two(monkeypatch):
    assert offer_the_last_post_twice(monkeypatch) == {"waited": True, "refused": True}

    assert Offer.objects.live().count() == 1
    assert broken() == []


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_have_the_last_post(monkeypatch):
    """The lock is what the test above holds on to: take it away, and one post is offered twice."""
    monkeypatch.setattr(offers, "lock_vacancy", lambda pk: Vacancy.objects.get(pk=pk))

    assert offer_the_last_post_twice(monkeypatch)["made"]

    assert Offer.objects.live().count() == 2
    assert len(broken()) == 1


@pytest.mark.django_db(transaction=True)
def test_yes_and_no_at_once_leave_one_answer():
    offer = with_offer()
    by = offer.application.applicant

    at_once(
        lambda: accept_offer(offer=offer, version=1, by=by),
        lambda: decline_offer(offer=offer, version=1, reason="", by=by),
        lambda: accept_offer(offer=offer, version=1, by=by),
    )

    assert broken() == []
    assert again(offer).application.moves.exclude(from_state__in=[S.DRAFT]).count() == 4
    assert told("offer_news") == 1
