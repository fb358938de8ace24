from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from organisation.models import Outcode, Place, RoleFamily
from tests.factories.organisation import DistrictFactory, RoleFactory, StaffMemberFactory
from tests.factories.vacancies import LiveVacancyFactory, VacancyFactory
from vacancies.models import Contract, Driving, OtherPlace, Pattern, Visibility

pytestmark = pytest.mark.django_db

# Straight lines from the middle of Basingstoke, in miles.
PLACES = {
    "Basingstoke": (51.2625, -1.0871),
    "Tadley": (51.3505, -1.1285),  # 6.3
    "Alton": (51.1493, -0.9747),  # 9.2
    "Winchester": (51.0632, -1.3080),  # 16.8
    "Havant": (50.8516, -0.9842),  # 28.7
}


@pytest.fixture
def places():
    for name, (latitude, longitude) in PLACES.items():
        Place.objects.create(name=name, latitude=latitude, longitude=longitude, district="Hart")
    Outcode.objects.create(code="SO23", latitude=51.06, longitude=-1.32, name="Winchester")


@pytest.fixture
def spread(places):
    """One open vacancy in each place."""
    return {
        name: LiveVacancyFactory(place_name=name, latitude=latitude, longitude=longitude)
        for name, (latitude, longitude) in PLACES.items()
    }


def found(client, **query):
    response = client.get("/vacancies/", query)
    assert response.status_code == 200
    return list(response.context["page"].object_list)


def found_places(client, **query):
    return [vacancy.place_name for vacancy in found(client, **query)]


def test_only_open_vacancies_are_listed(client, today):
    VacancyFactory()
    LiveVacancyFactory(opens_on=today + timedelta(days=1))
    LiveVacancyFactory(opens_on=today - timedelta(days=9), closes_on=today - timedelta(days=1))
    live = LiveVacancyFactory()

    assert found(client) == [live]


@pytest.mark.parametrize(
    ("radius", "names"),
    [
        (5, ["Basingstoke"]),
        (10, ["Basingstoke", "Tadley", "Alton"]),
        (15, ["Basingstoke", "Tadley", "Alton"]),
        (20, ["Basingstoke", "Tadley", "Alton", "Winchester"]),
        (30, ["Basingstoke", "Tadley", "Alton", "Winchester", "Havant"]),
    ],
)
def test_radius_is_a_circle_in_miles_and_the_nearest_come_first(client, spread, radius, names):
    assert found_places(client, place="basingstoke", radius=radius) == names


def test_a_place_without_a_radius_means_ten_miles(client, spread):
    assert found_places(client, place="Basingstoke") == ["Basingstoke", "Tadley", "Alton"]


def test_a_postcode_is_a_place(client, spread):
    assert found_places(client, place="so23 9zz", radius=5) == ["Winchester"]


def test_the_card_says_how_far_it_is(client, spread):
    page = client.get("/vacancies/", {"place": "Basingstoke"}).content.decode()

    assert "Tadley, 6 miles away" in page
    assert "Alton, 9 miles away" in page
    assert "Basingstoke, less than a mile away" in page


def test_the_journey_of_words_place_and_contract(client, spread):
    permanent = LiveVacancyFactory(title="Social worker")
    fixed = LiveVacancyFactory(title="Social worker", contract=Contract.FIXED_TERM)
    manager = LiveVacancyFactory(title="Team manager")
    query = {"q": "social worker", "place": "Basingstoke", "radius": 10}

    assert {permanent, fixed} <= set(found(client, **query))
    assert manager not in found(client, **query)
    assert fixed not in found(client, **query, contract="permanent")


@pytest.mark.parametrize(
    ("query", "field", "value"),
    [
        ({"contract": "fixed_term"}, "contract", Contract.FIXED_TERM),
        ({"pattern": "term_time"}, "patterns", [Pattern.PART_TIME, Pattern.TERM_TIME]),
        ({"newly_qualified": "on"}, "newly_qualified_welcome", True),
        ({"salary_min": "£41,801"}, "salary_to", 41_801),
        ({"q": "administrator"}, "title", "Administrator"),
        ({"sponsorship": "on"}, "sponsorship_possible", True),
        ({"driving": "essential"}, "driving", Driving.ESSENTIAL),
    ],
)
def test_each_filter_keeps_only_what_fits(client, query, field, value):
    LiveVacancyFactory()
    fits = LiveVacancyFactory(**{field: value})

    assert found(client, **query) == [fits]


def test_role_and_district_are_filtered_by_their_slug(client):
    LiveVacancyFactory()
    fits = LiveVacancyFactory(
        role=RoleFactory(slug="intensive-worker"), district=DistrictFactory(slug="hart")
    )

    assert found(client, role="intensive-worker") == [fits]
    assert found(client, district="hart") == [fits]
    assert found(client, role="intensive-worker", district="hart") == [fits]


def test_family_and_registration_are_those_of_the_role(client):
    LiveVacancyFactory()
    fits = LiveVacancyFactory(
        role=RoleFactory(family=RoleFamily.SPECIALIST, needs_registration=True)
    )

    assert found(client, family="specialist") == [fits]
    assert found(client, registration="needed") == [fits]
    assert fits not in found(client, registration="not_needed")
    assert len(found(client, family=["specialist", "social_work"])) == 2


def test_somebody_who_does_not_drive_finds_where_another_way_would_do(client):
    LiveVacancyFactory(driving=Driving.ESSENTIAL)
    bus = LiveVacancyFactory(driving=Driving.ESSENTIAL, driving_alternatives="The bus")
    desk = LiveVacancyFactory()

    assert found(client, driving="not_essential") == [desk, bus]


def test_closing_soon_is_within_the_days_of_the_setting(client, today, settings):
    settings.CLOSING_SOON_DAYS = 3
    LiveVacancyFactory(closes_on=today + timedelta(days=4))
    LiveVacancyFactory(closes_on=today + timedelta(days=3), rolling=True)
    soon = LiveVacancyFactory(closes_on=today + timedelta(days=3))

    assert found(client, closing_soon="on") == [soon]


def test_posted_is_the_later_of_published_and_begun(client, today):
    now = timezone.now()
    old = {"opens_on": today - timedelta(days=9), "published_at": now - timedelta(days=9)}
    LiveVacancyFactory(**old)
    scheduled = LiveVacancyFactory(**(old | {"opens_on": today - timedelta(days=3)}))
    late = LiveVacancyFactory(**(old | {"published_at": now - timedelta(days=1)}))

    assert found(client, posted=3) == [late, scheduled]
    assert found(client, posted=1) == [late]


def test_a_vacancy_is_found_by_the_nearest_of_its_places(client, spread):
    district = DistrictFactory(slug="hart")
    latitude, longitude = PLACES["Tadley"]
    OtherPlace.objects.create(
        vacancy=spread["Havant"],
        place_name="Tadley",
        latitude=latitude,
        longitude=longitude,
        district=district,
    )

    near = found(client, place="Tadley", radius=5)

    assert near == [spread["Havant"], spread["Tadley"]]
    assert near[0].distance_miles == near[1].distance_miles
    assert found(client, district="hart") == [spread["Havant"]]


def test_staff_find_what_is_for_staff_only_and_visitors_never(client, staff_only):
    assert found(client) == []

    client.force_login(StaffMemberFactory().user)

    assert found(client) == [staff_only]


@pytest.fixture
def staff_only():
    return LiveVacancyFactory(visibility=Visibility.STAFF_ONLY)


def test_two_contracts_mean_either(client):
    LiveVacancyFactory(contract=Contract.SECONDMENT)
    either = {LiveVacancyFactory(), LiveVacancyFactory(contract=Contract.FIXED_TERM)}

    assert set(found(client, contract=["permanent", "fixed_term"])) == either


def test_orders(client, today):
    first = LiveVacancyFactory(closes_on=today + timedelta(days=9), salary_to=41_000)
    second = LiveVacancyFactory(closes_on=today + timedelta(days=2), salary_to=40_000)
    third = LiveVacancyFactory(closes_on=today + timedelta(days=5), salary_to=42_000)

    assert found(client) == [third, second, first]
    assert found(client, sort="closing") == [second, third, first]
    assert found(client, sort="salary") == [third, first, second]
    assert found(client, sort="distance") == [third, second, first]  # From nowhere: the newest.


def test_chips_show_each_filter_and_take_it_away(client, places):
    RoleFactory(slug="social-worker", name="Social worker")
    address = (
        "/vacancies/?q=family&place=Alton&radius=5&role=social-worker&contract=permanent"
        "&contract=secondment&salary_min=30000&newly_qualified=on&page=3"
    )

    response = client.get(address)

    assert [chip["text"] for chip in response.context["chips"]] == [
        "“family”",
        "Within 5 miles of Alton",
        "Social worker",
        "Permanent",
        "Secondment",
        "From £30,000",
        "Newly qualified welcome",
    ]
    without_permanent = address.replace("&contract=permanent", "").replace("&page=3", "")
    assert without_permanent.replace("/vacancies/", "").replace("&", "&amp;") in (
        response.content.decode()
    )


def offers(response):
    """What is offered when nothing was found: words, number and address of each."""
    return [(offer.text, offer.count, offer.address) for offer in response.context["help"]]


def test_nothing_found_says_how_far_to_look_and_without_what(client, spread):
    spread["Havant"].delete()

    response = client.get("/vacancies/", {"place": "Havant", "radius": 5, "contract": "permanent"})

    assert offers(response) == [
        ("within 30 miles of Havant", 3, "?place=Havant&radius=30&contract=permanent"),
        ("within 50 miles of Havant", 4, "?place=Havant&radius=50&contract=permanent"),
        ("in the whole county", 4, "?contract=permanent"),
    ]
    page = response.content.decode()
    assert "3 vacancies within 30 miles of Havant" in page


def test_nothing_found_says_which_word_or_filter_is_too_many(client):
    LiveVacancyFactory(title="Youth worker", contract=Contract.SECONDMENT)

    words = client.get("/vacancies/", {"q": "youth worker astronaut"})
    filters = client.get("/vacancies/", {"q": "youth worker", "contract": "permanent"})

    assert offers(words) == [("for “youth worker”", 1, "?q=youth+worker")]
    assert offers(filters) == [("without “Permanent”", 1, "?q=youth+worker")]


def test_nothing_found_says_which_word_finds_when_several_are_too_many(client):
    LiveVacancyFactory(title="Youth worker")

    two = client.get("/vacancies/", {"q": "astronaut youth cosmonaut"})
    many = client.get("/vacancies/", {"q": "can I please be a youth astronaut on the moon"})

    assert offers(two) == [("for “youth”", 1, "?q=youth")]
    assert offers(many) == [("for “youth”", 1, "?q=youth")]


def test_an_unknown_place_says_so_and_offers_the_nearest_spelling(client, spread):
    response = client.get("/vacancies/", {"place": "Basinstoke"})

    assert list(response.context["page"].object_list) == []
    assert "We do not know a place called “Basinstoke”" in response.content.decode()
    assert 'href="?place=Basingstoke">Basingstoke</a>' in response.content.decode()


@pytest.mark.parametrize("radius", ["-1", "abc", "7", "", "10\x00"])
def test_a_radius_that_is_not_on_the_list_is_told_and_ten_miles_are_searched(
    client, spread, radius
):
    response = client.get("/vacancies/", {"place": "Basingstoke", "radius": radius}, follow=True)

    assert len(response.context["page"].object_list) == 3
    assert ("Choose a distance from the list" in response.content.decode()) == bool(radius)


def test_a_salary_that_is_no_number_is_told(client):
    page = client.get("/vacancies/", {"salary_min": "lots"}).content.decode()

    assert "Enter a yearly salary in pounds, like 35,000" in page


def test_pages_are_capped_and_a_page_too_far_is_the_last(client, settings):
    settings.VACANCIES_PER_PAGE = 1
    settings.LAST_PAGE = 2
    LiveVacancyFactory.create_batch(3)

    page = client.get("/vacancies/", {"page": "99999999999"}).context["page"]

    assert (page.number, page.paginator.num_pages) == (2, 2)


@pytest.mark.parametrize("page", ["0", "-1", "-99999999999", "abc"])
def test_what_is_no_page_is_the_first(client, settings, page):
    settings.VACANCIES_PER_PAGE = 1
    LiveVacancyFactory.create_batch(3)

    assert client.get("/vacancies/", {"page": page}).context["page"].number == 1


@pytest.mark.parametrize("count", [0, 2])
@pytest.mark.parametrize(
    "name",
    [
        "q", "place", "radius", "role", "family", "district", "contract", "pattern", "salary_min",
        "registration", "driving", "posted", "sort",
    ],
)  # fmt: skip
def test_each_error_leads_to_something_on_the_page(client, name, count):
    LiveVacancyFactory.create_batch(count)

    response = client.get("/vacancies/", {name: "banana" * 30})

    [item] = response.context["form"].error_items
    page = response.content.decode()
    assert f'href="#{item["anchor"]}"' in page
    assert f'id="{item["anchor"]}"' in page


@pytest.mark.parametrize(
    ("sent", "clean"),
    [
        ("?q=&place=&radius=10&contract=", "?radius=10"),
        (
            "?q=a%3D&place=&pattern=part_time&pattern=hybrid",
            "?q=a%3D&pattern=part_time&pattern=hybrid",
        ),
        ("?q=%FF&sort=", "?q=%FF"),
        ("?place=", ""),
    ],
)
def test_what_a_form_sends_empty_is_left_out_of_the_address(client, sent, clean):
    response = client.get(f"/vacancies/{sent}")

    assert (response.status_code, response.url) == (302, f"/vacancies/{clean}")
    assert client.get(response.url).status_code == 200


def test_an_address_too_long_to_be_sent_back_is_answered_as_it_is(client):
    assert client.get(f"/vacancies/?q={'x' * 5000}&place=").status_code == 200


OPERATORS = [
    "\x00", "a\x00b", "'", '"', '"half a quote', "((", ":*", "& | !", "-", "<->", "a:b:*", "\\", "%",
    "-1", "abc", "10**9", "9" * 400, "1e9", "or", "or or -", '-"', "a or -b", "£40k", "SO23 9ZZ", "\ue000",
    "²", "ª", "\u202e", "\ud7ff", "x" * 10_000, "social worker " * 800, "'':*|!()", "%00", "\r\n", "½",
]  # fmt: skip
ODD = st.one_of(
    st.text(max_size=130),
    st.text(alphabet="()&|!:*<->'\"\\ aor\x00\t\x7f", max_size=60),
    st.sampled_from(OPERATORS),
    st.lists(st.sampled_from(OPERATORS), max_size=4).map(" ".join),
)
NAMES = [
    "q", "exact", "text", "place", "radius", "role", "family", "district", "contract", "pattern",
    "salary_min", "newly_qualified", "registration", "driving", "sponsorship", "closing_soon",
    "posted", "sort", "page", "nothing_we_know", "q[]",
]  # fmt: skip


@hypothesis_settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(query=st.dictionaries(st.sampled_from(NAMES), st.lists(ODD, max_size=2)))
def test_whatever_is_asked_the_list_answers(client, query):
    response = client.get("/vacancies/", query, follow=True)

    assert response.status_code == 200
    assert "vacanc" in response.content.decode()


@pytest.mark.parametrize("typed", OPERATORS)
def test_each_odd_value_is_answered_everywhere_at_once(client, places, typed):
    LiveVacancyFactory()

    for query in [dict.fromkeys(NAMES, typed), {"q": typed}, {"place": typed}, {"page": typed}]:
        assert client.get("/vacancies/", query).status_code == 200


@pytest.mark.parametrize(
    "query", ["q=%", "q=%ff%fe", "&&&", "=", "q", "page=1e9", "?q=?", "q=%ED%A0%80"]
)
def test_an_address_that_is_no_query_is_answered(client, query):
    assert client.get(f"/vacancies/?{query}").status_code in (200, 400)


@pytest.fixture
def kept_pages(settings):
    """As on a real site, where each page asks whether what it keeps is still right."""
    settings.PAGES_KEPT_SECONDS = 300


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count(client, django_assert_num_queries, places, kept_pages, count):
    LiveVacancyFactory.create_batch(count)

    # The generation, the catalogue, the words, the board, the cards: nothing is kept yet.
    with django_assert_num_queries(5):
        response = client.get("/vacancies/", {"q": "social", "place": "Basingstoke"})

    assert len(response.context["page"].object_list) == count


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_of_a_typing_error(
    client, django_assert_num_queries, places, kept_pages, count
):
    LiveVacancyFactory.create_batch(count)

    # One more: what was meant.
    with django_assert_num_queries(6):
        response = client.get("/vacancies/", {"q": "soical", "place": "Basingstoke"})

    assert len(response.context["page"].object_list) == count


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_when_nothing_is_found(
    client, django_assert_num_queries, places, kept_pages, count
):
    LiveVacancyFactory.create_batch(count)

    # No cards, but what was meant, and fewer words.
    with django_assert_num_queries(6):
        response = client.get("/vacancies/", {"q": "soical xylophone", "place": "Basingstoke"})

    assert response.context["page"].object_list == []
