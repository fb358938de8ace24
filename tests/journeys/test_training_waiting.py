"""Two people want the last place: one has it, the other waits, is offered it and says yes."""

from tests.journeys.test_staff import find_last_place

HAS_IT, WAITS = "manager@example.org", "panel@example.org"


def test_a_place_that_is_given_back_is_offered_to_who_waits(arrive):
    first, second = arrive(), arrive()
    first.sign_in(HAS_IT)
    second.sign_in(WAITS)
    address = find_last_place(first)
    first.go(address)
    first.press("Book a place")
    assert first.sees("You have a place")

    second.go(address)
    assert second.sees("This session is full")
    second.look()
    second.page.get_by_label("Do not show them my name").check()
    second.press("Tell me when a place comes up")
    assert second.sees("number 1 of 1")
    assert second.sees("Nobody sees your name here.")
    second.look()
    second.follow("the order")
    assert second.sees("Then, who has waited longest.")
    second.look()

    first.go(address)
    first.follow("Cancel booking")
    first.press("Cancel booking")
    assert first.sees("Cancelled:")

    second.portal.wait_for_mail(WAITS, "A place is yours if you want it")
    second.go("/training/bookings/")
    assert second.sees("Waiting for your answer")
    second.look()
    second.page.get_by_role("button", name="Say yes").click()
    assert second.sees("You have a place")
    second.look()
    first.go(address)
    assert first.sees("This session is full")


def test_somebody_called_away_is_shown_the_next_dates_and_a_swap_is_taken(arrive):
    sam = arrive()
    sam.sign_in("social.worker@example.org")
    sam.go("/training/bookings/")
    assert sam.sees("cannot come and offers you their place.")
    sam.look()
    sam.page.get_by_role("button", name="Take the place").click()
    assert sam.sees("You have a place")

    sam.follow("I am called away by work")
    sam.look()
    sam.page.get_by_label("Court").check()
    sam.press("Give my place back")
    assert sam.sees("Work comes first.")
    sam.look()

    sam.go("/training/calendar/")
    sam.press("Make my address")
    assert sam.sees("Copy this address now")
    sam.go("/training/calendar/")
    sam.look()
