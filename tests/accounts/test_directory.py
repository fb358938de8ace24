"""Signing in with the council's directory, over HTTP against a provider on this machine."""

from urllib.parse import urlsplit

import pytest
import requests
from django.urls import reverse

from tests.accounts.directory_server import CLIENT_ID, CLIENT_SECRET, DirectoryServer
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory(settings):
    with DirectoryServer(subject="subject-1", email="sam@example.org") as server:
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                "OAUTH_PKCE_ENABLED": True,
                "APPS": [
                    {
                        "provider_id": "council",
                        "name": "your council account",
                        "client_id": CLIENT_ID,
                        "secret": CLIENT_SECRET,
                        "settings": {"server_url": server.url},
                    }
                ],
            }
        }
        yield server


def sign_in(client):
    """Go to the directory and come back, as a browser does."""
    address = reverse("openid_connect_login", kwargs={"provider_id": "council"})
    there = client.post(address)
    back = requests.get(there["Location"], allow_redirects=False, timeout=5)
    url = urlsplit(back.headers["Location"])
    return client.get(f"{url.path}?{url.query}", follow=True)


def signed_in_as(client):
    return client.session.get("_auth_user_id")


def test_a_person_is_matched_by_the_subject_hr_recorded(client, directory):
    person = UserFactory(email="other.address@example.org", directory_subject="subject-1")

    sign_in(client)

    assert signed_in_as(client) == str(person.pk)


@pytest.mark.parametrize("verified", [False, True])
def test_a_person_is_never_matched_by_the_directorys_email(client, directory, verified):
    UserFactory(email="sam@example.org")
    directory.claims["email_verified"] = verified

    page = sign_in(client)

    assert signed_in_as(client) is None
    assert page.status_code == 403
    assert "We do not know this council account yet" in page.content.decode()


def test_a_person_who_may_not_sign_in_is_refused(client, directory):
    UserFactory(directory_subject="subject-1", is_active=False)

    page = sign_in(client)

    assert signed_in_as(client) is None
    assert page.status_code == 403


def test_the_second_time_the_same_person_signs_in_whatever_their_email_is_now(client, directory):
    person = UserFactory(directory_subject="subject-1")
    sign_in(client)
    client.logout()
    directory.claims["email"] = "married.name@example.org"

    sign_in(client)

    assert signed_in_as(client) == str(person.pk)


def test_somebody_who_came_through_the_directory_owes_no_second_factor(client, directory, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    UserFactory(directory_subject="subject-1", roles=["hr_admin"])

    sign_in(client)

    assert client.get("/admin/").status_code == 200
