"""Equality monitoring: asked between checking and sending, kept apart, counted and never shown with a name."""

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from pghistory.models import Context

from accounts.actions import erase_person
from accounts.models import AuditEvent
from accounts.roles import ROLES
from applications.actions import (
    delete_monitoring_past_its_time,
    save_monitoring,
    send_with_monitoring,
    submit_application,
)
from applications.equality import NAMES, QUESTIONS, UNSAID
from applications.exceptions import VacancyClosed
from applications.forms.monitoring import MonitoringForm
from applications.models import Application, MonitoringAnswers
from applications.states import ApplicationState
from applications.tasks import delete_monitoring_answers_kept_long_enough
from notifications.models import Message
from tests.applications.test_actions import close
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import ApplicationFactory, SentApplicationFactory
from tests.factories.vacancies import ClosedVacancyFactory

pytestmark = pytest.mark.django_db

TOLD = {"age": "35_44", "sex": "female", "ethnicity": "irish", "disability": "a_little"}
POSTED = {
    "age": "35_44",
    "sex": "female",
    "ethnicity": "white",
    "ethnicity_white": "irish",
    "disability": "yes",
    "disability_yes": "a_little",
}


def page(application, name="equality"):
    return reverse(f"applications:application-{name}", args=[application.reference])


def kept(application):
    found = MonitoringAnswers.objects.filter(application=application).values(*NAMES).first()
    return found and {name: code for name, code in found.items() if code}


@pytest.fixture
def draft(client):
    made = ApplicationFactory()
    client.force_login(made.applicant)
    return made


@pytest.fixture
def sent(client):
    made = SentApplicationFactory()
    client.force_login(made.applicant)
    return made


def test_every_list_ends_with_prefer_not_to_say_and_every_code_is_used_once():
    for question in QUESTIONS:
        codes = [answer.code for answer in question.every_answer()]
        assert question.answers[-1] == UNSAID
        assert sorted(set(codes)) == sorted(codes)
        assert max(map(len, codes)) <= 30
    columns = {field.name for field in MonitoringAnswers._meta.fields}
    assert columns == {"id", "application", *NAMES}


def test_after_checking_the_person_is_asked_and_nothing_is_sent_yet(client, draft):
    response = client.post(page(draft, "check"))

    assert response.url == page(draft)
    assert client.get(page(draft)).status_code == 200
    assert client.get(page(draft, "equality-questions")).status_code == 200
    assert Application.objects.get().state == ApplicationState.DRAFT


def test_one_button_skips_the_questions_and_sends(client, draft):
    response = client.post(page(draft), {"do": "skip"})

    assert response.url == page(draft, "submitted")
    assert Application.objects.get().state == ApplicationState.SUBMITTED
    assert MonitoringAnswers.objects.count() == 0


def test_answering_keeps_the_closest_answer_and_sends(client, draft):
    response = client.post(page(draft), {**POSTED, "do": "send"})

    assert response.url == page(draft, "submitted")
    assert Application.objects.get().state == ApplicationState.SUBMITTED
    assert kept(draft) == TOLD


def test_what_is_told_more_closely_goes_with_the_answer_it_belongs_to(client, draft):
    client.post(page(draft), {"ethnicity": "asian", "ethnicity_white": "irish", "do": "send"})

    assert kept(draft) == {"ethnicity": "asian"}


def test_answering_nothing_keeps_no_row(client, draft):
    client.post(page(draft), {"do": "send"})

    assert Application.objects.get().state == ApplicationState.SUBMITTED
    assert MonitoringAnswers.objects.count() == 0


@pytest.mark.parametrize("do", ["send", "skip"])
def test_sending_twice_shows_the_same_confirmation_and_sends_once(client, draft, do):
    first = client.post(page(draft), {**POSTED, "do": do})
    second = client.post(page(draft), {**POSTED, "do": do})
    from_the_check_page = client.post(page(draft, "check"))

    assert first.url == second.url == from_the_check_page.url == page(draft, "submitted")
    assert Message.objects.count() == 2
    assert Application.objects.get().moves.count() == 1


def test_an_answer_that_is_not_on_the_list_is_refused_and_nothing_is_sent(client, draft):
    response = client.post(page(draft), {**POSTED, "sex": "both-of-them", "do": "send"})

    assert response.status_code == 200
    assert response.context["form"].errors["sex"] == [
        "Select one of the answers, or leave the question out"
    ]
    assert response.context["form"]["age"].value() == "35_44"
    assert Application.objects.get().state == ApplicationState.DRAFT
    assert MonitoringAnswers.objects.count() == 0


def test_a_job_that_closed_meanwhile_keeps_neither_application_nor_answers(client, draft):
    close(draft.vacancy)

    response = client.post(page(draft), {**POSTED, "do": "send"}, follow=True)

    assert "has not been sent" in response.content.decode()
    assert Application.objects.get().state == ApplicationState.DRAFT
    assert MonitoringAnswers.objects.count() == 0
    with pytest.raises(VacancyClosed):
        send_with_monitoring(application=draft, answers=TOLD, by=draft.applicant)


@pytest.mark.parametrize("name", ["equality", "equality-questions"])
def test_a_draft_that_is_not_finished_is_not_asked(client, draft, name):
    draft.section_saves.update(finished_at=None)

    assert client.get(page(draft, name)).url == draft.get_absolute_url()


@pytest.mark.parametrize("name", ["equality", "equality-questions"])
def test_nobody_else_is_shown_the_questions(client, name):
    application = SentApplicationFactory()
    for person in (HRAdminFactory(), UserFactory(), UserFactory(is_superuser=True)):
        client.force_login(person)
        assert client.get(page(application, name)).status_code == 404
        assert client.post(page(application, name), {"do": "save"}).status_code == 404


def test_answers_are_shown_again_changed_and_cleared_while_the_job_is_open(client, sent):
    client.post(page(sent), {**POSTED, "do": "save"})
    form = client.get(page(sent, "equality-questions")).context["form"]
    assert {name: form[name].value() for name in POSTED} == POSTED

    client.post(page(sent), {"religion": "sikh", "do": "save"})
    assert kept(sent) == {"religion": "sikh"}

    answer = client.post(page(sent), {"do": "clear"}, follow=True).content.decode()
    assert answer.count("Your answers are cleared. We keep none of them.") == 1
    assert MonitoringAnswers.objects.count() == 0


def test_the_application_page_links_to_the_answers_until_the_job_closes(client, sent):
    link = f'href="{page(sent)}"'
    assert client.get(sent.get_absolute_url()).content.decode().count(link) == 1

    close(sent.vacancy)

    assert client.get(sent.get_absolute_url()).content.decode().count(link) == 0
    assert client.get(page(sent)).url == sent.get_absolute_url()
    assert client.get(page(sent, "equality-questions")).url == sent.get_absolute_url()
    client.post(page(sent), {**POSTED, "do": "save"})
    assert MonitoringAnswers.objects.count() == 0


def test_save_monitoring_refuses_others_and_a_draft():
    sent, draft = SentApplicationFactory(), ApplicationFactory()
    for application, person in [
        (sent, HRAdminFactory()),
        (sent, UserFactory()),
        (draft, draft.applicant),
    ]:
        with pytest.raises(PermissionDenied):
            save_monitoring(application=application, answers=TOLD, by=person)


def test_no_record_tells_what_was_answered_or_whether(client):
    """Answering and skipping leave the same behind: history, its contexts, audit, messages, the row itself."""
    traces = []
    for do in ("send", "skip"):
        application = ApplicationFactory()
        client.force_login(application.applicant)
        client.get(page(application, "equality-questions"))
        client.post(page(application), {**POSTED, "do": do})
        own = Context.objects.filter(metadata__user=application.applicant.pk)
        traces.append(
            {
                "contexts": [
                    c.metadata["url"].replace(application.reference, "") for c in own.order_by("pk")
                ],
                "audit": list(
                    AuditEvent.objects.filter(by=application.applicant).values_list(
                        "event", "facts"
                    )
                ),
                "history": application.events.count(),
                "messages": Message.objects.filter(key__contains=f":{application.pk}").count(),
            }
        )

    assert traces[0] == traces[1]
    assert json.dumps(traces[0]).count("irish") == 0
    assert traces[0]["contexts"] == ["/applications//equality/"]


def test_changing_answers_writes_no_audit_no_history_and_touches_no_date(client, sent):
    before = Application.objects.get().changed_at
    audited, history = AuditEvent.objects.count(), sent.events.count()

    client.post(page(sent), {**POSTED, "do": "save"})

    assert kept(sent) == TOLD
    assert (AuditEvent.objects.count(), sent.events.count()) == (audited, history)
    assert Application.objects.get().changed_at == before


def test_the_table_has_no_page_no_history_no_words_and_no_way_back_from_the_application():
    assert MonitoringAnswers not in admin.site._registry
    assert not hasattr(MonitoringAnswers, "pgh_event_model")
    assert str(MonitoringAnswers(age="16_24")) == "Answers for equality monitoring"
    assert not hasattr(Application, "monitoringanswers")
    permissions = [name for name, _ in MonitoringAnswers._meta.permissions]
    assert (permissions, MonitoringAnswers._meta.default_permissions) == (
        ["view_equality_report"],
        (),
    )


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"hr_admin"}))
def test_no_other_role_may_see_the_report(client, role):
    client.force_login(UserFactory(roles=[role] if ROLES[role].granted else []))
    address = reverse("admin:applications_report_equality")

    assert client.get(address).status_code in (302, 403, 404)


def test_the_answers_go_a_year_after_the_job_closed_and_not_before():
    last_day = date(2026, 11, 20)
    closed_at = datetime(2025, 11, 20, tzinfo=ZoneInfo("Europe/London"))
    application = SentApplicationFactory(vacancy=ClosedVacancyFactory(closed_at=closed_at))
    younger = SentApplicationFactory(
        vacancy=ClosedVacancyFactory(closed_at=closed_at + timedelta(days=1))
    )
    still_open = SentApplicationFactory()
    for one in (application, younger, still_open):
        MonitoringAnswers.objects.create(application=one, age="25_34")

    assert delete_monitoring_past_its_time(on=last_day) == 0
    assert delete_monitoring_past_its_time(on=last_day + timedelta(days=1)) == 1
    assert delete_monitoring_past_its_time(on=last_day + timedelta(days=1)) == 0

    left = set(MonitoringAnswers.objects.values_list("application", flat=True))
    assert left == {younger.pk, still_open.pk}


def test_the_daily_job_deletes_what_is_past_its_time():
    long_ago = timezone.now() - timedelta(days=800)
    application = SentApplicationFactory(vacancy=ClosedVacancyFactory(closed_at=long_ago))
    MonitoringAnswers.objects.create(application=application, age="25_34")

    delete_monitoring_answers_kept_long_enough()

    assert MonitoringAnswers.objects.count() == 0


def test_the_answers_of_somebody_who_is_erased_go_at_once():
    application = SentApplicationFactory()
    MonitoringAnswers.objects.create(application=application, age="25_34")

    erase_person(person=application.applicant, by=HRAdminFactory())

    assert MonitoringAnswers.objects.count() == 0


def test_the_form_gives_every_question_back_even_when_nothing_is_chosen(draft):
    form = MonitoringForm({}, application=draft, kept={})

    assert form.is_valid()
    assert form.answers() == dict.fromkeys(NAMES, "")


def test_sending_without_the_pages_works_as_ever(draft):
    assert submit_application(application=draft, by=draft.applicant).state == "submitted"
