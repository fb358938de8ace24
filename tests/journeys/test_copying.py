"""Applying a second time from the first application, and applying as somebody who works here."""

import re

from tests.journeys.applying import check_what_was_copied, write_examples

EARLIER = re.compile(r"^A-[A-Z0-9]{6} \(.*, sent on ")


def start(seeker, search, *, copying=False):
    """Begin an application for a job they have not applied for."""
    seeker.go(f"/vacancies/?{search}&sort=closing")
    for number in range(seeker.page.locator(".hp-card a").count()):
        seeker.go(f"/vacancies/?{search}&sort=closing")
        seeker.page.locator(".hp-card a").nth(number).click()
        apply = seeker.page.get_by_role("main").get_by_role("button", name="Apply for this job")
        if apply.count():
            apply.first.click()
        if seeker.page.get_by_role("button", name="Start your application").count():
            break
    seeker.look()
    if copying:
        seeker.page.get_by_role("radio", name=EARLIER).first.check()
    seeker.press("Start your application")


def test_a_second_application_begins_with_the_answers_of_the_first(visitor):
    page = visitor.page
    visitor.sign_in("job.seeker@example.org")
    start(visitor, "q=early+help+worker", copying=True)
    assert visitor.sees("Copied, check it")
    visitor.look()
    visitor.follow("Tell us how to reach you")
    assert visitor.sees(re.compile("This comes from your application A-"))
    visitor.look()
    visitor.press("Save and continue")

    check_what_was_copied(visitor)
    write_examples(visitor)
    if page.get_by_role("link", name="Tell us about your registration").count():
        visitor.follow("Tell us about your registration")
        page.get_by_label("Not yet, I am waiting to be registered").check()
        visitor.press("Save and continue")
    if page.get_by_role("link", name="Choose where you would work").count():
        visitor.follow("Choose where you would work")
        page.get_by_role("combobox").first.select_option(label="1st choice")
        visitor.press("Save and continue")
    visitor.follow("Check your answers and send")
    visitor.look()
    visitor.press("Continue")
    assert visitor.sees("equality")


def test_somebody_who_works_here_finds_what_is_known_filled_in(visitor):
    visitor.sign_in("manager@example.org")
    start(visitor, "q=social+worker")
    visitor.look()
    visitor.follow("Add your work since full-time education")
    visitor.page.get_by_label("Month").fill("7")
    visitor.page.get_by_label("Year").fill("2012")
    visitor.press("Save and continue")
    assert visitor.sees("We filled this in from your staff record.")
    visitor.page.goto(visitor.page.url.split("employment")[0])
    visitor.follow("Tell us how to reach you")
    visitor.look()
    assert visitor.page.get_by_label("Full name").input_value() != ""


def test_somebody_for_whom_nothing_fits_joins_the_register_and_leaves(visitor):
    page = visitor.page
    visitor.sign_in("graduate@example.org")
    visitor.go("/vacancies/?q=lighthouse+keeper")
    visitor.follow("Nothing fits now? Join our register of interest")
    visitor.press("Join the register")
    assert visitor.is_told_what_is_wrong()
    visitor.look()
    page.get_by_label("Social work", exact=True).check()
    page.get_by_role("group", name="Where could you work?").get_by_role("checkbox").first.check()
    page.get_by_label("Part time", exact=True).check()
    page.get_by_label("Not yet, I am waiting to be registered").check()
    page.get_by_label("I agree to this").check()
    visitor.press("Join the register")
    assert visitor.sees("You are on our register of interest")
    visitor.look()
    visitor.press("Leave the register now")
    assert visitor.sees("You have left the register")
