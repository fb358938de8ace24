import pytest
from django.core.management import call_command

from organisation.models import District, Outcode, PathwayStep, Place, Role, Team
from organisation.queries import Gazetteer, find_place, nearest_spellings, with_distance
from tests.factories.organisation import TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    Place.objects.create(
        name="Basingstoke", latitude=51.2625, longitude=-1.0871, district="Basingstoke and Deane"
    )
    Place.objects.create(
        name="Winchester", latitude=51.0632, longitude=-1.308, district="Winchester"
    )
    Outcode.objects.create(code="SO23", latitude=51.0672, longitude=-1.3055, name="Winchester")


@pytest.mark.parametrize("typed", ["basingstoke", " Basingstoke ", "BASINGSTOKE"])
def test_a_town_is_found_however_it_is_typed(places, typed):
    found = find_place(typed)

    assert (found.name, found.is_postcode) == ("Basingstoke", False)


@pytest.mark.parametrize("typed", ["SO23", "so23 9zz", "SO239ZZ"])
def test_a_postcode_is_placed_at_its_outcode(places, typed):
    found = find_place(typed)

    assert (found.latitude, found.longitude, found.is_postcode) == (51.0672, -1.3055, True)


@pytest.mark.parametrize("typed", ["Nowhere", "ZZ99", "", "%%%", "SO23 9"])
def test_what_is_no_place_is_not_found(places, typed):
    assert find_place(typed) is None


def test_a_misspelt_town_suggests_the_nearest(places):
    assert nearest_spellings("basinstoke") == ["Basingstoke"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("chandlers ford", "Chandler's Ford"),
        ("CHANDLER’S FORD, Hampshire", "Chandler's Ford"),
        ("lee on the solent", "Lee-on-the-Solent"),
        ("so239zz", "SO23 9ZZ"),
        ("SO23", "SO23"),
    ],
)
def test_a_gazetteer_finds_a_place_however_it_is_written(typed, name):
    gazetteer = Gazetteer(
        [("Chandler's Ford", 50.98, -1.38), ("Lee-on-the-Solent", 50.8, -1.2)],
        [("SO23", 51.07, -1.31)],
    )

    found = gazetteer.find(typed)

    assert found.name == name
    assert found.is_rough == (name == "SO23 9ZZ")


def test_distance_is_in_miles(places):
    team = TeamFactory(latitude=51.0632, longitude=-1.308)

    found = with_distance(Team.objects.filter(pk=team.pk), 51.2625, -1.0871).get()

    assert found.distance_miles == pytest.approx(16.7, abs=0.2)


def test_distance_from_a_place_to_itself_is_nothing():
    TeamFactory(latitude=51.0632, longitude=-1.308)

    assert with_distance(Team.objects.all(), 51.0632, -1.308).get().distance_miles == 0


def test_reference_data_loads_and_may_be_loaded_again():
    for _ in range(2):
        call_command("load_reference_data")

    assert District.objects.count() == 11
    assert Place.objects.count() == 178
    assert Outcode.objects.count() == 366
    assert Role.objects.get(name="Social worker").protected_title
    assert PathwayStep.objects.filter(from_role__name="Administrator").count() == 2


def test_loading_reference_data_again_keeps_what_hr_changed():
    call_command("load_reference_data")
    Role.objects.filter(name="Administrator").update(summary="Our own words.")

    call_command("load_reference_data")

    assert Role.objects.get(name="Administrator").summary == "Our own words."
