"""A job seeker finds a job, signs up, applies, and HR moves the application on."""

import re
import uuid

from tests.journeys.visitor import code_in

PASSWORD = "heather-on-the-hill-9"
CV = {
    "name": "my-cv.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
}
EXAMPLE = (
    "I have worked with families for six years. In my last post I led 14 child protection plans "
    "and helped two parents keep their children safely at home."
)
UNFINISHED = re.compile("Not finished")


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


def begin(seeker, task):
    """Open a section from the task list and look at it."""
    seeker.follow(task)
    seeker.look()


def fill_in_who_they_are(seeker):
    page = seeker.page
    begin(seeker, "Tell us how to reach you")
    seeker.press("Save and continue")
    assert page.title().startswith("Error: ")
    seeker.look()
    page.get_by_label("Phone number").fill("01632 960 222")
    page.get_by_label("Town or city").fill("Basingstoke")
    seeker.press("Save and continue")
    begin(seeker, "Tell us about your right to work")
    page.get_by_role("group", name="Do you have the right to work in the UK?").get_by_label(
        "Yes"
    ).check()
    page.get_by_role("group", name="Do you need us to sponsor a visa").get_by_label("No").check()
    seeker.press("Save and continue")
    begin(seeker, "Tell us about your registration")
    registration = page.get_by_role("group", name="Are you registered with Social Work England?")
    registration.get_by_role("radio").nth(1).check()
    seeker.press("Save and continue")
    where = page.get_by_role("link", name="Choose where you would work")
    if where.count():
        begin(seeker, "Choose where you would work")
        page.get_by_role("combobox").first.select_option(label="1st choice")
        seeker.press("Save and continue")


def give_referees(seeker):
    page = seeker.page
    begin(seeker, "Give two referees")
    for name, legend in [("Wanda Rook", "first"), ("Piers Alder", "second")]:
        referee = page.get_by_role("group", name=f"Your {legend} referee")
        referee.get_by_label("An employer or manager").check()
        referee.get_by_label("Their full name").fill(name)
        referee.get_by_label("Where they work").fill("Weir School")
        email = f"{name.lower().replace(' ', '.')}@example.org"
        referee.get_by_label("Their e-mail address").fill(email)
        referee.get_by_label("Yes").check()
    seeker.press("Save and continue")


def write_examples(seeker):
    """Write an example for each thing the job must have, and leave what only helps."""
    page = seeker.page
    group = page.locator("h2", has_text="Show how you meet what the job asks for")
    tasks = group.locator("xpath=following-sibling::ul[1]").locator("li", has_text=UNFINISHED)
    first = True
    while tasks.count():
        tasks.first.get_by_role("link").click()
        if first:
            seeker.look()
            first = False
        page.get_by_role("textbox").first.fill(EXAMPLE)
        seeker.press("Save and continue")
        page.get_by_role("heading", name="Your application", level=1).wait_for()


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
    seeker.follow(re.compile("^Social worker"))
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
    fill_in_who_they_are(seeker)
    give_referees(seeker)
    begin(seeker, "Add a CV")
    page.locator("input[type=file]").set_input_files(CV)
    seeker.press("Upload and continue")
    write_examples(seeker)
    seeker.look()
    seeker.follow("Check your answers and send")
    assert seeker.sees(EXAMPLE)
    assert seeker.sees("my-cv.pdf")
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
