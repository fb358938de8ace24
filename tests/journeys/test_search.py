"""A job seeker finds their way through the list: words, place, filters, typing errors, nothing found."""

import re


def count(seeker):
    return int(re.search(r"(\d+) vacanc", seeker.page.locator("#results").inner_text())[1])


def chips(seeker):
    return [text.split(" ×")[0] for text in seeker.page.locator(".hp-chips a").all_inner_texts()]


def choose(seeker, group, option):
    """Tick an option of a filter, unfolding it first if need be."""
    summary = seeker.page.locator("summary", has_text=re.compile(f"^{group}"))
    folded = seeker.page.locator("details.hp-filter").filter(has=summary)
    if folded.get_attribute("open") is None:
        folded.locator("summary").click()
    folded.get_by_label(re.compile(f"^{option}")).check()


def test_a_job_seeker_searches_narrows_and_widens_again(visitor):
    page = visitor.page
    visitor.go("/vacancies/")
    everything = count(visitor)
    visitor.look()

    # Words and a place; matches are marked, and the nearest can stand first.
    page.get_by_label("Job title or keyword").fill("social worker")
    page.get_by_label("Town or postcode").fill("SO23 9ZZ")
    page.get_by_label("Distance").select_option("20")
    visitor.press("Search")
    near = count(visitor)
    assert 0 < near < everything
    assert visitor.sees("Distances are from the middle of SO23")
    assert page.locator(".hp-card mark").first.inner_text().lower() == "social worker"
    visitor.follow("Nearest")
    assert re.search(r"about .* away", page.locator(".hp-card").first.inner_text())
    visitor.look()

    # The number beside a filter is what it leaves; its chip takes it away; back works.
    option = page.get_by_label(re.compile("^Permanent"))
    label = page.locator(f"label[for={option.get_attribute('id')}] .hp-count").inner_text()
    option.check()
    visitor.press("Show results")
    assert count(visitor) == int(label)
    assert chips(visitor) == ["“social worker”", "Within 20 miles of SO23 9ZZ", "Permanent"]
    visitor.look()
    visitor.follow(re.compile("^Permanent"))
    assert count(visitor) == near
    page.go_back()
    assert chips(visitor)[-1] == "Permanent"
    visitor.follow("Clear everything")
    assert (count(visitor), chips(visitor)) == (everything, [])

    # A filter that was folded away.
    choose(visitor, "District", "Winchester")
    visitor.press("Show results")
    assert chips(visitor) == ["Winchester"]


def test_words_are_understood_and_what_was_typed_can_be_searched_for(visitor):
    page = visitor.page
    visitor.go("/vacancies/")

    page.get_by_label("Job title or keyword").fill("part time fareham")
    visitor.press("Search")
    assert chips(visitor) == ["Within 10 miles of Fareham", "Part time"]
    assert page.get_by_label("Town or postcode").input_value() == "Fareham"
    assert page.get_by_label(re.compile("^Part time")).is_checked()
    visitor.look()
    visitor.follow("Search for the words instead")
    assert chips(visitor) == ["“part time fareham”"]

    visitor.go("/vacancies/")
    page.get_by_label("Job title or keyword").fill("soical worker")
    visitor.press("Search")
    assert visitor.sees("No advert says “soical worker”")
    assert count(visitor) > 0
    visitor.look()
    visitor.follow("Search for exactly “soical worker”")
    assert count(visitor) == 0


def test_nothing_found_says_what_would_find_something(visitor):
    page = visitor.page
    visitor.go("/vacancies/?q=social+worker&place=Lymington&radius=5&contract=secondment")
    assert count(visitor) == 0
    visitor.look()
    offered = page.locator(".hp-empty__help a").first
    number = int(offered.inner_text().split()[0])
    offered.click()
    assert count(visitor) == number

    visitor.go("/vacancies/?place=Basinstoke&radius=abc")
    assert page.title().startswith("Error: ")
    assert visitor.sees("We do not know a place called “Basinstoke”")
    assert page.get_by_label("Distance").input_value() == "10"
    visitor.look()
    visitor.follow("Basingstoke")
    assert chips(visitor) == ["Within 10 miles of Basingstoke"]
    assert count(visitor) > 0
