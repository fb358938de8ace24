"""HR publishes a vacancy and it is found on the site at once; the admin's own pages are sound."""

import uuid

import pytest


def test_a_vacancy_that_hr_publishes_is_found_at_once(arrive):
    hr = arrive()
    word = f"Lighthouse{uuid.uuid4().hex[:6]}"
    hr.sign_in("hr@example.org")
    hr.go("/admin/vacancies/vacancy/?state__exact=draft")
    hr.look()
    hr.page.locator("#result_list tbody th a").last.click()
    hr.look()
    hr.page.get_by_label("Title", exact=False).first.fill(f"Social worker, {word}")
    hr.page.get_by_role("button", name="Save", exact=True).click()
    hr.page.get_by_role("row").filter(has_text=word).get_by_role("checkbox").check()
    hr.page.locator("select[name=action]").select_option(label="Publish")
    hr.page.get_by_role("button", name="Run").or_(
        hr.page.get_by_role("button", name="Go")
    ).first.click()
    assert "is published" in hr.page.locator(".messagelist").inner_text()

    seeker = arrive()
    seeker.go(f"/vacancies/?q={word}")
    assert seeker.page.get_by_role("heading", name="1 vacancy").is_visible()
    seeker.follow(f"Social worker, {word}")
    assert seeker.page.get_by_role("main").get_by_role("button", name="Apply for this job").count()


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/applications/application/",
        "/admin/vacancies/vacancy/",
        "/admin/vacancies/vacancy/add/",
        "/admin/training/session/",
        "/admin/training/nomination/",
        "/admin/returners/enquiry/",
        "/admin/organisation/staffmember/",
        "/admin/organisation/staffmember/add/",
        "/admin/notifications/message/",
        "/admin/accounts/user/",
        "/admin/accounts/user/add/",
        "/admin/careers/story/",
    ],
)
def test_a_page_of_the_admin_is_sound_wide_and_narrow(visitor, path):
    visitor.sign_in("hr@example.org")

    assert visitor.go(path).status == 200

    visitor.look()
