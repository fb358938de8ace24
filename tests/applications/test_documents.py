from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from accounts.exceptions import UnfitFile
from accounts.models import AuditEvent
from applications.actions import attach_cv, delete_orphan_files, remove_cv
from applications.exceptions import AlreadySent, NotAsked
from applications.models import Document
from applications.states import DocumentState
from tests.applications.files import PDF_BYTES, docx, upload
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import (
    ApplicationFactory,
    DocumentFactory,
    SentApplicationFactory,
)

pytestmark = pytest.mark.django_db


def stored():
    folders = default_storage.listdir("documents")[0] if default_storage.exists("documents") else []
    return sorted(
        f"documents/{folder}/{name}"
        for folder in folders
        for name in default_storage.listdir(f"documents/{folder}")[1]
    )


def download_url(document):
    return reverse(
        "applications:document-download", args=[document.application.reference, document.pk]
    )


def test_attach_cv_keeps_the_file_under_a_random_name():
    application = ApplicationFactory(vacancy__takes_cv=True)

    document = attach_cv(
        application=application,
        file=upload("Nia O’Hara.pdf", PDF_BYTES, "text/html"),
        by=application.applicant,
    )

    document.refresh_from_db()
    assert document.original_name == "Nia O’Hara.pdf"
    assert document.content_type == "application/pdf"
    assert document.size == len(PDF_BYTES)
    assert document.state == DocumentState.UNSCANNED
    assert stored() == [document.file.name]
    assert document.file.name.count("Nia") == 0
    with document.file.open() as file:
        assert file.read() == PDF_BYTES


def test_attach_cv_takes_the_place_of_the_one_before(django_capture_on_commit_callbacks):
    application = ApplicationFactory(vacancy__takes_cv=True)
    attach_cv(application=application, file=upload("a.pdf", PDF_BYTES), by=application.applicant)

    with django_capture_on_commit_callbacks(execute=True):
        second = attach_cv(
            application=application, file=upload("b.docx", docx()), by=application.applicant
        )

    assert list(application.documents.all()) == [second]
    assert stored() == [second.file.name]


def test_attach_cv_keeps_the_one_before_when_the_new_file_is_refused():
    application = ApplicationFactory(vacancy__takes_cv=True)
    first = attach_cv(
        application=application, file=upload("a.pdf", PDF_BYTES), by=application.applicant
    )

    with pytest.raises(UnfitFile):
        attach_cv(application=application, file=upload("b.pdf", b"MZ"), by=application.applicant)

    assert list(application.documents.all()) == [first]
    assert stored() == [first.file.name]


def test_attach_cv_refuses_a_sent_application_and_strangers():
    sent = SentApplicationFactory()
    draft = ApplicationFactory(vacancy__takes_cv=True)

    with pytest.raises(AlreadySent):
        attach_cv(application=sent, file=upload("a.pdf", PDF_BYTES), by=sent.applicant)
    with pytest.raises(PermissionDenied):
        attach_cv(application=draft, file=upload("a.pdf", PDF_BYTES), by=UserFactory())

    assert stored() == []


def test_attach_cv_refuses_where_the_job_takes_none():
    application = ApplicationFactory()

    with pytest.raises(NotAsked):
        attach_cv(
            application=application, file=upload("a.pdf", PDF_BYTES), by=application.applicant
        )

    assert stored() == []


def test_a_cv_stays_on_the_form_when_the_job_takes_none_any_more(client):
    application = DocumentFactory().application
    client.force_login(application.applicant)
    page = reverse("applications:application-cv", args=[application.reference])

    shown = client.get(page).content.decode()
    added = client.post(page, {"cv": upload("b.pdf", PDF_BYTES)})
    removed = client.post(f"{page}remove/")

    assert shown.count("Remove this CV") == 1
    assert shown.count('type="file"') == 0
    assert (added.status_code, removed.url) == (404, application.get_absolute_url())
    assert application.documents.count() == 0


def test_remove_cv_deletes_row_and_file(django_capture_on_commit_callbacks):
    application = ApplicationFactory(vacancy__takes_cv=True)
    attach_cv(application=application, file=upload("a.pdf", PDF_BYTES), by=application.applicant)

    with django_capture_on_commit_callbacks(execute=True):
        remove_cv(application=application, by=application.applicant)

    assert (Document.objects.count(), stored()) == (0, [])


def test_download_is_an_attachment_nobody_else_may_keep(client):
    document = DocumentFactory(original_name='Zoë "the best".pdf')
    client.force_login(document.application.applicant)

    response = client.get(download_url(document))

    assert b"".join(response.streaming_content) == b"%PDF-1.7 a short life"
    assert response["Content-Disposition"].startswith("attachment; ")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"


ROLES_THAT_MAY_NOT = [
    [],
    ["hiring_manager"],
    ["panel_member"],
    ["workforce_development_officer"],
    ["practice_educator"],
    ["trainer"],
]


@pytest.mark.parametrize("roles", ROLES_THAT_MAY_NOT)
def test_download_does_not_exist_for_strangers(client, roles):
    document = DocumentFactory(application=SentApplicationFactory())
    client.force_login(UserFactory(roles=roles))

    assert client.get(download_url(document)).status_code == 404


def test_download_sends_visitors_to_sign_in(client):
    url = download_url(DocumentFactory())

    assert client.get(url).url == f"{reverse('account_login')}?next={url}"


def test_download_is_open_to_hr_once_sent_and_recorded(client):
    document = DocumentFactory(application=SentApplicationFactory())
    officer = HRAdminFactory()
    client.force_login(officer)

    response = client.get(download_url(document))

    assert b"".join(response.streaming_content) == b"%PDF-1.7 a short life"
    assert AuditEvent.objects.get(event="cv_opened").by == officer


def test_download_of_a_draft_does_not_exist_for_hr(client):
    document = DocumentFactory()
    client.force_login(HRAdminFactory())

    assert client.get(download_url(document)).status_code == 404


def test_download_of_a_refused_file_does_not_exist(client):
    document = DocumentFactory(state=DocumentState.REFUSED, file="", refused_because="A virus")
    client.force_login(document.application.applicant)

    assert client.get(download_url(document)).status_code == 404


def test_download_through_another_application_does_not_exist(client):
    document = DocumentFactory()
    own = ApplicationFactory(applicant=document.application.applicant)
    client.force_login(own.applicant)
    url = reverse("applications:document-download", args=[own.reference, document.pk])

    assert client.get(url).status_code == 404


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 40])
def test_download_of_a_number_nobody_has_does_not_exist(client, pk):
    application = ApplicationFactory()
    client.force_login(application.applicant)

    response = client.get(f"/applications/{application.reference}/documents/{pk}/")

    assert response.status_code == 404


def test_download_of_a_file_that_went_missing_does_not_exist(client):
    document = DocumentFactory()
    default_storage.delete(document.file.name)
    client.force_login(document.application.applicant)

    assert client.get(download_url(document)).status_code == 404


def test_delete_orphan_files_spares_files_in_use_and_fresh_ones():
    kept = DocumentFactory()
    orphan = default_storage.save("documents/ab/orphan", ContentFile(b"x"))
    default_storage.save("elsewhere/note", ContentFile(b"x"))

    assert delete_orphan_files(now=timezone.now()) == 0
    assert delete_orphan_files(now=timezone.now() + timedelta(hours=25)) == 1

    assert stored() == [kept.file.name]
    assert default_storage.exists(orphan) is False
    assert default_storage.exists("elsewhere/note") is True


def test_delete_orphan_files_has_nothing_to_do_before_the_first_upload():
    assert delete_orphan_files(now=timezone.now()) == 0
