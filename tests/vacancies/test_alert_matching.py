"""What an alert finds is what the search finds for the same filters."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, event, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from organisation.models import RoleFamily
from organisation.queries import FoundPlace
from tests.factories.alerts import AlertFactory, search_for
from tests.factories.organisation import DistrictFactory, RoleFactory
from tests.factories.vacancies import LiveVacancyFactory, VacancyFactory
from vacancies.actions.alert_runs import announce_vacancies
from vacancies.models import (
    Alert,
    AlertRun,
    Announcement,
    Contract,
    Driving,
    OtherPlace,
    Pattern,
    SearchSynonym,
    Vacancy,
    Visibility,
)
from vacancies.queries import VacancyFilters, find, search_vacancies
from vacancies.queries.alerts import AlertSearch, owed_vacancies

pytestmark = pytest.mark.django_db

PLACES = {
    "Winchester": (51.0632, -1.3080),
    "Fareham": (50.8548, -1.1866),
    "Basingstoke": (51.2625, -1.0871),
    "Andover": (51.2111, -1.4918),
}
TITLES = [
    "Social worker, children in care",
    "Family support worker",
    "Business administrator",
    "Newly qualified social worker",
    "Emergency duty social worker",
    "Team manager",
]
DISTRICTS = ["hart", "fareham", "test-valley"]
ROLES = ["social-worker", "support-worker", "administrator"]

words = st.sampled_from(
    [
        "", "", "", "social work", "NQSW", "administrator", '"family support"', "worker -family", "worker -visit",
        "manager or administrator", "the", "soical", "HCC-0", "hcc-1", "!!", "duty team",
    ]
)  # fmt: skip
spots = st.none() | st.sampled_from(sorted(PLACES))


def several(choices):
    some = st.lists(st.sampled_from(sorted(choices)), max_size=2, unique=True).map(tuple)
    return st.just(()) | st.just(()) | some


rarely = st.sampled_from([False, False, True])  # Too many filters at once find nothing.


filters = st.builds(
    VacancyFilters,
    words=words,
    in_text=rarely,
    near=spots.map(lambda name: name and FoundPlace(name, *PLACES[name], is_postcode=False)),
    radius=st.sampled_from([5, 10, 20, 50]),
    families=several(RoleFamily.values[:3]),
    role=st.sampled_from(["", "", "", *ROLES]),
    districts=several(DISTRICTS),
    contracts=several(Contract.values),
    patterns=several(Pattern.values),
    salary_min=st.none() | st.none() | st.sampled_from([30_000, 41_800, 41_801]),
    newly_qualified=rarely,
    registration=st.sampled_from(["", "", "", "needed", "not_needed"]),
    driving=st.sampled_from(["", "", "", "essential", "not_essential"]),
    sponsorship=rarely,
)


@pytest.fixture
def adverts():
    """Forty adverts of every kind, some of which nobody outside may see."""
    districts = [DistrictFactory(slug=slug) for slug in DISTRICTS]
    families = RoleFamily.values[:3]
    roles = [
        RoleFactory(slug=slug, family=families[number], needs_registration=number == 0)
        for number, slug in enumerate(ROLES)
    ]
    towns = list(PLACES.items())
    for number in range(40):
        town, (latitude, longitude) = towns[number % 4]
        vacancy = LiveVacancyFactory(
            title=TITLES[number % 6],
            role=roles[number % 3],
            district=districts[number // 2 % 3],
            place_name=town,
            latitude=latitude,
            longitude=longitude,
            contract=Contract.values[number // 3 % 3],
            patterns=[Pattern.values[number % 6], Pattern.values[number // 5 % 6]],
            salary_to=41_800 + number % 2,
            newly_qualified_welcome=number % 4 < 3,
            driving=Driving.ESSENTIAL if number % 5 < 2 else Driving.NOT_NEEDED,
            driving_alternatives="The bus" if number % 5 == 1 else "",
            sponsorship_possible=number % 7 < 5,
        )
        if number % 6 == 0:
            latitude, longitude = PLACES["Fareham"]
            OtherPlace.objects.create(
                vacancy=vacancy,
                place_name="Fareham",
                latitude=latitude,
                longitude=longitude,
                district=districts[1],
            )
    LiveVacancyFactory(visibility=Visibility.STAFF_ONLY)
    LiveVacancyFactory(opens_on=timezone.localdate() + timedelta(days=1))
    VacancyFactory()
    SearchSynonym.objects.create(term="nqsw", meanings=["newly qualified social worker"])
    return announce_vacancies(now=timezone.now())


def owed_to(alert):
    rows = owed_vacancies([alert.subscriber_id], timezone.localdate())
    return {vacancy for _, _, keys in rows for vacancy in keys}


@hypothesis_settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(filters=filters)
def test_an_alert_finds_what_the_search_finds(adverts, filters):
    today = timezone.localdate()
    in_text = bool(filters.words) and find(filters, today).shows_text
    alert = AlertFactory(finds=AlertSearch(filters, "", "Some jobs", in_text))

    found = search_vacancies(filters, today)
    event("finds some" if found else "finds none")

    assert owed_to(alert) == {vacancy.pk for vacancy in found}


def test_a_word_to_be_absent_is_absent_from_the_text_too(adverts):
    found = search_vacancies(VacancyFilters(words="worker -visit"), timezone.localdate())

    assert list(found) == []
    assert owed_to(AlertFactory(finds=search_for(words="worker -visit"))) == set()


def test_a_reference_finds_its_advert(adverts):
    vacancy = Vacancy.objects.open_to_public(timezone.localdate()).first()

    assert owed_to(AlertFactory(finds=search_for(words=vacancy.reference.lower()))) == {vacancy.pk}


def test_many_alerts_are_matched_in_five_statements(adverts, django_assert_num_queries):
    alerts = AlertFactory.create_batch(30, finds=search_for(words="administrator"))

    with django_assert_num_queries(5):
        owed = owed_vacancies([a.subscriber_id for a in alerts], timezone.localdate())

    assert len(owed) == 30


def test_words_mean_what_the_synonyms_of_today_say(adverts):
    alert = AlertFactory(finds=search_for(words="EDT"))
    assert owed_to(alert) == set()

    SearchSynonym.objects.create(term="EDT", meanings=["emergency duty"])
    announce_vacancies(now=timezone.now())

    found = search_vacancies(VacancyFilters(words="EDT"), timezone.localdate())
    assert owed_to(alert) == {vacancy.pk for vacancy in found} != set()
    assert Alert.objects.defer("words_query").get(pk=alert.pk).words == "EDT"


def test_an_unchanged_advert_is_announced_once_and_a_changed_one_again(adverts):
    again = announce_vacancies(now=timezone.now())
    assert again.announced == 0

    vacancy = Announcement.objects.first().vacancy
    vacancy.title = "Social worker, adoption"
    vacancy.save(update_fields=["title"])
    third = announce_vacancies(now=timezone.now())

    assert third.announced == 1
    assert list(third.announcements.all()) == [Announcement.objects.get(vacancy=vacancy)]
    assert AlertRun.objects.count() == 3
