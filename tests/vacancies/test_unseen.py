"""What cannot be seen is taken out of an advert's words, whichever way they come in."""

import pytest
from django.urls import reverse
from django.utils import timezone

from organisation.models import Place
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.organisation import RoleFactory, TeamFactory
from tests.factories.vacancies import LiveVacancyFactory, vacancy_in
from tests.factories.vacancy_figures import CampaignFactory
from tests.vacancies.sheets import csv_file, row
from tests.vacancies.test_admin import ADD, answers
from tests.vacancies.test_writing import typed
from vacancies.actions import begin_import, upload_import, work_on_imports
from vacancies.models import Campaign, ImportRun, Notice, Vacancy
from vacancies.states import VacancyState

pytestmark = pytest.mark.django_db

# A right-to-left override, an isolate, a bell, a soft hyphen, a zero-width space, a C1 control.
TYPED = "Kind\u202eness\u2067 and\x07 or\xadder,\u200b daily\x85 work"
SEEN = "Kindness and order, daily work"
LINES = f"{TYPED}\r\n\r\n- {TYPED}"


@pytest.fixture
def hr(client):
    person = HRAdminFactory()
    client.force_login(person)
    return person


def words_of(vacancy):
    return {
        *(vacancy.title, vacancy.summary, vacancy.driving_alternatives, vacancy.contact_name),
        *(item.text for item in vacancy.criteria.all()),
        *(text for row in vacancy.payments.all() for text in (row.name, row.condition)),
    }


def test_the_admin(client, hr, today):
    words = ("title", "summary", "driving_alternatives", "contact_name")
    payment = {"kind": "one_off", "name": TYPED, "amount": "500", "condition": TYPED}
    given = {
        **dict.fromkeys(words, TYPED),
        "driving": "essential",
        "body": LINES,
        "benefits": LINES,
        "payments-TOTAL_FORMS": 1,
        **{f"payments-0-{name}": value for name, value in payment.items()},
    }

    client.post(ADD, answers(TeamFactory(), criteria=(TYPED,), **given))

    vacancy = Vacancy.objects.get()
    assert words_of(vacancy) == {SEEN}
    assert (vacancy.body.split(), vacancy.benefits.split()) == 2 * (
        [*SEEN.split(), "-", *SEEN.split()],
    )
    assert "\n\n- " in vacancy.body


def test_the_reason_that_people_are_told(client, hr):
    one, other = LiveVacancyFactory.create_batch(2)
    given = {"action": "close_selected", "_selected_action": other.pk, "confirmed": "yes"}

    client.post(reverse("admin:vacancies_vacancy_do", args=[one.pk, "close"]), {"reason": TYPED})
    client.post(reverse("admin:vacancies_vacancy_changelist"), {**given, "reason": TYPED})

    assert [notice.reason.split() for notice in Notice.objects.all()] == 2 * [SEEN.split()]


@pytest.mark.parametrize(
    ("step", "box"),
    [
        ("job", "title"),
        ("people", "driving_alternatives"),
        ("words", "summary"),
        ("criteria", "essential"),
        ("payments", "name_1"),
        ("contact", "contact_name"),
    ],
)
def test_drafting(client, step, box):
    manager = UserFactory(roles=["hiring_manager"])
    client.force_login(manager)
    draft = vacancy_in(VacancyState.DRAFT, hiring_manager=manager, driving="essential")
    page = reverse("vacancies:advert-step", args=[draft.reference, step])
    also = {"payments": {"amount_1": "500"}, "people": {"driving": "essential"}}.get(step, {})

    answer = client.post(page, typed(draft, step, **{box: TYPED}, **also))

    assert answer.status_code == 302
    found = {" ".join(text.split()) for text in words_of(Vacancy.objects.get())}
    assert SEEN in found
    assert all(text.isprintable() for text in found)


def test_a_row_of_a_file(hr, settings, tmp_path, today):
    settings.MEDIA_ROOT = tmp_path
    TeamFactory(name="Family Help Alton")
    RoleFactory(name="Social worker")
    Place.objects.create(name="Alton", latitude=51.15, longitude=-0.97, district="Hart")
    headings = ("Summary", "Job title", "Contact name", "If you cannot drive", "Essential criteria")
    cells = {**dict.fromkeys(headings, TYPED), "Description": LINES, "Driving": "Essential"}

    upload_import(file=csv_file([row(1, **cells)]), source="Old system", by=hr)
    work_on_imports(now=timezone.now())
    begin_import(run=ImportRun.objects.get(), by=hr)
    work_on_imports(now=timezone.now())

    vacancy = Vacancy.objects.get()
    assert words_of(vacancy) == {SEEN}
    assert all(line.isprintable() for line in vacancy.body.split("\n"))


def test_a_campaign(client, hr):
    campaign = CampaignFactory(slug="100-more")
    page = reverse("admin:vacancies_campaign_change", args=[campaign.pk])
    form = client.get(page).context["adminform"].form
    given = {bound.html_name: bound.value() or "" for bound in form}

    client.post(page, {**given, "name": TYPED})

    assert Campaign.objects.values_list("name", "slug").get() == (SEEN, "100-more")
