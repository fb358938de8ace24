"""An officer plans a series around what is in the way, decides about a session, and cancels one with a look first."""

import re
from datetime import timedelta

from django.utils import timezone

OFFICER = "officer@example.org"


def test_an_officer_plans_a_series_and_sees_what_clashes(arrive):
    officer = arrive()
    officer.sign_in(OFFICER)
    officer.go("/admin/training/demand/")
    assert officer.sees("By topic and district")
    officer.look()

    officer.go("/admin/training/session/series/")
    officer.look()
    page = officer.page
    first = timezone.localdate() + timedelta(weeks=90)
    for _ in range(2):  # The second series wants the same room at the same time.
        page.get_by_label("Course:").select_option(index=1)
        page.get_by_label("Name of the series:").fill("Tuesdays")
        page.get_by_label("First date:").fill(first.isoformat())
        page.get_by_label("Begins at:").fill("09:30")
        page.get_by_label("Ends at:").fill("12:30")
        page.get_by_label("Half days each:").fill("1")
        page.get_by_label("How many sessions:").fill("3")
        page.get_by_label("Room:").select_option(label="Willow House")
        page.get_by_label("Places:").fill("12")
        officer.press("Look at the dates")
        officer.look()
        if page.get_by_role("button", name="Plan the dates chosen").count():
            officer.press("Plan the dates chosen")
            assert officer.sees("3 sessions planned.")
            officer.go("/admin/training/session/series/")
    assert officer.sees("Willow House has")
    assert officer.sees("None of these dates is free.")


def test_an_officer_decides_and_cancels_with_a_look_first(arrive):
    officer = arrive()
    officer.sign_in(OFFICER)
    officer.go("/admin/")
    officer.follow(re.compile("too few people: decide whether to run"))
    officer.look()
    officer.page.locator("#result_list tbody th a").first.click()
    officer.follow("Decide whether it runs")
    assert officer.sees("Run it anyway")
    officer.look()
    officer.press("Run it anyway")
    assert officer.sees("goes ahead.")

    tomorrow = timezone.localdate() + timedelta(days=1)
    officer.go(f"/admin/training/session/?state__exact=planned&starts_at__gte={tomorrow}&o=-4")
    officer.page.locator("#result_list tbody th a").first.click()
    officer.follow("Cancel it")
    assert officer.sees("What they get")
    officer.look()
    officer.page.get_by_label("Reason they are told:").fill("The heating of the room is broken.")
    officer.press("Cancel the session and tell everybody")
    assert officer.sees("is cancelled, and everybody is told.")
