"""A place in a fair round is asked for and taken back; the result of another can be checked by anybody."""

import hashlib
import re


def test_somebody_asks_in_a_fair_round_and_checks_the_draw_of_another(visitor):
    visitor.sign_in("social.worker@example.org")
    visitor.go("/training/rounds/")
    visitor.look()
    visitor.page.get_by_role("main").locator("article a").first.click()
    visitor.look()
    visitor.press("Ask for a place")
    assert visitor.sees("You have asked for a place")
    visitor.look()
    told = visitor.portal.wait_for_mail("social.worker@example.org", "You have asked for a place")
    assert "It makes no difference how early you asked." in told

    visitor.follow("Take the request back")
    visitor.look()
    visitor.press("Take it back")
    visitor.look()

    visitor.go("/training/rounds/")
    visitor.page.get_by_role("main").get_by_role("link", name=re.compile("Forensic")).last.click()
    assert visitor.sees("What your request came to")
    visitor.look()
    words = visitor.page.get_by_role("main").inner_text()
    seed, number = re.search(r"printf '%s' '(\w+):(\d+)'", words).groups()
    draw = hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()
    assert visitor.page.get_by_role("row").filter(has_text=draw[:8]).count() == 1
