import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from accounts.actions import erase_person
from accounts.registries import AttentionItem, invariants
from applications.actions import erase_applications, move_application
from applications.actions.erasing import ANSWERS
from applications.attention import drafts_written_for_others, new_applications
from applications.models import Application, ApplicationMove
from applications.privacy import erase_applications_of
from applications.states import ApplicationState
from applications.tasks import delete_files_that_no_application_has
from notifications.models import Message
from tests.applications.test_actions import example
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import (
    ApplicationFactory,
    DocumentFactory,
    SentApplicationFactory,
)
from tests.factories.vacancies import VacancyFactory, vacancy_in
from vacancies.states import VacancyState

pytestmark = pytest.mark.django_db


def broken():
    """What this app finds that must never be true. Other apps' findings are theirs to test."""
    own = [find for find in invariants if find.__module__ == "applications.invariants"]
    return [sentence for find in own for sentence in find()]


def test_hr_is_told_of_new_applications_with_the_list_of_them():
    SentApplicationFactory.create_batch(2)
    SentApplicationFactory(state=ApplicationState.INTERVIEW)
    ApplicationFactory()
    url = f"{reverse('admin:applications_application_changelist')}?state__exact=submitted"

    assert new_applications(HRAdminFactory()) == [
        AttentionItem("new applications to look at", url, 2)
    ]


def test_hr_is_told_whom_to_ring_when_a_job_is_withdrawn(client):
    hr = HRAdminFactory()
    withdrawn = vacancy_in(VacancyState.WITHDRAWN)
    rang = SentApplicationFactory(
        vacancy=withdrawn,
        state=ApplicationState.INTERVIEW,
        applicant__email="nobody@no-address.invalid",
    )
    SentApplicationFactory(vacancy=withdrawn, state=ApplicationState.INTERVIEW)
    SentApplicationFactory(
        state=ApplicationState.INTERVIEW, applicant__email="elsewhere@no-address.invalid"
    )
    client.force_login(hr)

    [_, item] = new_applications(hr)

    assert item.text == (
        "applicant without an e-mail address to ring: the job is withdrawn. "
        "Then move the application to its end"
    )
    assert list(client.get(item.url).context["cl"].result_list) == [rang]
    move_application(application=rang, to_state=ApplicationState.UNSUCCESSFUL, by=hr, words="Rung.")
    assert [item.count for item in new_applications(hr)] == [0]


def test_others_are_told_nothing_of_applications():
    SentApplicationFactory()

    assert new_applications(UserFactory(roles=["workforce_development_officer"])) == []


def test_no_invariant_is_broken_by_applications_in_every_state():
    ApplicationFactory()
    DocumentFactory()
    for state in sorted(set(ApplicationState) - {"draft"}):
        SentApplicationFactory(state=state)

    assert broken() == []


def test_each_broken_invariant_is_named():
    unpublished = SentApplicationFactory(vacancy=VacancyFactory())
    wordless = SentApplicationFactory(answers=False)
    stray = SentApplicationFactory()
    ApplicationMove.objects.filter(application=stray).delete()
    document = DocumentFactory()
    default_storage.delete(document.file.name)

    assert sorted(broken()) == sorted(
        [
            f"Application {unpublished} is for a vacancy that was never published.",
            f"Application {wordless} was sent without a name or an example.",
            f"Application {stray} is submitted, but its last move was to None.",
            f"The file of document {document.pk} of {document.application} is missing.",
        ]
    )


def rows_of_answers():
    """Return every row that a section of an application keeps."""
    models = [getattr(Application, name).rel.related_model for name in ANSWERS]
    return [row for model in models for row in model.objects.values()]


def test_erasing_a_person_blanks_their_words_and_deletes_their_files(
    django_capture_on_commit_callbacks,
):
    person = UserFactory(full_name="Canary Quillfeather")
    personal = {"answers": "Canary song", "town": "Canaryton", "phone": "01632 960999"}
    decided = SentApplicationFactory(applicant=person, state="hired", **personal)
    live = SentApplicationFactory(applicant=person, state="interview", **personal)
    draft = ApplicationFactory(applicant=person, **personal)
    files = [DocumentFactory(application=one).file.name for one in (decided, live, draft)]
    ApplicationMove.objects.filter(application=decided).update(words="Dear Canary")

    with django_capture_on_commit_callbacks(execute=True):
        count = erase_applications_of(person)

    states = list(Application.objects.order_by("pk").values_list("state", flat=True))
    assert (count, states) == (3, ["hired", "withdrawn"])
    rows = [*Application.objects.values(), *ApplicationMove.objects.values(), *rows_of_answers()]
    assert str(rows).count("Canary") == 0
    assert [default_storage.exists(name) for name in files] == [False] * 3
    assert list(Message.objects.values_list("template", flat=True)) == [
        "applications/emails/application_withdrawn_hr"
    ]


def test_an_erased_person_breaks_no_invariant():
    application = SentApplicationFactory()

    erase_person(person=application.applicant, by=UserFactory(is_superuser=True))

    application.refresh_from_db()
    assert (application.state, rows_of_answers()) == ("withdrawn", [])
    assert broken() == []


def test_erasing_a_person_leaves_other_people_alone():
    other = SentApplicationFactory()

    assert erase_applications(person=UserFactory(), by=None) == 0

    assert example(other) == "I have worked with families for six years."


def test_the_nightly_sweep_runs_safely_twice():
    document = DocumentFactory()

    delete_files_that_no_application_has()
    delete_files_that_no_application_has()

    assert default_storage.exists(document.file.name) is True


def test_hr_is_reminded_of_what_they_began_for_somebody_and_only_they(time_machine):
    hr, colleague = HRAdminFactory(), HRAdminFactory()
    time_machine.move_to("2026-11-02T12:00Z", tick=False)
    ApplicationFactory(entered_by=hr, entered_how="phone")
    SentApplicationFactory(entered_by=hr, entered_how="paper")
    time_machine.move_to("2026-11-05T11:00Z", tick=False)
    assert drafts_written_for_others(hr) == []

    time_machine.move_to("2026-11-05T13:00Z", tick=False)
    [item] = drafts_written_for_others(hr)

    assert (item.text, item.url, item.count) == (
        "application you began for somebody and have not sent",
        "/applications/",
        1,
    )
    assert drafts_written_for_others(colleague) == []
    assert drafts_written_for_others(UserFactory(roles=["panel_member"])) == []
