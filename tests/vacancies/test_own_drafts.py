"""Nobody publishes what they wrote before somebody else in HR has approved it; HR neither."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from organisation.models import GradeRange, Place
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.organisation import RoleFactory, TeamFactory
from tests.factories.vacancies import CriterionFactory, vacancy_in
from tests.vacancies.sheets import csv_file, row
from tests.vacancies.test_admin import ADD, answers
from vacancies.actions import (
    approve_vacancy,
    begin_import,
    copy_vacancy,
    create_vacancy,
    publish_vacancy,
    return_vacancy,
    send_vacancy,
    start_draft,
    upload_import,
    work_on_imports,
)
from vacancies.drafts import STEP_FIELDS
from vacancies.models import ImportRun, Vacancy
from vacancies.states import VacancyState

pytestmark = pytest.mark.django_db

ANSWER = (
    "Nobody publishes their own draft: send it for approval. Anybody else in HR can approve it."
)


def written(hr):
    columns = [name for names in STEP_FIELDS.values() for name in names]
    like = vacancy_in(VacancyState.DRAFT)
    return create_vacancy(by=hr, **{name: getattr(like, name) for name in columns})


def copied(hr):
    return copy_vacancy(vacancy=vacancy_in(VacancyState.CLOSED), one_time_key=uuid4(), by=hr)


def begun_in_the_portal(hr):
    role, team = RoleFactory(), TeamFactory()
    GradeRange.objects.create(
        grade=role.grade, lowest=30_000, highest=40_000, starts_on="2026-01-01", source="Pay"
    )
    hr.roles = ["hr_admin", "hiring_manager"]
    hr.save()
    draft = start_draft(title="Social worker", role=role, team=team, one_time_key=uuid4(), by=hr)
    Vacancy.objects.filter(pk=draft.pk).update(hiring_manager=UserFactory(), summary="A", body="B")
    return draft


def imported(hr):
    TeamFactory(name="Family Help Alton")
    RoleFactory(name="Social worker")
    Place.objects.create(name="Alton", latitude=51.15, longitude=-0.97, district="Hart")
    upload_import(file=csv_file([row(1)]), source="Old system", by=hr)
    work_on_imports(now=timezone.now())
    begin_import(run=ImportRun.objects.get(), by=hr)
    work_on_imports(now=timezone.now())
    return Vacancy.objects.get()


def hired_for(hr):
    return vacancy_in(VacancyState.DRAFT, hiring_manager=hr)


WAYS = [written, copied, begun_in_the_portal, imported, hired_for]


@pytest.fixture(autouse=True)
def _files(settings, tmp_path, today):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("write", WAYS)
def test_a_draft_of_ones_own_is_not_published_before_a_colleague_approved_it(write):
    hr, colleague = HRAdminFactory(), HRAdminFactory()
    draft = write(hr)
    CriterionFactory(vacancy=draft)

    with pytest.raises(PermissionDenied) as refused:
        publish_vacancy(vacancy=draft, by=hr)
    send_vacancy(vacancy=draft, by=hr)
    with pytest.raises(PermissionDenied):
        approve_vacancy(vacancy=draft, by=hr)
    approve_vacancy(vacancy=draft, by=colleague)

    assert str(refused.value) == ANSWER
    assert publish_vacancy(vacancy=draft, by=hr).state == VacancyState.LIVE


@pytest.mark.parametrize("write", WAYS)
def test_a_colleague_publishes_a_draft_directly(write):
    draft = write(HRAdminFactory())
    CriterionFactory(vacancy=draft)

    assert publish_vacancy(vacancy=draft, by=HRAdminFactory()).state == VacancyState.LIVE


def test_who_wrote_it_does_not_approve_it_when_somebody_else_sends_it():
    hr, manager = HRAdminFactory(), UserFactory(roles=["hiring_manager"])
    draft = written(hr)
    Vacancy.objects.filter(pk=draft.pk).update(hiring_manager=manager)
    CriterionFactory(vacancy=draft)
    send_vacancy(vacancy=draft, by=manager)

    with pytest.raises(PermissionDenied):
        approve_vacancy(vacancy=draft, by=hr)


def test_what_was_returned_is_still_ones_own():
    hr = HRAdminFactory()
    draft = written(hr)
    CriterionFactory(vacancy=draft)
    send_vacancy(vacancy=draft, by=hr)
    return_vacancy(vacancy=draft, comment="Say more.", by=HRAdminFactory())

    with pytest.raises(PermissionDenied):
        publish_vacancy(vacancy=draft, by=hr)


def test_the_admin_offers_to_send_ones_own_and_says_who_can_approve(client):
    hr = HRAdminFactory()
    client.force_login(hr)

    empty = client.get(ADD).content.decode()
    client.post(ADD, answers(TeamFactory()))
    draft = Vacancy.objects.get()
    page = client.get(reverse("admin:vacancies_vacancy_change", args=[draft.pk]))
    told = client.post(ADD, answers(TeamFactory(), _publish="1"), follow=True).content.decode()
    client.post(ADD, answers(TeamFactory(), title="Sent", _send="Save and send for approval"))

    assert "Save and publish" not in empty
    assert "Save and send for approval" in empty
    assert "publish" not in dict(page.context["steps"])
    assert "Send it for approval: anybody else in HR can approve it." in page.content.decode()
    assert ANSWER in told
    assert list(Vacancy.objects.order_by("pk").values_list("state", "created_by")) == [
        ("draft", hr.pk),
        ("draft", hr.pk),
        ("awaiting_approval", hr.pk),
    ]
