"""From an offer towards the first day: HR records the checks, a second person confirms, the register is read."""

import re

from django.utils import timezone

from demo.people import address
from tests.journeys.visitor import code_in

DBS = "Enhanced DBS with the children’s barred list"
FIRST, SECOND = "hr@example.org", "admin@example.org"


def press(person, words):
    person.page.get_by_role("button", name=words, exact=True).click()


def about(words, kind):
    """The name of a link whose last words are for who does not see where it stands."""
    return re.compile(f"^{re.escape(words)} ?: {re.escape(kind)}$")


def note(person, kind, **choices):
    person.page.get_by_role("link", name=about("Note what was seen", kind)).click()
    person.page.get_by_label("What was seen").fill("The original, and the photo is theirs.")
    for label, words in choices.items():
        person.page.get_by_label(label.replace("_", " "), exact=False).first.fill(words)


def test_hr_records_the_checks_of_somebody_and_a_second_person_confirms(arrive):
    hr, second = arrive(), arrive()
    hr.sign_in(FIRST)
    hr.go("/admin/applications/checks/matrix/")
    hr.look()
    hr.go("/admin/applications/checks/")
    hr.look()
    row = hr.page.get_by_role("row").filter(has_text="Identity").first
    name = row.get_by_role("link").inner_text()
    row.get_by_role("link").click()
    hr.page.wait_for_url(re.compile(r"/checks/\d+/$"))
    checks = hr.page.url.removeprefix(hr.portal.url)
    hr.look()

    note(hr, "Identity", Document_number="123456789")
    hr.look()
    press(hr, "Save")
    hr.page.get_by_role("link", name=about("Confirm it", "Identity")).click()
    press(hr, "Confirm")
    assert hr.sees("Identity: confirmed")

    note(hr, DBS, Certificate_number="001234567890", Issued_on=timezone.localdate().isoformat())
    press(hr, "Save")
    assert hr.sees("Choose the level of the certificate.")
    hr.page.get_by_label("Level").select_option("enhanced_barred")
    hr.page.get_by_label("What was decided").select_option("nothing")
    press(hr, "Save")
    hr.page.get_by_role("link", name=about("Put right, or see it again", DBS)).wait_for()
    assert hr.page.get_by_role("link", name=about("Confirm it", DBS)).count() == 0

    second.sign_in(SECOND)
    second.go(checks)
    second.page.get_by_role("link", name=about("Confirm it", DBS)).click()
    second.look()
    press(second, "Confirm")
    assert second.sees(f"{DBS}: confirmed")

    applicant = arrive()
    sign_in_with_a_code(applicant, address(name))
    applicant.go("/applications/")
    applicant.page.get_by_role("main").locator("article a, .govuk-summary-card a").first.click()
    assert applicant.sees("The checks before you start")
    applicant.look()


def sign_in_with_a_code(person, email):
    person.go("/accounts/login/code/")
    person.page.get_by_label("E-mail address").fill(email)
    person.page.get_by_role("main").get_by_role("button").first.click()
    person.page.get_by_label("Code").fill(code_in(person.portal.wait_for_mail(email, "code")))
    person.press("Continue")
    person.page.wait_for_url(lambda url: "/login/" not in url)


def test_the_register_is_looked_at_and_its_list_brought_back(arrive):
    hr = arrive()
    hr.sign_in(FIRST)
    hr.go("/admin/applications/ledger/")
    hr.look()
    hr.page.get_by_text("Whose they are").click()
    whose = hr.page.locator("details li").first.inner_text()
    number, name = re.match(r"(SW\d+): ([^,]+),", whose).groups()
    rows = (
        f"Reg no,Full name,Registration status\n{number},{name},Registered\nSW1,Nobody,Registered\n"
    )
    hr.page.get_by_label("The list from the register").set_input_files(
        {"name": "list.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    press(hr, "Read the list")
    assert hr.sees("1 of 2 rows say that somebody may practise.")
    assert hr.sees("Nobody whose check is due has the number SW1.")
    hr.look()


def test_the_central_record_shows_what_was_seen_of_each_check(arrive):
    hr = arrive()
    hr.sign_in(FIRST)
    hr.go("/admin/applications/central-record/")
    hr.look()
    hr.page.get_by_role("row").nth(1).get_by_role("link").click()
    hr.page.wait_for_url(re.compile("/inspection/"))
    assert hr.sees("Every month has a job or an explanation.") or hr.sees("Without an explanation")
    hr.look()
