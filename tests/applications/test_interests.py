"""The register of interest: joining and leaving it, its end, and inviting people from it."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from applications import consent
from applications.actions import (
    ask_whom_the_register_ends_for,
    delete_interests_past_their_end,
    invite_to_apply,
    register_interest,
)
from applications.models import HoursWanted, JobInterest, JobInvitation
from applications.privacy import forget_interest
from applications.states import ApplicationState
from notifications.models import Message
from organisation.models import RoleFamily
from tests.applications.test_views import errors_of
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import ApplicationFactory, SentApplicationFactory
from tests.factories.interests import JobInterestFactory
from tests.factories.organisation import DistrictFactory
from tests.factories.shortlisting import PanelMemberFactory
from tests.factories.vacancies import ClosedVacancyFactory, LiveVacancyFactory

pytestmark = pytest.mark.django_db
PAGE = "/register-of-interest/"


@pytest.fixture
def person():
    made = UserFactory()
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


@pytest.fixture
def hr(client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    made = HRAdminFactory()
    client.force_login(made)
    return made


def good(**changes):
    return {
        "families": ["social_work", "family_support"],
        "districts": [DistrictFactory(name="Hart").pk],
        "hours": "part_time",
        "registration": "awaiting",
        "phone": "01632 960 300",
        "note": "From September.",
        "consent": "on",
        **changes,
    }


def test_joining_keeps_what_was_said_with_the_words_agreed_to_and_an_end(client, person):
    client.force_login(person)
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False):
        response = client.post(PAGE, good())

    interest = JobInterest.objects.get(person=person)
    assert response.url == PAGE
    assert interest.families == ["family_support", "social_work"]
    assert (interest.districts_in_words, interest.hours) == ("Hart", HoursWanted.PART_TIME)
    assert (interest.consent_version, interest.ends_on) == (consent.VERSION, date(2027, 11, 22))
    assert interest.consented_at is not None


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"families": []}, {"families": ["Choose at least one kind of work"]}),
        ({"families": ["prison"]}, {"families": ["Choose at least one kind of work"]}),
        ({"districts": []}, {"districts": ["Choose at least one area"]}),
        ({"districts": ["999999"]}, {"districts": ["Choose at least one area"]}),
        ({"hours": ""}, {"hours": ["Choose the hours you look for"]}),
        (
            {"phone": "ring me"},
            {"phone": ["Enter a phone number, like 01632 960 001, or leave it empty"]},
        ),
        (
            {"consent": ""},
            {"consent": ["Tick the box if you agree. Without it we cannot keep this"]},
        ),
    ],
)
def test_what_will_not_do_is_answered_beside_the_box(client, person, changes, errors):
    client.force_login(person)

    assert errors_of(client.post(PAGE, good(**changes))) == errors
    assert JobInterest.objects.count() == 0


def test_there_is_one_row_a_person_which_they_change(client, person):
    client.force_login(person)
    client.post(PAGE, good())
    client.post(PAGE, good(hours="any", registration="none"))

    interest = JobInterest.objects.get()
    assert (interest.hours, interest.registration) == ("any", "")


def test_who_has_not_confirmed_their_address_is_told_to(client):
    person = UserFactory()
    client.force_login(person)

    assert client.get(PAGE).status_code == 403
    with pytest.raises(PermissionDenied):
        register_interest(
            families=[RoleFamily.SOCIAL_WORK],
            districts=[DistrictFactory()],
            hours="any",
            registration="",
            phone="",
            note="",
            by=person,
        )


def test_leaving_deletes_it_at_once(client, person):
    interest = JobInterestFactory(person=person)
    JobInvitation.objects.create(
        person=person, vacancy=LiveVacancyFactory(), invited_by=HRAdminFactory()
    )
    client.force_login(person)

    client.post(f"{PAGE}leave/")

    assert JobInterest.objects.filter(pk=interest.pk).count() == 0
    assert JobInvitation.objects.count() == 0


def test_people_are_asked_a_month_before_once_and_can_stay(client, person):
    today = date(2026, 11, 22)
    interest = JobInterestFactory(person=person, ends_on=today + timedelta(days=30))
    JobInterestFactory(ends_on=today + timedelta(days=31))

    assert [ask_whom_the_register_ends_for(on=today) for _ in range(2)] == [1, 0]
    [letter] = Message.objects.all()
    assert (letter.to, letter.template) == (person.email, "applications/emails/interest_ends")
    client.force_login(person)
    with time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=UTC), tick=False):
        client.post(f"{PAGE}stay/")
    interest.refresh_from_db()
    assert (interest.ends_on, interest.asked_at) == (date(2027, 12, 1), None)


def test_what_is_over_is_deleted_on_its_day(person):
    today = date(2026, 11, 22)
    JobInterestFactory(person=person, ends_on=today - timedelta(days=1))
    kept = JobInterestFactory(ends_on=today)

    assert delete_interests_past_their_end(on=today) == 1
    assert list(JobInterest.objects.all()) == [kept]


def test_erasing_a_person_takes_them_off_the_register(person):
    JobInterestFactory(person=person)

    assert forget_interest(person) == 1
    assert JobInterest.objects.count() == 0


def test_one_letter_a_person_and_vacancy_and_never_a_second(person):
    vacancy, hr = LiveVacancyFactory(), HRAdminFactory()
    JobInterestFactory(person=person)
    everybody = JobInterest.objects.all()

    first = invite_to_apply(interests=everybody, vacancy=vacancy, by=hr)
    second = invite_to_apply(interests=everybody, vacancy=vacancy, by=hr)

    assert ([first.number, second.number], second.invited) == ([1, 0], 1)
    assert [letter.to for letter in Message.objects.all()] == [person.email]
    [row] = JobInvitation.objects.all()
    assert (row.person, row.vacancy, row.invited_by) == (person, vacancy, hr)


def test_whoever_joins_again_is_not_written_to_again(person):
    vacancy, hr = LiveVacancyFactory(), HRAdminFactory()
    JobInterestFactory(person=person)
    invite_to_apply(interests=JobInterest.objects.all(), vacancy=vacancy, by=hr)
    forget_interest(person)
    JobInterestFactory(person=person)

    invite_to_apply(interests=JobInterest.objects.all(), vacancy=vacancy, by=hr)

    assert Message.objects.count() == 1


def test_who_has_applied_reads_for_it_or_has_no_address_is_left_out(person):
    vacancy = LiveVacancyFactory()
    JobInterestFactory(person=ApplicationFactory(vacancy=vacancy).applicant)
    JobInterestFactory(person=PanelMemberFactory(vacancy=vacancy).person)
    JobInterestFactory(person__email="nobody@no-address.invalid")
    JobInterestFactory(ends_on=timezone.localdate() - timedelta(days=1))
    JobInterestFactory(person=person)

    reach = invite_to_apply(
        interests=JobInterest.objects.all(), vacancy=vacancy, by=HRAdminFactory()
    )

    assert [row.person for row in reach.to_write] == [person]
    assert (reach.applied, reach.others) == (1, 2)


def test_only_hr_invites():
    with pytest.raises(PermissionDenied):
        invite_to_apply(
            interests=JobInterest.objects.all(),
            vacancy=LiveVacancyFactory(),
            by=UserFactory(roles=["panel_member", "hiring_manager"]),
        )


def invite(client, interests, **data):
    return client.post(
        reverse("admin:applications_jobinterest_changelist"),
        {"action": "invite", "_selected_action": [row.pk for row in interests], **data},
    )


def test_hr_sees_whom_an_invitation_would_reach_before_it_goes(client, hr, person):
    vacancy, interest = LiveVacancyFactory(), JobInterestFactory(person=person)

    asked = invite(client, [interest])
    seen = invite(client, [interest], vacancy=vacancy.pk)
    assert (asked.context["reach"], seen.context["reach"].number) == (None, 1)
    assert Message.objects.count() == 0
    sent = invite(client, [interest], vacancy=vacancy.pk, send="1")

    assert sent.status_code == 302
    assert Message.objects.get().to == person.email


def test_a_closed_job_cannot_be_chosen(client, hr):
    closed = ClosedVacancyFactory()

    response = invite(client, [JobInterestFactory()], vacancy=closed.pk, send="1")

    assert response.context["form"].errors == {"vacancy": ["Choose a job that is open."]}
    assert Message.objects.count() == 0


def test_the_list_is_filtered_by_area_and_kind_of_work(client, hr):
    hart = DistrictFactory(name="Hart")
    wanted = JobInterestFactory(families=["leadership"], areas=[hart])
    JobInterestFactory(families=["leadership"])
    JobInterestFactory(areas=[hart])

    page = client.get(
        reverse("admin:applications_jobinterest_changelist"),
        {"area": hart.pk, "family": "leadership"},
    )

    assert list(page.context["cl"].result_list) == [wanted]


@pytest.mark.parametrize("area", ["²", "9" * 5000])
def test_an_area_that_is_no_number_filters_nothing(client, hr, area):
    interest = JobInterestFactory()

    page = client.get(reverse("admin:applications_jobinterest_changelist"), {"area": area})

    assert list(page.context["cl"].result_list) == [interest]


def test_who_looked_and_who_took_it_away_is_noted(client, hr):
    interest = JobInterestFactory(person__full_name="Zebedine Quillfeather", note="Ask me")
    address = reverse("admin:applications_jobinterest_changelist")

    client.get(address)
    client.get(reverse("admin:applications_jobinterest_change", args=[interest.pk]))
    file = client.post(address, {"action": "take_away", "_selected_action": [interest.pk]})

    assert "Zebedine Quillfeather" in b"".join(file.streaming_content).decode()
    lines = AuditEvent.objects.filter(by=hr).order_by("pk")
    assert [(line.event, line.facts) for line in lines] == [
        ("register_seen", {"people": 1}),
        ("register_seen", {"people": 1}),
        ("register_exported", {"people": 1}),
    ]
    assert "Quillfeather" not in json.dumps([line.facts for line in lines])


@pytest.mark.parametrize("roles", [["panel_member"], ["hiring_manager"], []])
def test_nobody_who_chooses_between_applicants_sees_it(client, roles, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    interest = JobInterestFactory(person__full_name="Zebedine Quillfeather")
    client.force_login(UserFactory(roles=roles))

    for address in (
        reverse("admin:applications_jobinterest_changelist"),
        reverse("admin:applications_jobinterest_change", args=[interest.pk]),
    ):
        response = client.get(address)
        assert response.status_code in (302, 403, 404)
        assert b"Quillfeather" not in response.content


def test_an_unsuccessful_application_leads_to_the_register(client):
    application = SentApplicationFactory(state=ApplicationState.UNSUCCESSFUL)
    client.force_login(application.applicant)

    assert f'href="{PAGE}"' in client.get(application.get_absolute_url()).content.decode()


@pytest.mark.parametrize("query", ["", "?q=nothinglikethis"])
def test_the_list_of_vacancies_leads_to_the_register(client, query):
    LiveVacancyFactory()

    page = client.get(reverse("vacancies:vacancy-list") + query).content.decode()

    assert page.count(f'href="{PAGE}"') == 1
