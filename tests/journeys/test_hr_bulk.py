"""HR turns some down at once after a preview, writes to one applicant, and looks at board and reports."""

import re


def test_hr_moves_several_at_once_after_a_preview(arrive):
    hr = arrive()
    hr.sign_in("hr@example.org")
    hr.go("/admin/applications/application/?state__exact=submitted")
    hr.look()
    rows = hr.page.locator("#result_list tbody tr")
    # Who applied by phone has no address: nothing would go to them. Another journey needs the job seeker's.
    boxes = rows.filter(has_not_text=re.compile("Mavis Ockenden|Jo Castle")).locator(
        ".action-select"
    )
    boxes.nth(0).check()
    boxes.nth(1).check()
    hr.page.locator("select[name=action]").select_option(value="several_at_once")
    hr.page.get_by_role("button", name="Run").or_(
        hr.page.get_by_role("button", name="Go")
    ).first.click()
    hr.page.wait_for_url(re.compile(r"/admin/applications/bulk/\d+/$"))
    hr.look()

    hr.page.get_by_label("Move to “Not successful”").check()
    hr.press("See what will happen")
    assert hr.sees("nobody is turned down without words")
    hr.page.get_by_label("Words to the applicants").fill("Others could show more, {first_name}.")
    hr.press("See what will happen")
    hr.page.wait_for_url(re.compile("preview=1"))
    assert hr.sees("Nothing has happened yet.")
    hr.look()
    hr.press("Move 2 applications")
    hr.page.wait_for_url(re.compile(r"/admin/applications/bulk/\d+/$"))

    assert hr.sees("Carried out.")
    done = hr.page.get_by_role("main").get_by_text("Done.", exact=True)
    done.nth(1).wait_for()
    assert done.count() == 2
    hr.look()


def test_hr_writes_to_an_applicant_who_reads_it(arrive):
    hr, seeker = arrive(), arrive()
    hr.sign_in("hr@example.org")
    hr.go("/admin/applications/application/?q=job.seeker@example.org")
    hr.page.locator("#result_list tbody th a").first.click()
    hr.follow("Write to the applicant")
    hr.page.get_by_label("Begin with a template").select_option(label="Please ring us")
    hr.press("Use this template")
    hr.look()
    assert "{" not in hr.page.get_by_label("Message", exact=False).first.input_value()
    hr.press("Send the message")
    assert "on its way" in hr.page.locator(".messagelist").inner_text()

    mail = seeker.portal.wait_for_mail("job.seeker@example.org", "please ring us")
    assert "Nobody reads answers to this e-mail" in mail
    seeker.sign_in("job.seeker@example.org")
    seeker.go("/applications/")
    rows = seeker.page.get_by_role("main").get_by_role("link")
    addresses = [row.get_attribute("href") for row in rows.all()]
    sent = [path for path in addresses if path and re.fullmatch(r"/applications/A-\w+/", path)]
    for path in dict.fromkeys(sent):
        seeker.go(path)
        if seeker.page.get_by_role("heading", name="Messages", exact=True).count():
            break
    assert seeker.sees("You cannot answer here.")
    seeker.look()


def test_the_board_and_every_report_are_sound(arrive):
    hr = arrive()
    hr.sign_in("hr@example.org")
    for path in (
        "/admin/applications/board/",
        "/admin/applications/reports/",
        "/admin/applications/reports/funnel/",
        "/admin/applications/reports/time/",
        "/admin/applications/reports/withdrawals/",
        "/admin/applications/reports/refusals/",
        "/admin/applications/messagetemplate/",
        "/admin/applications/messagetemplate/add/",
    ):
        assert hr.go(path).status == 200
        hr.look()
