"""What each section of an application asks for, and how it answers what will not do."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from applications.models import InterviewScheme
from tests.applications.test_actions import asking_everything
from tests.applications.test_views import (
    REFEREES,
    RIGHT_TO_WORK,
    errors_of,
    section_url,
    statuses,
    url,
)
from tests.factories.accounts import HRAdminFactory
from tests.factories.answers import InterviewSchemeFactory
from tests.factories.applications import ApplicationFactory, SentApplicationFactory
from tests.factories.history import EmploymentFactory
from tests.factories.vacancy_parts import OtherPlaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(client):
    made = ApplicationFactory()
    client.force_login(made.applicant)
    return made


def send(client, application, section, answers, version=1):
    return client.post(section_url(application, section), {**answers, "version": version})


def test_an_application_has_the_sections_its_vacancy_asks_for(client):
    application = ApplicationFactory(vacancy=asking_everything())
    client.force_login(application.applicant)

    groups = client.get(application.get_absolute_url()).context["groups"]

    assert [group["title"] for group in groups] == [
        "About you",
        "Your learning and your work",
        "Show how you meet what the job asks for",
        "If we invite you to an interview",
        "Send the application",
    ]
    assert [task["text"] for task in groups[0]["tasks"]] == [
        "Tell us how to reach you",
        "Tell us about your right to work",
        "Tell us about your registration",
        "Choose where you would work",
    ]


def test_right_to_work_never_asks_for_a_nationality(client, application):
    page = client.get(section_url(application, "right-to-work")).content.decode()

    assert "nationality" not in page.lower()
    assert send(client, application, "right-to-work", RIGHT_TO_WORK).status_code == 302


def test_two_referees_are_kept_with_their_consent(client, application):
    send(client, application, "referees", REFEREES)

    first, second = application.referees.all()
    assert (first.full_name, first.organisation, first.ask_before_interview) == (
        "Wanda Rook",
        "Weir School",
        True,
    )
    assert (second.kind, second.phone, second.ask_before_interview) == ("character", "", False)


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"kind_1": ""}, {"kind_1": ["Select who your first referee is to you"]}),
        ({"full_name_2": " "}, {"full_name_2": ["Enter the second referee’s full name"]}),
        (
            {"email_1": "wanda"},
            {"email_1": ["Enter the first referee’s e-mail address, like name@example.org"]},
        ),
        (
            {"email_2": "WANDA.rook@example.org"},
            {"email_2": ["Both referees have this address. Give two different people"]},
        ),
        (
            {"full_name_2": "wanda  ROOK"},
            {"full_name_2": ["Both referees have this name. Give two different people"]},
        ),
        (
            {"phone_1": "ring her"},
            {"phone_1": ["Enter a phone number, like 01632 960 001, or leave it empty"]},
        ),
        ({"organisation_1": ""}, {"organisation_1": ["Enter where the referee works"]}),
        (
            {"ask_before_interview_2": ""},
            {
                "ask_before_interview_2": [
                    "Select yes if we may write to the second referee before an interview"
                ]
            },
        ),
        (
            {"job_title_1": "b" * 200_000},
            {"job_title_1": ["Their job title must be 150 characters or fewer"]},
        ),
    ],
)
def test_referees_that_will_not_do_are_answered_beside_the_box(
    client, application, changes, errors
):
    response = send(client, application, "referees", {**REFEREES, **changes})

    assert errors_of(response) == errors
    assert application.referees.get(position=1).full_name == "Wanda Rook"


def test_what_is_missing_is_told_one_referee_after_the_other(client, application):
    response = send(client, application, "referees", {"version": REFEREES.get("version", 0)})

    assert list(errors_of(response)) == [
        *["kind_1", "full_name_1", "email_1", "ask_before_interview_1"],
        *["kind_2", "full_name_2", "email_2", "ask_before_interview_2"],
    ]


def test_nobody_is_their_own_referee(client, application):
    mine = application.applicant.email.upper()

    response = send(client, application, "referees", {**REFEREES, "email_2": mine})

    assert errors_of(response) == {"email_2": ["This is your own address. Enter the referee’s"]}


def test_who_has_worked_names_the_last_employer_first(client, application):
    EmploymentFactory(application=application)
    tutor = {**REFEREES, "kind_1": "educator"}

    refused = send(client, application, "referees", tutor)
    application.employments.all().delete()
    taken = send(client, application, "referees", tutor)

    assert errors_of(refused) == {
        "kind_1": [
            "Your first referee must be your present or last employer, as you have told us of jobs"
        ]
    }
    assert taken.status_code == 302


def test_referees_are_not_whole_any_more_once_a_job_is_told(client, application):
    application.employments.all().delete()
    application.referees.filter(position=1).update(kind="educator")
    before = statuses(client, application)["Give two referees"]

    EmploymentFactory(application=application)

    assert (before, statuses(client, application)["Give two referees"]) == (
        "Completed",
        "Not finished",
    )


@pytest.fixture
def places(application):
    fleet = OtherPlaceFactory(vacancy=application.vacancy, place_name="Fleet")
    hook = OtherPlaceFactory(vacancy=application.vacancy, place_name="Hook")
    return {
        name: f"place_{key}"
        for name, key in [("main", "main"), ("fleet", fleet.pk), ("hook", hook.pk)]
    }


def test_places_are_ranked_by_what_the_person_likes_best(client, application, places):
    send(
        client,
        application,
        "places",
        {places["fleet"]: 1, places["main"]: 3, "travel_miles": 20},
        0,
    )

    wanted = [str(place) for place in application.places_wanted.select_related("other_place")]
    page = client.get(url("application-check", application)).content.decode()
    assert wanted == ["Fleet", "Basingstoke"]
    assert page.count("1. Fleet<br>2. Basingstoke") == 1
    assert page.count("20 miles") == 1


@pytest.mark.parametrize(
    ("typed", "where", "error"),
    [
        ({}, "main", "Choose at least one place where you would work"),
        ({"fleet": 1, "hook": 1}, "hook", "Give each place a different number"),
        ({"main": 9}, "main", "Select one of the choices in the list"),
        ({"main": "best"}, "main", "Select one of the choices in the list"),
    ],
)
def test_places_that_will_not_do_are_answered_beside_the_box(
    client, application, places, typed, where, error
):
    answers = {places[name]: rank for name, rank in typed.items()}

    response = send(client, application, "places", answers, 0)

    assert errors_of(response) == {places[where]: [error]}
    assert application.places_wanted.count() == 0


@pytest.mark.parametrize("miles", ["-1", "501", "far", "9" * 200_000, "1.5"])
def test_how_far_is_a_number_of_miles(client, application, places, miles):
    response = send(client, application, "places", {places["main"]: 1, "travel_miles": miles}, 0)

    assert errors_of(response) == {
        "travel_miles": ["Enter how many miles you would travel, as a number from 0 to 500"]
    }


def test_a_place_of_another_job_is_nowhere(client, application, places):
    elsewhere = OtherPlaceFactory(place_name="Yateley")

    response = send(client, application, "places", {f"place_{elsewhere.pk}": 1}, 0)

    assert errors_of(response) == {
        places["main"]: ["Choose at least one place where you would work"]
    }


def test_schemes_may_be_ticked_or_left(client, application):
    scheme = InterviewSchemeFactory(question="I was in care")
    page = client.get(section_url(application, "schemes")).content.decode()

    send(client, application, "schemes", {"schemes": [scheme.pk]}, 0)
    chosen = list(application.schemes_chosen.values_list("scheme", flat=True))
    send(client, application, "schemes", {})

    assert page.count("I was in care") == 1
    assert (chosen, application.schemes_chosen.count()) == ([scheme.pk], 0)
    assert statuses(client, application)["Ask for an interview under a scheme"] == "Completed"


def test_a_scheme_that_is_not_offered_cannot_be_chosen(client, application):
    InterviewSchemeFactory()
    over = InterviewSchemeFactory(is_offered=False)

    response = send(client, application, "schemes", {"schemes": [over.pk]}, 0)

    assert errors_of(response) == {"schemes": ["Select only from the list"]}


def test_what_would_help_is_for_hr_alone(client, application):
    page = client.get(section_url(application, "adjustments")).content.decode()
    send(client, application, "adjustments", {"adjustments": "A lift 🙂, please."}, 0)

    application.refresh_from_db()
    assert application.adjustments == "A lift 🙂, please."
    assert page.count("Only the recruitment team reads this. The panel never does") == 1


def test_hr_reads_every_section_of_what_was_sent(client):
    application = SentApplicationFactory(
        vacancy=asking_everything(), adjustments="A lift.", travel_miles=12
    )
    client.force_login(HRAdminFactory())
    address = reverse("admin:applications_application_change", args=[application.pk])

    page = client.get(address).content.decode()

    told = ["A lift.", "12 miles", "wanda.rook@example.org", "I have worked with families", "01632"]
    assert [words for words in told if words not in page] == []


def test_the_schemes_are_loaded_and_hr_s_own_words_stay():
    call_command("load_interview_schemes")
    InterviewScheme.objects.filter(name="Care leavers").update(question="I grew up in care")

    call_command("load_interview_schemes")

    assert list(InterviewScheme.objects.values_list("name", "question")) == [
        ("Disability Confident", "I am disabled, or have a health condition that will last"),
        ("Care leavers", "I grew up in care"),
        ("Armed forces", "I serve in the armed forces, or have served in them"),
    ]


def test_hr_changes_a_scheme_and_takes_it_off_the_form(client, application):
    scheme = InterviewSchemeFactory()
    client.force_login(HRAdminFactory())
    address = reverse("admin:applications_interviewscheme_change", args=[scheme.pk])

    client.post(address, {"name": "Carers", "question": "I care for somebody", "position": 4})

    scheme.refresh_from_db()
    assert (scheme.name, scheme.is_offered) == ("Carers", False)
    client.force_login(application.applicant)
    assert client.get(section_url(application, "schemes")).status_code == 404
