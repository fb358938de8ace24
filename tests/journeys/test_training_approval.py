"""A place that a manager approves first: asked for, looked at with the cover, and declined for another date."""

import re


def sessions_asked_about(manager):
    """Return the addresses of the sessions that the demo's manager is asked about."""
    links = manager.page.get_by_role("main").locator("a[href^='/training/waiting-for-me/']")
    pages = links.evaluate_all("links => links.map(link => link.href)")
    html = "".join(manager.page.request.get(page).text() for page in dict.fromkeys(pages))
    return list(dict.fromkeys(re.findall(r"/training/sessions/\d+/", html)))


def open_one_that_is_asked_for(person, addresses):
    """Go to the first of the sessions that the person may book and the manager is asked about first."""
    for address in addresses:
        person.go(address)
        button = person.page.get_by_role("button", name="Book a place")
        if button.count() and person.sees("is asked first"):
            return address
    raise AssertionError("The person may ask for none of these sessions.")


def test_a_manager_declines_with_another_date_and_the_person_sees_it(arrive):
    manager, person = arrive(), arrive()
    manager.sign_in("manager@example.org")
    manager.go("/training/waiting-for-me/")
    manager.look()
    addresses = sessions_asked_about(manager)
    manager.follow(re.compile("^Decide"))
    manager.look()

    person.sign_in("social.worker@example.org")
    address = open_one_that_is_asked_for(person, addresses)
    person.look()
    person.press("Book a place")
    person.portal.wait_for_mail("social.worker@example.org", "We keep a place for you")

    asked = manager.portal.wait_for_mail("manager@example.org", "Can Sam Okafor go to")
    manager.go(re.search(r"/training/waiting-for-me/\d+/", asked)[0])
    assert manager.sees("Can Sam Okafor go?")
    assert manager.sees("Who is at work if they go")
    assert manager.page.get_by_role("table", name="Who is at work if they go").is_visible()
    manager.look()
    manager.press("Decline")
    assert manager.sees("Choose another date for them")
    manager.look()
    manager.page.get_by_label("Why not this date?").fill("Two of us are in court that week.")
    manager.page.get_by_role("group", name="Which other date").get_by_role("radio").first.check()
    manager.press("Decline")
    assert manager.sees("Declined. We have told Sam Okafor why.")

    told = person.portal.wait_for_mail("social.worker@example.org", "Not this time")
    assert "Two of us are in court that week." in told
    assert "They suggest another date" in told
    [other] = set(re.findall(r"/training/sessions/\d+/", told)) - {address}
    person.go(other)
    assert person.page.get_by_role("button", name="Book a place").is_visible()
    person.look()


def test_a_manager_sends_suitable_dates_with_one_click(arrive):
    manager = arrive()
    manager.sign_in("manager@example.org")
    manager.go("/training/team/")
    manager.look()
    manager.page.get_by_role("button", name=re.compile(r"Send \d dates? to Sam Okafor")).click()
    manager.look()

    told = manager.portal.wait_for_mail("social.worker@example.org", "Dates for your five days")

    assert "Maggie Thornhill has looked for training" in told
    assert len(set(re.findall(r"/training/sessions/\d+/", told))) in range(1, 6)
