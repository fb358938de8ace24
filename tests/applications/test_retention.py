"""Drafts and applications go when the privacy notice says they do, and what is younger stays."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.registries import invariants
from applications.actions import (
    attach_cv,
    blank_applications_past_their_time,
    delete_drafts_past_their_time,
    remove_cv,
)
from applications.actions.erasing import ANSWERS
from applications.models import Application, ApplicationMove, CriterionEvidence, Document
from applications.states import ApplicationState
from applications.tasks import (
    blank_applications_kept_long_enough,
    delete_drafts_that_nobody_goes_on_with,
)
from notifications.models import Message
from tests.applications.files import PDF_BYTES, upload
from tests.applications.test_actions import example
from tests.factories.applications import (
    ApplicationFactory,
    DocumentFactory,
    SentApplicationFactory,
)
from tests.factories.keeping import warned
from tests.factories.vacancies import ClosedVacancyFactory

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
LAST_DAY, DAY_AFTER = date(2026, 11, 20), date(2026, 11, 21)
THREE_MONTHS_BEFORE = datetime(2026, 8, 20, tzinfo=LONDON)
A_YEAR_BEFORE = datetime(2025, 11, 20, tzinfo=LONDON)
History = Application.pgh_event_model


def set_moment(application, **moments):
    """Set when things happened to an application whose applicant was warned in time."""
    Application.objects.filter(pk=application.pk).update(**moments)
    return warned(application)


def test_a_draft_is_kept_three_months_after_its_last_change_and_no_longer():
    old = set_moment(ApplicationFactory(), changed_at=THREE_MONTHS_BEFORE)
    younger = set_moment(ApplicationFactory(), changed_at=THREE_MONTHS_BEFORE + timedelta(days=1))

    assert delete_drafts_past_their_time(on=LAST_DAY) == 0
    assert delete_drafts_past_their_time(on=DAY_AFTER) == 1
    assert delete_drafts_past_their_time(on=DAY_AFTER) == 0

    assert list(Application.objects.all()) == [younger]
    assert AuditEvent.objects.get(event="draft_deleted").subject_id == str(old.pk)


def test_a_draft_goes_with_its_files_and_its_history(django_capture_on_commit_callbacks):
    document = DocumentFactory()
    draft = set_moment(document.application, changed_at=THREE_MONTHS_BEFORE)

    with django_capture_on_commit_callbacks(execute=True):
        delete_drafts_past_their_time(on=DAY_AFTER)

    assert Document.objects.count() == 0
    assert default_storage.exists(document.file.name) is False
    assert History.objects.filter(pgh_obj=draft.pk).count() == 0


def test_a_draft_goes_three_months_after_its_job_closed_whatever_was_changed():
    vacancy = ClosedVacancyFactory(closed_at=THREE_MONTHS_BEFORE)
    set_moment(ApplicationFactory(vacancy=vacancy), changed_at=datetime(2026, 11, 1, tzinfo=LONDON))

    assert delete_drafts_past_their_time(on=LAST_DAY) == 0
    assert delete_drafts_past_their_time(on=DAY_AFTER) == 1


def test_adding_or_removing_a_cv_counts_as_a_change():
    draft = ApplicationFactory(vacancy__takes_cv=True)
    for change in (
        lambda: attach_cv(application=draft, file=upload("cv.pdf", PDF_BYTES), by=draft.applicant),
        lambda: remove_cv(application=draft, by=draft.applicant),
    ):
        set_moment(draft, changed_at=THREE_MONTHS_BEFORE)
        change()
        draft.refresh_from_db()
        assert draft.changed_at > THREE_MONTHS_BEFORE


def test_what_was_sent_is_no_draft_however_old():
    set_moment(SentApplicationFactory(), changed_at=THREE_MONTHS_BEFORE)

    assert delete_drafts_past_their_time(on=DAY_AFTER) == 0
    assert Application.objects.count() == 1


ENDED_AT = {ApplicationState.UNSUCCESSFUL: "decided_at", ApplicationState.WITHDRAWN: "withdrawn_at"}


@pytest.mark.parametrize(("state", "moment"), ENDED_AT.items())
def test_an_application_without_a_job_is_blanked_a_year_after_its_outcome(state, moment):
    old = set_moment(SentApplicationFactory(state=state), **{moment: A_YEAR_BEFORE})
    younger = set_moment(
        SentApplicationFactory(state=state), **{moment: A_YEAR_BEFORE + timedelta(days=1)}
    )

    assert blank_applications_past_their_time(on=LAST_DAY) == 0
    assert blank_applications_past_their_time(on=DAY_AFTER) == 1
    assert blank_applications_past_their_time(on=DAY_AFTER) == 0

    old.refresh_from_db()
    younger.refresh_from_db()
    assert (old.full_name, old.phone, old.right_to_work) == ("", "", None)
    assert [getattr(old, name).count() for name in ANSWERS] == [0] * len(ANSWERS)
    assert old.state == state
    assert example(younger) == "I have worked with families for six years."
    assert AuditEvent.objects.get(event="application_blanked").subject_id == str(old.pk)


@pytest.mark.parametrize("state", sorted(set(ApplicationState) - set(ENDED_AT) - {"draft"}))
def test_an_application_that_may_still_end_or_ended_in_a_job_is_left_alone(state):
    application = SentApplicationFactory(state=state)
    set_moment(application, submitted_at=A_YEAR_BEFORE, changed_at=A_YEAR_BEFORE)
    if application.decision:
        set_moment(application, decided_at=A_YEAR_BEFORE)

    assert blank_applications_past_their_time(on=date(2030, 1, 1)) == 0


def test_blanking_reaches_the_files_the_words_to_the_person_and_the_history(
    django_capture_on_commit_callbacks,
):
    application = SentApplicationFactory(
        state=ApplicationState.UNSUCCESSFUL, full_name="Canary Quillfeather", right_to_work=False
    )
    document = DocumentFactory(application=application, original_name="Canary.pdf")
    ApplicationMove.objects.update(words="Dear Canary")
    set_moment(application, decided_at=A_YEAR_BEFORE)

    with django_capture_on_commit_callbacks(execute=True):
        blank_applications_past_their_time(on=DAY_AFTER)

    rows = [
        *Application.objects.values(),
        *ApplicationMove.objects.values(),
        *History.objects.values(),
    ]
    assert str(rows).count("Canary") == 0
    assert set(History.objects.values_list("right_to_work", flat=True)) == {None}
    assert (Document.objects.count(), default_storage.exists(document.file.name)) == (0, False)
    assert Message.objects.count() == 0


def test_a_blanked_application_breaks_no_invariant_and_says_so_to_its_applicant(client):
    application = SentApplicationFactory(state=ApplicationState.WITHDRAWN)
    set_moment(application, withdrawn_at=A_YEAR_BEFORE)
    with time_machine.travel(datetime(2026, 11, 21, 3, 40, tzinfo=LONDON), tick=False):
        blank_applications_past_their_time(on=DAY_AFTER)
    client.force_login(application.applicant)

    page = client.get(
        reverse("applications:application-detail", args=[application.reference])
    ).content.decode()

    own = [find for find in invariants if find.__module__ == "applications.invariants"]
    assert [sentence for find in own for sentence in find()] == []
    assert page.count("What you told us in this application was deleted on 21 November 2026") == 1
    assert page.count("How to reach you") == 0


def test_the_nightly_jobs_find_what_is_past_its_time_today_and_run_safely_twice():
    old = timezone.now() - timedelta(days=400)
    set_moment(ApplicationFactory(), changed_at=old)
    refused = set_moment(
        SentApplicationFactory(state=ApplicationState.UNSUCCESSFUL), decided_at=old
    )

    for job in (delete_drafts_that_nobody_goes_on_with, blank_applications_kept_long_enough):
        job()
        job()

    refused.refresh_from_db()
    assert (list(Application.objects.all()), refused.full_name) == ([refused], "")
    assert not CriterionEvidence.objects.exists()
    assert (
        AuditEvent.objects.filter(event__in=["draft_deleted", "application_blanked"]).count() == 2
    )
