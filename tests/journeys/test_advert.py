"""A visitor reads an advert: saves it, talks to the team, prints it, and machines read it too."""

import json
import uuid
from datetime import timedelta
from xml.etree import ElementTree

from django.utils import timezone


def open_first_advert(visitor):
    """Go from the list to the first advert. Returns its title."""
    visitor.go("/vacancies/?q=social+worker&place=Basingstoke")
    visitor.page.locator(".hp-card a").first.click()
    return visitor.page.get_by_role("heading", level=1).inner_text()


def test_what_a_visitor_saves_is_there_after_signing_in(arrive):
    visitor = arrive()
    title = open_first_advert(visitor)
    visitor.look()
    assert visitor.sees("miles away") or visitor.sees("mile away")

    visitor.press("Save this job")
    assert visitor.page.url.endswith("/vacancies/saved/")
    assert visitor.sees(title)
    assert visitor.sees("Your browser remembers these")
    visitor.look()

    visitor.sign_in("returner@example.org")
    visitor.go("/vacancies/saved/")
    assert visitor.sees(title)
    assert visitor.sees("We write to you ten days and two days before")
    visitor.look()
    visitor.page.get_by_role("button", name="Do not write to me before it closes").click()
    assert visitor.sees("We will not write about it.")

    # It is in the account, so another browser shows it too.
    elsewhere = arrive()
    elsewhere.sign_in("returner@example.org")
    elsewhere.go("/vacancies/saved/")
    elsewhere.page.get_by_role("button", name="Remove").click()
    assert elsewhere.sees("You have not saved a job yet")
    elsewhere.look()


def test_a_visitor_books_a_chat_and_cancels_it(visitor):
    page = visitor.page
    email = f"wren.{uuid.uuid4().hex[:8]}@example.org"
    visitor.go("/vacancies/HCC-1001/")
    visitor.page.get_by_role("main").get_by_role("button", name="Book a chat").click()
    visitor.look()
    visitor.press("Book this chat")
    assert visitor.is_told_what_is_wrong()
    visitor.look()

    page.get_by_role("radio").first.check()
    page.get_by_label("What shall we call you?").fill("Wren")
    page.get_by_label("E-mail address").fill(email)
    visitor.press("Book this chat")
    assert visitor.sees("Your chat is booked")
    visitor.look()
    letter = visitor.portal.wait_for_mail(email, "Your chat is booked")
    assert "chat.ics" in letter

    visitor.press("Cancel this chat")
    assert visitor.sees("Your chat is cancelled")
    visitor.look()
    visitor.portal.wait_for_mail(email, "as you asked")


def test_the_hiring_manager_offers_chats_and_sees_who_comes(visitor):
    visitor.sign_in("manager@example.org")
    visitor.go("/vacancies/HCC-1001/")
    visitor.follow("Offer chats, and see who comes")
    assert visitor.sees("Robin")
    visitor.look()
    page = visitor.page
    tomorrow = timezone.localdate() + timedelta(days=1)
    page.get_by_label("Day", exact=True).fill(f"{tomorrow.day}")
    page.get_by_label("Month").fill(f"{tomorrow.month}")
    page.get_by_label("Year").fill(f"{tomorrow.year}")
    page.get_by_label("First chat at").fill("14:30")
    visitor.press("Offer these chats")
    assert visitor.sees("4 chats offered.")
    assert visitor.sees(f"{tomorrow:%A %-d %B %Y}, 2:45pm")


def test_an_advert_is_printed_without_javascript(arrive):
    visitor = arrive(java_script_enabled=False)
    title = open_first_advert(visitor)
    visitor.follow("Print this advert")

    assert visitor.page.get_by_role("heading", level=1).inner_text() == title
    assert visitor.sees("This page is ready for paper.")
    visitor.page.emulate_media(media="print")
    assert not visitor.sees("This page is ready for paper.")
    assert visitor.sees("How to apply")


def test_machines_read_the_feed_and_the_interface(visitor):
    visitor.go("/vacancies/?q=social+worker")
    page = visitor.page
    address = page.locator('link[rel="alternate"]').get_attribute("href")
    feed = ElementTree.fromstring(page.request.get(visitor.portal.url + address).text())
    assert feed.findall("{http://www.w3.org/2005/Atom}entry")

    visitor.go("/api/")
    visitor.look()
    found = json.loads(page.request.get(f"{visitor.portal.url}/api/v1/vacancies/").text())
    assert found["count"] > len(found["results"]) == 20
    description = page.request.get(f"{visitor.portal.url}/api/v1/openapi.json").json()
    assert description["openapi"] == "3.1.0"
