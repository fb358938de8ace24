"""The pages of an offer: the applicant's, and HR's inside the admin."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.registries import attention
from applications.actions import decide_interview_outcome
from applications.admin.offers import GONE_ON
from applications.models import CheckKind, Offer, OfferQuestion, RequiredCheck
from applications.states import ApplicationState as S
from applications.states import CheckNature, InterviewOutcome, OfferState
from notifications.delivery import deliver_due_messages
from notifications.models import DemoMail
from tests.applications.test_first_day import firm
from tests.applications.test_offers import again, at_interview, with_offer
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.interviews import booked, held, marked_by_all, round_of
from tests.factories.organisation import StaffMemberFactory

pytestmark = pytest.mark.django_db


def url(offer, name="offer"):
    return reverse(f"applications:{name}", args=[offer.application.reference])


def own(name, *args):
    return reverse(f"admin:applications_offer{name}", args=args)


def text_of(answer):
    return answer.content.decode()


def said(answer):
    return [str(words) for words in answer.context["messages"]]


@pytest.fixture
def hr(client):
    officer = HRAdminFactory()
    client.force_login(officer)
    return officer


# --- Before an offer ------------------------------------------------------------------------------


def notices(client, application):
    return client.get(own("_make", application.pk)).context["notices"]


def test_the_form_says_when_nobody_has_met_the_person_and_nothing_is_decided(client, hr):
    application = at_interview()
    name = application.full_name
    undecided = f"The table of the interviews has no decision about {name}."
    assert notices(client, application) == [f"Nobody has met {name} yet.", undecided]
    assert f"Nobody has met {name} yet." in text_of(client.get(own("_make", application.pk)))

    later = booked(round_of())
    name = later.application.full_name
    assert notices(client, later.application)[0] == (
        f"Nobody has met {name} yet. Their interview is on {later.slot.when}."
    )


def test_the_form_says_nothing_once_the_table_has_decided(client, hr):
    booking = held(round_of())
    application = booking.application
    undecided = f"The table of the interviews has no decision about {application.full_name}."
    assert notices(client, application) == [undecided]
    marked_by_all(booking)
    facts = {"outcome": InterviewOutcome.OFFER, "words": "", "reason": ""}

    decide_interview_outcome(application=application, by=hr, **facts)

    assert notices(client, application) == []


# --- The applicant --------------------------------------------------------------------------------


def test_the_card_leads_to_the_offer_with_all_it_says(client):
    offer = with_offer()
    offer.conditions.create(text="A DBS check.")
    client.force_login(offer.application.applicant)

    card = text_of(client.get(offer.application.get_absolute_url()))
    page = text_of(client.get(url(offer)))

    assert card.count(f'href="{url(offer)}"') == 1
    assert card.count("Our offer waits for your answer") == 1
    for words in (
        "£37,200 a year, grade F",
        "37 hours a week: Mon-Fri",
        "A DBS check.",
        "Permanent",
    ):
        assert page.count(words) == 1
    assert page.count("Please do not give notice in your present job yet.") == 1
    assert page.count("Answer this offer") == 1


@pytest.mark.parametrize("name", ["offer", "offer-answer", "offer-ask", "offer-letter"])
def test_strangers_and_applications_without_an_offer_have_no_such_page(client, name):
    offer = with_offer()
    client.force_login(UserFactory())
    assert client.get(url(offer, name)).status_code == 404

    application = at_interview()
    client.force_login(application.applicant)
    page = reverse(f"applications:{name}", args=[application.reference])
    assert client.get(page).status_code == 404


def test_yes_in_two_tabs_and_after_the_back_button_is_one_yes(client):
    offer = with_offer()
    client.force_login(offer.application.applicant)
    yes = {"version": 1, "answer": "yes"}

    first = client.post(url(offer, "offer-answer"), yes, follow=True)
    second = client.post(url(offer, "offer-answer"), yes, follow=True)
    other = client.post(url(offer, "offer-answer"), {"version": 1, "answer": "no"}, follow=True)

    assert said(first) == said(second) == ["You have accepted our offer. Thank you."]
    assert said(other)[0].startswith("This offer has ended or was answered already.")
    assert again(offer).state == OfferState.ACCEPTED
    assert client.get(url(offer, "offer-answer")).status_code == 302


def test_no_leads_to_the_application_where_it_can_be_taken_back(client):
    offer = with_offer()
    client.force_login(offer.application.applicant)

    page = client.post(
        url(offer, "offer-answer"), {"version": 1, "answer": "no", "reason": "travel"}, follow=True
    )

    assert again(offer).decline_reason == "travel"
    assert text_of(page).count("Take my withdrawal back") == 1
    assert text_of(page).count("You have turned our offer down") == 1


def test_an_offer_that_changed_is_read_again_before_it_is_answered(client):
    offer = with_offer()
    Offer.objects.update(version=2, salary=40_000)
    client.force_login(offer.application.applicant)

    page = client.post(url(offer, "offer-answer"), {"version": 1, "answer": "yes"}, follow=True)

    assert said(page)[0].startswith("We have changed the offer since you opened that page.")
    assert again(offer).state == OfferState.MADE


@pytest.mark.parametrize("answer", [{}, {"version": 1}, {"version": "x", "answer": "perhaps"}])
def test_an_answer_that_is_none_is_asked_for_again(client, answer):
    offer = with_offer()
    client.force_login(offer.application.applicant)

    page = text_of(client.post(url(offer, "offer-answer"), answer))

    assert page.count("Choose yes or no") >= 1
    assert again(offer).state == OfferState.MADE


def test_a_question_and_another_date_go_to_hr(client):
    offer = with_offer()
    client.force_login(offer.application.applicant)
    day = timezone.localdate() + timedelta(days=60)
    parts = {"start_on_day": day.day, "start_on_month": day.month, "start_on_year": day.year}

    nothing = text_of(client.post(url(offer, "offer-ask"), {"words": ""}))
    past = {"start_on_day": 1, "start_on_month": 1, "start_on_year": 1066}
    in_1066 = text_of(client.post(url(offer, "offer-ask"), past))
    client.post(url(offer, "offer-ask"), {"words": "May I?", **parts})

    assert nothing.count("Write what you would like to ask, or give a date") == 2
    assert in_1066.count("The start date must be on or after") == 2
    question = OfferQuestion.objects.get()
    assert (question.words, question.start_on) == ("May I?", day)
    assert text_of(client.get(url(offer))).count("We will write back to you.") == 1


def test_the_letter_is_for_printing_and_kept_by_nobody(client):
    offer = with_offer()
    client.force_login(offer.application.applicant)

    letter = client.get(url(offer, "offer-letter"))

    assert letter["Cache-Control"] == "private, no-store"
    assert text_of(letter).count("We would like to offer you this job.") == 1


@pytest.mark.parametrize("state", [S.OFFERED, S.CHECKS, S.HIRED])
def test_each_stage_has_its_card_and_its_page(client, state):
    offer = with_offer(state)
    client.force_login(offer.application.applicant)
    headings = {
        S.OFFERED: "Our offer waits for your answer",
        S.CHECKS: "You have accepted our offer",
        S.HIRED: "Your first day is",
    }

    card = text_of(client.get(offer.application.get_absolute_url()))
    page = client.get(url(offer))

    assert card.count(headings[state]) == 1
    assert page.status_code == 200


# --- HR -------------------------------------------------------------------------------------------


def filled(offer_or_application, **changes):
    vacancy = offer_or_application.vacancy
    day = timezone.localdate()
    return {
        "team": vacancy.team_id,
        "place_name": "Alton",
        "grade": vacancy.grade_id,
        "salary": 38_000,
        "weekly_hours": 22.2,
        "pattern": "Mon-Wed",
        "contract": "permanent",
        "proposed_start_on": day + timedelta(days=50),
        "answer_by": day + timedelta(days=7),
        "usual": ["dbs", "references"],
        "own": "Your degree",
        "one_time_key": "11111111-1111-4111-8111-111111111111",
        **changes,
    }


def test_hr_reads_the_letter_before_it_goes_out(client, hr):
    application = at_interview()
    page = own("_make", application.pk)

    link = text_of(
        client.get(reverse("admin:applications_application_change", args=[application.pk]))
    )
    preview = client.post(page, filled(application))
    assert Offer.objects.count() == 0
    client.post(page, {**filled(application), "confirmed": "1"})
    client.post(page, {**filled(application), "confirmed": "1"})

    assert link.count(f'href="{page}"') == 1
    assert text_of(preview).count("£22,800 a year, grade F (£38,000 for full time)") == 1
    offer = Offer.objects.get()
    assert (offer.made_by, offer.place_name, offer.pay) == (hr, "Alton", 22_800)
    assert [row.name for row in offer.conditions.all()] == ["dbs", "references", ""]
    deliver_due_messages()
    letter = DemoMail.objects.get(subject__startswith="We would like to offer")
    assert letter.subject == f"We would like to offer you this job: {application.vacancy.title}"
    assert letter.text.count("- Your degree") == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"salary": 99_000}, "Grade F and the advert pay £37,200 to £41,800"),
        ({"pattern": "Someday"}, "We do not know the day"),
        ({"proposed_start_on": "1066-10-14"}, "Choose today or a later day"),
        ({"proposed_start_on": "2999-01-01"}, "Choose a day within 18 months"),
        ({"contract_months": 6}, "A permanent job has no length in months"),
        ({"weekly_hours": 90}, "Hours a week must be from 1 to 48"),
    ],
)
def test_what_cannot_be_offered_is_said_beside_its_box(client, hr, wrong, words):
    application = at_interview()

    page = client.post(own("_make", application.pk), filled(application, **wrong))

    assert text_of(page).count(words) == 1
    assert Offer.objects.count() == 0


def test_hr_corrects_withdraws_and_notes_an_answer(client, hr):
    offer = with_offer()
    vacancy = offer.application
    changed = {**filled(vacancy, salary=40_000), "version": 1, "confirmed": "1"}

    client.post(own("_correct", offer.pk), changed)
    assert (again(offer).version, again(offer).salary) == (2, 40_000)
    client.post(own("_note_answer", offer.pk), {"version": 2, "answer": "yes"})
    assert again(offer).state == OfferState.ACCEPTED
    reasons = {"reason": "The post was cut", "words": "We are sorry"}
    client.post(own("_withdraw", offer.pk), reasons)

    assert again(offer).state == OfferState.WITHDRAWN
    assert text_of(client.get(own("", offer.pk))).count("The post was cut") == 1


def test_what_is_open_stands_on_the_page_in_words(client, hr):
    kind = CheckKind.objects.create(name="Identity", nature=CheckNature.IDENTITY)
    offer = with_offer(S.CHECKS)
    RequiredCheck.objects.create(
        kind=kind, role=offer.role, is_needed=True, starts_on=timezone.localdate()
    )

    page = text_of(client.get(own("_confirm", offer.pk)))
    offers_page = text_of(client.get(own("", offer.pk)))

    assert page.count("Identity: nobody has begun this check.") == 1
    assert offers_page.count("Identity: nobody has begun this check.") == 1
    assert page.count("<form method") == text_of(client.get(own("", offer.pk))).count(
        "<form method"
    )


def test_hr_makes_it_firm_and_moves_and_cancels_the_day(client, hr):
    offer, manager = with_offer(S.CHECKS), StaffMemberFactory()
    day = timezone.localdate() + timedelta(days=30)
    filled_in = {
        "starts_on": day,
        "arrive_at": "09:15",
        "arrive_where": "The Mill",
        "line_manager": "nobody@example.org",
        "bring": "Passport",
        "employee_number": "E777",
    }

    wrong = text_of(client.post(own("_confirm", offer.pk), filled_in))
    assert wrong.count("Nobody who works here has this address") == 1
    client.post(own("_confirm", offer.pk), {**filled_in, "line_manager": manager.user.email})
    assert (again(offer).state, again(offer).line_manager) == (OfferState.FIRM, manager)
    moved = {"starts_on": day + timedelta(days=7), "reason": "Notice", "words": ""}
    client.post(own("_move_start", offer.pk), moved)
    assert again(offer).starts_on == day + timedelta(days=7)
    client.post(own("_cancel_start", offer.pk), {"wish": "theirs", "reason": "Rang", "words": ""})

    assert again(offer).state == OfferState.DECLINED


def test_hr_answers_a_question(client, hr):
    offer = with_offer()
    question = offer.questions.create(words="When?")

    page = text_of(client.get(own("_question", question.pk)))
    client.post(own("_question", question.pk), {"answer": "In May."})

    question.refresh_from_db()
    assert page.count("When?") == 1
    assert (question.answer, question.answered_by) == ("In May.", hr)


def test_what_hr_should_look_at_today():
    officer = HRAdminFactory()
    late, asked, slow = with_offer(), with_offer(), with_offer(S.CHECKS)
    today = timezone.localdate()
    Offer.objects.filter(pk=late.pk).update(answer_by=today - timedelta(days=1))
    asked.questions.create(words="When?")
    Offer.objects.filter(pk=slow.pk).update(answered_at=timezone.now() - timedelta(days=60))
    firm(starts_on=today - timedelta(days=1))

    items = [
        item for look in attention for item in look(officer) if "applications/offer" in item.url
    ]

    assert [(item.text, item.count) for item in items] == [
        ("offer not answered by the day we asked for", 1),
        ("offer with a question of the applicant to answer", 1),
        ("first day that did not begin: look at the employee number and the manager", 1),
        ("offer accepted 42 days ago and not firm", 1),
    ]


def test_the_list_of_offers_leads_to_the_page_of_one(client, hr):
    offer = with_offer()

    found = client.get(reverse("admin:applications_offer_changelist"))
    change = client.get(reverse("admin:applications_offer_change", args=[offer.pk]))

    assert text_of(found).count(offer.application.reference) >= 1
    assert change.url == own("", offer.pk)


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (firm, "_note_answer"),
        (firm, "_withdraw"),
        (firm, "_confirm"),
        (firm, "_early"),
        (with_offer, "_confirm"),
        (with_offer, "_move_start"),
        (with_offer, "_cancel_start"),
    ],
)
def test_a_step_that_cannot_be_taken_has_no_form(client, hr, make, name):
    offer = make()

    answer = client.get(own(name, offer.pk), follow=True)

    assert answer.redirect_chain == [(own("", offer.pk), 302)]
    assert said(answer) == [GONE_ON]


def test_an_offer_proposes_a_start_after_the_day_to_answer_by(client, hr):
    application = at_interview()
    today = timezone.localdate()
    given = {"proposed_start_on": today + timedelta(days=5), "answer_by": today + timedelta(days=5)}

    answer = client.post(own("_make", application.pk), given)

    assert answer.context["form"].errors["proposed_start_on"] == [
        "They can answer until then: propose a later day"
    ]
