from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from applications.models import Application
from applications.states import ApplicationState
from notifications.models import Message
from tests.applications.files import PDF_BYTES, upload
from tests.applications.telling import tell_of_learning_and_work
from tests.applications.test_actions import asking_everything, close, example, example_of
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.answers import InterviewSchemeFactory
from tests.factories.applications import (
    ApplicationFactory,
    DocumentFactory,
    SentApplicationFactory,
)
from tests.factories.vacancies import (
    ClosedVacancyFactory,
    CriterionFactory,
    LiveVacancyFactory,
    VacancyFactory,
)
from tests.factories.vacancy_parts import OtherPlaceFactory

pytestmark = pytest.mark.django_db

GOOD = {
    "full_name": "Nia O'Hara",
    "phone": "01632 960 555",
    "address": "4 Mill Lane",
    "town": "Fleet",
    "postcode": "gu519zz",
}
READS = {"application-detail": 14, "application-check": 17, "application-answers": 16}
RIGHT_TO_WORK = {"right_to_work": "yes", "needs_sponsorship": "no"}
REFEREES = {
    "kind_1": "employer",
    "full_name_1": "Wanda Rook",
    "job_title_1": "Head teacher",
    "organisation_1": "Weir School",
    "email_1": "wanda.rook@example.org",
    "phone_1": "01632 960 111",
    "ask_before_interview_1": "yes",
    "kind_2": "character",
    "full_name_2": "Piers Alder",
    "email_2": "piers.alder@example.org",
    "ask_before_interview_2": "no",
}


def url(step, application, *more):
    return reverse(f"applications:{step}", args=[application.reference, *more])


def section_url(application, name):
    return url("application-section", application, name)


def example_url(application):
    return section_url(application, example_of(application))


def errors_of(response):
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


@pytest.fixture
def application(client):
    made = ApplicationFactory(vacancy__takes_cv=True)
    client.force_login(made.applicant)
    return made


def test_a_person_applies_from_start_to_confirmation(client):
    person = UserFactory(full_name="Nia O'Hara")
    vacancy = LiveVacancyFactory(takes_cv=True)
    criterion = CriterionFactory(vacancy=vacancy)
    client.force_login(person)

    start = client.get(reverse("applications:application-start", args=[vacancy.reference]))
    key = start.context["form"]["one_time_key"].value()
    tasks = client.post(start.request["PATH_INFO"], {"one_time_key": key})
    application = Application.objects.get()
    answers_of_everything = {
        "contact": GOOD,
        "right-to-work": RIGHT_TO_WORK,
        f"evidence-{criterion.pk}": {"evidence": "Six years with families."},
        "referees": REFEREES,
    }
    for name, answers in answers_of_everything.items():
        saved = client.post(section_url(application, name), {**answers, "version": 0})
        assert saved.url == tasks.url
    tell_of_learning_and_work(client, application)
    client.post(url("application-cv", application), {"cv": upload("cv.pdf", PDF_BYTES)})
    questions = client.post(url("application-check", application))
    confirmation = client.post(questions.url, {"do": "skip"})
    page = client.get(confirmation.url)

    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    assert (application.full_name, application.postcode) == ("Nia O'Hara", "GU51 9ZZ")
    assert application.cv().original_name == "cv.pdf"
    assert page.content.decode().count(f"<strong>{application.reference}</strong>") == 1
    assert Message.objects.count() == 2


def test_a_visitor_is_sent_to_sign_in_and_comes_back(client):
    vacancy = LiveVacancyFactory()
    start = reverse("applications:application-start", args=[vacancy.reference])

    response = client.get(start)

    assert response.url == f"{reverse('account_login')}?next={start}"


def test_the_sign_in_page_offers_an_account_that_comes_back_too(client):
    vacancy = LiveVacancyFactory()
    start = reverse("applications:application-start", args=[vacancy.reference])

    page = client.get(client.get(start).url).content.decode()

    assert page.count("Create an account</a>") >= 1
    assert page.count(f"{reverse('account_signup')}?next=") == 2


def test_start_page_goes_on_with_the_application_there_is(client, application):
    start = reverse("applications:application-start", args=[application.vacancy.reference])

    assert client.get(start).url == application.get_absolute_url()
    assert Application.objects.count() == 1


def test_starting_twice_makes_one_application(client):
    client.force_login(UserFactory())
    start = reverse("applications:application-start", args=[LiveVacancyFactory().reference])
    key = client.get(start).context["form"]["one_time_key"].value()

    first = client.post(start, {"one_time_key": key})
    second = client.post(start, {"one_time_key": key})

    assert Application.objects.count() == 1
    assert second.url in (first.url, Application.objects.get().get_absolute_url())


def test_start_page_of_a_closed_vacancy_says_so(client):
    vacancy = ClosedVacancyFactory()
    client.force_login(UserFactory())

    response = client.get(reverse("applications:application-start", args=[vacancy.reference]))

    assert response.status_code == 410
    assert (
        response.content.decode().count('<h1 class="govuk-heading-xl">This job has closed</h1>')
        == 1
    )


@pytest.mark.parametrize("reference", ["HCC-999999", "nothing"])
def test_start_page_of_an_unknown_vacancy_is_not_found(client, reference):
    client.force_login(UserFactory())

    response = client.get(reverse("applications:application-start", args=[reference]))

    assert response.status_code == 404


def test_start_page_of_a_draft_vacancy_is_not_found(client):
    client.force_login(UserFactory())

    response = client.get(
        reverse("applications:application-start", args=[VacancyFactory().reference])
    )

    assert response.status_code == 404


def test_a_section_keeps_what_was_typed_beside_the_errors(client, application):
    typed = {**GOOD, "full_name": "", "phone": "ring me", "postcode": "nowhere", "version": 1}

    response = client.post(section_url(application, "contact"), typed)

    assert errors_of(response) == {
        "full_name": ["Enter your full name"],
        "phone": ["Enter a phone number, like 01632 960 001 or 07700 900 982"],
        "postcode": ["Enter a full UK postcode, like SO23 8UJ"],
    }
    page = response.content.decode()
    assert page.count("<title>Error: Tell us how to reach you") == 1
    assert page.count('value="ring me"') == 1
    assert page.count('href="#id_phone"') == 1
    assert page.count('value="4 Mill Lane"') == 1


@pytest.mark.parametrize(
    ("section", "field", "typed", "error"),
    [
        ("contact", "full_name", "a" * 200_000, "Full name must be 150 characters or fewer"),
        (
            "contact",
            "full_name",
            "Nia\x00 O'Hara",
            "Remove the invisible characters that were copied along, or type it again",
        ),
        ("contact", "town", "b" * 81, "Town or city must be 80 characters or fewer"),
        (
            "right-to-work",
            "right_to_work",
            "perhaps",
            "Select yes if you have the right to work in the UK",
        ),
        (
            "right-to-work",
            "needs_sponsorship",
            "",
            "Select yes if you need us to sponsor a visa",
        ),
        ("contact", "version", "-1", "Enter 0 or more"),
    ],
)
def test_a_section_answers_bad_input_beside_the_field(
    client, application, section, field, typed, error
):
    good = GOOD if section == "contact" else RIGHT_TO_WORK

    response = client.post(section_url(application, section), {**good, "version": 1, field: typed})

    assert errors_of(response) == {field: [error]}


@pytest.mark.parametrize("name", ["Zoë 🙂 Ní Dhomhnaill", "עדנה O’Brien", "'; DROP TABLE x; --"])
def test_contact_takes_names_as_people_write_them(client, application, name):
    client.post(section_url(application, "contact"), {**GOOD, "full_name": name, "version": 1})

    application.refresh_from_db()
    assert application.full_name == name


def test_what_cannot_be_seen_is_taken_out_of_what_is_typed(client, application):
    turned = "Nia\u202e O\u00adHara\u200b"

    client.post(section_url(application, "contact"), {**GOOD, "full_name": turned, "version": 1})
    client.post(example_url(application), {"evidence": f"I, {turned}.", "version": 1})

    application.refresh_from_db()
    assert (application.full_name, example(application)) == ("Nia OHara", "I, Nia OHara.")


def test_registration_is_asked_for_only_where_the_role_needs_it(client):
    application = ApplicationFactory(vacancy__role__needs_registration=True)
    client.force_login(application.applicant)
    page = section_url(application, "registration")

    missing = client.post(page, {"version": 1})
    half = client.post(
        page, {"version": 1, "registration": "registered", "registration_number": ""}
    )
    right = client.post(
        page, {"version": 1, "registration": "registered", "registration_number": "999"}
    )

    assert errors_of(missing) == {
        "registration": ["Select whether you are registered with Social Work England"]
    }
    assert right.status_code == 302
    assert errors_of(half) == {
        "registration_number": [
            "Enter your registration number: SW and up to 6 numbers, like SW12345"
        ]
    }
    application.refresh_from_db()
    assert application.registration_number == "SW999"


@pytest.mark.parametrize("name", ["registration", "places", "schemes", "evidence-0", "nonsense"])
def test_a_section_that_is_not_asked_for_is_not_found(client, application, name):
    assert client.get(section_url(application, name)).status_code == 404
    assert client.post(section_url(application, name), {"version": 0}).status_code == 404


def test_the_example_of_another_job_is_not_found(client, application):
    name = example_of(ApplicationFactory())

    assert client.post(section_url(application, name), {"evidence": "Mine."}).status_code == 404


@pytest.mark.parametrize("typed", ["typed before", "a" * 200_000])
def test_registration_forgets_the_number_of_someone_who_is_waiting(client, typed):
    application = ApplicationFactory(vacancy__role__needs_registration=True)
    client.force_login(application.applicant)

    client.post(
        section_url(application, "registration"),
        {"version": 1, "registration": "awaiting", "registration_number": typed},
    )

    application.refresh_from_db()
    assert (application.registration, application.registration_number) == ("awaiting", "")


def test_an_example_over_the_limit_is_kept_on_the_page(client, application):
    application.vacancy.criteria.update(max_words=60)
    words = "word " * 61

    response = client.post(example_url(application), {"evidence": words, "version": 1})

    assert errors_of(response) == {"evidence": ["Use 60 words or fewer. You have used 61."]}
    assert response.content.decode().count("word " * 60) == 1


def test_an_example_of_two_hundred_thousand_characters_is_answered_beside_the_box(
    client, application
):
    typed = {"evidence": "x" * 200_000, "version": 1}

    response = client.post(example_url(application), typed)

    assert errors_of(response) == {"evidence": ["Your example must be 2,500 characters or fewer"]}
    assert response.content.decode().count("x" * 200_000) == 1


def test_an_example_that_the_job_must_have_is_asked_for(client, application):
    response = client.post(example_url(application), {"evidence": "", "version": 1})

    assert errors_of(response) == {
        "evidence": ["Write your example: say what you did, with whom, and what came of it"]
    }


def test_an_example_that_only_helps_may_be_left(client, application):
    helps = CriterionFactory(vacancy=application.vacancy, kind="desirable", text="You can drive.")
    page = section_url(application, f"evidence-{helps.pk}")
    before = statuses(client, application)["You can drive."]

    empty = client.post(page, {"evidence": "", "version": 0})
    both = client.post(page, {"evidence": "I can.", "nothing_to_add": "on", "version": 0})
    client.post(page, {"evidence": "", "nothing_to_add": "on", "version": 0})

    assert errors_of(empty) == {
        "evidence": ["Write your example, or say that you have nothing to add"]
    }
    assert errors_of(both) == {
        "evidence": ["Write your example, or say that you have nothing to add, not both"]
    }
    assert (before, statuses(client, application)["You can drive."]) == ("Optional", "Completed")
    check = client.get(url("application-check", application)).content.decode()
    assert check.count("Nothing to add") == 1


def test_an_example_is_escaped_where_it_is_read(client, application):
    words = "I said <script>alert('x')</script> & it's fine 🙂"
    client.post(example_url(application), {"evidence": words, "version": 1})

    page = client.get(url("application-check", application)).content.decode()

    assert page.count("<script>alert") == 0
    assert (
        page.count("I said &lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; it&#x27;s") == 1
    )


def statuses(client, application):
    """Return the status of each task, by its words."""
    groups = client.get(application.get_absolute_url()).context["groups"]
    return {task["text"]: task["status"] for group in groups for task in group["tasks"]}


def test_a_second_tab_is_shown_both_and_may_then_save(client, application):
    page = example_url(application)
    client.post(page, {"evidence": "From the first tab.", "version": 1})

    conflict = client.post(page, {"evidence": "From the second tab.", "version": 1})
    html = conflict.content.decode()
    version = conflict.context["form"]["version"].value()
    client.post(page, {"evidence": "From the second tab.", "version": version})

    assert html.count("From the first tab.") == 1
    assert html.count("From the second tab.") == 1
    assert example(application) == "From the second tab."


def test_saving_a_changed_answer_goes_back_to_the_answers(client, application):
    page = section_url(application, "contact")

    response = client.post(f"{page}?change=1", {**GOOD, "version": 1})

    assert response.url == url("application-check", application)


def test_words_that_come_after_the_closing_day_are_shown_again(client, application):
    close(application.vacancy)

    response = client.post(
        example_url(application),
        {"evidence": "My last sentence.", "version": 1},
    )

    assert response.status_code == 200
    page = response.content.decode()
    assert page.count("This job closed while you were writing</h1>") == 1
    assert page.count("My last sentence.") == 1
    assert example(application) == "I have worked with families for six years."


def test_words_that_come_after_sending_are_shown_again(client):
    application = SentApplicationFactory()
    client.force_login(application.applicant)

    response = client.post(example_url(application), {"evidence": "One more.", "version": 1})

    page = response.content.decode()
    assert page.count("You have already sent this application</h1>") == 1
    assert page.count("One more.") == 1


def test_a_draft_of_a_closed_job_is_kept_to_read(client, application):
    close(application.vacancy)

    page = client.get(application.get_absolute_url()).content.decode()
    step = client.get(example_url(application))

    assert page.count("This job has closed</h1>") == 1
    assert page.count("I have worked with families for six years.") == 1
    assert page.count("Submit application") == 0
    assert step.url == application.get_absolute_url()


def test_submitting_after_the_closing_day_is_refused_in_words(client, application):
    close(application.vacancy)

    response = client.post(url("application-check", application), follow=True)

    assert response.status_code == 200
    refused = "The job closed before your application was sent, so it has not been sent."
    assert [str(message) for message in response.context["messages"]] == [refused]
    assert Message.objects.count() == 0


def test_submitting_twice_gives_the_same_confirmation_and_one_mail_each(client, application):
    page = url("application-equality", application)

    first = client.post(page, {"do": "skip"})
    second = client.post(page, {"do": "skip"})
    back_button = client.get(url("application-check", application))

    assert first.url == second.url == url("application-submitted", application)
    assert back_button.url == application.get_absolute_url()
    assert Message.objects.count() == 2


def test_submitting_an_unfinished_application_says_what_to_do(client, application):
    application.evidence.update(words="")

    response = client.post(url("application-check", application), follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "Some parts are not finished yet, so your application has not been sent."
    ]
    assert statuses(client, application) == {
        "Tell us how to reach you": "Completed",
        "Tell us about your right to work": "Completed",
        "Add your qualifications": "Completed",
        "Add your work since full-time education": "Completed",
        "Add training you have taken": "Optional",
        "Give two referees": "Completed",
        "Add a CV": "Optional",
        "Experience of working with families.": "Not finished",
        "Ask for what would help you at an interview": "Optional",
        "Check your answers and send": "Cannot start yet",
    }


def test_what_was_copied_is_to_be_checked(client, application):
    application.section_saves.filter(name="contact").update(is_copied=True)
    before = statuses(client, application)

    client.post(section_url(application, "contact"), {**GOOD, "version": 1})

    after = statuses(client, application)
    assert (before["Tell us how to reach you"], before["Check your answers and send"]) == (
        "Copied, check it",
        "Check what was copied first",
    )
    assert (after["Tell us how to reach you"], after["Check your answers and send"]) == (
        "Completed",
        "Ready",
    )


def test_submitting_is_limited_for_each_person(client, application, settings):
    settings.RATE_LIMITS = {"application_submit": "1/h/user"}
    page = url("application-equality", application)
    client.post(page, {"do": "skip"})

    response = client.post(page, {"do": "skip"})

    assert response.status_code == 429


def test_submitting_costs_few_queries(client, django_assert_max_num_queries):
    application = ApplicationFactory(vacancy=asking_everything())
    client.force_login(application.applicant)

    with django_assert_max_num_queries(20):
        client.post(url("application-equality", application), {"do": "skip"})

    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED


def test_a_lost_session_asks_to_sign_in_again(client, application):
    client.logout()
    page = example_url(application)

    response = client.post(page, {"evidence": "Words.", "version": 1})

    assert response.url == f"{reverse('account_login')}?next={page}"


STEPS = [
    "detail",
    "section",
    "answers",
    "cv",
    "cv-remove",
    "cv-again",
    "check",
    "equality",
    "equality-questions",
    "submitted",
    "typed-drop",
    "withdraw",
    "withdraw-undo",
]


def step_url(step, application):
    more = ["contact"] if step == "section" else []
    return url(f"application-{step}", application, *more)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("make", [ApplicationFactory, SentApplicationFactory])
@pytest.mark.parametrize("who", [UserFactory, HRAdminFactory])
def test_a_stranger_finds_nothing_at_any_address(client, who, make, method, step):
    application = make()
    client.force_login(who())

    response = getattr(client, method)(step_url(step, application))

    assert response.status_code == 404
    assert example(application) == "I have worked with families for six years."


@pytest.mark.parametrize("step", STEPS)
def test_a_visitor_is_sent_to_sign_in_at_any_address(client, step):
    page = step_url(step, SentApplicationFactory())

    response = client.post(page)

    assert response.url == f"{reverse('account_login')}?next={page}"


@pytest.mark.parametrize("reference", ["A-XXXXXX", "a", "1"])
def test_an_unknown_reference_is_not_found(client, reference):
    client.force_login(UserFactory())

    assert client.get(f"/applications/{reference}/").status_code == 404


@pytest.mark.parametrize("reference", ["A-%00", "%F0%9F%99%82", "..%2F..", "A 7"])
def test_an_address_of_nonsense_is_not_found(client, reference):
    client.force_login(UserFactory())

    assert client.get(f"/applications/{reference}/").status_code == 404
    assert client.get(f"/vacancies/{reference}/apply/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_application_list_query_count(client, django_assert_num_queries, count):
    person = UserFactory()
    SentApplicationFactory.create_batch(count, applicant=person)
    SentApplicationFactory()
    client.force_login(person)

    # The session, the person, what they are here (two questions), the count and the page.
    with django_assert_num_queries(6):
        response = client.get(reverse("applications:application-list"))

    assert len(response.context["rows"]) == count


def test_application_list_says_where_each_stands(client):
    person = UserFactory()
    client.force_login(person)
    yesterday = timezone.localdate() - timedelta(days=1)
    late = LiveVacancyFactory(opens_on=yesterday, closes_on=yesterday)
    ApplicationFactory(applicant=person, vacancy=late)
    SentApplicationFactory(applicant=person, state=ApplicationState.INTERVIEW)
    ApplicationFactory(applicant=person)

    response = client.get(reverse("applications:application-list"))

    rows = [(row["application"].state, row["too_late"]) for row in response.context["rows"]]
    assert rows == [("draft", False), ("interview", False), ("draft", True)]


@pytest.mark.parametrize("days_later", [0, 60])
def test_what_was_closed_early_says_so_for_good(client, time_machine, days_later):
    person = UserFactory()
    today = timezone.localdate()
    early = ClosedVacancyFactory(closes_on=today + timedelta(days=20), closed_at=timezone.now())
    draft = ApplicationFactory(applicant=person, vacancy=early)
    time_machine.move_to(timezone.now() + timedelta(days=days_later))
    client.force_login(person)

    listed = client.get(reverse("applications:application-list")).content.decode()
    page = client.get(draft.get_absolute_url()).content.decode()

    assert f"<dt>Closed on</dt><dd>{date_format(today, 'j F Y')}</dd>" in listed
    assert "Closing date" not in listed
    assert "It was taken down before its closing date" in page


def test_application_list_of_a_newcomer_leads_to_the_jobs(client):
    client.force_login(UserFactory())

    page = client.get(reverse("applications:application-list")).content.decode()

    assert page.count("No applications yet") == 1
    assert page.count("Find a job") == 1


@pytest.mark.parametrize("state", sorted(set(ApplicationState) - {"draft"}))
def test_application_page_shows_every_state(client, state):
    application = SentApplicationFactory(state=state)
    client.force_login(application.applicant)

    response = client.get(application.get_absolute_url())

    assert response.context["application"].state == state
    titles = [entry["title"] for entry in response.context["timeline"] if not entry["state"]]
    now = [entry["title"] for entry in response.context["timeline"] if entry["state"] == "now"]
    shown = ApplicationState(state).label
    assert (now or titles[-1:]) == [shown]


def test_withdrawing_asks_first_and_then_does_it(client):
    application = SentApplicationFactory()
    client.force_login(application.applicant)
    page = url("application-withdraw", application)

    asked = client.get(page)
    application.refresh_from_db()
    before = application.state
    client.post(page, {"reason": "travel"})

    application.refresh_from_db()
    assert asked.status_code == 200
    assert (before, application.state) == ("submitted", "withdrawn")
    assert application.withdrawal_reason == "travel"


def test_withdrawing_with_a_made_up_reason_is_answered_beside_it(client):
    application = SentApplicationFactory()
    client.force_login(application.applicant)

    response = client.post(url("application-withdraw", application), {"reason": "aliens"})

    assert errors_of(response) == {
        "reason": ["Select one of the reasons, or that you would rather not say"]
    }


@pytest.mark.parametrize("state", ["hired", "unsuccessful"])
def test_withdrawing_too_late_is_refused_in_words(client, state):
    application = SentApplicationFactory(state=state)
    client.force_login(application.applicant)

    response = client.post(url("application-withdraw", application), follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "This application can no longer be withdrawn."
    ]


def test_an_example_page_shows_what_the_job_asks_for(client, application):
    drive = CriterionFactory(vacancy=application.vacancy, text="You can drive.")

    page = client.get(section_url(application, f"evidence-{drive.pk}")).content.decode()

    assert page.count("You can drive.</h1>") == 1


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("cv.pdf", b"", "The file is empty. Choose another one"),
        ("cv.exe", b"MZ", "Choose a PDF, a Word document (.docx) or an OpenDocument text (.odt)"),
    ],
)
def test_a_file_that_will_not_do_is_refused_beside_the_box(
    client, application, name, content, error
):
    response = client.post(url("application-cv", application), {"cv": upload(name, content)})

    assert errors_of(response) == {"cv": [error]}
    assert application.documents.count() == 0


@pytest.mark.parametrize("step", ["section", "cv", "withdraw"])
def test_a_page_that_is_only_opened_shows_no_error(client, application, step):
    if step == "withdraw":
        application = SentApplicationFactory(applicant=application.applicant)

    page = client.get(step_url(step, application)).content.decode()

    assert page.count("There is a problem") == 0
    assert page.count("<title>Error") == 0


def test_a_forgotten_file_is_asked_for(client, application):
    response = client.post(url("application-cv", application))

    assert errors_of(response) == {"cv": ["Choose a file, or continue without a CV"]}


def test_the_cv_can_be_taken_off_again(client, application):
    DocumentFactory(application=application)

    client.post(url("application-cv-remove", application))

    assert application.documents.count() == 0


def test_going_to_the_address_of_remove_shows_the_cv_and_keeps_it(client, application):
    DocumentFactory(application=application)

    response = client.get(url("application-cv-remove", application))

    assert response.url == url("application-cv", application)
    assert application.documents.count() == 1


def test_forms_refuse_a_post_without_its_token(application):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(application.applicant)

    response = strict.post(url("application-check", application))

    assert response.status_code == 403
    application.refresh_from_db()
    assert application.is_draft


def test_a_job_that_takes_no_cv_has_no_page_for_one(client):
    application = ApplicationFactory()
    client.force_login(application.applicant)

    assert client.get(url("application-cv", application)).status_code == 404
    assert "Add a CV" not in statuses(client, application)


def test_the_answers_are_a_file_to_keep(client, application):
    client.post(example_url(application), {"evidence": "Seven <b>years</b>.", "version": 1})

    response = client.get(url("application-answers", application))

    page = response.content.decode()
    assert response["Content-Disposition"] == f'attachment; filename="{application}.html"'
    assert response["Cache-Control"] == "private, no-store"
    assert page.count("Seven &lt;b&gt;years&lt;/b&gt;.") == 1
    assert page.count("wanda.rook@example.org") == 1


@pytest.mark.parametrize("page", ["application-detail", "application-check", "application-answers"])
@pytest.mark.parametrize("count", [1, 4])
def test_reading_an_application_costs_the_same_however_much_it_holds(
    client, django_assert_num_queries, page, count
):
    vacancy = LiveVacancyFactory(takes_cv=True, role__needs_registration=True)
    CriterionFactory.create_batch(count, vacancy=vacancy)
    for number in range(count):
        OtherPlaceFactory(vacancy=vacancy, place_name=f"Place {number}")
        InterviewSchemeFactory()
    application = ApplicationFactory(vacancy=vacancy)
    client.force_login(application.applicant)

    # The session, the person, the application; then a question for each kind of row it holds.
    with django_assert_num_queries(READS[page]):
        response = client.get(url(page, application))

    assert response.status_code == 200
