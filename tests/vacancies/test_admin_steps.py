"""HR's own pages for what is done with an advert."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organisation.models import Outcode, Place
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.organisation import TeamFactory
from tests.factories.vacancies import LiveVacancyFactory, VacancyFactory, vacancy_in
from tests.vacancies.test_admin import ADD, answers, errors_of
from vacancies.admin.steps import STEPS
from vacancies.models import Vacancy
from vacancies.states import VacancyState

pytestmark = pytest.mark.django_db
S = VacancyState
NEXT_YEAR = (timezone.localdate() + timedelta(days=365)).isoformat()


@pytest.fixture
def hr(client):
    person = HRAdminFactory()
    client.force_login(person)
    return person


def page_of(vacancy, verb=None):
    if verb is None:
        return reverse("admin:vacancies_vacancy_change", args=[vacancy.pk])
    return reverse("admin:vacancies_vacancy_do", args=[vacancy.pk, verb])


BUTTONS = {
    S.DRAFT: ["publish", "send", "copy", "withdraw"],
    S.AWAITING_APPROVAL: ["approve", "return", "copy", "withdraw"],
    S.APPROVED: ["return", "publish", "copy", "withdraw"],
    S.SCHEDULED: ["unschedule", "extend", "copy", "withdraw"],
    S.LIVE: ["extend", "close", "copy", "withdraw"],
    S.CLOSED: ["relist", "copy"],
    S.FILLED: ["relist", "copy"],
    S.WITHDRAWN: ["relist", "copy"],
}
WORDS = {
    "return": {"comment": "Please name a contact."},
    "extend": {"reason": "Half-term.", "closes_on": NEXT_YEAR},
    "close": {"reason": "Enough have applied."},
    "withdraw": {"reason": "The team has changed."},
    "relist": {"closes_on": NEXT_YEAR},
}
AFTER = {
    "approve": S.APPROVED, "return": S.DRAFT, "publish": S.LIVE, "send": S.AWAITING_APPROVAL,
    "unschedule": S.DRAFT, "close": S.CLOSED, "withdraw": S.WITHDRAWN,
}  # fmt: skip


@pytest.mark.parametrize("state", list(S))
def test_the_page_has_a_button_for_what_can_be_done_and_each_does_it(client, hr, state):
    vacancy = vacancy_in(state)

    verbs = [verb for verb, _ in client.get(page_of(vacancy)).context["steps"]]

    assert verbs == BUTTONS[state]
    for verb in verbs:
        vacancy = vacancy_in(state)
        assert client.get(page_of(vacancy, verb)).context["can"]
        client.post(page_of(vacancy, verb), WORDS.get(verb, {}))
        after = Vacancy.objects.get(pk=vacancy.pk).state
        assert after == AFTER.get(verb, state), verb


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("verb", list(STEPS))
def test_what_cannot_be_done_is_answered_in_words(client, hr, state, verb):
    if verb in BUTTONS[state]:
        return
    vacancy = vacancy_in(state)

    assert "This cannot be done now" in client.get(page_of(vacancy, verb)).content.decode()
    response = client.post(page_of(vacancy, verb), WORDS.get(verb, {}), follow=True)

    assert f"is {S(state).label.lower()}, so this cannot be done." in response.content.decode()
    assert Vacancy.objects.get(pk=vacancy.pk).state == state


def test_nobody_approves_their_own_and_the_page_says_so(client, hr):
    vacancy = vacancy_in(S.AWAITING_APPROVAL, submitted_by=hr)

    page = client.get(page_of(vacancy))
    answer = client.post(page_of(vacancy, "approve"), follow=True).content.decode()

    assert "so a colleague approves it" in page.content.decode()
    assert "approve" not in dict(page.context["steps"])
    assert "Nobody approves their own advert: ask a colleague." in answer


@pytest.mark.parametrize(
    ("verb", "words", "errors"),
    [
        ("return", {}, {"comment": ["Say what you would like changed."]}),
        ("close", {"reason": " "}, {"reason": ["Say why: people are told."]}),
        ("withdraw", {}, {"reason": ["Say why: people are told."]}),
        (
            "extend",
            {"reason": "Why", "closes_on": "2026-03-25"},
            {"closes_on": ["It closes on 25 March 2026 now: choose a later day."]},
        ),
        (
            "extend",
            {"reason": "Why", "closes_on": "2026-04-25", "interview_on": "2026-03-01"},
            {"interview_on": ["Interviews cannot be before the advert opens."]},
        ),
    ],
)
def test_the_pages_ask_for_the_words_they_need(client, hr, today, verb, words, errors):
    state = S.AWAITING_APPROVAL if verb == "return" else S.LIVE
    vacancy = vacancy_in(state, opens_on=today)

    response = client.post(page_of(vacancy, verb), words)

    assert dict(response.context["form"].errors) == errors
    assert Vacancy.objects.get(pk=vacancy.pk).state == state


def test_the_copy_is_opened(client, hr):
    old = vacancy_in(S.CLOSED)

    response = client.post(page_of(old, "copy"))

    assert response.url == page_of(Vacancy.objects.exclude(pk=old.pk).get())


@pytest.mark.parametrize("roles", [[], ["hiring_manager"], ["workforce_development_officer"]])
def test_only_hr_has_these_pages(client, roles):
    vacancy = vacancy_in(S.AWAITING_APPROVAL)
    client.force_login(UserFactory(roles=roles))

    assert client.post(page_of(vacancy, "approve")).status_code in (302, 404)
    assert Vacancy.objects.get().state == S.AWAITING_APPROVAL


def test_the_page_shows_hints_comments_duplicates_and_who_waits(client, hr):
    vacancy = vacancy_in(S.CLOSED, title="Office ninja")
    vacancy.review_comments.create(text="A kinder title, please.", written_by=hr)
    SentApplicationFactory.create_batch(2, vacancy=vacancy)

    page = client.get(page_of(vacancy)).content.decode()

    assert "2 applicants have no answer yet" in page
    assert "A kinder title, please." in page
    assert "ninja</strong>" not in page  # It is over: nobody writes it any more.
    draft = VacancyFactory(title="Office ninja")
    other = LiveVacancyFactory(title="Office ninja", team=draft.team)
    page = client.get(page_of(draft)).content.decode()
    assert "<strong>ninja</strong>: Try:" in page
    assert page_of(other) in page
    assert "Add at least one essential criterion" in page


def test_the_link_to_those_who_wait_lists_them(client, hr):
    vacancy = vacancy_in(S.CLOSED)
    waiting = SentApplicationFactory(vacancy=vacancy, state="interview")
    SentApplicationFactory(vacancy=vacancy, state="unsuccessful")

    url = reverse("admin:applications_application_changelist")
    found = client.get(
        f"{url}?vacancy__id__exact={vacancy.pk}&state__in=submitted,shortlisting,interview"
    ).context["cl"]

    assert list(found.result_list) == [waiting]


def test_a_vacancy_is_marked_filled_once_everybody_has_an_answer(client, hr):
    vacancy = vacancy_in(S.CLOSED)
    application = SentApplicationFactory(vacancy=vacancy)
    url = reverse("admin:applications_application_fill", args=[vacancy.pk])

    assert str(application) in client.get(url).content.decode()
    page = client.post(url, follow=True).content.decode()
    assert "1 applicant has no answer" in page
    application.delete()
    client.post(url)
    assert Vacancy.objects.get().state == S.FILLED
    assert "only a closed vacancy" in client.get(url).content.decode()


def test_the_days_of_what_is_published_are_not_in_the_form(client, hr):
    form = client.get(page_of(LiveVacancyFactory())).context["adminform"].form

    assert {"opens_on", "closes_on"} & set(form.fields) == set()


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        (
            {"contract": "fixed_term"},
            {"contract_months": ["Say how many months the fixed term lasts."]},
        ),
        (
            {"visibility": "staff_first"},
            {"public_from": ["Give a day after 11 March 2026, when it opens."]},
        ),
        (
            {"visibility": "staff_first", "public_from": "2026-03-11"},
            {"public_from": ["Give a day after 11 March 2026, when it opens."]},
        ),
        (
            {"interview_on": "2026-03-10"},
            {"interview_on": ["It opens on 11 March 2026: interviews are later."]},
        ),
    ],
)
def test_the_form_says_beside_the_box_what_is_wrong(client, hr, today, changes, errors):
    assert errors_of(client.post(ADD, answers(TeamFactory(), **changes))) == errors


def test_payments_places_and_sift_dates_are_saved_with_the_advert(client, hr, today):
    team = TeamFactory()
    Place.objects.create(
        name="Tadley", latitude=51.35, longitude=-1.13, district=team.district.name
    )
    rows = {
        "payments-TOTAL_FORMS": 1, "payments-0-kind": "one_off", "payments-0-name": "Hello",
        "payments-0-amount": "3000",
        "other_places-TOTAL_FORMS": 1, "other_places-0-place_name": "tadley",
        "sift_dates-TOTAL_FORMS": 1, "sift_dates-0-sift_on": "2026-03-20",
    }  # fmt: skip
    extra = {"rolling": "on", "number_of_posts": "4", "sponsorship_possible": "on"}

    response = client.post(ADD, answers(team, **rows, **extra))

    assert response.status_code == 302, errors_of(response)
    vacancy = Vacancy.objects.get()
    assert (vacancy.rolling, vacancy.number_of_posts, vacancy.sponsorship_possible) == (
        True,
        4,
        True,
    )
    assert [str(row) for row in vacancy.payments.all()] == ["Hello: £3,000"]
    [place] = vacancy.other_places.all()
    assert (place.latitude, place.longitude, place.district) == (51.35, -1.13, team.district)
    assert [str(row) for row in vacancy.sift_dates.all()] == ["20 March 2026"]


def test_two_people_at_one_advert_never_lose_words(client, hr, today):
    client.post(ADD, answers(TeamFactory()))
    vacancy = Vacancy.objects.get()
    form = client.get(page_of(vacancy)).context["adminform"].form
    mine = answers(vacancy.team, criteria=(), role=vacancy.role.pk, title="Mine")
    mine |= {name: getattr(vacancy, name) for name in ("place_name", "latitude", "longitude")}
    mine |= {"opened_at": form.initial["opened_at"]}
    Vacancy.objects.update(title="Theirs")

    late = client.post(page_of(vacancy), mine)

    assert "Somebody else has changed this advert" in late.content.decode()
    assert Vacancy.objects.get().title == "Theirs"
    mine["opened_at"] = late.context["adminform"].form.data["opened_at"]
    response = client.post(page_of(vacancy), mine)
    assert response.status_code == 302, errors_of(response)
    assert Vacancy.objects.get().title == "Mine"


def test_a_live_advert_is_changed_for_the_public_at_once(client, hr, today):
    vacancy = vacancy_in(S.LIVE, closes_on=today + timedelta(days=9))
    changed = answers(
        vacancy.team, criteria=(), role=vacancy.role.pk, title="Changed", place_name="Basingstoke",
        latitude="51.2625", longitude="-1.0871",
    )  # fmt: skip

    response = client.post(page_of(vacancy), changed)

    assert response.status_code == 302, errors_of(response)
    client.logout()
    assert "Changed" in client.get(vacancy.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("model", "name"), [(Place, "name"), (Outcode, "code")])
@pytest.mark.parametrize(("latitude", "longitude"), [("91", "0"), ("0", "-181"), ("nan", "0")])
def test_the_admin_refuses_places_that_cannot_be(client, hr, model, name, latitude, longitude):
    url = reverse(f"admin:organisation_{model._meta.model_name}_add")
    given = {name: "XX1", "latitude": latitude, "longitude": longitude, "district": "Hart"}

    response = client.post(url, {**given, "name": "Nowhere"})

    assert response.status_code == 200
    assert model.objects.count() == 0
