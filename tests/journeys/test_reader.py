"""Somebody wants to return to social work; a reader goes from a story to a job."""

import uuid


def test_a_return_to_social_work_enquiry_reaches_the_mailbox_and_an_officer(visitor):
    name = "Rosalind Quayle"
    email = f"rosalind.{uuid.uuid4().hex[:8]}@example.org"
    page = visitor.page
    visitor.go("/return-to-social-work/")
    visitor.look()
    visitor.follow("Tell us you are interested")
    visitor.press("Send enquiry")
    assert visitor.is_told_what_is_wrong()
    visitor.look()
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Where do you live?").fill("Alton")
    page.get_by_role("radio").nth(1).check()
    year = page.get_by_label("In which year did you leave the register?")
    if year.is_visible():
        year.fill("2019")
    page.get_by_label("You may write to me").check()
    visitor.press("Send enquiry")
    visitor.look()

    portal = visitor.portal
    assert name in portal.wait_for_mail("nominations@example.org", name)
    portal.wait_for_mail(email, "Rosalind")
    visitor.sign_in("hr@example.org")
    visitor.go(f"/admin/returners/enquiry/?q={email}")
    officer = page.locator("#result_list tr", has_text=name).inner_text()
    assert officer.strip()


def test_a_reader_goes_from_a_story_to_a_matching_vacancy(visitor):
    visitor.go("/")
    visitor.go("/careers/stories/")
    visitor.look()
    visitor.page.get_by_role("main").locator("a[href^='/careers/stories/']").first.click()
    visitor.look()
    visitor.page.get_by_role("main").locator("a[href^='/vacancies/HCC-']").first.click()

    assert visitor.page.get_by_role("main").get_by_role("button", name="Apply for this job").count()
