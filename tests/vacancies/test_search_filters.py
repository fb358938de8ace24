"""Filters: their counts, the words that become them, chips, places, and what only staff see."""

import random
import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils import timezone

from organisation.models import Outcode, Place, RoleFamily
from tests.factories.organisation import DistrictFactory, RoleFactory, StaffMemberFactory
from tests.factories.vacancies import LiveVacancyFactory
from vacancies.forms import SearchForm
from vacancies.models import Contract, Driving, OtherPlace, Pattern, Visibility
from vacancies.queries import FACETS, find, search_vacancies

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fareham():
    Place.objects.create(name="Fareham", latitude=50.852, longitude=-1.178, district="Fareham")
    Place.objects.create(
        name="Chandler's Ford", latitude=50.984, longitude=-1.38, district="Eastleigh"
    )
    Outcode.objects.create(code="SO23", latitude=51.0672, longitude=-1.3055, name="Winchester")
    DistrictFactory(name="Test Valley", slug="test-valley")


def form(query):
    return SearchForm(QueryDict(query))


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("part time fareham", "?place=Fareham&pattern=part_time"),
        ("part-time social worker", "?q=social+worker&pattern=part_time"),
        ("Permanent", "?contract=permanent"),
        ("newly qualified social worker", "?q=social+worker&newly_qualified=on"),
        ("term time administrator", "?q=administrator&pattern=term_time"),
        ("job share", "?pattern=job_share"),
        ("manager near Fareham", "?q=manager&place=Fareham"),
        ("manager in so23 9zz", "?q=manager&place=SO23+9ZZ"),
        ("near fareham", "?place=Fareham"),
        ("close to fareham", "?place=Fareham"),
        ("within 5 miles of fareham", "?place=Fareham&radius=5"),
        ("5 miles from fareham", "?place=Fareham&radius=5"),
        ("manager within fifteen miles of Fareham", "?q=manager&place=Fareham&radius=15"),
        ("20-mile radius of SO23 9ZZ part time", "?place=SO23+9ZZ&radius=20&pattern=part_time"),
        ("fareham within 5 miles", "?place=Fareham&radius=5"),
        ("7 miles from fareham", "?place=Fareham&radius=10"),
        ("within 999 miles of fareham", "?place=Fareham&radius=50"),
        ("within 5 miles of the test valley", "?district=test-valley"),
        ("within 5 miles of nowhere", "?q=within+5+miles+of+nowhere"),
        ("chandlers ford", "?place=Chandler%27s+Ford"),
        ("social worker test valley", "?q=social+worker&district=test-valley"),
        ("manager £40k", "?q=manager&salary_min=40000"),
        ("40k manager", "?q=manager&salary_min=40000"),
        ("manager £41,500", "?q=manager&salary_min=41500"),
        ("40000", "?salary_min=40000"),
        ("40,000", "?salary_min=40000"),
        ("£40k", "?salary_min=40000"),
        ("£40,000", "?salary_min=40000"),
        ("over £40,000 a year", "?salary_min=40000"),
        ("£40k+ manager", "?q=manager&salary_min=40000"),
        ("£40k - £45k manager", "?q=manager&salary_min=40000"),
        ("manager £40,000 - £45,000 pa", "?q=manager&salary_min=40000"),
        ("1042", "?q=1042"),
        ("01632 960123", "?q=01632+960123"),
        ("manager -40000", "?q=manager+-40000"),
        ("40,000,000", "?q=40%2C000%2C000"),
        ("HCC-40000", "?q=HCC-40000"),
        ("hcc 40000", "?q=HCC-40000"),
        ("jobs in hampshire", "?"),
        ("a job for me", "?"),
        ("social worker in the test valley", "?q=social+worker&district=test-valley"),
        ("the Test Valley", "?district=test-valley"),
        ("work in the home", "?q=work+in+the+home"),
        ("social worker jobs", "?q=social+worker"),
        ('"part time"', "?q=%22part+time%22"),
        ("permanent or temporary", "?q=permanent+or+temporary"),
        ("manager -permanent", "?q=manager+-permanent"),
        ("social worker", "?q=social+worker"),
        ("£999k manager", "?q=manager"),
    ],
)
def test_words_that_are_really_filters_become_filters(typed, canonical):
    query = QueryDict(mutable=True)
    query["q"] = typed

    assert SearchForm(query).address() == canonical


def test_a_place_in_the_words_stays_a_word_when_there_is_a_place():
    assert form("q=fareham&place=SO23").address() == "?q=fareham&place=SO23"


def test_a_distance_in_the_words_goes_before_the_one_that_the_form_sends():
    assert form("q=manager+within+5+miles&place=SO23&radius=10").address() == (
        "?q=manager&place=SO23&radius=5"
    )


def test_a_distance_and_its_place_are_said_together(client):
    LiveVacancyFactory()

    response = client.get("/vacancies/", {"q": "within 5 miles of fareham"})

    assert [chip["text"] for chip in response.context["chips"]] == ["Within 5 miles of Fareham"]
    assert "We took “within 5 miles of fareham” as filters." in response.content.decode()


def test_a_salary_in_the_words_is_said_and_shown_as_a_chip(client):
    enough = LiveVacancyFactory(salary_to=41_000)
    LiveVacancyFactory(salary_to=39_000)

    response = client.get("/vacancies/", {"q": "40000"})

    assert list(response.context["page"].object_list) == [enough]
    assert [chip["text"] for chip in response.context["chips"]] == ["From £40,000"]
    assert "We took “40000” as a filter." in response.content.decode()


@pytest.mark.parametrize("said", ["HCC-{}", "hcc-{}", "HCC{}", "hcc {}", "HCC–{}"])
def test_a_reference_is_found_however_it_is_typed(client, said):
    vacancy, _ = LiveVacancyFactory.create_batch(2)
    number = vacancy.reference.removeprefix("HCC-")

    response = client.get("/vacancies/", {"q": said.format(number)})

    assert list(response.context["page"].object_list) == [vacancy]


def test_words_are_words_when_the_address_says_exact():
    assert form("q=part+time&exact=on").address() == "?q=part+time&exact=on"


def test_words_are_exact_in_the_form_only_as_long_as_they_stay_the_same(client):
    page = client.get("/vacancies/", {"q": "part time", "exact": "on"}).content.decode()
    [sent] = re.findall(r'name="exact" value="(.*?)"', page)

    same = form(urlencode({"q": "part time", "exact": sent}))
    other = form(urlencode({"q": "job share", "exact": sent}))

    assert same.address() == "?q=part+time&exact=on"
    assert other.address() == "?pattern=job_share"


@pytest.mark.parametrize("signs", ["&", "-", '""', "or"])
def test_signs_without_a_word_are_no_search_for_words(signs):
    query = QueryDict(mutable=True)
    query.update({"q": signs, "exact": "on"})

    assert SearchForm(query).address() == "?"


def test_a_word_adds_to_the_filter_that_is_set():
    assert form("q=part+time&pattern=job_share").address() == (
        "?pattern=job_share&pattern=part_time"
    )


def test_the_page_says_what_became_a_filter_and_how_to_search_for_the_words(client):
    part_time = LiveVacancyFactory(patterns=[Pattern.PART_TIME], latitude=50.852, longitude=-1.178)
    LiveVacancyFactory()

    response = client.get("/vacancies/", {"q": "part time fareham", "sort": "newest"})

    text = response.content.decode()
    assert list(response.context["page"].object_list) == [part_time]
    assert [chip["text"] for chip in response.context["chips"]] == [
        "Within 10 miles of Fareham",
        "Part time",
    ]
    assert [chip["address"] for chip in response.context["chips"]] == [
        "?pattern=part_time&sort=newest",
        "?place=Fareham&sort=newest",
    ]
    assert "We took “part time” and “fareham” as filters." in text
    assert 'href="?q=part+time+fareham&amp;exact=on&amp;sort=newest"' in text
    assert 'value="Fareham"' in text


def facets(search):
    return {name: {value: n for value, n in search.counts(name).items() if n} for name in FACETS}


def test_counts_leave_out_their_own_filter_and_keep_the_others(today):
    other = RoleFactory(family=RoleFamily.SPECIALIST, slug="nurse", needs_registration=True)
    LiveVacancyFactory(
        contract=Contract.PERMANENT, patterns=[Pattern.FULL_TIME, Pattern.HYBRID], salary_to=39_000
    )
    LiveVacancyFactory(
        contract=Contract.SECONDMENT,
        patterns=[Pattern.PART_TIME],
        role=other,
        driving=Driving.ESSENTIAL,
        newly_qualified_welcome=True,
        closes_on=today + timedelta(days=3),
    )
    LiveVacancyFactory(contract=Contract.FIXED_TERM, sponsorship_possible=True)

    nothing = facets(find(form("").filters(), today))
    permanent = facets(find(form("contract=permanent").filters(), today))
    either = facets(find(form("contract=permanent&contract=secondment").filters(), today))

    assert nothing["contract"] == {"permanent": 1, "secondment": 1, "fixed_term": 1}
    assert nothing["pattern"] == {"full_time": 2, "hybrid": 1, "part_time": 1}
    assert nothing["family"] == {"social_work": 2, "specialist": 1}
    assert nothing["registration"] == {"needed": 1, "not_needed": 2}
    assert nothing["driving"] == {"essential": 1, "not_essential": 2}
    assert nothing["salary_min"] == {25_000: 3, 30_000: 3, 35_000: 3, 40_000: 2}
    assert nothing["posted"] == {1: 3, 3: 3, 7: 3, 14: 3}
    assert (nothing["newly_qualified"], nothing["sponsorship"]) == ({"on": 1}, {"on": 1})
    assert nothing["closing_soon"] == {"on": 1}
    assert permanent["contract"] == nothing["contract"]
    assert permanent["pattern"] == {"full_time": 1, "hybrid": 1}
    assert either["family"] == {"social_work": 1, "specialist": 1}


def test_a_vacancy_with_several_places_counts_in_each_district_once(today):
    here, there = DistrictFactory(slug="here"), DistrictFactory(slug="there")
    vacancy = LiveVacancyFactory(district=here)
    for name, district in [("A", there), ("B", there)]:
        OtherPlace.objects.create(
            vacancy=vacancy, place_name=name, latitude=51, longitude=-1, district=district
        )

    assert find(form("").filters(), today).counts("district") == {"here": 1, "there": 1}


def test_the_number_beside_an_option_is_what_choosing_it_finds(client, today):
    dice = random.Random(5)
    for _ in range(40):
        LiveVacancyFactory(
            contract=dice.choice(Contract.values),
            patterns=dice.sample(Pattern.values, 2),
            driving=dice.choice(Driving.values),
            sponsorship_possible=dice.random() < 0.5,
            newly_qualified_welcome=dice.random() < 0.5,
            salary_from=20_000,
            salary_to=dice.randint(24_000, 60_000),
            closes_on=today + timedelta(days=dice.randint(0, 20)),
            opens_on=today - timedelta(days=dice.randint(0, 20)),
            published_at=timezone.now() - timedelta(days=20),
            role=RoleFactory(
                family=dice.choice(RoleFamily.values), needs_registration=dice.random() < 0.5
            ),
        )
    chosen = "contract=permanent&contract=fixed_term&pattern=full_time&driving=not_needed"

    response = client.get(f"/vacancies/?{chosen}")

    wrong = []
    for group in response.context["groups"]:
        for option in group.options:
            alone = form(chosen)
            alone.given[group.name] = [option.value]
            found = find(form(alone.address()[1:]).filters(), today).count
            if found != option.count:
                wrong.append((group.name, option.value, option.count, found))
    assert wrong == []


def test_the_queryset_for_feeds_holds_what_the_page_shows(client, today):
    LiveVacancyFactory.create_batch(3, latitude=50.852, longitude=-1.178)
    far = LiveVacancyFactory(title="Team manager")
    LiveVacancyFactory.create_batch(2, title="Team manager", latitude=50.9, longitude=-1.178)

    for query in ["", "q=manager", "place=Fareham", "q=manager&place=Fareham&sort=distance"]:
        page = client.get(f"/vacancies/?{query}").context["page"]
        assert list(search_vacancies(form(query).filters(), today)) == page.object_list, query
    assert far not in search_vacancies(form("place=Fareham").filters(), today)


def test_the_distance_of_a_queryset_is_that_of_the_page(client, today):
    LiveVacancyFactory(latitude=50.9, longitude=-1.178)

    [shown] = client.get("/vacancies/?place=Fareham").context["page"].object_list
    [listed] = search_vacancies(form("place=Fareham").filters(), today)

    assert listed.distance_miles == pytest.approx(shown.distance_miles)


def test_a_vacancy_is_shown_at_the_nearest_of_its_places(client):
    vacancy = LiveVacancyFactory()
    OtherPlace.objects.create(
        vacancy=vacancy,
        place_name="Portchester",
        latitude=50.845,
        longitude=-1.12,
        district=DistrictFactory(),
    )

    assert "Portchester, 3 miles away" in client.get("/vacancies/?place=Fareham").content.decode()


def test_a_full_postcode_is_said_to_be_about_right_and_an_outcode_is_not(client):
    LiveVacancyFactory(place_name="Winchester", latitude=51.06, longitude=-1.25)

    full = client.get("/vacancies/?place=so239zz").content.decode()
    outcode = client.get("/vacancies/?place=SO23").content.decode()

    assert "Distances are from the middle of SO23" in full
    assert "Winchester, about 2 miles away" in full
    assert "Distances are from the middle" not in outcode
    assert "Winchester, 2 miles away" in outcode


def test_a_distance_that_is_not_on_the_list_shows_the_one_that_is_searched(client):
    text = client.get("/vacancies/?place=Fareham&radius=7").content.decode()

    assert '<option value="10" selected>Within 10 miles</option>' in text
    assert text.count("selected") == 1
    assert '<a href="#id_radius">Choose a distance from the list</a>' in text
    assert text.index("There is a problem") < text.index("hp-hero")


def test_what_is_not_on_a_list_is_told_and_the_rest_is_searched(client):
    LiveVacancyFactory(contract=Contract.SECONDMENT)
    fits = LiveVacancyFactory()

    response = client.get("/vacancies/?contract=permanent&contract=x&sort=y&family=z")

    assert response.context["page"].object_list == [fits]
    assert response.context["form"].errors == dict.fromkeys(
        ["family", "contract", "sort"], "Choose one from the list"
    )
    assert "<title>Error: Vacancies" in response.content.decode()


def test_staff_only_counts_for_staff_and_carries_its_tag(client):
    LiveVacancyFactory(visibility=Visibility.STAFF_ONLY, contract=Contract.SECONDMENT)

    before = client.get("/vacancies/")
    client.force_login(StaffMemberFactory().user)
    after = client.get("/vacancies/")

    assert (before.context["search"].count, after.context["search"].count) == (0, 1)
    assert b"Secondment" not in before.content
    assert b"Staff only" in after.content


def test_staff_first_is_for_everyone_from_its_day(client, today):
    LiveVacancyFactory(visibility=Visibility.STAFF_FIRST, public_from=today + timedelta(days=1))
    begun = LiveVacancyFactory(
        visibility=Visibility.STAFF_FIRST, opens_on=today - timedelta(days=2), public_from=today
    )

    assert client.get("/vacancies/").context["page"].object_list == [begun]


def test_a_role_without_a_vacancy_finds_nothing_and_is_no_error(client):
    RoleFactory(slug="area-director", name="Area director")
    LiveVacancyFactory()

    response = client.get("/vacancies/?role=area-director")

    assert (response.context["search"].count, response.context["form"].errors) == (0, {})
    assert [offer.text for offer in response.context["help"]] == ["without “Area director”"]


def test_the_map_leads_to_each_district_and_back_with_all_else_as_it_is(client):
    hart = DistrictFactory(slug="hart", map_column=2, map_row=1)
    LiveVacancyFactory(district=hart)

    there = client.get("/vacancies/?q=social+worker+permanent").content.decode()
    back = client.get("/vacancies/?district=hart&contract=permanent").content.decode()

    assert 'href="?q=social+worker&amp;district=hart&amp;contract=permanent"' in there
    assert 'href="?contract=permanent"' in back


def test_feeds_and_alerts_are_offered_for_this_search(client):
    LiveVacancyFactory(contract=Contract.PERMANENT)

    page = client.get("/vacancies/?q=permanent&page=1").content.decode()

    assert 'href="/vacancies/alerts/new/?contract=permanent"' in page
