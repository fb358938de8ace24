"""An advert from the first word of a hiring manager to its end, and who sees what on the way."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

MANAGER, HR = "hiring.manager@example.org", "hr@example.org"
STEPS = [
    "Dates and who sees it",
    "Who it suits",
    "The advert",
    "What people need",
    "Payments on top of the salary",
    "Contact",
]


@pytest.fixture
def title():
    return f"Social worker, Kestrel{uuid.uuid4().hex[:6]}"


def heading(visitor):
    return visitor.page.get_by_role("heading", level=1).inner_text()


def write(manager, title):
    """Write an advert from the start to the page on which it is sent. Returns its reference."""
    page = manager.page
    manager.go("/vacancies/writing/")
    manager.look()
    manager.follow("Write an advert") if page.get_by_role(
        "link", name="Write an advert"
    ).count() else (page.get_by_role("button", name="Write an advert").click())
    manager.look()
    manager.press("Start the advert")
    assert manager.sees("Enter a title, like “Social worker, family help”")
    page.get_by_label("Role").select_option(label="Social worker")
    page.get_by_label("Title").fill(title)
    manager.press("Start the advert")
    for name in ("Pay and hours", "Places", *STEPS):
        assert heading(manager) == name
        manager.look()
        fill(manager, name)
        manager.press("Save and continue")
    assert heading(manager) == "Check the advert before you send it"
    return page.url.split("/")[-3]


def fill(manager, step):
    page = manager.page
    if step == "The advert":
        page.get_by_label("Summary").fill("A fast-paced job with families.")
        page.get_by_label("The advert", exact=True).fill("## Your week\n\n- You visit families")
        manager.press("Save and check the wording")
        assert manager.sees("fast-paced")
        manager.look()
        page.get_by_label("Summary").fill("Work with families in one town.")
    if step == "What people need":
        page.get_by_label("What people need").fill("You are registered.\nYou are kind.")


def do(hr, reference, button, **words):
    """As HR, open the advert, press one of its buttons, and do what its page asks."""
    hr.go(f"/admin/vacancies/vacancy/?q={reference}")
    hr.page.locator("#result_list tbody th a").first.click()
    hr.look()
    hr.page.locator(".hp-about").get_by_role("link", name=button, exact=True).click()
    hr.look()
    for label, answer in words.items():
        hr.page.get_by_label(label.replace("_", " "), exact=False).first.fill(answer)
    hr.page.locator(".submit-row").get_by_role("button", name=button, exact=True).click()


def test_an_advert_from_its_first_word_to_its_end(arrive, portal, title):
    manager, hr, visitor = arrive(), arrive(), arrive()
    manager.sign_in(MANAGER)
    hr.sign_in(HR)

    reference = write(manager, title)
    manager.look()
    assert manager.sees("Give the interview date")
    manager.press("Send for approval")
    assert manager.sees("The advert has been sent to HR.")
    manager.look()
    portal.wait_for_mail("recruitment@example.org", title)
    assert visitor.go(f"/vacancies/{reference}/").status == 404

    do(hr, reference, "Return with comments", What="Please say more about the week.")
    portal.wait_for_mail(MANAGER, "Please say more about the week.")
    manager.go(f"/vacancies/writing/{reference}/")
    assert manager.sees("Please say more about the week.")
    manager.look()
    manager.follow("The advert", exact=True)
    manager.page.get_by_label("The advert", exact=True).fill("You visit families, and you write.")
    manager.press("Save and continue")
    manager.go(f"/vacancies/writing/{reference}/check/")
    manager.press("Send for approval")

    do(hr, reference, "Approve")
    portal.wait_for_mail(MANAGER, "is approved")
    do(hr, reference, "Publish")
    visitor.go(f"/vacancies/?q={title.split()[-1]}")
    visitor.follow(title)
    assert visitor.sees("You visit families, and you write.")

    later = datetime.now(ZoneInfo("Europe/London")).date() + timedelta(days=50)
    do(hr, reference, "Extend", New_closing=later.isoformat(), Why="Half-term is near.")
    visitor.go(f"/vacancies/{reference}/")
    assert visitor.sees(f"{later:%A} {later.day} {later:%B %Y}")
    do(hr, reference, "Close early", Why="Enough people have applied.")
    assert visitor.go(f"/vacancies/{reference}/").status == 410
    manager.go(f"/vacancies/writing/{reference}/")
    assert manager.sees("Nobody can apply any more.")


def test_words_typed_in_two_tabs_are_both_kept(arrive):
    one, other = arrive(), arrive()
    for tab in (one, other):
        tab.sign_in(MANAGER)
        tab.go("/vacancies/writing/")
        tab.follow("Dynamic", exact=False)
        tab.follow("Contact", exact=True)
    one.page.get_by_label("Name").fill("Ann of the first tab")
    one.press("Save and continue")
    other.page.get_by_label("Name").fill("Ben of the second tab")
    other.press("Save and continue")

    assert other.sees("This part was also changed in another tab")
    assert other.sees("Ann of the first tab")
    assert other.page.get_by_label("Name").input_value() == "Ben of the second tab"
    other.look()


@pytest.mark.parametrize("state", ["awaiting_approval", "approved", "scheduled", "live", "closed"])
def test_the_page_of_an_advert_is_sound_for_hr_in_each_state(visitor, state):
    visitor.sign_in(HR)
    visitor.go(f"/admin/vacancies/vacancy/?state__exact={state}")
    visitor.page.locator("#result_list tbody th a").first.click()

    visitor.look()
