"""Somebody on the shortlist tells of an old fine; two readers weigh it up, and nobody else reads it."""

import re

APPLICANT, READER, SECOND = "returner@example.org", "officer@example.org", "educator@example.org"


def choose(person, question, answer):
    group = person.page.get_by_role("group", name=re.compile(f"^{re.escape(question)}"))
    group.get_by_label(answer, exact=True).check()


def fill(person, label, words):
    person.page.get_by_label(label).first.fill(words)


def open_declaration_page(applicant):
    applicant.go("/applications/")
    waiting = applicant.page.locator("article", has_text="Interview")
    waiting.get_by_role("link").first.click()
    applicant.page.wait_for_url(re.compile(r"/applications/A-\w+/$"))


def declare(applicant):
    """Begin in one sitting, come back in another, and send."""
    open_declaration_page(applicant)
    applicant.look()
    applicant.follow("Fill in your self-declaration")
    applicant.page.wait_for_url(re.compile("/self-declaration/$"))
    applicant.look()
    choose(applicant, "Is there anything to tell?", "Yes, there is something to tell")
    fill(applicant, "What happened?", "I was fined for a broken window.")
    applicant.press("Save and come back later")
    assert applicant.sees("Nothing has been sent to us yet")
    applicant.follow("Go on with your self-declaration")
    applicant.press("Send my self-declaration")
    assert applicant.is_told_what_is_wrong()
    applicant.look()
    fill(applicant, "When was it?", "May 2012")
    fill(applicant, "What came of it?", "A fine of £60.")
    choose(applicant, "Are you on the list", "No")
    choose(applicant, "Was there ever a safeguarding matter", "No")
    applicant.page.get_by_label("What I have told here is true").check()
    applicant.press("Send my self-declaration")
    assert applicant.sees("Your self-declaration is sent")
    return re.search(r"A-\w{6}", applicant.page.url)[0]


def assess(reader):
    """Write a word about each factor, and give the applicant the summary."""
    page = reader.page
    page.get_by_label("The self-declaration").check()
    reader.press("Begin")
    page.get_by_role("heading", name=re.compile("Risk assessment")).wait_for()
    reader.look()
    for box in page.get_by_role("main").get_by_role("textbox").all():
        box.fill("Long ago, once, and paid.")
    fill(reader, "What the applicant reads", "Please tell us about the window.")
    reader.press("Give it to the applicant")
    assert reader.sees("The applicant has been told")


def test_a_self_declaration_is_read_weighed_up_and_signed_by_two(arrive):
    applicant, reader, second, hr = arrive(), arrive(), arrive(), arrive()
    applicant.sign_in(APPLICANT)
    reference = declare(applicant)

    reader.sign_in(READER)
    reader.go("/applications/disclosure/")
    reader.look()
    reader.follow(re.compile(reference))
    reader.page.wait_for_url(re.compile(f"/disclosure/{reference}/$"))
    reader.look()
    reader.press("Open and read")
    assert reader.sees("I was fined for a broken window.")
    reader.look()
    reader.go(f"/applications/disclosure/{reference}/")
    assess(reader)

    told = applicant.portal.wait_for_mail(APPLICANT, "Something to read about your application")
    assert "window" not in told
    applicant.go(f"/applications/{reference}/")
    applicant.page.get_by_role("link", name=re.compile("^read it and reply")).click()
    assert applicant.sees("Please tell us about the window.")
    applicant.look()
    fill(applicant, "Your reply", "I was nine, and it was a football.")
    applicant.press("Send my reply")
    assert applicant.sees("Your reply is with the two readers")

    reader.page.reload()
    assert reader.sees("it was a football")
    choose(reader, "What does it come to?", "Can go on")
    fill(reader, "Why?", "Long ago, once, and paid.")
    fill(reader, "The sentence for the applicant", "Thank you. You can go on.")
    for part, value in (("Day", "1"), ("Month", "6"), ("Year", "2028")):
        fill(reader, part, value)
    reader.look()
    reader.press("Propose and sign")
    assert reader.sees("Your colleague signs next")

    second.sign_in(SECOND)
    second.go(f"/applications/disclosure/{reference}/")
    second.follow(re.compile("^The self-declaration, begun"))
    second.press("Sign this decision")
    assert second.sees("What was decided")
    second.look()
    applicant.go(f"/applications/{reference}/")
    assert applicant.sees("Thank you. You can go on.")

    hr.sign_in("hr@example.org")
    hr.go(f"/applications/disclosure/{reference}/")
    assert not hr.page.get_by_text("window").count()
    hr.go(f"/admin/applications/application/?q={reference}")
    hr.page.locator("#result_list tbody th a").first.click()
    hr.page.get_by_role("link", name="Readers for this job").wait_for()
    assert not hr.page.get_by_text("window").count()
    hr.page.get_by_role("link", name="Readers for this job").click()
    hr.page.wait_for_url(re.compile("/applications/disclosure/"))
    hr.look()
