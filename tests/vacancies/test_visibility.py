"""What is for staff, or for staff first, reaches no visitor anywhere, and staff wherever they look."""

import re

import pytest

from tests.factories.careers import PublishedStoryFactory
from tests.factories.organisation import StaffMemberFactory
from tests.factories.vacancies import ClosedVacancyFactory, LiveVacancyFactory
from tests.factories.vacancy_parts import StaffFirstVacancyFactory, StaffOnlyVacancyFactory
from vacancies.models import Visibility
from vacancies.models.querysets import VacancyQuerySet
from vacancies.queries import board

pytestmark = pytest.mark.django_db
CANARY = "Canary keeper"
HIDDEN = {"staff only": StaffOnlyVacancyFactory, "staff first": StaffFirstVacancyFactory}


@pytest.fixture(params=HIDDEN, ids=list(HIDDEN))
def hidden(request):
    """An advert with the canary's title that is for staff today, and one like it for everybody."""
    seen = LiveVacancyFactory()
    return HIDDEN[request.param](title=CANARY, role=seen.role, team=seen.team, place_name="Wren")


def pages(hidden):
    """Return every page and file that visitors can reach and adverts are on, by what it is."""
    story = PublishedStoryFactory(role=hidden.role, team=hidden.team)
    twin = hidden.role.vacancies.exclude(pk=hidden.pk).get()
    closed = ClosedVacancyFactory(role=hidden.role)
    reference = hidden.reference
    return {
        "list": "/vacancies/",
        "search by words": "/vacancies/?q=canary+keeper",
        "search by reference": f"/vacancies/?q={reference}",
        "feed": "/vacancies/feed.atom",
        "feed of a search": "/vacancies/feed.atom?q=canary",
        "interface": "/api/v1/vacancies/",
        "interface's search": "/api/v1/vacancies/?q=canary",
        "interface's advert": f"/api/v1/vacancies/{reference}/",
        "sitemap": "/sitemap.xml",
        "page": f"/vacancies/{reference}/",
        "sheet to print": f"/vacancies/{reference}/?print=1",
        "chats": f"/vacancies/{reference}/chats/",
        "applying": f"/vacancies/{reference}/apply/",
        "similar jobs": twin.get_absolute_url(),
        "similar jobs of a closed one": closed.get_absolute_url(),
        "home": "/",
        "working here": "/careers/",
        "story": story.get_absolute_url(),
        "pathways": "/careers/pathways/",
        "saved jobs": "/vacancies/saved/",
    }


def test_no_visitor_meets_it_anywhere(client, hidden):
    hidden.closes_on = hidden.opens_on  # As near to closing as can be, for what closes soon.
    if hidden.visibility == Visibility.STAFF_ONLY:
        hidden.save()
    client.post(f"/vacancies/{hidden.reference}/save/", headers={"Sec-Fetch-Site": "same-origin"})

    for what, address in pages(hidden).items():
        text = client.get(address).content.decode()
        mentions = text.replace(f"q={hidden.reference}", "").replace(f"“{hidden.reference}”", "")
        assert CANARY not in text, what
        if what not in ("search by reference", "applying"):
            assert f"/{hidden.reference}/" not in mentions, what


@pytest.mark.parametrize(
    "what", ["page", "sheet to print", "chats", "applying", "interface's advert"]
)
def test_its_own_addresses_are_not_there(client, hidden, what):
    assert client.get(pages(hidden)[what]).status_code == 404


def test_it_is_in_no_count(client, hidden):
    response = client.get("/")

    assert response.context["vacancy_figures"] == {"open": 1, "places": 1}
    [stop] = [
        stop
        for stop in client.get("/careers/pathways/").context["stops"]
        if stop["role"] == hidden.role
    ] or [{"open_now": 1}]
    assert stop["open_now"] == 1
    assert client.get("/api/v1/vacancies/").json()["count"] == 1


def test_the_count_on_the_home_page_is_what_its_link_lists(client, hidden):
    def counts():
        listed = client.get("/vacancies/").context["search"].count
        return client.get("/").context["vacancy_figures"]["open"], listed

    assert counts() == (1, 1)
    client.force_login(StaffMemberFactory().user)
    assert counts() == (2, 2)


def test_no_json_ld_tells_of_it(client, hidden):
    client.force_login(StaffMemberFactory().user)
    page = client.get(hidden.get_absolute_url()).content.decode()

    assert CANARY in page
    assert "application/ld+json" not in page
    assert '<meta name="robots" content="noindex">' in page


def test_staff_see_it_in_the_list_and_on_its_page_with_a_tag(client, hidden):
    client.force_login(StaffMemberFactory().user)
    tag = "Staff only" if hidden.visibility == Visibility.STAFF_ONLY else "Staff first"

    for address in ("/vacancies/?q=canary", hidden.get_absolute_url()):
        page = client.get(address).content.decode()
        shown = re.sub(r"</?mark[^>]*>", "", page)
        assert CANARY in shown, address
        assert re.search(rf">\s*{tag}\s*<", page), address


def test_a_visitor_who_follows_staff_gets_no_page_kept_for_them(client, hidden):
    staff = StaffMemberFactory().user
    client.force_login(staff)
    client.get("/vacancies/")
    client.get(hidden.get_absolute_url())
    client.logout()

    assert CANARY not in client.get("/vacancies/").content.decode()
    assert client.get(hidden.get_absolute_url()).status_code == 404


def test_what_staff_saw_first_reaches_everybody_on_its_day(client, time_machine):
    vacancy = StaffFirstVacancyFactory(title=CANARY)
    client.get("/vacancies/")
    time_machine.move_to(f"{vacancy.public_from}T09:00Z", tick=False)

    for address in ("/vacancies/", vacancy.get_absolute_url(), "/vacancies/feed.atom", "/"):
        assert CANARY in client.get(address).content.decode(), address
    assert vacancy.reference in client.get("/sitemap.xml").content.decode()
    assert client.get("/api/v1/vacancies/").json()["count"] == 1


def test_without_the_rule_the_canary_would_be_heard(client, hidden, monkeypatch):
    """Let everybody see what staff see, and each page that lists adverts tells of the canary."""
    addresses = pages(hidden)
    monkeypatch.setattr(VacancyQuerySet, "open_to_public", VacancyQuerySet.open_to_staff)
    monkeypatch.setattr(board, "_is_public", lambda row, on: True)
    telling = ["list", "feed", "interface", "similar jobs", "similar jobs of a closed one", "story"]

    heard = [what for what in telling if CANARY in client.get(addresses[what]).content.decode()]

    assert heard == telling
    assert hidden.reference in client.get("/sitemap.xml").content.decode()
    assert client.get("/").context["vacancy_figures"]["open"] == 2
