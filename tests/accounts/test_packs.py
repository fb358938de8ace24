"""Everything held about a person in one file; other people's words only once HR has let them in."""

import json
import zipfile
from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from accounts.actions import (
    ask_for_pack,
    carry_out,
    erase_person,
    make_packs,
    open_pack,
    review_part,
)
from accounts.actions.packs import due_on
from accounts.exceptions import PackIsBeingMade
from accounts.models import AccessPack, AuditEvent, User
from accounts.queries.packs import parts_to_review, sections_about
from accounts.registries import attention, gather
from accounts.states import PackState
from applications.models import Application, MonitoringAnswers
from tests.applications.planting import plant_disclosure
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import ApplicationFactory, DocumentFactory
from tests.factories.attending import CPDPieceFactory
from tests.factories.interests import JobInterestFactory
from tests.factories.notifications import MessageFactory
from tests.factories.shortlisting import (
    PanelMemberFactory,
    give,
    in_shortlisting,
    vacancy_with_criteria,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def person():
    person = UserFactory(full_name="Mo Applicant")
    application = in_shortlisting(
        vacancy_with_criteria(), applicant=person, full_name="Mo Applicant"
    )
    DocumentFactory(application=application, original_name="My CV.pdf")
    give(
        PanelMemberFactory(vacancy=application.vacancy, person__full_name="Sid Scorer"),
        application,
        3,
    )
    MonitoringAnswers.objects.create(application=application, religion="quaker")
    ApplicationFactory(applicant=person, full_name="Only A Draft")
    CPDPieceFactory(person=person, title="A book about listening")
    MessageFactory(to=person.email)
    return person


def made(person, by):
    pack = ask_for_pack(person=person, by=by)
    make_packs(now=timezone.now())
    pack.refresh_from_db()
    return pack


def packed(pack):
    with pack.file.open("rb") as file, zipfile.ZipFile(BytesIO(file.read())) as found:
        return {name: found.read(name).decode(errors="replace") for name in found.namelist()}


def test_the_pack_is_the_same_to_read_and_for_a_computer_with_the_files(person):
    pack = made(person, person)

    files = packed(pack)
    told = json.loads(files["everything.json"])

    titles = [section["title"] for section in told]
    assert files["everything.html"].count("<h2") == len(titles) == pack.total
    assert titles[0] == "Your account"
    assert "E-mails to you" in titles
    assert next(name for name in files if name.startswith("files/")).endswith("My_CV.pdf")
    assert "I have done this for years." in files["everything.json"]


def test_the_words_of_others_stay_out_until_hr_lets_them_in(person):
    hr = HRAdminFactory()
    before = made(person, person)
    parts = parts_to_review(person)
    [score] = [found for found, _ in parts if found.part.startswith("applications.ScoreSheet:")][:1]
    for found, _ in parts:
        review_part(
            person=person,
            part=found.part,
            is_included=found == score,
            reason="Says nothing of others",
            by=hr,
        )
    after = made(person, person)

    assert "In the second paragraph." not in packed(before)["everything.json"]
    assert packed(after)["everything.json"].count("In the second paragraph.") == 2
    assert (before.left_out, after.left_out) == (len(parts), len(parts) - 1)
    assert "Sid Scorer" not in "".join(packed(after).values())
    lines = AuditEvent.objects.filter(event="third_party_text_reviewed")
    assert lines.count() == len(parts)


def test_what_nobody_else_may_read_is_only_in_the_persons_own_pack(person):
    own = packed(made(person, person))["everything.json"]
    of_hr = packed(made(person, HRAdminFactory()))["everything.json"]

    private = ["quaker", "Only A Draft", "A book about listening"]
    assert [own.lower().count(words.lower()) > 0 for words in private] == [True] * 3
    assert [of_hr.lower().count(words.lower()) for words in private] == [0] * 3


def test_a_self_declaration_and_what_came_of_it_are_in_the_persons_own_pack_and_never_before_hr(
    person,
):
    application = Application.objects.get(applicant=person, state="shortlisting")
    plant_disclosure(application)

    own = packed(made(person, person))["everything.json"]
    of_hr = packed(made(person, HRAdminFactory()))["everything.json"]
    parts = {found.part.split(":")[0] for found, _ in parts_to_review(person)}

    assert ("zebedine" in own.lower(), "zebedine" in of_hr.lower()) == (True, False)
    told = {"Declaration", "DeclarationVersion", "OnlineSearch", "RiskAssessment"}
    assert parts & {f"applications.{name}" for name in told} == set()


def test_the_register_of_interest_is_in_the_pack(person):
    JobInterestFactory(person=person, note="Evenings in Alton suit me")

    assert "Evenings in Alton suit me" in packed(made(person, person))["everything.json"]


def test_what_hangs_on_an_application_is_found_by_its_key_and_needs_a_review_unless_it_is_theirs(
    person,
):
    """So what is built later is left out until HR has looked."""
    application = Application.objects.get(applicant=person, state="shortlisting")
    decision = application.shortlist_decisions.create(outcome="taken", reason="Best of all")

    [found] = [found for found, _ in parts_to_review(person) if "ShortlistDecision" in found.part]

    assert [row["reason"] for row in found.rows] == [decision.reason]


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 11, 22), date(2026, 12, 22)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2026, 12, 1), date(2027, 1, 1)),
    ],
)
def test_the_answer_is_due_in_a_month(asked, due):
    assert due_on(asked) == due


def test_only_the_person_and_hr_ask_and_one_at_a_time():
    person = UserFactory()
    with pytest.raises(PermissionDenied):
        ask_for_pack(person=person, by=UserFactory())
    ask_for_pack(person=person, by=person)
    with pytest.raises(PackIsBeingMade):
        ask_for_pack(person=person, by=person)

    assert ask_for_pack(person=person, by=HRAdminFactory()).is_own is False


def test_the_page_asks_shows_how_far_it_is_and_gives_the_file(client, person):
    client.force_login(person)
    page = reverse("accounts:your-data")

    client.post(page)
    waiting = client.get(page).content.decode()
    make_packs(now=timezone.now())
    ready = client.get(page).content.decode()
    pack = AccessPack.objects.get()
    file = client.get(reverse("accounts:pack-download", args=[pack.pk]))

    assert waiting.count("We begin in a minute.") == 1
    assert waiting.count("Make my file") == 0
    assert ready.count("Download everything") == 1
    assert file.headers["Content-Disposition"] == 'attachment; filename="everything.zip"'
    assert file.headers["Cache-Control"] == "no-store"
    assert zipfile.ZipFile(BytesIO(b"".join(file.streaming_content))).testzip() is None
    assert AuditEvent.objects.get(event="access_pack_downloaded").by == person


def test_nobody_else_gets_the_file(client, person):
    own, hrs = made(person, person), made(person, HRAdminFactory())
    addresses = [reverse("accounts:pack-download", args=[pack.pk]) for pack in (own, hrs)]
    client.force_login(UserFactory())
    stranger = [client.get(address).status_code for address in addresses]
    client.force_login(HRAdminFactory())
    hr = client.get(reverse("admin:accounts_pack_download", args=[own.pk])).status_code

    assert (stranger, hr) == ([404, 404], 404)
    with pytest.raises(PermissionDenied):
        open_pack(pack=own, by=HRAdminFactory())


def test_hr_reviews_makes_and_downloads_in_the_admin(client, person):
    client.force_login(HRAdminFactory())
    page = reverse("admin:accounts_packs", args=[person.pk])
    parts = [found.part for found, _ in client_parts(client, page)]
    sent = {}
    for place, part in enumerate(parts):
        sent |= {f"{place}-part": part, f"{place}-choice": "in", f"{place}-reason": "Theirs alone"}
    sent["0-reason"] = ""
    half = client.post(reverse("admin:accounts_packs_review", args=[person.pk]), sent)
    shown = [form for found, _, form in half.context["reviews"] if found.part == parts[0]]
    assert shown[0].errors == {"reason": ["Say why in a sentence"]}
    assert shown[0]["choice"].value() == "in"
    del sent["0-choice"]
    assert client.post(half.request["PATH_INFO"], sent).status_code == 302
    client.post(page)
    make_packs(now=timezone.now())
    pack = AccessPack.objects.get()

    file = client.get(reverse("admin:accounts_pack_download", args=[pack.pk]))

    assert (pack.is_own, pack.left_out) == (False, 1)
    assert b"".join(file.streaming_content)[:2] == b"PK"
    assert client.get(page).status_code == 200


def client_parts(client, page):
    return [(found, form) for found, _, form in client.get(page).context["reviews"]]


def test_hr_does_not_review_what_is_about_themselves():
    hr = HRAdminFactory()
    with pytest.raises(PermissionDenied):
        review_part(person=hr, part="applications.Score:1", is_included=True, reason="Me", by=hr)


def test_a_pack_goes_with_its_file_after_its_days(person, django_capture_on_commit_callbacks):
    pack = made(person, person)
    with (
        time_machine.travel(timezone.now() + timedelta(days=15), tick=False),
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert carry_out("access_pack", on=timezone.localdate()) == 1

    assert default_storage.exists(pack.file.name) is False
    assert AccessPack.objects.count() == 0


def test_one_whose_worker_stopped_is_made_anew():
    person = UserFactory()
    pack = ask_for_pack(person=person, by=person)
    AccessPack.objects.update(
        state=PackState.GATHERED, begun_at=timezone.now() - timedelta(minutes=31)
    )

    assert make_packs(now=timezone.now()) == 1
    assert make_packs(now=timezone.now()) == 0
    pack.refresh_from_db()
    assert pack.is_ready is True


def test_erasing_takes_packs_along(person, django_capture_on_commit_callbacks):
    pack = made(person, person)
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person=User.objects.get(pk=person.pk), by=HRAdminFactory())

    assert (AccessPack.objects.count(), default_storage.exists(pack.file.name)) == (0, False)


def test_a_request_that_waits_is_an_item_for_hr(person):
    hr = HRAdminFactory()
    own = next(find for find in attention if find.__name__ == "packs_that_wait")
    ask_for_pack(person=person, by=hr)

    assert [item.count for item in own(hr)] == [1]
    make_packs(now=timezone.now())
    assert own(hr) == []


def test_every_app_that_knows_people_is_asked(person):
    apps = {find.__module__.split(".")[0] for find in gather}

    assert apps == {
        "accounts",
        "applications",
        "careers",
        "notifications",
        "organisation",
        "returners",
        "training",
        "vacancies",
    }
    assert len(list(sections_about(person, is_own=True))) > 10
