"""Who looked at an application is written down, for HR and for the person it is about."""

import pytest
from django.urls import reverse

from applications.queries import looks_at
from tests.factories.accounts import HRAdminFactory
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


def test_only_who_reads_applications_sees_who_has_looked(client):
    application = in_shortlisting(vacancy_with_criteria())
    client.force_login(PanelMemberFactory(vacancy=application.vacancy).person)

    assert client.get(reverse("admin:applications_looks", args=[application.pk])).status_code in (
        302,
        403,
    )
