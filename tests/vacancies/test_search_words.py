"""Words: how they are read, what they mean, and what was perhaps meant."""

import pytest
from django.core.management import call_command

from tests.factories.accounts import HRAdminFactory
from tests.factories.organisation import RoleFactory, TeamFactory
from tests.factories.vacancies import LiveVacancyFactory, VacancyFactory
from vacancies.actions import close_vacancy
from vacancies.models import SearchSynonym, Vacancy
from vacancies.models.words import read_terms, tsquery

pytestmark = pytest.mark.django_db

SYNONYMS = {"sw": ["social worker"], "looked after": ["in care", "LAC"]}


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("manager", "(('manager' | 'manager':*))"),
        ("team manager", "('team' & ('manager' | 'manager':*))"),
        ('"team manager"', "(('team' <-> 'manager'))"),
        ('"team manager', "(('team' <-> 'manager'))"),
        ("worker -youth", "('worker' & !'youth')"),
        ('worker -"youth justice"', "('worker' & !('youth' <-> 'justice'))"),
        ("youth or court", "('youth') | (('court' | 'court':*))"),
        ("or or", ""),
        ("multi-agency", "(('multi' <-> 'agency'))"),
        ("SW", "((('sw') | ('social' <-> 'worker')))"),
        ("sw Havant", "((('sw') | ('social' <-> 'worker')) & ('havant' | 'havant':*))"),
        ("looked after", "((('looked' & 'after') | ('in' <-> 'care') | 'lac'))"),
        ('"sw"', "('sw')"),
        ("out of hours", "(('outofhours' | 'outofhours':*))"),
        ("Out-of-hours worker", "('outofhours' & ('worker' | 'worker':*))"),
        ('worker -"out of hours"', "('worker' & !'outofhours')"),
        ("shout of hours", "('shout' & 'of' & ('hours' | 'hours':*))"),
        ("-sw", "(!'sw')"),
        ("it", "('it')"),
        ("((' & | ! :* <-> \\", ""),
    ],
)
def test_what_is_typed_becomes_a_query(typed, query):
    assert tsquery(typed, SYNONYMS) == query


def test_terms_remember_how_they_were_typed():
    [terms] = read_terms('a -b "c d" e-f')

    assert [term.text for term in terms] == ["a", "-b", '"c d"', "e-f"]


def matches(words):
    return set(Vacancy.objects.matching(words))


def test_a_synonym_finds_its_meanings_as_phrases_and_itself():
    SearchSynonym.objects.create(term="EDT", meanings=["emergency duty"])
    phrase = LiveVacancyFactory(title="Social worker, emergency duty")
    itself = LiveVacancyFactory(title="Social worker, EDT")
    LiveVacancyFactory(title="Duty in an emergency")

    assert matches("edt") == {phrase, itself}
    assert matches("EDT social worker") == {phrase, itself}


@pytest.mark.parametrize("typed", ["out of hours", "Out-of-hours", "EDT", "emergency duty"])
def test_out_of_hours_is_a_phrase_and_means_the_emergency_duty_team(typed):
    call_command("load_search_synonyms")
    found = {
        LiveVacancyFactory(title="Social worker, out-of-hours"),
        LiveVacancyFactory(title="Social worker", body="You work out of\nhours."),
        LiveVacancyFactory(title="Social worker, emergency duty team"),
    }
    LiveVacancyFactory(title="Administrator, school hours", body="Out and about in all hours.")

    assert matches(typed) == found


def test_two_synonyms_may_not_have_one_term():
    SearchSynonym.objects.create(term="EDT", meanings=["out of hours"])

    with pytest.raises(Exception, match="one_search_synonym_a_term"):
        SearchSynonym.objects.create(term="edt", meanings=["emergency duty"])


def test_synonyms_are_loaded_again_without_undoing_what_hr_wrote():
    call_command("load_search_synonyms")
    SearchSynonym.objects.filter(term="NQSW").update(meanings=["first year"])
    loaded = SearchSynonym.objects.count()
    call_command("load_search_synonyms")

    assert SearchSynonym.objects.count() == loaded
    assert SearchSynonym.objects.meanings()["nqsw"] == ["first year"]


def test_words_follow_a_team_that_is_renamed():
    vacancy = LiveVacancyFactory(team=TeamFactory(name="Lighthouse team"))
    vacancy.team.name = "Harbour team"
    vacancy.team.save()

    assert matches("harbour") == {vacancy}
    assert matches("lighthouse") == set()


@pytest.fixture
def page(client):
    def page(typed, **query):
        return client.get("/vacancies/", {"q": typed, **query})

    return page


def found(response):
    return list(response.context["page"].object_list)


def test_a_typing_error_finds_and_says_what_was_searched_for(page):
    social_worker = LiveVacancyFactory(title="Social worker")
    LiveVacancyFactory(title="Administrator", role=RoleFactory(name="Administrator"))

    response = page("soical wroker", contract="permanent")

    assert found(response) == [social_worker]
    assert response.context["filters"].words == "social worker"
    text = response.content.decode()
    assert (
        "No advert says “soical wroker”, so we searched for <strong>social worker</strong>" in text
    )
    assert "?q=soical+wroker&amp;exact=on&amp;contract=permanent" in text


def test_what_was_typed_is_searched_for_exactly_when_somebody_says_so(page):
    LiveVacancyFactory()

    response = page("soical worker", exact="on")

    assert found(response) == []
    assert response.context["filters"].words == "soical worker"


def test_words_that_adverts_know_are_never_changed(page):
    LiveVacancyFactory(title="Sociable worker", summary="A word", body="Secret soical word")

    assert page("soical").context["filters"].words == "soical"


def test_nothing_like_it_known_leaves_the_words_as_they_are(page):
    LiveVacancyFactory()

    assert page("xylophone").context["filters"].words == "xylophone"


def test_two_words_typed_as_one_are_two(page):
    vacancy = LiveVacancyFactory(title="Youth worker")

    assert found(page("youthworker")) == [vacancy]


def test_what_only_staff_see_teaches_visitors_no_words(page):
    LiveVacancyFactory(title="Clandestine operative", visibility="staff_only")

    assert page("clandestin opertive").context["filters"].words == "clandestin opertive"


def test_adverts_that_only_mention_the_words_are_hidden_when_enough_have_them(page, settings):
    settings.ENOUGH_MATCHES = 2
    heads = {LiveVacancyFactory(title="Adoption worker") for _ in range(2)}
    mention = LiveVacancyFactory(title="Cook", body="You meet the adoption team.")

    response = page("adoption")

    assert set(found(response)) == heads
    assert "1 more vacancy mentions “adoption” only in the text" in response.content.decode()
    assert found(page("adoption", text="on"))[-1] == mention
    assert len(found(page("adoption", text="on"))) == 3


def test_adverts_that_only_mention_the_words_come_last_when_few_have_them(page):
    in_title = LiveVacancyFactory(title="Adoption worker")
    mention = LiveVacancyFactory(title="Cook", body="Adoption adoption adoption.")

    assert found(page("adoption")) == [in_title, mention]


def test_matches_are_marked_on_cards(page):
    LiveVacancyFactory(title="Senior social worker", summary="Social workers walk.")

    text = page("social worker").content.decode()

    assert "Senior <mark>social worker</mark></a>" in text
    assert "<p><mark>Social workers</mark> walk.</p>" in text


def test_a_title_with_markup_in_it_stays_text(page):
    LiveVacancyFactory(title="<script>alert(1)</script> social", summary="<b>Social</b> & <mark>")

    text = page("social").content.decode()

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>social</mark>" in text
    assert "<b>" not in text
    assert "&amp; &lt;mark&gt;" in text


def test_what_was_searched_for_is_shown_as_text(page):
    text = page('"><script>alert(1)</script>').content.decode()

    assert "<script>alert" not in text


def test_only_published_adverts_are_found_by_words():
    VacancyFactory(title="Bagpiper")
    closing = LiveVacancyFactory(title="Bagpiper")
    live = LiveVacancyFactory(title="Bagpiper")
    close_vacancy(vacancy=closing, by=HRAdminFactory(), reason="Filled another way.")

    assert list(Vacancy.objects.matching("bagpiper")) == [live]
    assert Vacancy.objects.filter(search_vector__isnull=True).count() == 2
