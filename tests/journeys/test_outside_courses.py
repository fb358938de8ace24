"""A course elsewhere, from asking to the money; and a conference that the manager confirms."""

import re
from datetime import timedelta

from django.utils import timezone

PERSON, MANAGER, OFFICER = "educator@example.org", "manager@example.org", "officer@example.org"
COURSE = "Walking groups for tired teams"


def a_saturday():
    """A day far enough ahead on which nothing is booked."""
    day = timezone.localdate() + timedelta(days=100)
    return day + timedelta(days=5 - day.weekday())


def ask(person):
    """Ask for the course, past what the council offers like it, and return its address."""
    person.go("/training/outside/")
    person.look()
    person.follow("Ask for an outside course")
    person.look()
    main, day = person.page, a_saturday()
    main.get_by_label("What is the course called?").fill(COURSE)
    main.get_by_label("What is it about?").select_option("wellbeing")
    person.press("Continue")
    person.look()
    if main.get_by_label("Why does none of our own courses fit?").count():
        main.get_by_label("Why does none of our own courses fit?").fill("It has to be outdoors.")
    main.get_by_label("Who runs it?").fill("Larch House")
    main.get_by_label("In person", exact=True).check()
    main.get_by_label("Where?").fill("Reading")
    for which in ("first", "last"):
        for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
            main.locator(f"[name={which}_day_{part}]").fill(str(number))
    main.get_by_label("What does it cost").fill("120")
    main.get_by_label("Why this course, and why now?").fill("Our team had a hard year.")
    person.press("Ask for this course")
    assert person.sees("We have sent your request.")
    person.look()
    return re.search(r"/training/outside/(\d+)/", person.page.url)[1]


def test_an_outside_course_goes_to_the_manager_and_then_to_workforce_development(arrive):
    person, manager, officer = arrive(), arrive(), arrive()
    person.sign_in(PERSON)
    key = ask(person)

    manager.sign_in(MANAGER)
    asked = manager.portal.wait_for_mail(MANAGER, "asks for an outside course")
    manager.go(re.search(r"/training/waiting-for-me/outside/\d+/", asked)[0])
    manager.look()
    manager.press("Approve")
    assert manager.sees("You said yes. Workforce development decides next.")
    manager.look()

    officer.sign_in(OFFICER)
    officer.go(f"/admin/training/outsidecourse/{key}/decide/")
    line = officer.page.get_by_label("Budget line")
    line.select_option(label=line.locator("option").last.inner_text())
    officer.page.get_by_role("button", name="Approve and tell them").click()
    officer.page.get_by_text("All three are told by e-mail.").wait_for()

    person.portal.wait_for_mail(PERSON, "You can go:")
    person.go("/training/")
    assert person.sees(COURSE)
    person.look()


def test_a_conference_is_confirmed_by_the_manager_and_reviews_are_read(arrive):
    person, manager = arrive(), arrive()
    manager.sign_in(MANAGER)
    manager.go("/training/waiting-for-me/")
    manager.page.get_by_role("link", name=re.compile("Winter conference")).click()
    manager.look()
    manager.press("Yes, they were there")
    assert manager.sees("Confirmed.")

    person.portal.wait_for_mail(PERSON, "Confirmed: Winter conference on foster care")
    person.sign_in(PERSON)
    person.go("/training/outside/")
    assert person.sees("Counts towards your five days.")
    person.follow("Read what colleagues say of outside courses")
    person.look()
    person.go("/training/attended/new/")
    person.look()
