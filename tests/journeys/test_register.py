"""HR reads a list of staff in, sees who would join, and imports them; somebody who returns finds training."""

import csv
import io
import time

from tests.journeys.test_import import wait_for

HEADINGS = ["Employee number", "Name", "E-mail", "Role", "Team", "Started on", "Working pattern"]
TEAM = "Family Help Basingstoke North"


def staff(number, email):
    """Return a list with somebody new and a row that has two mistakes."""
    rows = [
        HEADINGS,
        [f"J{number}", "Wren Halloway", email, "Social worker", TEAM, "2 November 2026",
         "Mon-Fri / Mon-Thu"],
        [f"K{number}", "Ivo Larch", "nowhere", "Social worker", TEAM, "2 November 2026",
         "most days"],
    ]  # fmt: skip
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    return {"name": "staff.csv", "mimeType": "text/csv", "buffer": file.getvalue().encode()}


def test_somebody_new_comes_by_a_list_and_is_staff(arrive):
    number = int(time.time()) % 100_000
    email = f"wren.halloway{number}@example.org"
    hr = arrive()
    hr.sign_in("hr@example.org")
    hr.go("/admin/organisation/registerimport/add/")
    hr.look()
    hr.page.get_by_label("File", exact=False).set_input_files(staff(number, email))
    hr.page.get_by_role("button", name="Check this list").click()

    wait_for(hr, "Import the 1 good row")
    hr.look()
    assert hr.page.get_by_text("“nowhere” is not an e-mail address.").is_visible()
    assert hr.page.get_by_text("Working pattern: Mon-Fri / Mon-Thu").is_visible()
    hr.page.get_by_role("button", name="Import the 1 good row").click()
    wait_for(hr, "Imported.")
    hr.look()

    hr.go(f"/admin/organisation/staffmember/?q=J{number}")
    hr.page.get_by_role("link", name="Wren Halloway").click()
    assert hr.page.get_by_label("Half days worked").first.input_value() == "Mon-Fri / Mon-Thu"


def test_a_returner_finds_training_and_books_it(visitor):
    visitor.sign_in("returner@example.org")
    assert visitor.page.url.endswith("/training/bookings/")
    visitor.look()
    visitor.go("/training/courses/")
    assert visitor.sees("Find training")
    visitor.look()
    assert visitor.page.get_by_role("link", name="My development").count() == 0
