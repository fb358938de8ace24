"""HR asks for a reference, the referee answers by the link in the mail, and HR explains what differs."""

import html
import re


def open_references(hr, show):
    hr.go(f"/admin/applications/references/?show={show}")
    hr.page.locator("table.hp-table tbody th a").first.click()
    hr.page.wait_for_url(re.compile(r"/references/\d+/$"))


def link_in(mail):
    return re.search(r"/references/[^/\s\"<]+/", html.unescape(mail))[0]


def test_a_reference_is_asked_for_answered_and_compared(arrive):
    hr = arrive()
    hr.sign_in("hr@example.org")
    open_references(hr, "late")
    hr.look()
    hr.page.get_by_role("button", name="Send a new link to").first.click()
    hr.page.get_by_text("A new link is on its way").wait_for()
    address = re.search(r"[\w.]+@example\.org", hr.page.get_by_role("main").inner_text())[0]

    referee = arrive()
    mail = referee.portal.wait_for_mail(address, "/references/")
    path = link_in(mail)
    referee.go(path)
    referee.look()
    page = referee.page
    page.get_by_label("How do you know them, and for how long?").fill("I was her manager.")
    referee.press("Save and come back later")
    assert referee.sees("Your words are saved")
    referee.go(path)
    fill_in(page)
    referee.press("Send the reference")
    assert referee.sees("Thank you. We have your answer")
    referee.look()
    assert referee.go(path).status == 410
    assert referee.sees("This link does not work any more")

    hr.page.reload()
    hr.page.get_by_role("link", name="Read it").first.click()
    hr.page.get_by_role("button", name="Accept this reference").click()
    hr.page.get_by_text("The reference is accepted, and counts.").wait_for()
    hr.page.get_by_role("link", name="Compare the application with the references").click()
    hr.page.wait_for_url(re.compile("/compare/"))
    hr.look()
    hr.page.get_by_label("How is it explained?").first.fill(
        "She changed posts in the same service."
    )
    hr.page.get_by_role("button", name="Save the explanation").first.click()
    hr.page.get_by_text("The explanation is saved.").wait_for()


def fill_in(page):
    """Answer what every referee is asked, and what an employer is asked if this one is one."""
    title = page.get_by_label(re.compile("job title|course"))
    if title.count():
        title.fill("Night porter")
        page.get_by_label("Month").first.fill("2")
        page.get_by_label("Year").first.fill("2022")
        choose(page, "Are they still with you?", "Yes")
    page.get_by_label("How well did they do the work?").fill("Calm and kind.")
    for question, answer in [
        ("Would you employ them again?", "Yes"),
        ("Was there disciplinary action that still counts?", "No"),
        ("Do you have any concern about them working with children?", "No"),
        ("Was any allegation about children found to be substantiated?", "No"),
    ]:
        choose(page, question, answer)
    page.get_by_label("Your full name").fill("Robin O’Dell")
    page.get_by_label("Your position").fill("Manager")
    page.get_by_label("What I have written is true").check()


def choose(page, question, answer):
    group = page.get_by_role("group", name=question)
    if group.count():
        group.get_by_label(answer, exact=True).check()
