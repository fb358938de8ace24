"""Applications that HR writes down for somebody who rings."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEvent, User
from applications.actions import enter_application, move_application
from applications.exceptions import AlreadyApplied, NotComplete, VacancyClosed
from applications.models import Application
from applications.states import ApplicationState
from notifications.models import Message
from notifications.rendering import render
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.vacancies import ClosedVacancyFactory, LiveVacancyFactory
from tests.factories.vacancy_parts import StaffOnlyVacancyFactory

pytestmark = pytest.mark.django_db
DETAILS = {
    "full_name": "Ida Ringwood",
    "phone": "01632 960 300",
    "address": "",
    "town": "Andover",
    "postcode": "",
    "right_to_work": True,
    "needs_sponsorship": False,
    "registration": "",
    "registration_number": "",
}


def enter(vacancy=None, *, by=None, email="ida@example.org", statement="I have…", **changes):
    return enter_application(
        vacancy=vacancy or LiveVacancyFactory(),
        one_time_key=uuid4(),
        email=email,
        details={**DETAILS, **changes},
        statement=statement,
        by=by or HRAdminFactory(),
    )


def test_an_application_by_phone_is_sent_and_marked():
    hr = HRAdminFactory()

    application = enter(by=hr)

    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    assert (application.entered_by, application.get_entered_how_display()) == (
        hr,
        "Taken by phone",
    )
    assert application.full_name == "Ida Ringwood"
    [move] = application.moves.all()
    assert (move.to_state, move.moved_by) == (ApplicationState.SUBMITTED, hr)
    event = AuditEvent.objects.get(event="application_entered")
    assert (event.by, event.facts["how"]) == (hr, "phone")
    assert "Ida" not in str(event.facts)


def test_the_person_has_an_account_that_they_prove_before_signing_in():
    person = enter(email="Ida@Example.org").applicant

    assert (person.email, person.full_name) == ("ida@example.org", "Ida Ringwood")
    assert not person.has_usable_password()
    assert list(person.emailaddress_set.values_list("email", "verified")) == [
        ("ida@example.org", False)
    ]


def test_the_person_and_the_mailbox_are_told():
    application = enter()

    mails = {message.to: render(message) for message in Message.objects.with_what_delivery_needs()}
    assert set(mails) == {"ida@example.org", "recruitment@example.org"}
    assert mails["ida@example.org"].subject == (
        f"We took your application {application.reference} by phone: Social worker"
    )


def test_somebody_without_an_address_is_never_mailed():
    application = enter(email="")
    hr = HRAdminFactory()

    move_application(application=application, to_state=ApplicationState.SHORTLISTING, by=hr)

    assert not application.applicant.can_be_written_to
    assert list(Message.objects.values_list("to", flat=True)) == ["recruitment@example.org"]


def test_it_goes_to_the_account_there_is():
    person = UserFactory(email="ida@example.org")

    assert enter(email="IDA@example.org").applicant == person


def test_the_same_form_twice_is_one_application():
    hr, vacancy, key = HRAdminFactory(), LiveVacancyFactory(), uuid4()
    fields = {"email": "", "details": DETAILS, "statement": "I have…", "by": hr}

    first = enter_application(vacancy=vacancy, one_time_key=key, **fields)
    second = enter_application(vacancy=vacancy, one_time_key=key, **fields)

    assert first == second
    assert Application.objects.count() == 1
    assert User.objects.filter(full_name="Ida Ringwood").count() == 1


@pytest.mark.parametrize("state", [ApplicationState.DRAFT, ApplicationState.SUBMITTED])
def test_who_has_applied_or_begun_is_not_entered_again(state):
    vacancy, person = LiveVacancyFactory(), UserFactory()
    if state == ApplicationState.DRAFT:
        ApplicationFactory(applicant=person, vacancy=vacancy, state=state)
    else:
        enter(vacancy, email=person.email)

    with pytest.raises(AlreadyApplied):
        enter(vacancy, email=person.email)


@pytest.mark.parametrize("make", [ClosedVacancyFactory, StaffOnlyVacancyFactory])
def test_the_rules_of_every_application_hold(make):
    with pytest.raises(VacancyClosed):
        enter(make())
    assert not User.objects.filter(email="ida@example.org").exists()


def test_what_is_missing_is_refused():
    with pytest.raises(NotComplete):
        enter(statement=" ")
    with pytest.raises(NotComplete):
        enter(town="")


def test_only_hr_enters_and_never_their_own():
    hr = HRAdminFactory()

    with pytest.raises(PermissionDenied):
        enter(by=UserFactory(roles=["hiring_manager"]))
    with pytest.raises(PermissionDenied):
        enter(by=hr, email=hr.email)


def answers(**changes):
    yes_no = {"right_to_work": "yes", "needs_sponsorship": "no"}
    return {
        **{name: value for name, value in DETAILS.items() if name not in yes_no},
        **yes_no,
        "email": "ida@example.org",
        "statement": "I have worked with families.",
        "one_time_key": str(uuid4()),
        **changes,
    }


def test_hr_enters_it_in_the_admin_and_sees_how_it_came(client):
    vacancy = LiveVacancyFactory()
    client.force_login(HRAdminFactory(full_name="Harriet Rowe"))
    address = f"/admin/applications/application/enter/{vacancy.pk}/"
    advert = client.get(f"/admin/vacancies/vacancy/{vacancy.pk}/change/").content.decode()
    assert f'href="{address}"' in advert

    response = client.post(address, answers(), follow=True)

    page = response.content.decode()
    assert "Taken by phone, written down by Harriet Rowe" in page
    listed = client.get("/admin/applications/application/").content.decode()
    assert "Taken by phone" in listed


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"full_name": ""}, "Enter your full name"),
        ({"email": "ida"}, "Enter an e-mail address, like name@example.org"),
        ({"statement": ""}, "Write down how their experience meets what the job asks for"),
        ({"right_to_work": ""}, "Select yes if you have the right to work in the UK"),
    ],
)
def test_the_admin_tells_what_is_missing(client, changes, words):
    client.force_login(HRAdminFactory())
    address = f"/admin/applications/application/enter/{LiveVacancyFactory().pk}/"

    assert words in client.post(address, answers(**changes)).content.decode()
    assert not Application.objects.exists()


def test_a_second_one_is_told_in_words(client):
    vacancy = LiveVacancyFactory()
    client.force_login(HRAdminFactory())
    address = f"/admin/applications/application/enter/{vacancy.pk}/"
    client.post(address, answers())

    page = client.post(address, answers()).content.decode()

    assert "This person has an application for this job already" in page
    assert Application.objects.count() == 1


def test_there_is_no_such_page_for_a_closed_job(client):
    client.force_login(HRAdminFactory())
    address = f"/admin/applications/application/enter/{ClosedVacancyFactory().pk}/"

    assert client.get(address).status_code == 404
