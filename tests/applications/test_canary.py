"""A name is planted in everything an applicant gives us. No panel page, file, e-mail or audit line shows it."""

import json
import re
import unicodedata

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts.models import AuditEvent
from applications.actions import (
    ask_another_time,
    cancel_slot,
    choose_slot,
    declare_conflict,
    invite_to_choose,
    put_on_panel,
)
from applications.models import (
    CriterionEvidence,
    Employment,
    Gap,
    InterviewScheme,
    InterviewSlot,
    Qualification,
    Referee,
    SchemeChosen,
    SectionSave,
    TrainingTaken,
)
from applications.queries import is_internal
from applications.states import ApplicationState, Registration
from notifications.models import Message
from tests.applications.planting import EMAIL, PHONE, PLANTED, plant_what_followed, planted
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import DocumentFactory
from tests.factories.history import EmploymentFactory
from tests.factories.interests import JobInterestFactory
from tests.factories.interviews import mark, round_of
from tests.factories.organisation import StaffMemberFactory, TeamFactory
from tests.factories.shortlisting import (
    PanelistFactory,
    PanelMemberFactory,
    give,
    in_shortlisting,
    vacancy_with_criteria,
)

pytestmark = pytest.mark.django_db

NAME = "Zébédine Quillfeather"
# What is random on a page can spell any number.
RANDOM = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|name=.csrfmiddlewaretoken. value=.\w+"
)
CANARIES = ["zebedine", "quillfeather", "960987", "99887", "so238uj"]


@pytest.fixture
def vacancy():
    return vacancy_with_criteria(shows_employers=True, role__needs_registration=True)


@pytest.fixture
def application(vacancy):
    found = in_shortlisting(
        vacancy,
        applicant=UserFactory(email=EMAIL, full_name=NAME),
        full_name=NAME,
        phone=PHONE,
        address=PLANTED[:200],
        town="Quillfeather",
        postcode="SO23 8UJ",
        registration=Registration.REGISTERED,
        registration_number="SW99887",
        adjustments=PLANTED,
    )
    CriterionEvidence.objects.filter(application=found).update(words=f"{PLANTED} SW99887 SO23 8UJ")
    planted(Employment, application=found, with_children=True)
    planted(Qualification, application=found)
    planted(TrainingTaken, application=found)
    planted(Gap, application=found)
    referee = planted(
        Referee,
        application=found,
        position=1,
        kind="employer",
        email=EMAIL,
        ask_before_interview=True,
    )
    plant_what_followed(found, referee)
    scheme = InterviewScheme.objects.create(name="Zebedine scheme", question="Zebedine?")
    SchemeChosen.objects.create(application=found, scheme=scheme)
    DocumentFactory(application=found, original_name="Zebedine Quillfeather CV.pdf")
    works_here(found)
    JobInterestFactory(person=found.applicant, phone=PHONE, note=PLANTED)
    return found


def works_here(application):
    """Make the applicant one of the staff, with their present post among the jobs as it is filled in."""
    team = TeamFactory(name="Quillfeather team")
    manager = StaffMemberFactory(user__full_name=f"{NAME} senior", team=team)
    StaffMemberFactory(user=application.applicant, team=team, line_manager=manager)
    council = "Hampshire County Council"
    CriterionEvidence.objects.filter(application=application).update(
        words=f"{PLANTED} SW99887 SO23 8UJ, sw 99-887, so238uj at {council}"
    )
    EmploymentFactory(application=application, employer=council, ended_on=None)
    SectionSave.objects.update_or_create(
        application=application, name="employment", defaults={"copied_from": ""}
    )


def plain(text):
    """Small letters without accents, and no space between digits: the name hides nowhere."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in decomposed if not unicodedata.combining(c) and c not in " -")


def found_in(text):
    text = RANDOM.sub("", text)
    return [canary for canary in CANARIES if canary in plain(text)]


def everything_in(response):
    """What a response says anywhere: its body, its head, where it leads to."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{body.decode(errors='replace')} {response.headers}"


def patterns(resolver=None, prefix="", namespace=""):
    """Yield the name, the whole route and the arguments of every named address."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = f"{prefix}{pattern.pattern}"
        inner = getattr(pattern, "namespace", None)
        if hasattr(pattern, "url_patterns"):
            yield from patterns(pattern, route, f"{namespace}{inner}:" if inner else namespace)
        elif pattern.name:
            yield f"{namespace}{pattern.name}", route


def arguments(route, things):
    """Return what an address needs, by the names of its arguments."""
    names = [part.split(">")[0].split(":")[-1] for part in route.split("<")[1:]]
    return {name: things[name] for name in names}


@pytest.fixture
def second_read(vacancy, application):
    """Two members far apart, so that every page of the panel has something to show."""
    lead, other = (
        PanelMemberFactory(vacancy=vacancy, is_lead=True),
        PanelMemberFactory(vacancy=vacancy),
    )
    sheet = give(lead, application, 1)
    give(other, application, 4)
    return lead, sheet.scores.first()


def test_no_page_of_the_panel_shows_who_it_is(client, application, vacancy, second_read):
    lead, score = second_read
    client.force_login(lead.person)
    things = {"reference": vacancy.reference, "code": application.code, "pk": score.pk}
    of_panel = {name: route for name, route in patterns() if "applications/panel/" in route}
    of_panel = {name: route for name, route in of_panel.items() if not name.startswith("admin:")}

    answers = {
        name: client.get(reverse(name, kwargs=arguments(route, things)))
        for name, route in of_panel.items()
    }

    # Of an application in shortlisting there is no interview, and no page that names anybody.
    for name in ("interview", "interview-scores", "interview-again"):
        assert answers.pop(f"applications:panel-{name}").status_code == 404
    assert len(answers) == 10
    # The file of points is there once everything has been read again: see the next test.
    not_yet = {"applications:panel-table-download"}
    assert {name for name, answer in answers.items() if answer.status_code != 200} == not_yet
    assert {name: found_in(everything_in(answer)) for name, answer in answers.items()} == (
        {key: [] for key in answers}
    )


def test_nothing_tells_the_panel_who_works_here(client, application, vacancy, second_read):
    lead, _ = second_read
    client.force_login(lead.person)

    page = client.get(
        reverse("applications:panel-print", args=[vacancy.reference, application.code])
    ).content.decode()

    read = page.split("<main", 1)[-1].split("</main>")[0]
    assert is_internal(application) is True
    assert [words for words in ("County Council", "staff record") if words in read] == []


def test_the_file_of_points_shows_codes_only(client, application, vacancy):
    lead = PanelMemberFactory(vacancy=vacancy, is_lead=True)
    for member in (lead, PanelMemberFactory(vacancy=vacancy)):
        give(member, application, 3)
    client.force_login(lead.person)

    response = client.get(reverse("applications:panel-table-download", args=[vacancy.reference]))

    text = everything_in(response)
    assert application.code in text
    assert found_in(text) == []


def test_the_panel_does_read_what_was_written(client, application, second_read):
    lead, _ = second_read
    client.force_login(lead.person)

    page = client.get(
        reverse("applications:panel-print", args=[lead.vacancy.reference, application.code])
    ).content.decode()

    assert page.count("[hidden]") > 8
    assert "Registered" in page


def test_the_lead_at_the_interview_reads_what_does_not_agree_and_no_name(
    client, application, second_read
):
    lead, _ = second_read
    type(application).objects.filter(pk=application.pk).update(state="interview")
    client.force_login(lead.person)

    page = client.get(reverse("applications:discrepancy-list", args=[application.code]))

    assert "The title of the job" in page.content.decode()
    assert found_in(everything_in(page)) == []


def test_no_address_of_the_site_gives_a_panel_member_the_name(
    client, application, vacancy, second_read, settings
):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    settings.RATE_LIMITS = {"application_submit": "", "api": "9999/m/ip"}
    lead, _ = second_read
    client.force_login(lead.person)
    shown = {}
    for name, route in patterns():
        if "(" in route or "^" in route or name in ("ready", "openid_connect_login"):
            continue
        for key in (application.reference, application.code):
            filled = route
            for part in route.split("<")[1:]:
                kind = part.split(">")[0]
                value = application.pk if kind.startswith("int:") else key
                filled = filled.replace(f"<{kind}>", str(value))
            if "accounts/logout" in filled:
                continue
            response = client.get(f"/{filled}")
            if canaries := found_in(everything_in(response)):
                shown[filled] = canaries

    assert shown == {}


def test_no_mail_to_the_panel_and_no_audit_line_shows_who_it_is(application, vacancy):
    person, other = PanelistFactory(), PanelMemberFactory(vacancy=vacancy)
    hr = HRAdminFactory()
    member = put_on_panel(vacancy=vacancy, person=person, is_lead=True, by=hr)
    member.declared_at = member.added_at
    member.save()
    third = PanelMemberFactory(vacancy=vacancy)
    give(member, application, 0)
    give(other, application, 4)
    give(third, application, 2)
    declare_conflict(member=third, application=application, words=f"I know {NAME}", by=third.person)

    panel = [member.person.email, other.person.email, third.person.email]
    letters = Message.objects.filter(to__in=panel)
    lines = AuditEvent.objects.all()

    assert letters.count() == 4
    assert [found_in(json.dumps(letter.context)) for letter in letters] == [[]] * 4
    assert lines.count() >= 5
    assert [found_in(json.dumps(line.facts)) for line in lines] == [[]] * lines.count()


@pytest.fixture
def interview(vacancy, application):
    """The same person in interview, with a chosen time and the name in all that they wrote about it."""
    lead, other = (
        PanelMemberFactory(vacancy=vacancy, is_lead=True),
        PanelMemberFactory(vacancy=vacancy),
    )
    application.state = ApplicationState.INTERVIEW
    application.save()
    found = round_of(vacancy)
    invite_to_choose(interview_round=found, applications=[application], by=HRAdminFactory())
    invitation = application.interview_invitations.get()
    ask_another_time(invitation=invitation, words=PLANTED, by=application.applicant)
    booking = choose_slot(
        application=application,
        slot=found.slots.first(),
        by=application.applicant,
        make_ready=PLANTED,
    )
    return booking, lead, other


def test_the_name_stands_on_the_interviewers_own_pages_and_nowhere_else(
    client, application, vacancy, interview
):
    booking, lead, _ = interview
    client.force_login(lead.person)
    InterviewSlot.objects.filter(pk=booking.slot_id).update(begins_at=timezone.now())
    score = mark(lead, booking, 1).scores.first()
    things = {"reference": vacancy.reference, "code": application.code, "pk": score.pk}
    shown = set()
    for name, route in patterns():
        if "applications/panel/" in route and not name.startswith("admin:"):
            answer = client.get(reverse(name, kwargs=arguments(route, things)))
            if found_in(everything_in(answer)):
                shown.add(name)

    assert shown == {"applications:panel-interview", "applications:panel-interview-scores"}
    kit = client.get(
        reverse("applications:panel-interview", args=[vacancy.reference, application.code])
    )
    for hidden in (application.reference, "Zebedine scheme", "CV.pdf"):
        assert hidden not in kit.content.decode()


def test_no_letter_or_calendar_of_an_interviewer_and_no_audit_line_shows_who_it_is(
    application, interview
):
    booking, lead, other = interview
    cancel_slot(slot=booking.slot, reason="The room is flooded.", by=HRAdminFactory())

    letters = Message.objects.filter(to__in=[lead.person.email, other.person.email])
    files = [bytes(file.content).decode() for row in letters for file in row.attachments.all()]

    assert (letters.count(), len(files)) == (4, 4)
    assert [found_in(json.dumps(letter.context)) for letter in letters] == [[]] * 4
    assert [found_in(file) for file in files] == [[]] * 4
    lines = AuditEvent.objects.all()
    assert [found_in(json.dumps(line.facts)) for line in lines] == [[]] * lines.count()
