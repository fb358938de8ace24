"""A social worker books and cancels; two people want the last place; a manager nominates."""

import re
from concurrent.futures import ThreadPoolExecutor

import requests
from icalendar import Calendar


def days_used(visitor):
    """Return the number in “3 of 5 days” on My development."""
    visitor.go("/training/")
    words = visitor.page.get_by_role("main").inner_text()
    return float(re.search(r"([\d½]+) of 5 days", words)[1].replace("½", ".5"))


def places_left(visitor):
    words = visitor.page.get_by_role("main").inner_text()
    return int(re.search(r"(\d+) of \d+ left", words)[1])


def open_a_session_that_counts(visitor):
    """Go to the first session on the list that is worth a day, has places and is booked at once."""
    visitor.go("/training/courses/?counts=on")
    addresses = (
        visitor.page.get_by_role("main")
        .get_by_role("link")
        .evaluate_all("links => links.map(link => link.getAttribute('href'))")
    )
    for course in [
        address for address in addresses if re.fullmatch(r"/training/courses/[^/?]+/", address)
    ]:
        visitor.go(course)
        for address in (
            visitor.page.get_by_role("main")
            .get_by_role("link")
            .evaluate_all("links => links.map(link => link.getAttribute('href'))")
        ):
            if not re.fullmatch(r"/training/sessions/\d+/", address):
                continue
            visitor.go(address)
            words = visitor.page.get_by_role("main").inner_text()
            button = visitor.page.get_by_role("main").get_by_role("button", name="Book a place")
            at_once = "1 day of your five" in words and "You are booked at once" in words
            if button.count() and at_once:
                return address
    raise AssertionError("No session that counts has places.")


def test_a_social_worker_books_gets_a_calendar_file_and_cancels_another(visitor):
    visitor.sign_in("social.worker@example.org")
    assert days_used(visitor) == 3
    assert visitor.sees("3 of 5 days")
    visitor.look()
    visitor.go("/training/courses/")
    visitor.look()

    address = open_a_session_that_counts(visitor)
    places = places_left(visitor)
    visitor.look()
    visitor.press("Book a place")
    visitor.look()
    visitor.go(address)
    assert places_left(visitor) == places - 1
    assert days_used(visitor) == 4

    visitor.go("/training/bookings/")
    visitor.look()
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name=re.compile("^Put it in your calendar")).first.click()
    calendar = Calendar.from_ical(download.value.path().read_bytes())
    assert len(calendar.walk("VEVENT")) == 1
    visitor.portal.wait_for_mail("social.worker@example.org", ".ics")

    visitor.page.get_by_role("link", name=re.compile("^Cancel booking")).first.click()
    visitor.look()
    visitor.press("Cancel booking")
    assert days_used(visitor) == 3
    visitor.portal.wait_for_mail("social.worker@example.org", "cancelled")


def test_two_browsers_want_the_last_place_and_one_has_it(arrive):
    address = None
    pair = [arrive(), arrive()]
    for visitor, email in zip(pair, ["manager@example.org", "panel@example.org"], strict=True):
        visitor.sign_in(email)
    first = pair[0]
    first.go("/training/courses/")
    address = find_last_place(first)
    for visitor in pair:
        visitor.go(address)

    # Both forms are sent at the very same time, as their browsers would send them.
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(send_booking, [form_of(visitor) for visitor in pair]))

    told = sorted("This session is full" in answer for answer in answers)
    assert told == [False, True]
    loser = pair[[("This session is full" in answer) for answer in answers].index(True)]
    loser.go(address)
    loser.look()
    loser.press("Tell me when a place comes up")
    assert loser.sees("You are on the list")


def find_last_place(visitor):
    """Return the address of a session that is booked at once and of which one place is left."""
    visitor.go("/training/courses/")
    seen = set()
    while True:
        links = (
            visitor.page.get_by_role("main")
            .get_by_role("link")
            .evaluate_all("links => links.map(link => link.getAttribute('href'))")
        )
        for course in links:
            if not re.fullmatch(r"/training/courses/[^/?]+/", course) or course in seen:
                continue
            seen.add(course)
            html = visitor.page.request.get(visitor.portal.url + course).text()
            for address in dict.fromkeys(re.findall(r"/training/sessions/\d+/", html)):
                page = visitor.page.request.get(visitor.portal.url + address).text()
                is_booked_at_once = "Book a place" in page and "is asked first" not in page
                if re.search(r">1 place left<", page) and is_booked_at_once:
                    return address
        following = visitor.page.get_by_role("link", name=re.compile("^Next"))
        if not following.count():
            raise AssertionError("No session has exactly one place left.")
        following.click()


def form_of(visitor):
    """Return what the browser would send when the button is pressed."""
    form = visitor.page.get_by_role("main").locator("form", has_text="Book a place")
    fields = form.locator("input[type=hidden]").evaluate_all(
        "inputs => inputs.map(input => [input.name, input.value])"
    )
    cookies = {cookie["name"]: cookie["value"] for cookie in visitor.page.context.cookies()}
    return (
        visitor.portal.url + form.get_attribute("action"),
        dict(fields),
        cookies,
        visitor.page.url,
    )


def send_booking(sent):
    address, fields, cookies, page = sent
    answer = requests.post(
        address, data=fields, cookies=cookies, headers={"Referer": page}, timeout=30
    )
    return answer.text


def test_a_manager_nominates_and_an_officer_enrols(arrive):
    manager = arrive()
    manager.sign_in("manager@example.org")
    manager.go("/training/team/")
    manager.look()
    nominate(manager, "Gita Rao", "The graduate scheme (GETS)")
    manager.go("/training/team/")
    nominate(manager, "Edie Marlow", "A training session")

    portal = manager.portal
    assert "graduate scheme (GETS)" in portal.wait_for_mail(
        "graduate@example.org", "You have been nominated"
    )
    for address in ["manager@example.org", "nominations@example.org"]:
        assert "graduate scheme (GETS)" in portal.wait_for_mail(address, "Nomination: Gita Rao for")
    portal.wait_for_mail("educator@example.org", "You have been nominated")

    officer = arrive()
    officer.sign_in("officer@example.org")
    officer.look()
    officer.go("/admin/training/nomination/")
    officer.look()
    row = officer.page.get_by_role("row").filter(has_text="Gita Rao").first
    row.get_by_role("checkbox").check()
    officer.page.locator("select[name=action]").select_option(
        label="Enrol the selected nominations"
    )
    officer.page.get_by_role("button", name="Run").or_(
        officer.page.get_by_role("button", name="Go")
    ).first.click()
    for address in ["graduate@example.org", "manager@example.org"]:
        portal.wait_for_mail(address, "enrolled")


def nominate(manager, person, what_for):
    page = manager.page
    page.get_by_role("row").filter(has_text=person).get_by_role("link").click()
    page.get_by_label(what_for).check()
    if what_for.startswith("The graduate"):
        page.get_by_role("group", name="Which intake?").get_by_role("radio").first.check()
    else:
        page.get_by_label("Which session?").select_option(index=2)
    page.get_by_label(f"Why {person}, and why now?").fill("Ready for the next step.")
    manager.look()
    manager.press("Nominate")
    manager.look()


def test_filters_with_a_mistake_in_them_stay_open_on_a_small_screen(visitor):
    visitor.sign_in("social.worker@example.org")
    visitor.page.set_viewport_size({"width": 375, "height": 900})
    visitor.go("/training/courses/?q=court")
    assert not visitor.page.get_by_label("Near a town or postcode").is_visible()

    visitor.go("/training/courses/?place=Nowhereville")
    visitor.page.get_by_role("link", name="We do not know a place called").click()

    focused = visitor.page.evaluate("document.activeElement.name")
    assert focused == "place"
