"""HR arranges interviews, the applicant chooses and changes, and of two people one gets the time."""

import re
from datetime import timedelta

from django.utils import timezone

JOB_SEEKER, MEMBER = "job.seeker@example.org", "panel@example.org"


def open_interviews(hr, reference):
    hr.go(f"/admin/vacancies/vacancy/?q={reference}")
    hr.page.locator("#result_list tbody th a").first.click()
    hr.page.get_by_role("link", name="Interviews", exact=True).click()
    hr.page.wait_for_url(re.compile("/applications/interviews/"))


def radios(person):
    return person.page.get_by_role("main").get_by_role("radio")


def test_interviews_are_arranged_chosen_changed_and_taken_once(arrive):
    seeker, hr, member = arrive(), arrive(), arrive()
    day = timezone.localdate() + timedelta(days=40)
    seeker.sign_in(JOB_SEEKER)
    seeker.go("/applications/")
    mine = seeker.page.get_by_role("main").locator("article")
    mine.filter(has_text="We write to you when the times are there").get_by_role(
        "link"
    ).first.click()
    seeker.page.wait_for_url(re.compile(r"/applications/A-\w+/$"))
    seeker.look()
    reference = re.search(r"HCC-\d+", seeker.page.get_by_role("main").inner_html())[0]
    seeker.follow("Choose your interview time")
    seeker.page.wait_for_url(re.compile("/interview/$"))
    assert seeker.sees("4 times are free")
    seeker.look()

    hr.sign_in("hr@example.org")
    open_interviews(hr, reference)
    hr.look()
    hr.page.get_by_role("link", name=re.compile("^Make times")).click()
    hr.page.get_by_label("The day").fill(f"{day:%d/%m/%Y}")
    hr.page.get_by_label("How many").fill("2")
    hr.look()
    hr.page.get_by_role("button", name="Make the times").click()
    hr.page.get_by_text("Times made: 2").wait_for()
    waiting = hr.page.locator("h3:has-text('They ask for another time') + ul a").first
    waiting.click()
    hr.page.wait_for_url(re.compile("/applications/invitations/"))
    hr.look()
    hr.page.get_by_role("button", name="Choose this time").click()
    hr.page.get_by_text(" comes on ").wait_for()

    radios(seeker).first.check()
    seeker.press("Choose this time")
    assert seeker.sees("Somebody else has chosen this time")
    assert seeker.sees("5 times are free")
    radios(seeker).first.check()
    seeker.page.get_by_label("What should be ready for you").fill("The questions on paper")
    seeker.press("Choose this time")
    assert seeker.sees("Your interview is on")
    radios(seeker).last.check()
    seeker.press("Save my choice")
    assert seeker.sees(f"{day:%A} {day.day} {day:%B %Y}")
    seeker.look()
    told = seeker.portal.wait_for_mail(
        JOB_SEEKER, f"Your interview: {day:%A} {day.day} {day:%B %Y}"
    )
    assert "You have changed your interview" in told

    member.sign_in(MEMBER)
    member.go(f"/applications/panel/{reference}/")
    member.page.get_by_role("link", name=re.compile("^Interview C-")).first.click()
    member.page.wait_for_url(re.compile("/interview/$"))
    assert member.sees("To have ready")
    member.look()
    member.follow("Give my points")
    member.page.wait_for_url(re.compile("/interview/scores/"))
    member.look()
