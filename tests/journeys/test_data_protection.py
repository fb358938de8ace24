"""What is past its time goes, what is held stays, and somebody gets everything we hold about them."""

import json
import re
import zipfile
from pathlib import Path

MAKE_PACKS = "from accounts.tasks import make_packs_that_were_asked_for as make; make()"
LAST_YEAR = "last.year@example.org"


def ask_until(person, link, words, tries=30):
    """Look again until the page has the words."""
    for _ in range(tries):
        if person.page.get_by_text(words).count():
            return
        person.page.wait_for_timeout(2_000)
        person.follow(link)
    raise AssertionError(f"The page never said “{words}”.")


def test_words_go_on_their_day_and_a_pack_is_made_of_the_rest(arrive, portal):
    applicant, hr = arrive(), arrive()
    page = applicant.page

    # The applicant of last year has been warned: what they told is still there.
    applicant.sign_in(LAST_YEAR)
    applicant.go("/applications/")
    page.get_by_role("main").get_by_role("link").first.click()
    reference = re.search(r"A-[A-Z0-9]{6}", page.url)[0]
    assert page.get_by_text("What you told us in this application was deleted").count() == 0

    # HR sees in the dry run what goes tonight, and that something is held.
    hr.sign_in("hr@example.org")
    hr.go("/admin/accounts/dry-run/")
    row = hr.page.get_by_role("row", name=re.compile("^Words of applications"))
    row.get_by_text(re.compile("1 of 1")).click()
    assert row.get_by_text(reference).count() == 1
    hr.go("/admin/accounts/legalhold/")
    assert hr.page.get_by_text("Mavis Ockenden").count() == 1

    # A pack of everything, asked for on the person's own page.
    applicant.go("/accounts/your-data/")
    applicant.look()
    applicant.press("Make my file")
    portal.manage(
        "shell", "--no-imports", "-c", MAKE_PACKS
    )  # as the timetable does every few seconds
    ask_until(applicant, "See whether it is ready", "Ready since")
    applicant.look()
    with page.expect_download() as download:
        applicant.follow(re.compile("^Download everything"))
    with zipfile.ZipFile(Path(download.value.path())) as packed:
        told = json.loads(packed.read("everything.json"))
    assert "Weir College" in json.dumps(told)

    # The run of the night: the words are gone, and HR reads the record of it.
    portal.manage("keep_only_what_we_may", "--only", "unsuccessful_application")
    applicant.go(f"/applications/{reference}/")
    assert applicant.sees("What you told us in this application was deleted")
    hr.go("/admin/accounts/deletionrecord/")
    assert hr.page.get_by_role("row", name=re.compile("unsuccessful_application")).count() == 1

    # The account is closed by its owner.
    applicant.go("/accounts/close/")
    applicant.look()
    applicant.press("Close my account")
    if page.get_by_label("Password", exact=True).count():
        page.get_by_label("Password", exact=True).fill("riverbank-lantern-42")
        applicant.press("Continue")
        if page.get_by_role("button", name="Close my account").count():
            applicant.press("Close my account")
    assert applicant.sees("Your account is closed")
