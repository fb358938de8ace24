"""Somebody tells their work since full-time education, month by month, and finds a month they forgot."""

import re

from tests.journeys.applying import add_job, fill_month

JOB_SEEKER = "job.seeker@example.org"


def open_draft(seeker):
    seeker.go("/applications/")
    drafts = seeker.page.get_by_role("article").filter(has_text="Closing date")
    # Another draft of theirs was begun from an earlier application.
    drafts.filter(has_text="Early help worker").first.get_by_role("link").first.click()


def test_every_month_of_a_life_is_accounted_for(arrive):
    seeker = arrive()
    page = seeker.page
    seeker.sign_in(JOB_SEEKER)
    open_draft(seeker)
    seeker.look()

    # The demo's draft has a history with months that nobody has explained.
    seeker.follow("Add your work since full-time education")
    assert seeker.sees("Months without a word")
    seeker.look()
    listed = page.url

    # A mistake is told beside its box, and what was typed stays.
    seeker.press("Add another job")
    add_job(seeker, "Youth worker", ("3", "1066"), ("June", "2019"))
    assert seeker.is_told_what_is_wrong()
    assert page.get_by_label("Job title").input_value() == "Youth worker"
    seeker.look()
    page.goto(listed)

    # The months are explained, and the section can be finished.
    while page.get_by_role("main").get_by_role("link", name=re.compile("^Explain ")).count():
        seeker.follow(re.compile("^Explain "))
        seeker.look()
        page.get_by_label("What did you do in these months?").fill("I cared for my sister.")
        seeker.press("Save and continue")
    seeker.look()
    seeker.press("That is all: save and continue")
    assert seeker.sees("Completed")

    # Taking an explanation away asks first, and opens the months again.
    page.goto(listed)
    seeker.follow("Remove", exact=False)
    seeker.look()
    seeker.press("Remove it")
    assert seeker.sees("Months without a word")


def test_qualifications_are_added_changed_and_removed(arrive):
    seeker = arrive()
    page = seeker.page
    seeker.sign_in(JOB_SEEKER)
    open_draft(seeker)
    seeker.follow("Add your qualifications")
    seeker.look()
    seeker.press("Add another qualification")
    seeker.look()
    page.get_by_label("Qualification and subject").fill("Certificate in Counselling")
    page.get_by_label("School, college or university").fill("Harbour College")
    fill_month(seeker, "When did you get the result?", "Sept", "2018")
    seeker.press("Save and continue")
    assert seeker.sees("Certificate in Counselling")

    seeker.press("Add another qualification")
    seeker.press("Save and continue")
    assert seeker.is_told_what_is_wrong()
    seeker.look()
    seeker.follow("Cancel")
    seeker.follow("Change Certificate in Counselling")
    page.get_by_label("Grade or result").fill("Pass")
    seeker.press("Save and continue")
    assert seeker.sees("Result: Pass")

    seeker.follow("Remove Certificate in Counselling")
    seeker.press("Remove it")
    assert page.get_by_text("Certificate in Counselling").count() == 0
