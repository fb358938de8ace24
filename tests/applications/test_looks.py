"""Who looked at an application is written down, for HR and for the person it is about."""

import pytest
from django.urls import reverse

from accounts import audit
from accounts.states import AccountEvent
from applications.gathering import gather_applications
from applications.queries import looks_at
from applications.states import (
    ApplicationEvent,
    ApplicationState,
    CheckEvent,
    DisclosureEvent,
    InterviewEvent,
    ReferenceEvent,
)
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.checks import offered, settle_all
from tests.factories.offers import step_on
from tests.factories.references import ReferenceFactory
from tests.factories.shortlisting import PanelMemberFactory, in_shortlisting, vacancy_with_criteria

pytestmark = pytest.mark.django_db


def test_every_way_of_looking_is_a_line_and_the_applicants_own_is_none(client):
    application = in_shortlisting(vacancy_with_criteria())
    member, hr = PanelMemberFactory(vacancy=application.vacancy), HRAdminFactory()
    vacancy = application.vacancy.reference
    client.force_login(member.person)
    client.get(reverse("applications:panel-application", args=[vacancy, application.code]))
    client.get(reverse("applications:panel-download", args=[vacancy]))
    client.force_login(application.applicant)
    client.get(application.get_absolute_url())
    client.force_login(hr)
    client.get(reverse("admin:applications_application_change", args=[application.pk]))

    page = client.get(reverse("admin:applications_looks", args=[application.pk]))

    looks = [(look.by, look.what) for look in looks_at(application)]
    assert looks == [
        (hr, "Opened the application"),
        (member.person, "Downloaded it with the others"),
        (member.person, "Read it without the name"),
    ]
    assert page.content.decode().count("Downloaded it with the others") == 1


def test_every_other_look_is_there_and_says_who_and_nothing_of_what_was_read(client):
    request = ReferenceFactory().request
    application, hr = request.application, HRAdminFactory(full_name="Hal Resources")
    applicant = application.applicant
    for event, subject, by in [
        (AccountEvent.ACCESS_PACK_DOWNLOADED, applicant, applicant),
        (InterviewEvent.NAME_REVEALED, application, UserFactory(full_name="Ines Terview")),
        (DisclosureEvent.DECLARATION_OPENED, application, UserFactory(full_name="Rhea Dare")),
        (CheckEvent.INSPECTION_FILE_PRINTED, application, hr),
        (ReferenceEvent.REFERENCE_OPENED, request, hr),
        (AccountEvent.ACCESS_PACK_DOWNLOADED, applicant, hr),
        (ReferenceEvent.REFERENCE_OPENED, ReferenceFactory().request, hr),
        (DisclosureEvent.ASSESSMENT_OPENED, application, hr),
    ]:
        audit.record(event, subject, by=by)

    looks = [(str(look.by), look.who, look.what) for look in looks_at(application)]
    client.force_login(hr)
    of_hr = client.get(reverse("admin:applications_looks", args=[application.pk]))
    client.force_login(applicant)
    own = client.get(reverse("applications:application-looks", args=[application.reference]))
    gathered = [found for found in gather_applications(applicant) if "looked" in found.title]

    assert looks == [
        ("Hal Resources", "HR", "Downloaded the file of everything we hold"),
        ("Hal Resources", "HR", "Read a reference"),
        ("Hal Resources", "HR", "Printed the inspection file"),
        ("Rhea Dare", "A reader of self-declarations", "Opened the self-declaration"),
        ("Ines Terview", "An interviewer", "Saw the name before the interview"),
    ]
    assert [of_hr.content.decode().count(what) for _, _, what in looks] == [1] * 5
    assert [own.content.decode().count(what) for _, _, what in looks] == [1] * 5
    assert own.content.decode().count("Rhea Dare") == 0
    assert [row["what"] for row in gathered[0].rows] == [what for _, _, what in looks]


def test_the_central_record_is_a_look_at_each_who_is_in_it(client):
    application, hr = offered(), HRAdminFactory()
    settle_all(application)
    step_on(application, ApplicationState.CHECKS, by=hr)
    step_on(application, ApplicationState.HIRED, by=hr)
    client.force_login(hr)

    client.get(reverse("admin:applications_central_record"))
    client.get(reverse("admin:applications_central_record_download"))

    assert [(look.by, look.what) for look in looks_at(application)] == [
        (hr, "Downloaded the central record of checks with it"),
        (hr, "Saw it in the central record of checks"),
    ]


def test_nobody_else_sees_who_has_looked_at_an_application_and_a_draft_has_no_such_page(client):
    sent, draft = in_shortlisting(vacancy_with_criteria()), ApplicationFactory()
    client.force_login(UserFactory())
    stranger = client.get(reverse("applications:application-looks", args=[sent.reference]))
    client.force_login(draft.applicant)
    own_draft = client.get(reverse("applications:application-looks", args=[draft.reference]))

    assert (stranger.status_code, own_draft.status_code) == (404, 404)


@pytest.mark.parametrize("typed", ["A-{}", "{}", "{} ", "a-{}"])
def test_the_audit_is_searched_by_the_reference_of_an_application(client, typed):
    request = ReferenceFactory().request
    hr = HRAdminFactory()
    audit.record(ReferenceEvent.REFERENCE_OPENED, request, by=hr)
    audit.record(ReferenceEvent.REFERENCE_OPENED, ReferenceFactory().request, by=hr)
    audit.record(CheckEvent.INSPECTION_FILE_PRINTED, request.application, by=hr)
    audit.record(DisclosureEvent.ASSESSMENT_SAVED, request.application, by=hr)
    client.force_login(hr)
    words = typed.format(request.application.reference.removeprefix("A-"))

    page = client.get(reverse("admin:accounts_auditevent_changelist"), {"q": words})

    assert [(line.event, line.subject_id) for line in page.context["cl"].result_list] == [
        ("inspection_file_printed", str(request.application.pk)),
        ("reference_opened", str(request.pk)),
    ]


def test_a_draft_is_not_found_in_the_audit_by_its_reference(client):
    draft = ApplicationFactory()
    audit.record(ApplicationEvent.APPLICATION_STARTED, draft, by=draft.applicant)
    client.force_login(HRAdminFactory())

    page = client.get(reverse("admin:accounts_auditevent_changelist"), {"q": draft.reference})

    assert list(page.context["cl"].result_list) == []


def test_only_who_reads_applications_sees_who_has_looked(client):
    application = in_shortlisting(vacancy_with_criteria())
    client.force_login(PanelMemberFactory(vacancy=application.vacancy).person)

    assert client.get(reverse("admin:applications_looks", args=[application.pk])).status_code in (
        302,
        403,
    )
