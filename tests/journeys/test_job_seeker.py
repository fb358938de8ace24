"""A job seeker finds a job, signs up, applies, and HR moves the application on."""

import re
import uuid

from tests.journeys.applying import EXAMPLE, begin, tell_everything
from tests.journeys.visitor import code_in

PASSWORD = "heather-on-the-hill-9"
CV = {
    "name": f"{'my-cv-' * 24}.pdf",  # so long that a page would be wider than its window
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
}


def sign_up(seeker, email):
    page = seeker.page
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Full name").fill("Noor Lindqvist")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    seeker.press("Create an account")
    seeker.look()
    code = code_in(seeker.portal.wait_for_mail(email, "code"))
    page.get_by_label("Code").fill(code)
    seeker.press("Continue")


def test_a_job_seeker_finds_a_job_applies_and_is_told_what_becomes_of_it(arrive):
    seeker = arrive()
    page = seeker.page
    email = f"noor.{uuid.uuid4().hex[:8]}@example.org"

    # Searching from the home page, then narrowing.
    seeker.go("/")
    page.get_by_label("Job title or keyword").fill("social worker")
    page.get_by_label("Town or postcode").fill("Basingstoke")
    seeker.press("Search")
    page.get_by_label("Distance").select_option("10")
    seeker.press("Search")
    everything = int(re.search(r"(\d+) vacanc", page.get_by_role("main").inner_text())[1])
    page.get_by_label("Permanent").check()
    seeker.press("Show results")
    permanent = int(re.search(r"(\d+) vacanc", page.get_by_role("main").inner_text())[1])
    assert 0 < permanent < everything
    seeker.look()
    # One of the demo's own, which take a CV; other journeys publish adverts that do not.
    seeker.follow(re.compile("^Social worker, family help"))
    seeker.look()
    title = page.get_by_role("heading", level=1).inner_text()

    # Applying leads through signing up and back to the job.
    seeker.press("Apply for this job")
    page.get_by_role("main").get_by_role("link", name="Create an account").click()
    seeker.look()
    sign_up(seeker, email)
    assert page.get_by_role("heading", level=1).inner_text() == "Apply for this job"
    seeker.look()
    seeker.press("Start your application")

    seeker.look()
    tell_everything(seeker)
    begin(seeker, "Add a CV")
    page.locator("input[type=file]").set_input_files(CV)
    seeker.press("Upload and continue")
    seeker.look()
    begin(seeker, "Add a CV")
    assert seeker.sees(CV["name"])
    seeker.look()
    seeker.press("Continue with this CV")
    seeker.follow("Check your answers and send")
    assert seeker.sees(EXAMPLE)
    assert seeker.sees(CV["name"])
    seeker.look()
    seeker.press("Continue")
    seeker.press("Skip the questions and send application")

    reference = re.search(r"A-[A-Z0-9]{6}", page.get_by_role("main").inner_text())[0]
    seeker.look()

    # The same reference is in the letter, and the application is in the list.
    letter = seeker.portal.wait_for_mail(email, reference)
    assert title in letter
    assert reference in seeker.portal.wait_for_mail("recruitment@example.org", reference)
    seeker.go("/applications/")
    assert seeker.sees(title)
    seeker.look()
    seeker.go(f"/applications/{reference}/")
    seeker.look()

    # HR finds it on the index and moves it on; the applicant is told.
    hr = arrive()
    hr.sign_in("hr@example.org")
    hr.page.get_by_role("link", name=re.compile("new applications")).click()
    hr.look()
    hr.page.get_by_role("link", name=reference).click()
    hr.look()
    hr.page.get_by_role("link", name="Move along").click()
    hr.look()
    hr.page.get_by_role("radio").first.check()
    hr.page.get_by_role("button", name="Move and tell the applicant").click()
    assert title in seeker.portal.wait_for_mail(email, f"Your application {reference} for")


def test_a_job_seeker_withdraws_another_application(visitor):
    visitor.sign_in("job.seeker@example.org")
    visitor.go("/applications/")
    visitor.page.locator(".hp-card", has_text="Received").get_by_role("link").first.click()
    visitor.follow("Withdraw this application")
    visitor.look()
    visitor.press("Withdraw application")

    assert visitor.sees("Withdrawn")
    visitor.look()
    visitor.portal.wait_for_mail("job.seeker@example.org", "withdrawn")
