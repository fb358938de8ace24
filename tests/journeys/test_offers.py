"""From the offer to the first day: HR offers, the applicant says yes on a phone, and then they are staff."""

import re

from demo.people import address
from tests.journeys.test_checks import press, sign_in_with_a_code

PHONE = {"width": 375, "height": 740}
SETTLE = """
from tests.factories.disclosing import settle_disclosure
from accounts.models import User
from applications.actions import leave_check_out
from applications.models import Application
application = Application.objects.get(reference="{reference}")
officer = User.objects.get(email="hr@example.org")
for check in application.checks.all():
    leave_check_out(check=check, reason="Seen on another journey.", by=officer)
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


def test_from_the_offer_to_the_first_day(arrive, portal):
    hr, applicant = arrive(), arrive()
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
