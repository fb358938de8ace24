"""Who is on a panel, what they see of it, and whom they know."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from applications.actions import (
    declare_conflict,
    end_places_of_leavers,
    put_on_panel,
    start_application,
    take_off_panel,
    tell_panels_what_waits,
)
from applications.exceptions import NotForThePanel, VacancyClosed
from applications.models import Application, Conflict, PanelMember, ScoreSheet
from applications.states import ApplicationState
from notifications.models import Message
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.organisation import StaffMemberFactory
from tests.factories.shortlisting import (
    PanelistFactory,
    PanelMemberFactory,
    give,
    in_shortlisting,
    panel_of,
    vacancy_with_criteria,
)
from tests.factories.vacancies import LiveVacancyFactory

pytestmark = pytest.mark.django_db
MONDAY = "2026-11-23T07:50:00+00:00"


@pytest.fixture
def vacancy():
    return vacancy_with_criteria()


@pytest.fixture
def hr():
    return HRAdminFactory()


def page_of(member, application, name="panel-application", **kwargs):
    kwargs = {"reference": member.vacancy.reference, "code": application.code, **kwargs}
    return reverse(f"applications:{name}", kwargs=kwargs)


def told(person):
    return list(
        Message.objects.filter(to=person.email).order_by("pk").values_list("template", flat=True)
    )


# --- Who is on a panel ----------------------------------------------------------------------------
def test_hr_puts_somebody_on_a_panel_and_they_are_told_once(vacancy, hr):
    person = PanelistFactory()

    member = put_on_panel(vacancy=vacancy, person=person, is_lead=True, by=hr)
    again = put_on_panel(vacancy=vacancy, person=person, is_lead=True, by=hr)

    assert again == member
    assert (member.is_lead, member.added_by, member.declared_at) == (True, hr, None)
    assert told(person) == ["applications/emails/panel_member_added"]
    [line] = AuditEvent.objects.filter(event="panel_member_added")
    assert (line.by, line.facts) == (hr, {"person": person.pk, "leads": True})


def test_only_hr_puts_people_on_panels(vacancy):
    with pytest.raises(PermissionDenied):
        put_on_panel(vacancy=vacancy, person=PanelistFactory(), is_lead=False, by=PanelistFactory())


def test_there_is_one_lead(vacancy, hr):
    first, second = PanelistFactory(), PanelistFactory()

    put_on_panel(vacancy=vacancy, person=first, is_lead=True, by=hr)
    put_on_panel(vacancy=vacancy, person=second, is_lead=True, by=hr)

    leads = PanelMember.objects.filter(vacancy=vacancy, is_lead=True)
    assert [member.person for member in leads] == [second]


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ([], "Give them the role “Panel member” first."),
        (
            ["panel_member", "hr_admin"],
            "They see applications with the names, so they cannot read them blind.",
        ),
    ],
)
def test_who_has_not_the_role_or_sees_names_is_not_put_on_a_panel(vacancy, hr, roles, words):
    with pytest.raises(NotForThePanel, match=words):
        put_on_panel(vacancy=vacancy, person=UserFactory(roles=roles), is_lead=False, by=hr)


def test_nobody_is_on_the_panel_of_a_job_they_applied_for(vacancy, hr):
    person = PanelistFactory()
    SentApplicationFactory(vacancy=vacancy, applicant=person)

    with pytest.raises(NotForThePanel, match="They have applied for this job themselves"):
        put_on_panel(vacancy=vacancy, person=person, is_lead=False, by=hr)


@pytest.mark.parametrize("ended_at", [None, timezone.now()])
def test_who_reads_or_has_read_for_a_job_cannot_apply_for_it(client, ended_at):
    job = LiveVacancyFactory()
    member = PanelMemberFactory(vacancy=job, ended_at=ended_at)
    client.force_login(member.person)

    with pytest.raises(VacancyClosed):
        start_application(vacancy=job, one_time_key=None, by=member.person)
    answer = client.get(reverse("applications:application-start", args=[job.reference]))

    assert answer.status_code == 403
    assert "You are on the panel for this job" in answer.content.decode()
    assert Application.objects.count() == 0


def test_who_is_taken_off_sees_nothing_more_and_comes_back_only_by_declaring_again(
    client, vacancy, hr
):
    member = PanelMemberFactory(vacancy=vacancy)
    application = in_shortlisting(vacancy)
    client.force_login(member.person)
    assert client.get(page_of(member, application)).status_code == 200

    take_off_panel(member=member, by=hr)
    assert client.get(page_of(member, application)).status_code == 404

    put_on_panel(vacancy=vacancy, person=member.person, is_lead=False, by=hr)
    answer = client.get(page_of(member, application))

    assert (answer.status_code, answer.url) == (
        302,
        reverse("applications:panel-vacancy", args=[vacancy.reference]),
    )
    assert told(member.person) == [
        "applications/emails/panel_member_removed",
        "applications/emails/panel_member_added",
    ]


def test_who_leaves_sees_nothing_from_that_moment_and_is_taken_off_by_the_timetable(
    client, vacancy
):
    today = timezone.localdate()
    staff = StaffMemberFactory(user=PanelistFactory())
    member = PanelMemberFactory(vacancy=vacancy, person=staff.user)
    staying = PanelMemberFactory(vacancy=vacancy)
    application = in_shortlisting(vacancy)
    staff.left_on = today - timedelta(days=1)
    staff.save()
    client.force_login(member.person)

    assert client.get(page_of(member, application)).status_code == 404

    end_places_of_leavers()
    end_places_of_leavers()
    member.refresh_from_db()
    staying.refresh_from_db()
    assert (member.ended_at is not None, staying.ended_at) == (True, None)
    assert AuditEvent.objects.filter(event="panel_member_removed", by=None).count() == 1


def test_a_role_that_is_taken_away_ends_the_reading_at_once(client, vacancy):
    member = PanelMemberFactory(vacancy=vacancy)
    application = in_shortlisting(vacancy)
    member.person.roles = []
    member.person.save()
    client.force_login(member.person)

    assert client.get(page_of(member, application)).status_code == 404


# --- What a member sees ---------------------------------------------------------------------------
def test_a_member_sees_nothing_of_another_vacancy(client, vacancy):
    member = PanelMemberFactory(vacancy=vacancy)
    elsewhere = PanelMemberFactory(vacancy=vacancy_with_criteria())
    theirs = in_shortlisting(elsewhere.vacancy)
    client.force_login(member.person)

    for name in ("panel-application", "panel-print", "panel-conflict"):
        assert client.get(page_of(elsewhere, theirs, name)).status_code == 404
        assert client.get(page_of(member, theirs, name)).status_code == 404
    for name in ("panel-vacancy", "panel-download", "panel-table"):
        url = reverse(f"applications:{name}", args=[elsewhere.vacancy.reference])
        assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    "state",
    [ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN, ApplicationState.UNSUCCESSFUL],
)
def test_a_member_reads_only_what_is_in_shortlisting(client, vacancy, state):
    member = PanelMemberFactory(vacancy=vacancy)
    application = SentApplicationFactory(vacancy=vacancy, state=state)
    client.force_login(member.person)

    listed = client.get(reverse("applications:panel-vacancy", args=[vacancy.reference]))

    assert client.get(page_of(member, application)).status_code == 404
    assert application.code not in listed.content.decode()


def test_an_application_is_found_by_its_code_and_never_by_its_reference(client, vacancy):
    member = PanelMemberFactory(vacancy=vacancy)
    application = in_shortlisting(vacancy)
    client.force_login(member.person)
    code = page_of(member, application)

    assert client.get(code).status_code == 200
    assert client.get(code.replace(application.code, application.reference)).status_code == 404


def test_pages_are_kept_by_no_browser_and_show_no_reference(client, vacancy):
    member = PanelMemberFactory(vacancy=vacancy)
    application = in_shortlisting(vacancy)
    client.force_login(member.person)

    answer = client.get(page_of(member, application))

    assert answer["Cache-Control"] == "private, no-store"
    assert application.reference not in answer.content.decode()


def test_nothing_is_read_before_the_declaration(client, vacancy):
    member = PanelMemberFactory(vacancy=vacancy, declared_at=None)
    application = in_shortlisting(vacancy)
    client.force_login(member.person)
    start = reverse("applications:panel-vacancy", args=[vacancy.reference])

    assert application.code not in client.get(start).content.decode()
    assert client.get(page_of(member, application, "panel-print")).url == start
    assert client.post(start, {}).status_code == 200
    assert client.post(start, {"agrees": "on"}).status_code == 302

    assert application.code in client.get(start).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_a_vacancy_has_a_fixed_number_of_queries(
    client, django_assert_num_queries, vacancy, number
):
    member = PanelMemberFactory(vacancy=vacancy)
    for _ in range(number):
        give(member, in_shortlisting(vacancy), 3)
    client.force_login(member.person)
    url = reverse("applications:panel-vacancy", args=[vacancy.reference])
    client.get(url)

    with django_assert_num_queries(9):
        answer = client.get(url)

    assert len(answer.context["rows"]) == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_panels_has_a_fixed_number_of_queries(
    client, django_assert_num_queries, number
):
    person = PanelistFactory()
    for _ in range(number):
        member = PanelMemberFactory(person=person, vacancy=vacancy_with_criteria())
        in_shortlisting(member.vacancy)
    client.force_login(person)
    client.get(reverse("applications:panel-list"))

    with django_assert_num_queries(4):
        answer = client.get(reverse("applications:panel-list"))

    assert [panel["words"] for panel in answer.context["panels"]] == ["1 to score."] * number


@pytest.mark.parametrize("number", [1, 3])
def test_the_download_has_a_fixed_number_of_queries(
    client, django_assert_num_queries, vacancy, number
):
    member = PanelMemberFactory(vacancy=vacancy)
    for _ in range(number):
        in_shortlisting(vacancy)
    client.force_login(member.person)
    url = reverse("applications:panel-download", args=[vacancy.reference])
    client.get(url)

    with django_assert_num_queries(17):
        lines = b"".join(client.get(url).streaming_content).decode().splitlines()

    assert len(lines) == number + 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_an_application_has_a_fixed_number_of_queries(
    client, django_assert_num_queries, number
):
    member = PanelMemberFactory(vacancy=vacancy_with_criteria(essential=number))
    application = in_shortlisting(member.vacancy)
    give(member, application, 3, send=False)
    client.force_login(member.person)
    client.get(page_of(member, application))

    with django_assert_num_queries(18):
        answer = client.get(page_of(member, application))

    assert len(answer.context["parts"]) == number + 1


# --- Whom a member knows --------------------------------------------------------------------------
def test_who_knows_the_applicant_never_sees_the_application_again(client, vacancy):
    member, other = panel_of(vacancy)
    application, another = in_shortlisting(vacancy), in_shortlisting(vacancy)
    give(member, application, 4)
    client.force_login(member.person)
    url = page_of(member, application, "panel-conflict")

    assert client.post(url, {"words": " "}).status_code == 200
    answer = client.post(url, {"words": "She is my cousin."}, follow=True)

    assert application.code not in answer.context["rows"]
    assert [row["code"] for row in answer.context["rows"]] == [another.code]
    assert client.get(page_of(member, application)).status_code == 404
    assert client.post(page_of(member, application), {"send": "1"}).status_code == 404
    table = reverse("applications:panel-table", args=[vacancy.reference])
    assert application.code not in client.get(table).content.decode()
    assert Conflict.objects.get().words == "She is my cousin."
    assert ScoreSheet.objects.counting().count() == 0
    client.force_login(other.person)
    assert client.get(page_of(other, application)).status_code == 200


def test_hr_reads_how_they_know_each_other(client, vacancy, hr, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    member = PanelMemberFactory(vacancy=vacancy)
    application = in_shortlisting(vacancy)
    declare_conflict(
        member=member, application=application, words="We are neighbours.", by=member.person
    )
    client.force_login(hr)

    page = client.get(reverse("admin:applications_panel", args=[vacancy.pk])).content.decode()

    assert "We are neighbours." in page


def test_only_the_member_declares_for_themselves(vacancy):
    member, other = panel_of(vacancy)
    application = in_shortlisting(vacancy)

    with pytest.raises(PermissionDenied):
        declare_conflict(member=member, application=application, words="x", by=other.person)


# --- HR's page ------------------------------------------------------------------------------------
def test_hr_puts_people_on_and_takes_them_off_in_the_admin(client, vacancy, hr, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    person = PanelistFactory()
    client.force_login(hr)
    url = reverse("admin:applications_panel", args=[vacancy.pk])

    nobody = client.post(url, {"email": "nobody@example.org"})
    wrong = client.post(url, {"email": UserFactory().email})
    client.post(url, {"email": person.email.upper(), "is_lead": "on"})
    [member] = PanelMember.objects.serving()
    client.post(reverse("admin:applications_panel_remove", args=[member.pk]))

    assert "Nobody with this address has an account." in nobody.content.decode()
    assert "Give them the role “Panel member” first." in wrong.content.decode()
    assert (member.person, member.is_lead) == (person, True)
    assert PanelMember.objects.serving().count() == 0


def test_the_admins_pages_are_hrs_alone(client, vacancy):
    member = PanelMemberFactory(vacancy=vacancy)
    client.force_login(member.person)

    for name in ("applications_panel", "applications_shortlist"):
        answer = client.get(reverse(f"admin:{name}", args=[vacancy.pk]))
        assert answer.status_code in (302, 403)


# --- The mail of the morning ----------------------------------------------------------------------
def test_members_are_told_once_a_day_what_waits_and_others_nothing(time_machine, vacancy):
    time_machine.move_to(MONDAY)
    waiting, done = panel_of(vacancy)
    PanelMemberFactory(vacancy=vacancy, ended_at=timezone.now())
    application = in_shortlisting(vacancy)
    give(done, application, 3)
    today = timezone.localdate()

    tell_panels_what_waits(on=today)
    tell_panels_what_waits(on=today)

    [letter] = Message.objects.filter(template="applications/emails/panels_waiting")
    assert letter.to == waiting.person.email
    assert letter.context["panels"] == [
        {
            "title": vacancy.title,
            "reference": vacancy.reference,
            "to_score": 1,
            "to_read_again": 0,
        }
    ]


def test_nobody_is_told_on_a_sunday(time_machine, vacancy):
    time_machine.move_to("2026-11-22T07:50:00+00:00")
    panel_of(vacancy)
    in_shortlisting(vacancy)

    assert tell_panels_what_waits(on=timezone.localdate()) == 0
