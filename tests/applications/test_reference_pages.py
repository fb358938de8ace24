"""The pages of references: the referee's by their link, HR's, the applicant's and the lead's."""

import logging
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from applications.models import Discrepancy, Reference, ReferenceRequest
from applications.states import ApplicationState, ReferenceEvent, ReferenceState
from hampshire_portal.logs import JsonFormatter
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.references import (
    ANSWERS,
    ReferenceFactory,
    ReferenceRequestFactory,
    link_to,
)
from tests.factories.shortlisting import PanelMemberFactory

pytestmark = pytest.mark.django_db
NAME = "Zébédine O’Quillfeather"


@pytest.fixture
def asked():
    return ReferenceRequestFactory(application__full_name=NAME)


@pytest.fixture
def hr(client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    person = HRAdminFactory()
    client.force_login(person)
    return person


def page_of(token):
    return reverse("applications:reference-form", args=[token])


def errors_of(response):
    return response.context["form"].errors


def test_a_referee_answers_by_the_link_alone(asked):
    visitor = Client(enforce_csrf_checks=True)
    address = page_of(link_to(asked))

    page = visitor.get(address)
    sent = visitor.post(address, ANSWERS, follow=True)

    asked.refresh_from_db()
    assert NAME in page.content.decode()
    assert sent.redirect_chain == [("/references/thank-you/", 302)]
    assert NAME not in sent.content.decode()
    assert (asked.state, asked.reference.performance) == ("answered", "Calm and kind.")
    assert asked.application.discrepancies.count() == 0


def test_the_page_is_kept_nowhere_and_its_address_told_to_nobody(client, asked):
    page = client.get(page_of(link_to(asked)))

    assert [page[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")] == [
        "max-age=0, no-cache, no-store, must-revalidate, private",
        "no-referrer",
        "noindex, nofollow, noarchive",
    ]


@pytest.mark.parametrize("posts", [False, True])
@pytest.mark.parametrize("how", ["answered", "expired", "stopped", "replaced", "deleted"])
def test_a_link_that_is_over_says_so_and_nothing_else(client, asked, how, posts):
    token = link_to(asked)
    match how:
        case "answered":
            client.post(page_of(token), ANSWERS)
        case "expired":
            ReferenceRequest.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        case "stopped":
            ReferenceRequest.objects.update(state="stopped", ended_at=timezone.now())
        case "replaced":
            asked.letters.update(ended_at=timezone.now())
        case "deleted":
            ReferenceRequest.objects.all().delete()
    before = Reference.objects.count()

    answers = [
        client.post(address, ANSWERS) if posts else client.get(address)
        for address in (page_of(token), page_of(token) + "cannot/")
    ]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert [NAME in answer.content.decode() for answer in answers] == [False, False]
    assert ["no-referrer"] * 2 == [answer["Referrer-Policy"] for answer in answers]
    assert Reference.objects.count() == before


@pytest.mark.parametrize("token", ["x", "0", "a.b", "%00", "é" * 200, "x" * 5000, "A-7KQ4XP"])
def test_a_link_we_did_not_make_finds_nothing(client, token):
    answer = client.get(f"/references/{token}/")

    assert (answer.status_code, "There is nothing here" in answer.content.decode()) == (404, True)


def test_a_link_with_a_letter_changed_finds_nothing(client, asked):
    token = link_to(asked)
    other = ("A" if token[0] != "A" else "B") + token[1:]

    assert client.get(page_of(other)).status_code == 404


def test_links_are_tried_only_so_often(client, settings, asked):
    settings.RATE_LIMITS = {"reference": "2/h/ip"}
    token = link_to(asked)

    codes = [client.get("/references/guess/").status_code for _ in range(3)]

    assert codes == [404, 404, 429]
    assert client.post(page_of(token), ANSWERS).status_code == 302


def test_words_saved_come_back_by_the_same_link_and_nobody_reads_them_before(client, asked):
    address = page_of(link_to(asked))
    typed = {"performance": "Calm, عبد", "began_on_month": "13", "has_concern": "yes", "save": "1"}

    saved = client.post(address, typed, follow=True)
    page = client.get(address).content.decode()

    asked.refresh_from_db()
    assert saved.redirect_chain == [(f"{address}?saved=1", 302)]
    assert "Your words are saved" in saved.content.decode()
    assert "Calm, عبد" in page
    assert 'value="13"' in page
    assert Reference.objects.count() == 0


def test_what_a_box_is_short_of_is_said_and_the_words_stay(client, asked):
    answers = {**ANSWERS, "has_concern": "yes", "given_by": "", "performance": "I liked her."}

    answer = client.post(page_of(link_to(asked)), answers)

    assert dict(errors_of(answer)) == {
        "concern": ["Say what your concern is"],
        "given_by": ["Enter your full name"],
    }
    assert "I liked her." in answer.content.decode()


@pytest.mark.parametrize(
    ("year", "complaint"),
    [
        ("1066", "The first month must be January {earliest} or later"),
        ("2999", "The first month must be {this_month} or earlier"),
        ("99999", "The first month must have a year of 4 numbers, like 2026"),
    ],
)
def test_months_out_of_any_working_life_are_refused(client, asked, year, complaint):
    answer = client.post(page_of(link_to(asked)), {**ANSWERS, "began_on_year": year})

    this_month = f"{timezone.localdate():%B %Y}"
    earliest = timezone.localdate().year - django_settings.HISTORY_YEARS_BACK
    expected = complaint.format(this_month=this_month, earliest=earliest)
    assert errors_of(answer)["began_on"] == [expected]


def test_somebody_who_left_before_they_began_is_refused(client, asked):
    left = {"is_present": "no", "ended_on_month": "6", "ended_on_year": "2015"}

    answer = client.post(
        page_of(link_to(asked)), {**ANSWERS, **left, "reason_for_leaving": "Moved"}
    )

    assert errors_of(answer)["ended_on"] == [
        "The last month must be July 2015 or later, as the first is"
    ]


@pytest.mark.parametrize("button", [{}, {"save": "1"}])
def test_two_hundred_thousand_characters_are_refused_beside_the_box(client, asked, button):
    answer = client.post(
        page_of(link_to(asked)), {**ANSWERS, "performance": "a" * 200_000, **button}
    )

    asked.refresh_from_db()
    assert errors_of(answer)["performance"] == ["Use 4,000 characters or fewer"]
    assert (asked.state, asked.draft) == (ReferenceState.ASKED, "")


def test_names_from_right_to_left_and_with_apostrophes_are_kept_as_they_are(client, asked):
    name = "عبد الرحمن O'Brien"

    client.post(page_of(link_to(asked)), {**ANSWERS, "given_by": name})

    assert Reference.objects.get().given_by == name


def test_a_friend_is_asked_nothing_about_a_job(client, asked):
    asked.referee.kind = "character"
    asked.referee.save()
    answers = {
        name: value
        for name, value in ANSWERS.items()
        if not name.startswith(("job", "began", "is_p"))
    }

    answer = client.post(page_of(link_to(asked)), answers)

    reference = Reference.objects.get()
    assert answer.status_code == 302
    assert (reference.began_on, reference.has_disciplinary) == (None, "")


def test_nobody_is_asked_about_health_or_absence(client, asked):
    page = client.get(page_of(link_to(asked))).content.decode()

    assert "Please write nothing about health or absence" in page
    assert {name for name in ANSWERS if "health" in name or "absence" in name} == set()


def test_a_referee_can_say_that_they_cannot(client, asked):
    answer = client.post(page_of(link_to(asked)) + "cannot/", {"reason": "I do not know them."})

    asked.refresh_from_db()
    assert answer["Location"] == "/references/thank-you/"
    assert (asked.state, asked.refused_why) == ("refused", "I do not know them.")


def test_what_was_typed_into_a_page_whose_link_ended_is_shown_once_more(client, asked):
    token = link_to(asked)
    asked.letters.update(ended_at=timezone.now())

    answer = client.post(page_of(token), {**ANSWERS, "performance": "Two hours of writing."})

    assert "Two hours of writing." in answer.content.decode()


def test_our_logs_have_no_token(asked):
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 0, "%s: %s", ("Gone", page_of("SECRET")), None
    )

    line = JsonFormatter().format(record)

    assert ("SECRET" in line, "/references/…/" in line) == (False, True)


def test_hr_asks_and_the_button_says_why_not(client, hr):
    application = SentApplicationFactory(state=ApplicationState.INTERVIEW)
    application.referees.filter(position=2).update(ask_before_interview=False)
    first = application.referees.get(position=1)
    address = reverse("admin:applications_references", args=[application.pk])

    page = client.get(address).content.decode()
    client.post(reverse("admin:applications_referee_ask", args=[first.pk]))

    assert page.count("for a reference") == 1
    assert "so we ask once an offer has been made" in page
    assert ReferenceRequest.objects.get().referee == first
    assert "Send a new link to Wanda Rook" in client.get(address).content.decode()


def test_hr_stops_corrects_and_sends_anew(client, hr, asked):
    again = reverse("admin:applications_reference_again", args=[asked.pk])
    stop = reverse("admin:applications_reference_stop", args=[asked.pk])
    correct = reverse("admin:applications_referee_correct", args=[asked.referee_id])
    contact = {"full_name": "Wanda O’Rook", "email": "w@example.org", "reason": "Misspelt."}

    wrong = client.post(correct, {**contact, "email": "piers.alder@example.org", "reason": ""})
    answers = [
        client.post(correct, contact),
        client.post(again),
        client.post(stop, {"reason": "x"}),
    ]

    asked.refresh_from_db()
    assert dict(errors_of(wrong)) == {
        "email": ["The other referee has this address. Give two different people"],
        "reason": ["Say why you change it"],
    }
    assert [answer.status_code for answer in answers] == [302] * 3
    assert (asked.state, asked.stopped_by) == (ReferenceState.STOPPED, hr)
    assert [letter.kind for letter in asked.letters.all()] == ["corrected", "again"]


def test_hr_writes_down_a_reference_that_came_by_phone(client, hr, asked):
    address = reverse("admin:applications_reference_record", args=[asked.referee_id])
    today = timezone.localdate()
    told = {
        "taken_how": "phone",
        "received_on_day": today.day,
        "received_on_month": today.month,
        "received_on_year": today.year,
        "given_by": "Wanda Rook",
        "has_concern": "no",
        "is_true": "on",
    }

    empty = client.post(address, {})
    client.post(address, told)

    asked.refresh_from_db()
    assert sorted(errors_of(empty)) == ["given_by", "is_true", "received_on", "taken_how"]
    assert (asked.state, asked.reference.taken_by) == (ReferenceState.OUTSIDE, hr)
    assert (asked.reference.has_concern, asked.reference.has_allegation) == ("no", "")


def test_hr_reads_accepts_and_sets_aside_and_who_read_is_recorded(client, hr):
    reference = ReferenceFactory(has_concern="yes", concern="She was alone with a child.")
    address = reverse("admin:applications_reference_read", args=[reference.request_id])

    page = client.get(address)
    client.post(address, {"accept": "1"})
    reference.request.refresh_from_db()
    accepted = reference.request.is_acceptable
    client.post(address, {"aside": "1", "reason": "Not from work."})

    reference.request.refresh_from_db()
    assert "She was alone with a child." in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert (accepted, reference.request.is_acceptable) == (True, False)
    assert AuditEvent.objects.filter(event=ReferenceEvent.REFERENCE_OPENED, by=hr).count() == 1


def test_hr_compares_and_explains(client, hr):
    reference = ReferenceFactory()
    application = reference.request.application
    row = Discrepancy.objects.create(
        application=application,
        reference=reference,
        kind="only_application",
        key="x",
        began_on="2019-01-01",
        ended_on="2019-02-01",
        application_says="Helper",
        reference_says="Cook",
    )
    address = reverse("admin:applications_compare", args=[application.pk])
    page = client.get(address).content.decode()

    wrong = client.post(address, {"discrepancy": row.pk, f"d{row.pk}-explanation": ""})
    client.post(address, {"discrepancy": row.pk, f"d{row.pk}-explanation": "Two contracts."})

    row.refresh_from_db()
    assert [words in page for words in ("<svg", "Helper", "Cook")] == [True] * 3
    assert "Write how this is explained" in wrong.content.decode()
    assert (row.explanation, row.closed_by) == ("Two contracts.", hr)


def test_hr_does_not_see_the_references_about_themselves(client, hr):
    reference = ReferenceFactory(request__application__applicant=hr)
    pages = {
        "applications_references": reference.request.application_id,
        "applications_compare": reference.request.application_id,
        "applications_reference_read": reference.request_id,
        "applications_reference_record": reference.request.referee_id,
    }

    codes = [
        client.get(reverse(f"admin:{name}", args=[pk])).status_code for name, pk in pages.items()
    ]

    assert codes == [404] * 4
    overview = client.get(reverse("admin:applications_reference_overview") + "?show=judge")
    assert list(overview.context["page"]) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_overview_costs_the_same_for_one_and_for_three(
    client, hr, django_assert_num_queries, count
):
    for _ in range(count):
        ReferenceRequestFactory()
    client.get(reverse("admin:applications_reference_overview"))

    with django_assert_num_queries(5):
        page = client.get(reverse("admin:applications_reference_overview"))

    assert len(page.context["page"]) == count


def test_the_applicant_sees_that_it_came_and_never_what_it_says(client):
    reference = ReferenceFactory(performance="A canary sings")
    application = reference.request.application
    client.force_login(application.applicant)

    page = client.get(application.get_absolute_url()).content.decode()

    assert f"The reference came on {timezone.localdate():%-d %B %Y}." in page
    assert "We have not asked them yet." in page
    assert "canary" not in page


def test_the_applicant_changes_how_a_silent_referee_is_reached(client, asked):
    application = asked.application
    client.force_login(application.applicant)
    address = reverse("applications:referee-change", args=[application.reference, 1])

    own = client.post(address, {"full_name": "Wanda", "email": application.applicant.email})
    changed = client.post(address, {"full_name": "Wanda Rook", "email": "head@example.org"})
    other = client.get(reverse("applications:referee-change", args=[application.reference, 2]))

    asked.referee.refresh_from_db()
    assert sorted(errors_of(own)) == ["email"]
    assert (changed.status_code, asked.referee.email) == (302, "head@example.org")
    assert other.status_code == 404


def test_a_stranger_changes_no_referee(client, asked):
    client.force_login(UserFactory())
    reference = asked.application.reference

    answer = client.get(reverse("applications:referee-change", args=[reference, 1]))

    assert answer.status_code == 404


def test_the_lead_reads_what_does_not_agree_without_who_said_it(client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    reference = ReferenceFactory(given_by="Zebedine Quill")
    application = reference.request.application
    row = Discrepancy.objects.create(
        application=application,
        reference=reference,
        kind="job_title",
        key="x",
        began_on="2019-01-01",
        ended_on="2019-02-01",
        application_says="Quill helper",
        reference_says="Quill cook",
    )
    lead = PanelMemberFactory(vacancy=application.vacancy, is_lead=True)
    member = PanelMemberFactory(vacancy=application.vacancy)
    address = reverse("applications:discrepancy-list", args=[application.code])

    client.force_login(member.person)
    refused = client.get(address).status_code
    client.force_login(lead.person)
    page = client.get(address).content.decode()
    client.post(address, {"discrepancy": row.pk, f"d{row.pk}-explanation": "A promotion."})

    row.refresh_from_db()
    assert refused == 404
    assert "The title of the job from January to February 2019 is not the same" in page
    assert ("Quill" in page, "Rook" in page) == (False, False)
    assert row.closed_by == lead.person


@pytest.mark.parametrize("state", sorted(set(ApplicationState) - {"draft", "interview"}))
def test_the_lead_sees_it_at_the_interview_and_at_no_other_time(client, settings, state):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    application = SentApplicationFactory(state=state)
    client.force_login(PanelMemberFactory(vacancy=application.vacancy, is_lead=True).person)

    answer = client.get(reverse("applications:discrepancy-list", args=[application.code]))

    assert answer.status_code == 404
