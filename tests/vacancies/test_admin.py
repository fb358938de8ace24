import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.queries import broken_invariants
from accounts.registries import attention, privacy
from organisation.models import Place
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.organisation import GradeFactory, RoleFactory, TeamFactory
from tests.factories.vacancies import (
    ClosedVacancyFactory,
    CriterionFactory,
    LiveVacancyFactory,
    VacancyFactory,
    vacancy_in,
)
from tests.factories.vacancy_parts import SiftDateFactory, StaffOnlyVacancyFactory
from vacancies.attention import adverts_that_need_a_look
from vacancies.models import Criterion, Vacancy
from vacancies.states import VacancyState

pytestmark = pytest.mark.django_db

ADD = "/admin/vacancies/vacancy/add/"
LIST = "/admin/vacancies/vacancy/"
INLINES = ["criteria", "payments", "other_places", "sift_dates"]


@pytest.fixture
def hr(client):
    person = HRAdminFactory()
    client.force_login(person)
    return person


def answers(team, criteria=("Kindness",), **changes):
    """What HR types into the form of an advert."""
    given = {
        "title": "Administrator",
        "role": RoleFactory().pk,
        "team": team.pk,
        "summary": "Keep the team going.",
        "body": "## What you will do\n\n- Answer calls",
        "grade": GradeFactory().pk,
        "salary_from": "24800",
        "salary_to": "26800",
        "contract": "permanent",
        "patterns": ["full_time", "hybrid"],
        "weekly_hours": "37",
        "opens_on": "2026-03-11",
        "closes_on": "2026-03-25",
        "driving": "not_needed",
        "number_of_posts": "1",
        "visibility": "public",
        "dbs_level": "enhanced",
        "criteria-TOTAL_FORMS": len(criteria),
        "criteria-INITIAL_FORMS": 0,
    }
    for rows in ("payments", "other_places", "sift_dates"):
        given |= {f"{rows}-TOTAL_FORMS": 0, f"{rows}-INITIAL_FORMS": 0}
    for number, text in enumerate(criteria):
        given |= {
            f"criteria-{number}-kind": "essential",
            f"criteria-{number}-text": text,
            f"criteria-{number}-position": number,
        }
    return given | changes


def errors_of(response):
    return dict(response.context["adminform"].form.errors)


def save_again(client, vacancy, **changes):
    """Send the form of an advert as its page shows it, with `changes`."""
    page = reverse("admin:vacancies_vacancy_change", args=[vacancy.pk])
    shown = client.get(page).context["adminform"].form
    boxes = {bound.html_name: bound.value() for bound in shown}
    forms = [f"{name}-{what}" for name in INLINES for what in ("TOTAL", "INITIAL")]
    given = {name: value for name, value in boxes.items() if value is not None}
    given |= dict.fromkeys((f"{name}_FORMS" for name in forms), 0)
    return client.post(page, {**given, **changes})


def test_hr_writes_a_colleague_publishes_and_the_advert_is_found_at_once(client, hr, today):
    team = TeamFactory(place_name="Alton", latitude=51.15, longitude=-0.97)
    colleague = HRAdminFactory()

    client.post(ADD, answers(team))
    vacancy = Vacancy.objects.get()
    client.force_login(colleague)
    response = save_again(client, vacancy, _publish="Save and publish")

    vacancy.refresh_from_db()
    assert response.url == reverse("admin:vacancies_vacancy_change", args=[vacancy.pk])
    assert (vacancy.created_by, vacancy.published_by) == (hr, colleague)
    assert vacancy.state == VacancyState.LIVE
    assert (vacancy.place_name, vacancy.latitude, vacancy.district) == (
        "Alton",
        51.15,
        team.district,
    )
    assert [criterion.text for criterion in vacancy.criteria.all()] == ["Kindness"]
    client.logout()
    assert list(client.get("/vacancies/?q=admin").context["page"].object_list) == [vacancy]


def test_publishing_ahead_says_from_when_the_public_sees_it(client, hr, today):
    draft = vacancy_in(VacancyState.DRAFT, opens_on=date(2026, 3, 16))

    save_again(client, draft, _publish="1")
    page = client.get(LIST).content.decode()

    assert "is published. The public sees it from 16 March 2026." in page
    assert client.get("/vacancies/").context["page"].paginator.count == 0


def test_an_advert_without_criteria_is_saved_but_not_sent(client, hr, today):
    response = client.post(ADD, answers(TeamFactory(), criteria=(), _send="1"), follow=True)

    assert Vacancy.objects.get().state == VacancyState.DRAFT
    assert "Add at least one essential criterion" in response.content.decode()


def test_saving_changes_only_what_was_changed(client, hr, today):
    client.post(ADD, answers(TeamFactory(), criteria=("Kindness", "Order")))
    vacancy = Vacancy.objects.get()
    first, second = vacancy.criteria.all()
    AuditEvent.objects.all().delete()

    changed = answers(vacancy.team, criteria=("Great kindness", "Order")) | {
        "role": vacancy.role.pk,
        "title": "Team administrator",
        "place_name": vacancy.place_name,
        "latitude": vacancy.latitude,
        "longitude": vacancy.longitude,
        "district": vacancy.district.pk,
        "criteria-INITIAL_FORMS": 2,
        "criteria-0-id": first.pk,
        "criteria-1-id": second.pk,
        "criteria-1-DELETE": "on",
    }
    client.post(reverse("admin:vacancies_vacancy_change", args=[vacancy.pk]), changed)

    assert list(Criterion.objects.values_list("pk", "text")) == [(first.pk, "Great kindness")]
    facts = list(AuditEvent.objects.order_by("pk").values_list("facts", flat=True))
    assert facts == [{"changed": ["title"]}, {"changed": ["criteria"], "criteria": 1}]


@pytest.fixture
def places():
    Place.objects.create(name="Tadley", latitude=51.35, longitude=-1.13, district="Hart")
    Place.objects.create(name="Alton", latitude=51.15, longitude=-0.97, district="Hart")


def test_the_point_of_a_place_is_looked_up(client, hr, today, places):
    client.post(ADD, answers(TeamFactory(), place_name="tadley"))

    assert Vacancy.objects.values_list("latitude", "longitude").get() == (51.35, -1.13)


def test_a_place_we_do_not_know_is_told_with_the_nearest_spelling(client, hr, today, places):
    response = client.post(ADD, answers(TeamFactory(), place_name="Tadly"))

    assert errors_of(response) == {
        "place_name": [
            "We do not know where “Tadly” is. Did you mean Tadley? You can also give both numbers."
        ]
    }


def test_moving_an_advert_looks_its_point_up_again(client, hr, today, places):
    client.post(ADD, answers(TeamFactory(), place_name="Tadley"))
    vacancy = Vacancy.objects.get()

    moved = answers(
        vacancy.team,
        criteria=(),
        role=vacancy.role.pk,
        place_name="Alton",
        latitude=vacancy.latitude,
        longitude=vacancy.longitude,
    )
    client.post(reverse("admin:vacancies_vacancy_change", args=[vacancy.pk]), moved)

    assert Vacancy.objects.values_list("place_name", "latitude").get() == ("Alton", 51.15)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"salary_to": "24000"}, "__all__", "The higher salary must not be below the lower one."),
        (
            {"closes_on": "2026-03-10"},
            "__all__",
            "The closing date must not be before the opening date.",
        ),
        ({"contract_months": "6"}, "__all__", "A permanent job has no length in months."),
        ({"patterns": []}, "patterns", "Choose one or more of the answers listed"),
        (
            {"visibility": "staff_first", "public_from": "2030-01-01"},
            "public_from",
            "It closes on 25 March 2026: nobody outside would see it.",
        ),
        ({"weekly_hours": "50"}, "__all__", "Weekly hours must be above 0 and at most 48."),
    ],
)
def test_the_form_says_what_the_database_would_refuse(client, hr, today, changes, field, message):
    response = client.post(ADD, answers(TeamFactory(), **changes))

    assert errors_of(response) == {field: [message]}


def test_withdraw_from_the_list(client, hr):
    vacancy = LiveVacancyFactory()
    over = ClosedVacancyFactory()
    asked = {
        "action": "withdraw_selected",
        "_selected_action": [vacancy.pk, over.pk],
        "reason": "The team has changed.",
    }

    question = client.post(LIST, asked)
    vacancy.refresh_from_db()
    assert "Withdraw these vacancies?" in question.content.decode()
    assert vacancy.state == VacancyState.LIVE

    response = client.post(LIST, {**asked, "confirmed": "yes"}, follow=True)

    assert dict(Vacancy.objects.values_list("pk", "state")) == {
        vacancy.pk: VacancyState.WITHDRAWN,
        over.pk: VacancyState.CLOSED,
    }
    assert "is closed, so this cannot be done." in response.content.decode()


def test_withdrawing_says_whom_to_ring(client, hr):
    vacancy = LiveVacancyFactory()
    SentApplicationFactory(vacancy=vacancy, full_name="Ann Reachable")
    SentApplicationFactory(
        vacancy=vacancy,
        full_name="Ida Ringwood",
        phone="01632 960 300",
        applicant__email="nobody@no-address.invalid",
    )
    SentApplicationFactory(applicant__email="elsewhere@no-address.invalid")  # for another job
    address = reverse("admin:vacancies_vacancy_do", args=[vacancy.pk, "withdraw"])

    page = client.post(address, {"reason": "The team has changed."}, follow=True)

    link = f'<a href="{vacancy.get_absolute_url()}">{vacancy}</a>'
    assert [str(message) for message in page.context["messages"]] == [
        f"{link} is withdrawn.",
        f"{link} is withdrawn, and no e-mail can tell these applicants. "
        "Please ring Ida Ringwood on 01632 960 300.",
    ]


@pytest.mark.parametrize(("verb", "always"), [("close", True), ("withdraw", False)])
def test_the_reason_is_asked_for_before_the_list_is_left(client, hr, verb, always):
    """An advert that nobody has seen is withdrawn without one."""
    asked = {"action": f"{verb}_selected", "_selected_action": [LiveVacancyFactory().pk]}

    page = client.post(LIST, asked).content.decode()

    [box] = re.findall(r"<textarea[^>]*>", page)
    assert (" required" in box) == always


def test_what_is_over_can_be_read_and_not_changed(client, hr):
    over = ClosedVacancyFactory()
    address = reverse("admin:vacancies_vacancy_change", args=[over.pk])

    assert client.get(address).status_code == 200
    assert client.post(address, {"title": "Another"}).status_code == 403


def test_only_hr_comes_in(client):
    client.force_login(UserFactory(roles=["workforce_development_officer"]))

    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_admin_list_query_count(client, hr, django_assert_num_queries, count):
    VacancyFactory.create_batch(count)

    client.get(LIST)
    # Session, person, standing roles, districts of the filter, two counts, the rows.
    with django_assert_num_queries(7):
        response = client.get(LIST)

    assert len(response.context["cl"].result_list) == count


def test_attention_counts_drafts_and_what_closes_this_week(today):
    hr = HRAdminFactory()
    VacancyFactory.create_batch(2)
    vacancy_in(VacancyState.AWAITING_APPROVAL)
    vacancy_in(VacancyState.APPROVED)
    sift = SiftDateFactory(
        vacancy=LiveVacancyFactory(rolling=True, closes_on=date(2027, 1, 1)), sift_on=today
    )
    LiveVacancyFactory(closes_on=today + timedelta(days=6))
    LiveVacancyFactory(closes_on=today + timedelta(days=60))

    items = {item.text: (item.count, item.url) for item in adverts_that_need_a_look(hr)}

    assert adverts_that_need_a_look in attention
    assert items == {
        "advert waits for approval": (1, f"{LIST}?state__exact=awaiting_approval"),
        "approved advert to publish": (1, f"{LIST}?state__exact=approved"),
        "always-open advert whose applications are to be read": (
            1,
            f"{LIST}?pk__in={sift.vacancy.pk}",
        ),
        "drafts being written": (2, f"{LIST}?state__exact=draft"),
        "vacancy closes this week": (
            1,
            f"{LIST}?state__exact=live&closes_on__gte=2026-03-11&closes_on__lte=2026-03-17",
        ),
    }
    assert adverts_that_need_a_look(UserFactory()) == []


def test_the_addresses_of_attention_open_the_list(client, hr):
    today = timezone.localdate()
    LiveVacancyFactory(closes_on=today)
    StaffOnlyVacancyFactory(closes_on=today + timedelta(days=3))
    LiveVacancyFactory(opens_on="2020-01-01", closes_on="2090-01-01")
    SiftDateFactory(sift_on=today)
    vacancy_in(VacancyState.AWAITING_APPROVAL)

    for item in adverts_that_need_a_look(hr):
        assert client.get(item.url).context["cl"].result_count == item.count


def test_erasing_a_person_takes_them_off_their_adverts():
    person = UserFactory()
    contact = {"contact_name": "Ann", "contact_email": "a@example.org", "contact_phone": "1"}
    theirs = VacancyFactory(hiring_manager=person, **contact)
    other = VacancyFactory(**contact)

    assert privacy[Vacancy].eraser(person) == 1

    names = dict(Vacancy.objects.values_list("pk", "contact_name"))
    assert names == {theirs.pk: "", other.pk: "Ann"}


def test_invariants_name_what_must_not_be(today):
    week_ago = today - timedelta(days=7)
    late = LiveVacancyFactory(opens_on=week_ago, closes_on=today - timedelta(days=2))
    CriterionFactory(vacancy=late)
    bare = LiveVacancyFactory()
    CriterionFactory(vacancy=bare, kind="desirable")
    CriterionFactory(vacancy=LiveVacancyFactory())

    assert list(broken_invariants()) == [
        f"Vacancy {bare.reference} is live without an essential criterion.",
        f"Vacancy {late.reference} is past its closing date and still live: is beat running?",
    ]
