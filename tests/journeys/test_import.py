"""HR brings adverts in from a spreadsheet, reads what is wrong with it, and takes adverts away."""

import csv
import io
import time
from datetime import date, timedelta

HEADINGS = ["Job ID", "Job title", "Role", "Team", "Salary", "Location", "Closing date", "Advert"]
TEAM = "Family Help Basingstoke North"


def adverts(word):
    """Return a file with two good rows and one that has two mistakes."""
    closing = date.today() + timedelta(days=60)  # noqa: DTZ011
    rows = [
        HEADINGS,
        ["1", f"{word} one", "Social worker", TEAM, "£37,200 - £41,800 pro rata", "RG21",
         f"{closing:%d/%m/%y}", "<p>Work with families &amp; schools.</p>"],
        ["2", f"{word} two", "Social worker", TEAM, "lots", "Alton", "soon", "Text"],
        ["3", f"{word} three", "Personal assistant", TEAM, "negotiable", "Alton",
         f"{closing:%-d %B %Y}", "Text"],
    ]  # fmt: skip
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    return {"name": f"{word}.csv", "mimeType": "text/csv", "buffer": file.getvalue().encode()}


def wait_for(hr, words, seconds=40):
    """Look at the page again until a worker has done its part."""
    deadline = time.monotonic() + seconds
    while not hr.page.get_by_text(words).count():
        assert time.monotonic() < deadline, f"The page never said “{words}”."
        time.sleep(0.5)
        hr.page.reload()


def test_adverts_come_in_from_a_spreadsheet_and_go_out_again(arrive):
    word = f"Harbour{int(time.time()) % 100_000}"
    hr = arrive()
    hr.sign_in("hr@example.org")
    hr.go("/admin/vacancies/importrun/add/")
    hr.look()
    hr.page.get_by_label("Where it comes from", exact=False).fill(word)
    hr.page.get_by_label("File", exact=False).set_input_files(adverts(word))
    hr.page.get_by_role("button", name="Check this file").click()

    wait_for(hr, "Import the 2 good rows")
    hr.look()
    assert hr.page.get_by_text("We could not find an amount in “lots”.").is_visible()
    assert hr.page.get_by_text("We could not read “soon” as a date.").is_visible()

    hr.page.get_by_role("button", name="Import the 2 good rows").click()
    wait_for(hr, "Adverts of this file")
    hr.look()
    hr.page.get_by_role("link", name=f"{word} one").click()
    assert hr.page.get_by_label("Title", exact=False).first.input_value() == f"{word} one"

    hr.go("/admin/vacancies/export/")
    hr.look()
    hr.page.get_by_label("Adverts").select_option(label="Draft")
    hr.page.get_by_label("CSV").check()
    with hr.page.expect_download() as waiting:
        hr.page.get_by_role("button", name="Export").click()
    text = waiting.value.path().read_text(encoding="utf-8-sig")
    titles = {row["Title"] for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert {title for title in titles if word in title} == {f"{word} one", f"{word} three"}


def test_the_reports_and_the_campaign_are_sound_wide_and_narrow(visitor):
    visitor.sign_in("hr@example.org")
    for report in (
        "views",
        "interest",
        "time-to-fill",
        "stalled",
        "funded-posts",
        "permanent-posts",
    ):
        assert visitor.go(f"/admin/vacancies/reports/{report}/").status == 200
        visitor.look()
    visitor.go("/admin/vacancies/campaign/")
    visitor.page.get_by_role("link", name="100 more social workers").click()
    visitor.page.get_by_role("link", name="How it stands").click()
    visitor.look()
