"""The browser of a session in words, and the list of where somebody is signed in."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from accounts.browsers import in_words
from tests.design_system.page import read
from tests.factories.accounts import UserFactory

PASSWORD = "plenty-of-otters-1"
KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
LINUX = f"Mozilla/5.0 (X11; Linux x86_64) {KIT} Chrome/130.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (LINUX, "Chrome on Linux"),
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KIT} Chrome/130.0 Safari/537.36 Edg/130.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1",
            "Safari on an iPhone",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:131.0) Gecko/20100101 Firefox/131.0",
            "Firefox on a Mac",
        ),
        (f"Mozilla/5.0 (Linux; Android 14) {KIT} Chrome/130.0 Mobile", "Chrome on Android"),
        ("curl/8.5.0", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_browser_is_told_in_words(user_agent, words):
    assert in_words(user_agent) == words


@pytest.mark.django_db
def test_the_list_of_sessions_names_the_browser(client):
    person = UserFactory(email="kim@example.org")
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client.post(
        reverse("account_login"),
        {"login": person.email, "password": PASSWORD},
        headers={"user-agent": LINUX},
    )

    page = client.get(reverse("usersessions_list"))

    rows = read(page.content.decode()).all("th", role="rowheader")
    assert [row.text for row in rows] == ["Chrome on Linux This one"]
