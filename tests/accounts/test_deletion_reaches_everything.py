"""A name is planted in all that a person can write into an application. After the run it is nowhere.

Every table of the database is read as text, whatever it is called, and every file below MEDIA_ROOT: what
is built later is read along.
"""

import contextlib
import json
import re
import zipfile
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from cryptography.fernet import InvalidToken
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts.actions import carry_out_everything, close_account, erase_person
from accounts.fields import keyring
from accounts.models import DeletionRecord, User
from applications.actions import (
    declare_conflict,
    move_application,
    warn_of_deletion,
)
from applications.models import (
    Application,
    ApplicationMove,
    Conflict,
    CriterionEvidence,
    Employment,
    Gap,
    MonitoringAnswers,
    Qualification,
    Referee,
    Score,
    SheetReopening,
    ShortlistDecision,
    TrainingTaken,
)
from applications.states import ApplicationState, Outcome, Registration
from notifications.delivery import deliver_due_messages
from notifications.models import DemoMail, Message, MessageAttachment
from tests.applications.planting import plant_interview, plant_what_followed, planted
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import ApplicationFactory, DocumentFactory
from tests.factories.shortlisting import (
    PanelMemberFactory,
    give,
    in_shortlisting,
    vacancy_with_criteria,
)

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "Zebedine Quillfeather"
EMAIL = "zebedine.quillfeather@example.org"
CANARY = re.compile(r"zebedine|quillfeather|01632 ?960 ?987|SW99887", re.IGNORECASE)
CONTENT = f"%PDF-1.7 {NAME}".encode()


def tables():
    with connection.cursor() as cursor:
        cursor.execute(
            "select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables "
            "where schemaname not in ('pg_catalog', 'information_schema')"
        )
        return [name for (name,) in cursor.fetchall()]


def rows_as_text(table):
    """Every row of a table, all its columns: jsonb as it is, bytea as its letters."""
    with connection.cursor() as cursor:
        cursor.execute(f"select * from {table}")
        for row in cursor.fetchall():
            yield " ".join(opened(cell) for cell in row)


def opened(cell):
    """What a cell says: bytes as letters, packed sessions and encrypted text as they were."""
    if isinstance(cell, memoryview | bytes):
        return bytes(cell).decode(errors="replace")
    text = (
        json.dumps(cell, ensure_ascii=False, default=str)
        if isinstance(cell, dict | list)
        else str(cell)
    )
    for token in re.findall(r"gAAAA[\w=-]+", text):
        with contextlib.suppress(InvalidToken):
            text += keyring().decrypt(token.encode()).decode()
    return text


def places_of_the_name(media_root):
    """Every table and every file that has the name somewhere."""
    found = {
        table: [row[:200] for row in rows_as_text(table) if CANARY.search(row)]
        for table in tables()
    }
    found |= {
        f"session {session.pk}": [str(session.get_decoded())]
        for session in Session.objects.all()
        if CANARY.search(str(session.get_decoded()))
    }
    found |= {
        f"file {path}": [said]
        for path in Path(media_root).rglob("*")
        if path.is_file() and CANARY.search(said := f"{path} {file_as_text(path)}")
    }
    return {place: rows for place, rows in found.items() if rows}


def file_as_text(path):
    content = path.read_bytes()
    with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(BytesIO(content)) as packed:
        content = b" ".join(packed.read(name) for name in packed.namelist())
    return content.decode(errors="replace")


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.DEMO_MODE = True


@pytest.fixture
def person():
    """Somebody with an account; their name there is another than in the application."""
    return UserFactory(email="reader@example.org", full_name="Pat Reader")


def written(person, vacancy=None):
    """An application in shortlisting with the name wherever a person, a panel or HR can write it."""
    vacancy = vacancy or vacancy_with_criteria(role__needs_registration=True)
    application = in_shortlisting(
        vacancy,
        applicant=person,
        full_name=NAME,
        phone="01632 960987",
        address=f"{NAME}, 1 Road",
        town="Quillfeather",
        postcode="SO23 8UJ",
        registration=Registration.REGISTERED,
        registration_number="SW99887",
        adjustments=f"{NAME} needs a quiet room",
    )
    CriterionEvidence.objects.filter(application=application).update(words=NAME)
    planted(Employment, application=application, with_children=True)
    for model in (Qualification, TrainingTaken, Gap):
        planted(model, application=application)
    contact = {"position": 1, "kind": "employer", "email": EMAIL, "ask_before_interview": True}
    referee = planted(Referee, application=application, **contact)
    plant_what_followed(application, referee)
    plant_interview(application)
    DocumentFactory(
        application=application, original_name=f"{NAME}.pdf", file=ContentFile(CONTENT, name="cv")
    )
    MonitoringAnswers.objects.create(application=application, age=NAME, religion="Quillfeather")
    typed_by(person, application)
    said_by_others(application)
    return application


def typed_by(person, application):
    """What was typed in a draft and not saved."""
    application.typed_words.create(
        page="contact", tab="b7b7b7b7-0000-4000-8000-000000000000", words={"full_name": NAME}
    )


def said_by_others(application):
    """What the panel and HR wrote about the person, and what the mail says."""
    hr = HRAdminFactory()
    lead, knows = [PanelMemberFactory(vacancy=application.vacancy) for _ in range(2)]
    sheet = give(lead, application, 2)
    Score.objects.filter(sheet=sheet).update(notes=NAME, final_words=NAME)
    SheetReopening.objects.create(sheet=sheet, reason=NAME, points={"1": NAME}, reopened_by=hr)
    declare_conflict(member=knows, application=application, words=NAME, by=knows.person)
    ShortlistDecision.objects.create(
        application=application, outcome=Outcome.NOT_TAKEN, words=NAME, reason=NAME
    )
    message = Message.objects.create(
        to=application.applicant.email,
        template="notifications/emails/ready_made",
        context={"subject": NAME, "text": f"Dear {NAME}", "html": ""},
        about_type="applications.Application",
        about_id=str(application.pk),
    )
    MessageAttachment.objects.create(
        message=message, filename=f"{NAME}.ics", mimetype="text/calendar", content=NAME.encode()
    )
    Message.objects.create(
        to=application.applicant.email,
        template="notifications/emails/ready_made",
        is_secret=True,
        secret_context=json.dumps({"subject": NAME}),
        about_type="applications.Application",
        about_id=str(application.pk),
        due_at=timezone.now() + timedelta(days=3),
    )
    deliver_due_messages()


def refused(application):
    move_application(
        application=application,
        to_state=ApplicationState.UNSUCCESSFUL,
        by=HRAdminFactory(),
        words=f"Dear {NAME}",
    )
    deliver_due_messages()


def test_before_the_run_the_name_is_in_many_places(person, tmp_path):
    refused(written(person))

    found = places_of_the_name(tmp_path)

    expected = [Application, ApplicationMove, Conflict, DemoMail, Message, MessageAttachment]
    expected += [Score, ShortlistDecision, SheetReopening, MonitoringAnswers]
    tables_of = {f"public.{model._meta.db_table}" for model in expected}
    assert tables_of - set(found) == set()
    assert len([place for place in found if place.startswith("file ")]) == 1


def test_after_the_run_it_is_nowhere(person, tmp_path):
    application = written(person)
    refused(application)
    now = timezone.now()
    with time_machine.travel(now + timedelta(days=340), tick=False):
        assert warn_of_deletion(on=timezone.localdate()) == 1
        deliver_due_messages()
        assert carry_out_everything(on=timezone.localdate())["unsuccessful_application"] == 0
    with time_machine.travel(now + timedelta(days=371), tick=False):
        done = carry_out_everything(on=timezone.localdate())

    assert done["unsuccessful_application"] == 1
    assert places_of_the_name(tmp_path) == {}
    application.refresh_from_db()
    assert (application.state, application.blanked_at is not None) == ("unsuccessful", True)
    record = DeletionRecord.objects.get(category="unsuccessful_application")
    assert (record.subject, record.number) == (person.pseudonym, 1)


def test_blanking_alone_reaches_what_the_application_holds(person, tmp_path):
    """Also when its mail is younger than the period of e-mails: the run of that category does not help."""
    refused(written(person))
    with time_machine.travel(timezone.now() + timedelta(days=340), tick=False):
        warn_of_deletion(on=timezone.localdate())
        deliver_due_messages()
    with time_machine.travel(timezone.now() + timedelta(days=371), tick=False):
        call_command("keep_only_what_we_may", only="unsuccessful_application", stdout=StringIO())
    MonitoringAnswers.objects.all().delete()

    assert places_of_the_name(tmp_path) == {}


def test_a_draft_goes_with_everything(person, tmp_path):
    draft = ApplicationFactory(applicant=person, full_name=NAME, adjustments=NAME)
    typed_by(person, draft)
    DocumentFactory(application=draft, original_name=NAME, file=ContentFile(CONTENT, name="cv"))
    now = timezone.now()
    with time_machine.travel(now + timedelta(days=70), tick=False):
        warn_of_deletion(on=timezone.localdate())
        deliver_due_messages()
    with time_machine.travel(now + timedelta(days=101), tick=False):
        done = carry_out_everything(on=timezone.localdate())

    assert (done["draft_application"], Application.objects.count()) == (1, 0)
    assert places_of_the_name(tmp_path) == {}


@pytest.fixture
def canary(client):
    """A person whose account has the name too, with all that signing in leaves behind."""
    person = UserFactory(email=EMAIL, full_name=NAME)
    EmailAddress.objects.create(user=person, email=EMAIL, verified=True, primary=True)
    SocialAccount.objects.create(
        user=person, provider="openid_connect", uid=EMAIL, extra_data={"name": NAME}
    )
    Authenticator.objects.create(user=person, type="totp", data={"secret": NAME})
    client.force_login(person)
    session = client.session
    session["words_kept"] = {"path": "/", "words": {"text": NAME}}
    session.save()
    UserSession.objects.create(
        user=person, session_key=session.session_key, ip="127.0.0.1", user_agent=NAME, data={}
    )
    LogEntry.objects.create(
        user=HRAdminFactory(),
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(person.pk),
        object_repr=NAME,
        action_flag=CHANGE,
        change_message=f"Changed the name to {NAME}",
    )
    return person


@pytest.mark.parametrize("way", ["erased", "closed by themselves"])
def test_erasing_reaches_everything_of_the_person(canary, tmp_path, way):
    refused(written(canary))
    written(canary)
    ApplicationFactory(applicant=canary, full_name=NAME)
    person = User.objects.get(pk=canary.pk)

    if way == "erased":
        erase_person(person=person, by=HRAdminFactory())
    else:
        close_account(person=person)
    deliver_due_messages()

    assert places_of_the_name(tmp_path) == {}


def test_no_history_is_kept_of_equality_answers():
    """A history would put who answered beside the answers: the table has none, and nothing points at it."""
    answers = MonitoringAnswers.objects.create(application=ApplicationFactory(), age="25 to 34")
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgname from pg_trigger where tgrelid = %s::regclass and not tgisinternal",
            [MonitoringAnswers._meta.db_table],
        )
        triggers = cursor.fetchall()

    assert hasattr(MonitoringAnswers, "pgh_event_model") is False
    assert triggers == []
    fields = {field.name for field in MonitoringAnswers._meta.get_fields()}
    assert [
        name for name in fields if name.startswith("pgh") or name.endswith(("_at", "_by"))
    ] == []
    assert answers.pk
