"""From the offer to the first day: HR offers, the applicant says yes on a phone, and then they are staff."""

import re

from demo.people import address
from tests.journeys.test_checks import press, sign_in_with_a_code

PHONE = {"width": 375, "height": 740}
# What other journeys go through page by page: the references, the self-declaration, the search online.
SETTLE = """
from tests.factories.checks import accept_references
from tests.factories.disclosing import settle_disclosure
from applications.models import Application
application = Application.objects.get(reference="{reference}")
application.reference_requests.all().delete()
accept_references(application)
application.risk_assessments.all().delete()
settle_disclosure(application)
"""
FIRST_DAY = """
from applications.tasks import begin_the_work_of_people_whose_first_day_has_come as begin
begin()
begin()
"""


def day_in(page, days):
    """Return the date so many days from today, as a date box takes it."""
    return page.evaluate(
        "days => { const day = new Date(); day.setDate(day.getDate() + days);"
        " return day.toISOString().slice(0, 10); }",
        days,
    )


def do_every_check(hr, second, checks):
    """Note what was seen of every check on the page, and have a second person confirm each."""
    for person, words in [(hr, "Note what was seen"), (second, "Confirm it")]:
        person.go(checks)
        left = person.page.get_by_role("link", name=re.compile(f"^{words}"))
        assert left.count()
        while number := left.count():
            left.first.click()
            if person is hr:
                fill_in_what_was_seen(person.page)
                press(person, "Save")
            else:
                press(person, "Confirm")
            person.page.wait_for_url(f"**{checks}")
            assert left.count() == number - 1


def fill_in_what_was_seen(page):
    """Fill in what a check of any kind must have."""
    page.get_by_label("What was seen").fill("The original, and the photo is theirs.")
    for label, words in [("Certificate number", "001234567890"), ("Issued on", day_in(page, -1))]:
        for box in page.get_by_label(label).all():
            box.fill(words)
    for label in ("Level", "What was decided", "Which way"):
        for box in page.get_by_label(re.compile(f"^{label}")).all():
            box.select_option(
                {"Level": "enhanced_barred", "Which way": "manual"}.get(label, "nothing")
            )


def test_from_the_offer_to_the_first_day(arrive, portal):
    hr, second, applicant = arrive(), arrive(), arrive()
    hr.sign_in("hr@example.org")
    hr.go("/admin/applications/application/?state__exact=interview")
    # Not one of the people who sign in: other journeys need where they stand, and their address is another.
    rows = hr.page.locator("#result_list tbody tr")
    row = rows.filter(has_not_text=re.compile("Jo Castle|Rita Holm")).first
    reference = row.locator("th").inner_text()
    name = row.locator(".field-full_name").inner_text()
    row.get_by_role("link", name=reference).click()
    hr.page.get_by_role("link", name="Make an offer").click()
    hr.page.get_by_label("Start date we propose").fill(day_in(hr.page, 30))
    hr.look()
    press(hr, "See the letter")
    assert hr.sees("Nothing has been sent yet.")
    hr.look()
    press(hr, "Send the offer")
    assert hr.sees("Done. The applicant has been told.")
    offer = hr.page.url.removeprefix(portal.url)
    hr.look()

    applicant.page.set_viewport_size(PHONE)
    mail = portal.wait_for_mail(address(name), "We would like to offer you this job")
    assert "do not give notice" in mail
    sign_in_with_a_code(applicant, address(name))
    applicant.go(f"/applications/{reference}/")
    applicant.look()
    applicant.follow("Read the offer and answer it")
    applicant.look()
    applicant.follow("Answer this offer")
    applicant.look()
    applicant.page.get_by_label("Yes, I accept this offer").check()
    applicant.press("Send my answer")
    assert applicant.sees("You have accepted our offer. Thank you.")
    applicant.look()

    hr.go(f"{offer}confirm/")
    assert hr.sees("The offer stays conditional.")
    hr.look()
    portal.manage("shell", "--no-imports", "-c", SETTLE.format(reference=reference))
    second.sign_in("admin@example.org")
    hr.page.get_by_role("link", name="Go to the checks").click()
    hr.page.wait_for_url(re.compile(r"/checks/\d+/$"))
    do_every_check(hr, second, hr.page.url.removeprefix(portal.url))
    hr.go(hr.page.url.removeprefix(portal.url))
    assert hr.sees("Nothing stands in the way of a firm offer today.")
    hr.look()
    hr.go(f"{offer}confirm/")
    hr.look()
    hr.page.get_by_label("First day").fill(day_in(hr.page, 0))
    hr.page.get_by_label("Time to arrive").fill("09:30")
    hr.page.get_by_label("Employee number").fill("J90001")
    press(hr, "Make it firm and tell the applicant")
    assert hr.sees("Done. The applicant has been told.")
    portal.wait_for_mail(address(name), "You can give notice in your present job now.")

    portal.manage("shell", "--no-imports", "-c", FIRST_DAY)

    applicant.go("/training/")
    assert re.search(r"of [\d½ ]+ days?", applicant.page.get_by_role("main").inner_text())
    applicant.look()
    applicant.go(f"/applications/{reference}/offer/")
    assert applicant.sees("You started on")
    hr.go(offer)
    assert hr.sees("Started work")
    hr.look()
