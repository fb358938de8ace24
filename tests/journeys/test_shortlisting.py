"""Three people shortlist without names; where they are far apart they read again, and HR decides."""

import re

LEAD, MEMBER, THIRD = "hiring.manager@example.org", "panel@example.org", "manager@example.org"
NOTES = "In the first sentence."


def open_panel(member):
    member.go("/applications/panel/")
    member.look()
    member.page.get_by_role("main").locator("article a").first.click()
    member.page.wait_for_url(re.compile(r"/HCC-\d+/$"))


def score(member, code, points):
    """Give every criterion of an application the same points, and send them."""
    member.follow(code)
    member.page.wait_for_url(re.compile(f"/{code}/$"))
    page = member.page
    for group in page.get_by_role("group", name="Points").all():
        group.get_by_role("radio", name=re.compile(rf"^{points}:")).check()
    for box in page.get_by_label("Where you found the evidence").all():
        box.fill(NOTES)
    member.press("Send my scores")
    assert member.sees(f"Your scores for {code} are sent")


def codes_to(member, status):
    rows = member.page.get_by_role("main").locator(".govuk-task-list__item")
    return [row.get_by_role("link").inner_text() for row in rows.filter(has_text=status).all()]


def answer_all(person):
    """Answer every second read of the application that is open."""
    while person.page.get_by_role("link", name="Read this once more").count():
        person.follow("Read this once more")
        person.page.wait_for_url(re.compile("/again/"))
        person.look()
        assert person.sees("Another member:")
        person.page.get_by_role("radio", name=re.compile("^3:")).check()
        person.page.get_by_label("Why you stay with them").fill("The notes of the others.")
        person.press("Send these points")
        assert person.sees("Both readings are kept")


def test_three_people_shortlist_blind_and_hr_decides(arrive):
    lead, member, third = arrive(), arrive(), arrive()
    for person, address in ((lead, LEAD), (member, MEMBER), (third, THIRD)):
        person.sign_in(address)
        open_panel(person)
    member.look()
    [code] = codes_to(third, "Not started")

    lead.follow(code)
    lead.page.wait_for_url(re.compile(f"/{code}/$"))
    lead.look()
    lead.page.go_back()
    score(lead, code, 4)
    score(third, code, 4)
    for waiting in codes_to(member, "Draft"):
        score(member, waiting, 2)
    score(member, code, 1)
    asked = member.portal.wait_for_mail(MEMBER, f"Please read {code} once more")
    assert "far from a colleague" in asked
    for person in (lead, member, third):
        person.page.reload()
        for again in codes_to(person, "Read again"):
            person.follow(again)
            person.page.wait_for_url(re.compile(f"/{again}/$"))
            answer_all(person)
            person.page.get_by_role("link", name="All applications").click()
            person.page.wait_for_url(re.compile(r"/HCC-\d+/$"))

    lead.follow("The table: what every application came to")
    lead.page.get_by_label("Pass mark").fill("6")
    lead.press("Look at this mark")
    assert lead.sees("Nothing has been stored")
    lead.look()
    lead.press("Save the proposals")
    assert lead.sees("Proposals changed")

    hr = arrive()
    hr.sign_in("hr@example.org")
    reference = re.search(r"HCC-\d+", lead.page.url)[0]
    hr.go(f"/admin/vacancies/vacancy/?q={reference}")
    hr.page.locator("#result_list tbody th a").first.click()
    hr.page.get_by_role("link", name="Panel and shortlisting").click()
    hr.page.wait_for_url(re.compile("/applications/panel/"))
    hr.look()
    hr.page.get_by_role("link", name="The table of this shortlisting").click()
    hr.page.wait_for_url(re.compile("/applications/shortlist/"))
    hr.look()
    hr.page.get_by_role("button", name="See what will be decided").click()
    hr.page.get_by_text("Nothing has been decided yet.").wait_for()
    hr.look()
    hr.page.get_by_role("button", name="Decide and tell the applicants").click()
    hr.page.get_by_text("The applicants have been told.").wait_for()
    hr.page.get_by_role("link", name=f"Points and notes of {code}").click()
    hr.page.wait_for_url(re.compile("/applications/scores/"))
    hr.look()
