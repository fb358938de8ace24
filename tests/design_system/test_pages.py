"""The frame of the pages, the tags that need a request, the gallery and the pages for bad days."""

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.template.loader import render_to_string
from django.urls import reverse

from tests.design_system.page import read
from vacancies import saved_cookie


def rendered(rf, address, source, **context):
    template = Template("{% load design_system_tags %}" + source)
    return read(template.render(RequestContext(rf.get(address), context)))


def page_links(rf, address, number, pages):
    page = Paginator(range(pages * 10), 10).page(number)
    tree = rendered(rf, address, "{% pagination page %}", page=page)
    return [
        (item.text, item.all("a")[0]["href"] if item.all("a") else None) for item in tree.all("li")
    ]


def test_pages_of_a_list_keep_what_was_searched_for(rf):
    links = page_links(rf, "/vacancies/?q=social+worker&role=a&role=b&page=2", number=2, pages=3)

    assert links == [
        ("1", "?q=social+worker&role=a&role=b&page=1"),
        ("2", "?q=social+worker&role=a&role=b&page=2"),
        ("3", "?q=social+worker&role=a&role=b&page=3"),
    ]


def test_many_pages_are_shown_with_gaps(rf):
    texts = [text for text, _ in page_links(rf, "/vacancies/", number=10, pages=40)]

    assert texts == ["1", "⋯", "9", "10", "11", "⋯", "40"]


def test_the_page_we_are_on_is_marked(rf):
    page = Paginator(range(30), 10).page(2)
    tree = rendered(rf, "/", "{% pagination page %}", page=page)

    assert tree.one("a", aria_current="page").text == "2"
    assert [tree.one("a", rel=rel)["href"] for rel in ("prev", "next")] == ["?page=1", "?page=3"]


def test_one_page_needs_no_links(rf):
    assert (
        rendered(rf, "/", "{% pagination page %}", page=Paginator([1], 10).page(1)).all("nav") == []
    )


@pytest.mark.parametrize(
    ("wanted", "address"),
    [
        ("{% query_without 'role' 'a' %}", "?q=x&role=b"),
        ("{% query_without 'role' %}", "?q=x"),
        ("{% query_without 'q' %}", "?role=a&role=b"),
        ("{% query_without 'absent' %}", "?q=x&role=a&role=b"),
    ],
)
def test_one_thing_searched_for_can_be_taken_away(rf, wanted, address):
    tree = rendered(rf, "/?q=x&role=a&role=b&page=3", f'<a href="{wanted}">x</a>')

    assert tree.one("a")["href"] == address


@pytest.mark.parametrize("code", [500, 503])
def test_the_pages_for_bad_days_need_no_request_and_no_database(settings, code):
    settings.COUNCIL_NAME = "Northmoor Council"
    page = read(render_to_string(f"{code}.html"))

    assert page.one("title").text == f"{page.one('h1').text} – Northmoor Council"
    assert page.all("script") == []


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "410", "429"])
def test_the_pages_for_what_went_wrong_say_so_and_lead_on(rf, code):
    page = read(render_to_string(f"{code}.html", request=rf.get("/")))

    assert page.one("title").text.startswith(page.one("h1").text)
    assert page.by_id("main-content").all("a") != []


HEADINGS_OF_THE_STATEMENT = [
    "How accessible this website is",
    "Feedback and contact information",
    "Enforcement procedure",
    "Technical information about this website’s accessibility",
    "Compliance status",
    "Non-accessible content",
    "What we are doing to improve accessibility",
    "Preparation of this accessibility statement",
]


@pytest.mark.django_db
def test_the_accessibility_statement_keeps_the_order_of_the_model(rf):
    page = read(render_to_string("careers/accessibility.html", request=rf.get("/")))

    assert [
        heading.text for heading in page.by_id("main-content").all("h2")
    ] == HEADINGS_OF_THE_STATEMENT


@pytest.mark.django_db
def test_the_cookies_page_names_exactly_the_cookies_we_set(rf, settings):
    page = read(render_to_string("careers/cookies.html", request=rf.get("/")))
    named = [cell.text for cell in page.one("tbody").all("th")]

    assert named == [
        settings.SESSION_COOKIE_NAME,
        CookieStorage.cookie_name,
        settings.CSRF_COOKIE_NAME,
        saved_cookie.COOKIE,
    ]
    assert settings.MESSAGE_STORAGE.endswith("FallbackStorage")  # which sets the second
    assert (settings.SESSION_COOKIE_AGE, settings.CSRF_COOKIE_AGE) == (
        14 * 24 * 3600,
        364 * 24 * 3600,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "?errors=1", "?page=20"])
def test_the_gallery_shows_every_component(client, address):
    response = client.get(reverse("design_system:gallery") + address)
    page = read(response.content.decode())

    assert response.status_code == 200
    assert len(page.ids) == len(set(page.ids))
    assert page.one("head").one("title").text.startswith("Error: ") is (address == "?errors=1")


@pytest.mark.django_db
def test_the_gallery_is_hidden_where_there_is_no_demo(client, settings):
    settings.DEMO_MODE = settings.DEBUG = False

    assert client.get(reverse("design_system:gallery")).status_code == 404


@pytest.mark.parametrize(
    ("key", "heard"),
    [
        ("CV", "CV"),
        ("Full name", "full name"),
        ("Right to work in the UK", "right to work in the UK"),
        ("A", "A"),
        ("", ""),
    ],
)
def test_the_words_of_a_change_link_keep_their_capitals(rf, key, heard):
    assert rendered(rf, "/", "<p>{{ key|first_letter_small }}</p>", key=key).one("p").text == heard
