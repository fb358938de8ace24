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
