"""Typing, losing the tab, answering or skipping the equality questions, sending, withdrawing and coming back."""

import re

from tests.journeys.applying import (
    check_what_was_copied,
    fill_in_who_they_are,
    give_referees,
    tell_of_learning_and_work,
    write_examples,
)

WORDS = "Nine years with families, in three counties, and a calm head in a crisis."


def begin(seeker, email):
    """Begin an application for a job nobody has applied for, and return its reference."""
    seeker.sign_in(email)
    seeker.go("/vacancies/?q=social+worker&sort=closing")
    seeker.page.locator(".hp-card a").last.click()
    seeker.press("Apply for this job")
    seeker.press("Start your application")
    return re.search(r"A-[A-Z0-9]{6}", seeker.page.url)[0]


def test_words_that_were_typed_and_not_saved_are_there_again(visitor):
    page = visitor.page
    reference = begin(visitor, "graduate@example.org")
    fill_in_who_they_are(visitor)
    examples = page.get_by_role("main").locator("a[href*='/evidence-']")
    example = examples.first.get_attribute("href")
    visitor.go(example)

    # Typing, and waiting for the line that says so.
    page.get_by_role("textbox").first.fill(WORDS)
    assert visitor.sees(re.compile(r"^Kept at \d\d:\d\d, not saved yet$"))
    visitor.look()

    # Leaving before the pause is over keeps the last words too.
    page.get_by_role("textbox").first.press_sequentially(" And more.")
    visitor.go("/applications/")
    page.wait_for_timeout(
        2_000
    )  # what is sent on leaving arrives after the next page was asked for
    visitor.go(example)
    assert page.get_by_role("textbox").first.input_value() == f"{WORDS} And more."
    assert visitor.sees("and did not save it.")
    visitor.look()

    # Saved: nothing is left of it.
    visitor.press("Save and continue")
    visitor.go(example)
    assert page.get_by_text("and did not save it.").count() == 0

    # Dropped: what is saved is there again.
    page.get_by_role("textbox").first.fill("Something worse.")
    assert visitor.sees(re.compile("^Kept at"))
    page.reload()
    assert page.get_by_role("textbox").first.input_value() == "Something worse."
    visitor.press("Drop it and show what is saved")
    assert WORDS in page.get_by_role("textbox").first.input_value()

    # The sections that are left.
    visitor.go(f"/applications/{reference}/")
    tell_of_learning_and_work(visitor)
    give_referees(visitor)
    write_examples(visitor)
    check_what_was_copied(visitor)

    # Checked, asked, answered, sent; the back button gives the same reference.
    visitor.go(f"/applications/{reference}/check/")
    visitor.press("Continue")
    visitor.look()
    visitor.press("Answer the questions")
    visitor.look()
    page.get_by_role("group", name="What is your ethnic group?").get_by_label(
        "White", exact=True
    ).check()
    page.get_by_label("Irish", exact=True).check()
    visitor.press("Save these answers and send application")
    assert visitor.sees(reference)
    page.go_back()
    visitor.press("Save these answers and send application")
    assert visitor.sees("Application sent")
    assert visitor.sees(reference)

    # Changed and cleared while the job is open.
    visitor.go(f"/applications/{reference}/")
    visitor.look()
    visitor.follow("Give, change or clear your answers")
    visitor.look()
    visitor.press("See and change your answers")
    assert page.get_by_label("Irish", exact=True).is_checked()
    visitor.press("Clear my answers")
    assert visitor.sees("We keep none of them.")

    # Withdrawn, and back.
    visitor.follow("Withdraw this application")
    visitor.press("Withdraw application")
    assert visitor.sees("Have you changed your mind?")
    visitor.look()
    visitor.press("Take my withdrawal back")
    assert visitor.sees("Your application is back where it was.")
    visitor.portal.wait_for_mail("recruitment@example.org", "was taken back")


def test_hr_reads_the_equality_report(visitor):
    visitor.sign_in("hr@example.org")
    visitor.go("/admin/")
    visitor.page.get_by_role("link", name="Report: Equality by stage").click()
    visitor.look()
