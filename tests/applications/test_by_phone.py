"""Applications that HR writes down for somebody who rings or wrote on paper."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import AuditEvent, User
from applications import rules
from applications.actions import (
    enter_application,
    move_application,
    save_section,
    submit_application,
)
from applications.exceptions import AlreadyApplied, NotComplete, VacancyClosed
from applications.models import Application
from applications.states import ApplicationState, EnteredHow
from notifications.models import Message
from notifications.rendering import render
from tests.applications.test_actions import CONTACT
from tests.applications.test_views import GOOD, section_url, url
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.answers import answer_everything
from tests.factories.applications import ApplicationFactory
from tests.factories.vacancies import ClosedVacancyFactory, LiveVacancyFactory
from tests.factories.vacancy_parts import StaffOnlyVacancyFactory

pytestmark = pytest.mark.django_db


def enter(vacancy=None, *, by=None, email="ida@example.org", how=EnteredHow.PHONE):
    return enter_application(
        vacancy=vacancy or LiveVacancyFactory(),
        one_time_key=uuid4(),
        email=email,
        full_name="Ida Ringwood",
        how=how,
        by=by or HRAdminFactory(),
    )


def write_down(**how):
    """Return an application HR wrote down in which every section is whole."""
    application = enter(**how)
    Application.objects.filter(pk=application.pk).update(
        phone="01632 960 300", town="Andover", right_to_work=True, needs_sponsorship=False
    )
    answer_everything(application)
    return Application.objects.get(pk=application.pk)


def enter_and_send(**how):
    application = write_down(**how)
    return submit_application(application=application, by=application.entered_by)


@pytest.mark.parametrize("how", EnteredHow)
def test_what_hr_writes_down_is_a_draft_until_hr_sends_it(how):
    hr = HRAdminFactory()

    application = write_down(by=hr, how=how)
    before = application.state
    sent = submit_application(application=application, by=hr)

    sent.refresh_from_db()
    assert (before, sent.state) == (ApplicationState.DRAFT, ApplicationState.SUBMITTED)
    assert (sent.entered_by, sent.entered_how) == (hr, how)
    assert sent.full_name == "Ida Ringwood"
    [move] = sent.moves.all()
    assert (move.to_state, move.moved_by) == (ApplicationState.SUBMITTED, hr)
    event = AuditEvent.objects.get(event="application_entered")
    assert (event.by, event.facts["how"]) == (hr, how)
    assert "Ida" not in str(event.facts)


def test_the_person_has_an_account_that_they_prove_before_signing_in():
    person = enter(email="Ida@Example.org").applicant

    assert (person.email, person.full_name) == ("ida@example.org", "Ida Ringwood")
    assert not person.has_usable_password()
    assert list(person.emailaddress_set.values_list("email", "verified")) == [
        ("ida@example.org", False)
    ]


@pytest.mark.parametrize(
    ("how", "subject"),
    [
        (EnteredHow.PHONE, "We took your application {} by phone: Social worker"),
        (EnteredHow.PAPER, "Your application {} came on paper: Social worker"),
    ],
)
def test_the_person_and_the_mailbox_are_told_when_it_is_sent(how, subject):
    application = write_down(how=how)
    before = Message.objects.count()
    submit_application(application=application, by=application.entered_by)

    mails = {message.to: render(message) for message in Message.objects.with_what_delivery_needs()}
    assert before == 0
    assert set(mails) == {"ida@example.org", "recruitment@example.org"}
    assert mails["ida@example.org"].subject == subject.format(application.reference)


def test_who_sends_it_themselves_is_told_as_everybody():
    application = write_down()

    submit_application(application=application, by=application.applicant)

    told = Message.objects.get(to="ida@example.org")
    assert told.template == "applications/emails/application_submitted"


def test_somebody_without_an_address_is_never_mailed():
    application = enter_and_send(email="")
    hr = HRAdminFactory()

    move_application(application=application, to_state=ApplicationState.SHORTLISTING, by=hr)

    assert not application.applicant.can_be_written_to
    assert list(Message.objects.values_list("to", flat=True)) == ["recruitment@example.org"]


def test_it_goes_to_the_account_there_is():
    person = UserFactory(email="ida@example.org")

    assert enter(email="IDA@example.org").applicant == person


def test_the_same_form_twice_is_one_application():
    hr, vacancy, key = HRAdminFactory(), LiveVacancyFactory(), uuid4()
    fields = {"email": "", "full_name": "Ida Ringwood", "how": EnteredHow.PHONE, "by": hr}

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
        enter_and_send(vacancy=vacancy, email=person.email)

    with pytest.raises(AlreadyApplied):
        enter(vacancy, email=person.email)


@pytest.mark.parametrize("make", [ClosedVacancyFactory, StaffOnlyVacancyFactory])
def test_the_rules_of_every_application_hold(make):
    with pytest.raises(VacancyClosed):
        enter(make())
    assert not User.objects.filter(email="ida@example.org").exists()


def test_what_is_missing_is_refused():
    application = enter()

    with pytest.raises(NotComplete):
        submit_application(application=application, by=application.entered_by)


def save_contact(application, by):
    return save_section(application=application, name="contact", answers=CONTACT, version=0, by=by)


def test_the_applicant_and_who_entered_it_may_change_it_and_nobody_else():
    application = enter()
    application.entered_by.refresh_from_db()

    save_contact(application, application.entered_by)
    save_section(
        application=application,
        name="contact",
        answers={**CONTACT, "town": "Alton"},
        version=1,
        by=application.applicant,
    )

    for stranger in (HRAdminFactory(), UserFactory()):
        with pytest.raises(PermissionDenied):
            save_contact(application, stranger)
    application.refresh_from_db()
    assert application.town == "Alton"


def test_who_is_of_hr_no_more_may_not_go_on_with_it(client):
    hr = HRAdminFactory()
    application = enter(by=hr)
    User.objects.filter(pk=hr.pk).update(roles=[])
    hr = User.objects.get(pk=hr.pk)
    client.force_login(hr)

    with pytest.raises(PermissionDenied):
        save_contact(application, hr)
    assert client.get(application.get_absolute_url()).status_code == 404


def test_hr_sees_a_draft_of_their_own_writing_and_the_file_of_it():
    application = enter()

    assert rules.can_see_application(application.entered_by, application)
    assert rules.can_see_application(application.applicant, application)
    assert not rules.can_see_application(HRAdminFactory(), application)


def test_only_hr_enters_and_never_their_own():
    hr = HRAdminFactory()

    with pytest.raises(PermissionDenied):
        enter(by=UserFactory(roles=["hiring_manager"]))
    with pytest.raises(PermissionDenied):
        enter(by=hr, email=hr.email)


def answers(**changes):
    return {
        "full_name": "Ida Ringwood",
        "email": "ida@example.org",
        "how": "phone",
        "one_time_key": str(uuid4()),
        **changes,
    }


def test_hr_enters_it_on_the_pages_of_the_applicant_and_sees_how_it_came(client):
    vacancy = LiveVacancyFactory()
    client.force_login(HRAdminFactory(full_name="Harriet Rowe"))
    address = f"/admin/applications/application/enter/{vacancy.pk}/"
    advert = client.get(f"/admin/vacancies/vacancy/{vacancy.pk}/change/").content.decode()
    assert f'href="{address}"' in advert

    tasks = client.post(address, answers())
    application = Application.objects.get()
    section = client.get(section_url(application, "contact")).content.decode()
    client.post(section_url(application, "contact"), {**GOOD, "version": 0})
    answer_everything_but(application, "contact")
    check = client.get(url("application-check", application)).content.decode()
    response = client.post(url("application-check", application), follow=True)
    again = client.post(url("application-check", application))

    assert tasks.url == application.get_absolute_url()
    for page in (section, check):
        assert page.count("You are writing this application down for <strong>") == 1
    page = response.content.decode()
    assert "Taken by phone, written down by Harriet Rowe" in page
    assert f"Application {application} is sent and marked “Taken by phone”." in page
    assert page.count("I have worked with families for six years.") == 1
    assert again.url == reverse("admin:applications_application_change", args=[application.pk])
    listed = client.get("/admin/applications/application/").content.decode()
    assert "Taken by phone" in listed


def answer_everything_but(application, name):
    saved = application.section_saves.get(name=name)
    saved.delete()
    Application.objects.filter(pk=application.pk).update(
        right_to_work=True, needs_sponsorship=False
    )
    answer_everything(application)


def test_words_of_hr_that_come_after_sending_are_shown_again(client):
    application = write_down()
    client.force_login(application.entered_by)
    submit_application(application=application, by=application.applicant)

    page = client.post(section_url(application, "contact"), {**GOOD, "version": 1})

    assert page.context["already_sent"]
    assert {"key": "Address", "value": "4 Mill Lane"} in page.context["typed"]


def test_only_the_applicant_withdraws_what_hr_wrote_down(client):
    application = enter_and_send()
    client.force_login(application.entered_by)

    answer = client.post(url("application-withdraw", application), {"reason": ""})

    application.refresh_from_db()
    assert (answer.status_code, application.state) == (404, ApplicationState.SUBMITTED)


def test_hr_finds_what_they_have_begun_under_my_applications(client):
    hr = HRAdminFactory()
    mine, _other = enter(by=hr), enter(email="")
    client.force_login(hr)

    response = client.get(reverse("applications:application-list"))

    assert list(response.context["for_others"]) == [mine]
    assert response.content.decode().count(mine.get_absolute_url()) == 1


def test_the_person_sees_what_is_written_down_for_them(client):
    application = enter()
    client.force_login(application.applicant)

    page = client.get(application.get_absolute_url()).content.decode()

    assert page.count("Somebody of our recruitment team is writing this application down") == 1
    assert page.count("Nobody but you can see this until you send it.") == 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"full_name": ""}, "Enter their full name"),
        ({"full_name": "a" * 200_000}, "Full name must be 150 characters or fewer"),
        ({"email": "ida"}, "Enter an e-mail address, like name@example.org"),
        ({"how": ""}, "Choose whether it came by phone or on paper"),
        ({"how": "pigeon"}, "Choose whether it came by phone or on paper"),
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
