"""A job seeker goes on and back again, and the search is always the one they left."""

from urllib.parse import urlsplit


def query(seeker):
    seeker.page.wait_for_load_state()
    return urlsplit(seeker.page.url).query


def test_the_address_of_a_search_holds_only_what_was_filled_in(arrive):
    with_script, without_script = arrive(), arrive(java_script_enabled=False)

    for seeker in (with_script, without_script):
        seeker.go("/")
        seeker.page.get_by_label("Town or postcode").fill("Winchester")
        seeker.press("Search")
        assert query(seeker) == "place=Winchester"
        seeker.press("Show results")
        assert query(seeker) == "place=Winchester&radius=10"


def test_after_back_only_those_filters_are_ticked_that_the_list_was_made_with(arrive):
    for seeker in (arrive(), arrive(java_script_enabled=False)):
        seeker.go("/vacancies/")
        seeker.page.get_by_label("Job title or keyword").fill("social worker")
        seeker.page.get_by_label("Permanent").check()
        seeker.press("Show results")
        assert query(seeker) == "q=social+worker&radius=10&contract=permanent"
        assert seeker.page.get_by_label("Permanent").is_checked()

        seeker.page.go_back()

        assert query(seeker) == ""
        assert not seeker.page.get_by_label("Permanent").is_checked()
        assert seeker.page.get_by_label("Job title or keyword").input_value() == ""


def test_the_way_back_from_an_advert_leads_to_the_search_it_was_found_in(arrive):
    with_script, without_script = arrive(), arrive(java_script_enabled=False)
    search = "q=social+worker&pattern=part_time&page=2"

    for seeker in (with_script, without_script):
        seeker.go(f"/vacancies/?{search}")
        seeker.page.locator(".hp-card a").first.click()
        seeker.page.wait_for_url("**/vacancies/HCC-*/")
    assert with_script.page.locator(".govuk-back-link").inner_text() == "Back to your search"
    with_script.page.locator(".govuk-back-link").click()
    without_script.page.get_by_role("link", name="All vacancies").click()

    assert query(with_script) == search
    assert query(without_script) == ""


def test_somebody_who_came_from_elsewhere_goes_back_to_all_vacancies(visitor):
    visitor.go("/")
    visitor.page.locator(".hp-card a").first.click()
    visitor.page.wait_for_url("**/vacancies/HCC-*/")
    visitor.page.get_by_role("link", name="All vacancies").click()

    assert visitor.page.url.endswith("/vacancies/")
