"""Uploads are scanned before anybody else opens them, by a scanner that speaks as clamd does."""

import io
import time
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connections, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.exceptions import UnfitFile
from accounts.models import AuditEvent
from applications import attention as attention_room
from applications.actions import (
    attach_cv,
    erase_applications,
    remove_cv,
    scan_documents,
    send_cv_again,
)
from applications.actions import scanning as scanning_room
from applications.exceptions import ScannerAway
from applications.models import Document
from applications.scanner import scan
from applications.states import ApplicationState, DocumentState
from applications.tasks import scan_documents_that_wait
from hampshire_portal import env
from notifications.models import Message
from tests.applications import scanner_server
from tests.applications.files import EICAR, PDF_BYTES, docx, pdf, upload
from tests.applications.test_documents import download_url, stored
from tests.applications.test_housekeeping import broken
from tests.applications.test_races import at_once
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import (
    ApplicationFactory,
    DocumentFactory,
    SentApplicationFactory,
)

pytestmark = pytest.mark.django_db

WICKED = b"%PDF-1.7 " + EICAR + b"\n%%EOF\n"
FOUND = "Win.Test.EICAR_HDB-1"


@pytest.fixture
def scanner(settings):
    with scanner_server.running() as server:
        settings.CLAMD_URL = server.address
        settings.CLAMD_SECONDS = 5
        yield server


def document(content=PDF_BYTES, **fields):
    return DocumentFactory(file=ContentFile(content, name="cv"), **fields)


def opened(client, cv):
    """Ask for a file as somebody does who opens it, and return the answer's number."""
    response = client.get(download_url(cv))
    if response.streaming:
        list(response)  # Closes the file.
    return response.status_code


def run_scan():
    return scan_documents(now=timezone.now())


# --- The client -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("content", "found"), [(PDF_BYTES, ""), (WICKED, FOUND), (b"", "")])
def test_a_file_is_sent_whole_and_the_answer_read(content, found):
    with scanner_server.running() as server:
        assert scan(io.BytesIO(content), address=server.address, seconds=5) == found

    assert server.scanned == [content]


def test_a_large_file_goes_in_pieces():
    content = PDF_BYTES + b"x" * 5_000_000
    with scanner_server.running() as server:
        assert scan(io.BytesIO(content), address=server.address, seconds=10) == ""

    assert server.scanned == [content]


def test_a_scanner_may_listen_at_a_path(tmp_path):
    with scanner_server.running(path=tmp_path / "clamd.ctl") as server:
        assert scan(io.BytesIO(WICKED), address=server.address, seconds=5) == FOUND


@pytest.mark.parametrize("mood", ["drops", "full", "mumbles"])
def test_an_answer_that_says_neither_clean_nor_found_is_no_answer(mood):
    with scanner_server.running(mood) as server, pytest.raises(ScannerAway):
        scan(io.BytesIO(PDF_BYTES), address=server.address, seconds=5)


@pytest.mark.parametrize("mood", ["hangs", "drips"])
def test_the_whole_takes_no_longer_than_it_may(mood):
    begun = time.monotonic()
    with scanner_server.running(mood) as server:
        with pytest.raises(ScannerAway):
            scan(io.BytesIO(PDF_BYTES), address=server.address, seconds=0.4)
        took = time.monotonic() - begun

    assert 0.3 < took < 3


def test_a_scanner_that_is_not_there_is_away(tmp_path):
    for address in (scanner_server.nobodys_address(), f"unix://{tmp_path}/nothing"):
        with pytest.raises(ScannerAway):
            scan(io.BytesIO(PDF_BYTES), address=address, seconds=1)


@pytest.mark.parametrize("url", ["", "tcp://clamd:3310", "tcp://127.0.0.1", "unix:///run/c.ctl"])
def test_the_address_of_a_scanner_is_taken_as_it_is(url):
    assert env.clamd_address(url) == url


@pytest.mark.parametrize("url", ["clamd:3310", "tcp://", "unix://", "http://clamd", "/run/c.ctl"])
def test_the_portal_does_not_start_with_an_address_that_is_none(url):
    with pytest.raises(SystemExit):
        env.clamd_address(url)


# --- What becomes of a document -------------------------------------------------------------------


def test_a_clean_document_can_be_opened_from_then_on(scanner, client):
    cv = document(application=SentApplicationFactory())
    client.force_login(HRAdminFactory())
    before = opened(client, cv)

    assert run_scan() == 1

    cv.refresh_from_db()
    assert (cv.state, cv.refused_because, cv.scan_after) == (DocumentState.CLEAN, "", None)
    assert (before, opened(client, cv)) == (404, 200)
    assert cv.scanned_at <= timezone.now()
    assert Message.objects.count() == 0


def test_before_it_is_scanned_its_writer_alone_may_open_it(scanner, client):
    cv = document(application=SentApplicationFactory())
    client.force_login(cv.application.applicant)
    own = opened(client, cv)
    client.force_login(UserFactory(is_superuser=True))

    assert (own, opened(client, cv)) == (200, 404)


def test_with_scanning_off_the_checks_hold_as_before(client, settings):
    assert settings.CLAMD_URL == ""
    cv = document(application=SentApplicationFactory())
    client.force_login(HRAdminFactory())

    assert run_scan() == 0
    assert opened(client, cv) == 200


def test_a_document_in_which_something_is_found_is_deleted_and_its_owner_told(
    scanner, django_capture_on_commit_callbacks
):
    cv = document(WICKED, application=SentApplicationFactory())

    with django_capture_on_commit_callbacks(execute=True):
        assert run_scan() == 1
    assert run_scan() == 0

    cv.refresh_from_db()
    assert (cv.state, cv.refused_because, cv.file.name) == (DocumentState.REFUSED, FOUND, "")
    assert stored() == []
    [letter] = Message.objects.all()
    assert letter.template == "applications/emails/document_refused"
    assert letter.to == cv.application.applicant.email
    again = reverse("applications:application-cv-again", args=[cv.application.reference])
    assert letter.context["another_path"] == again
    assert AuditEvent.objects.get(event="document_refused").facts == {"found": FOUND}
    assert broken() == []


def test_the_page_of_a_draft_says_so_and_takes_another(scanner, client):
    draft = ApplicationFactory(vacancy__takes_cv=True)
    document(WICKED, application=draft)
    client.force_login(draft.applicant)
    run_scan()
    page = reverse("applications:application-cv", args=[draft.reference])

    text = client.get(page).content.decode()
    client.post(page, {"cv": upload("cv.pdf", PDF_BYTES)})

    assert text.count("Our virus scan refused") == 1
    assert text.count("documents/") == 0
    assert [cv.state for cv in draft.documents.all()] == [DocumentState.UNSCANNED]


def test_after_sending_another_cv_can_be_sent_in_place_of_a_refused_one(scanner, client):
    cv = document(WICKED, application=SentApplicationFactory())
    client.force_login(cv.application.applicant)
    page = reverse("applications:application-cv-again", args=[cv.application.reference])
    assert client.get(page).url == cv.application.get_absolute_url()
    run_scan()

    shown = client.get(cv.application.get_absolute_url()).content.decode()
    unfit = client.post(page, {"cv": upload("cv.exe", PDF_BYTES)})
    sent = client.post(page, {"cv": upload("cv.pdf", PDF_BYTES)})
    once_more = client.post(page, {"cv": upload("cv.pdf", PDF_BYTES)})

    assert shown.count("Send another CV") == 1
    assert unfit.status_code == 200
    assert sent.url == once_more.url == cv.application.get_absolute_url()
    [new] = Document.objects.all()
    assert (new.pk == cv.pk, new.original_name, new.state) == (False, "cv.pdf", "unscanned")


@pytest.mark.parametrize("state", [ApplicationState.UNSUCCESSFUL, ApplicationState.WITHDRAWN])
def test_nothing_is_sent_again_once_the_application_is_over(scanner, state):
    cv = document(WICKED, application=SentApplicationFactory(state=state))
    run_scan()

    with pytest.raises(PermissionDenied):
        send_cv_again(
            application=cv.application,
            file=upload("cv.pdf", PDF_BYTES),
            by=cv.application.applicant,
        )


def test_a_refused_document_goes_with_its_application(scanner, django_capture_on_commit_callbacks):
    cv = document(WICKED, application=SentApplicationFactory())
    with django_capture_on_commit_callbacks(execute=True):
        run_scan()
        erase_applications(person=cv.application.applicant, by=None)

    assert Document.objects.count() == 0


def test_a_worker_is_told_of_an_upload_when_scanning_is_on(
    scanner, django_capture_on_commit_callbacks, settings
):
    told = []
    for url in (scanner.address, ""):
        settings.CLAMD_URL = url
        draft = ApplicationFactory(vacancy__takes_cv=True)
        with django_capture_on_commit_callbacks() as callbacks:
            attach_cv(application=draft, file=upload("a.pdf", PDF_BYTES), by=draft.applicant)
        told.append(len(callbacks))

    assert told == [1, 0]
    assert scan_documents_that_wait.name == "applications.tasks.scan_documents_that_wait"


@pytest.mark.parametrize("mood", ["hangs", "drops", "full"])
def test_a_scanner_that_fails_leaves_the_document_waiting_and_is_asked_again_later(
    settings, mood, time_machine
):
    time_machine.move_to("2026-03-11 12:00+00:00", tick=False)
    cv = document()
    with scanner_server.running(mood) as server:
        settings.CLAMD_URL, settings.CLAMD_SECONDS = server.address, 0.4
        assert run_scan() == 0
    pauses = []
    settings.CLAMD_URL = scanner_server.nobodys_address()
    for _ in range(len(settings.SCAN_RETRY_PAUSES) + 1):
        cv.refresh_from_db()
        pauses.append(round((cv.scan_after - timezone.now()).total_seconds() / 60))
        assert run_scan() == 0
        assert Document.objects.get().scan_after == cv.scan_after  # not before its time
        time_machine.move_to(cv.scan_after, tick=False)
        run_scan()

    assert pauses == [*settings.SCAN_RETRY_PAUSES, settings.SCAN_RETRY_PAUSES[-1]]
    assert Document.objects.get().state == DocumentState.UNSCANNED

    with scanner_server.running() as server:
        settings.CLAMD_URL = server.address
        time_machine.move_to(Document.objects.get().scan_after, tick=False)
        assert run_scan() == 1


def test_a_document_whose_file_is_missing_does_not_stop_the_others(scanner):
    lost, fine = document(), document()
    default_storage.delete(lost.file.name)

    assert run_scan() == 1
    fine.refresh_from_db()
    assert fine.state == DocumentState.CLEAN


def test_what_was_removed_while_it_was_scanned_is_no_problem(scanner, monkeypatch):
    cv = document(WICKED)
    look = scanning_room._look_into

    def look_and_remove(found):
        answer = look(found)
        remove_cv(application=cv.application, by=cv.application.applicant)
        return answer

    monkeypatch.setattr(scanning_room, "_look_into", look_and_remove)

    run_scan()

    assert (Document.objects.count(), Message.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_scan_each_document_once(scanner):
    for _ in range(3):
        document()
    connections.close_all()

    at_once(run_scan, run_scan, run_scan)

    assert len(scanner.scanned) == 3
    assert set(Document.objects.values_list("state", flat=True)) == {DocumentState.CLEAN}


@pytest.mark.parametrize(
    "broken_fields",
    [
        {"state": "refused"},
        {"state": "refused", "refused_because": "x"},
        {"file": ""},
        {"refused_because": "x"},
    ],
)
def test_the_database_keeps_reason_and_file_together(broken_fields):
    cv = document()

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=cv.pk).update(**broken_fields)


# --- What HR sees ---------------------------------------------------------------------------------


def attention_items(hr):
    return [(item.count, item.text) for item in attention_room.new_applications(hr)[1:]]


def test_hr_is_told_that_files_are_not_scanned_while_scanning_is_off():
    hr = HRAdminFactory()
    document()  # a draft's
    assert attention_items(hr) == []

    document(application=SentApplicationFactory())

    assert attention_items(hr) == [(1, "file not scanned for viruses: scanning is off")]


def test_hr_is_told_when_a_file_waits_for_more_than_an_hour(scanner):
    hr = HRAdminFactory()
    cv = document()
    Document.objects.update(uploaded_at=timezone.now() - timedelta(minutes=59))
    assert attention_items(hr) == []
    Document.objects.update(uploaded_at=timezone.now() - timedelta(minutes=61))

    assert attention_items(hr) == [
        (1, "file waiting for the virus scan for too long: does the scanner run?")
    ]
    run_scan()
    cv.refresh_from_db()
    assert attention_items(hr) == []


def test_the_link_of_the_item_shows_the_applications(client):
    hr = HRAdminFactory()
    document(application=SentApplicationFactory())
    SentApplicationFactory()
    client.force_login(hr)
    [_, item] = attention_room.new_applications(hr)

    assert client.get(item.url).context["cl"].result_count == 1


def test_the_admin_says_of_each_document_whether_it_was_scanned(client, settings):
    client.force_login(HRAdminFactory())
    cv = document(application=SentApplicationFactory())
    page = reverse("admin:applications_application_change", args=[cv.application.pk])

    off = client.get(page).content.decode()
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    waiting = client.get(page).content.decode()
    Document.objects.update(state=DocumentState.CLEAN)
    clean = client.get(page).content.decode()
    Document.objects.update(state=DocumentState.REFUSED, file="", refused_because=FOUND)
    refused = client.get(page).content.decode()

    assert off.count("not scanned for viruses, since scanning is off") == 1
    assert waiting.count("Waits for the virus scan. It can be opened afterwards") == 1
    assert waiting.count(download_url(cv)) == 0
    assert clean.count("scanned for viruses and clean") == 1
    assert refused.count(f"Refused by the virus scan and deleted: {FOUND}") == 1


# --- Files that never come as far as the scanner --------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("cv.pdf.exe", PDF_BYTES, "Choose a PDF, a Word document (.docx) or an OpenDocument"),
        ("cv.exe.pdf", b"MZ\x90\x00" * 50, "The file is named as a PDF but is something else"),
        ("cv.html.pdf", b"<!doctype html><p>Hello", "The file is named as a PDF but is something"),
        ("cv.pdf", WICKED, "The file has the text inside that virus scanners are tested with."),
        ("cv.pdf", pdf(b"<</S/JavaScript>>"), "The PDF has a program inside, or opens something"),
        ("cv.pdf", PDF_BYTES + b"\0" * 20 * 1024 * 1024, "5 MB or smaller. This one is 20.0 MB"),
    ],
)
def test_a_wicked_or_huge_file_is_refused_beside_the_box_and_nothing_is_kept(
    client, name, content, words
):
    draft = ApplicationFactory(vacancy__takes_cv=True)
    client.force_login(draft.applicant)
    page = reverse("applications:application-cv", args=[draft.reference])

    response = client.post(page, {"cv": upload(name, content)})

    [error] = response.context["form"].errors["cv"]
    assert words in error
    assert (response.status_code, draft.documents.count(), stored()) == (200, 0, [])


def test_a_pdf_may_have_any_name_before_its_ending():
    draft = ApplicationFactory(vacancy__takes_cv=True)

    made = attach_cv(application=draft, file=upload("cv.exe.pdf", PDF_BYTES), by=draft.applicant)

    assert (made.original_name, made.content_type) == ("cv.exe.pdf", "application/pdf")


def test_a_file_that_bursts_is_refused_before_it_is_stored(settings):
    settings.CV_LARGEST_UNPACKED_BYTES = 10
    draft = ApplicationFactory(vacancy__takes_cv=True)

    with pytest.raises(UnfitFile):
        attach_cv(application=draft, file=upload("cv.docx", docx()), by=draft.applicant)

    assert stored() == []
