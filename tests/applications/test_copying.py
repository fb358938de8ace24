"""Starting from an earlier application, and what the staff register fills in."""

import uuid
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from applications import queries
from applications.actions import (
    begin_application,
    change_row,
    copy_answers,
    finish_rows,
    save_section,
    submit_application,
)
from applications.exceptions import AlreadyBegun, NotComplete
from applications.models import AnswersCopied, Application, SchemeChosen
from applications.sections import Held, missing, section_of, sections_of
from applications.states import ApplicationEvent, ApplicationState
from tests.applications.test_views import errors_of, section_url, url
from tests.factories.accounts import UserFactory
from tests.factories.answers import InterviewSchemeFactory
from tests.factories.applications import (
    DocumentFactory,
    SentApplicationFactory,
)
from tests.factories.attending import AttendedFactory
from tests.factories.history import (
    GapFactory,
    QualificationFactory,
    TrainingTakenFactory,
)
from tests.factories.organisation import StaffMemberFactory
from tests.factories.training import CourseFactory, SessionFactory
from tests.factories.vacancies import CriterionFactory, LiveVacancyFactory

pytestmark = pytest.mark.django_db

TEXT = "Experience of working with families"


@pytest.fixture
def person():
    return UserFactory(full_name="Elowen Hart")


@pytest.fixture
def earlier(person):
    """A sent application with something in every section, and one criterion whose words come again."""
    vacancy = LiveVacancyFactory(role__needs_registration=True)
    CriterionFactory(vacancy=vacancy, text=TEXT)
    CriterionFactory(vacancy=vacancy, text="Something else")
    sent = SentApplicationFactory(
        vacancy=vacancy, applicant=person, adjustments="A room without steps"
    )
    QualificationFactory(application=sent)
    TrainingTakenFactory(application=sent)
    GapFactory(application=sent)
    SchemeChosen.objects.create(application=sent, scheme=InterviewSchemeFactory())
    SchemeChosen.objects.create(application=sent, scheme=InterviewSchemeFactory(is_offered=False))
    for name in ("adjustments", "schemes", "qualifications", "training"):
        sent.section_saves.get_or_create(name=name, defaults={"finished_at": timezone.now()})
    DocumentFactory(application=sent)
    return sent


@pytest.fixture
def vacancy():
    """Another job that asks for one of the same things, in other capitals."""
    found = LiveVacancyFactory(role__needs_registration=True, takes_cv=True)
    CriterionFactory(vacancy=found, text=f"  {TEXT.upper()}. ")
    CriterionFactory(vacancy=found, text="Something new")
    return found


def begin(vacancy, person, earlier=None, key=None):
    return begin_application(
        vacancy=vacancy, one_time_key=key or uuid.uuid4(), by=person, earlier=earlier
    )


def copied(application):
    return {save.name: save for save in application.section_saves.filter(is_copied=True)}


def names(application, pattern):
    """Return the names of the copied sections, an example as the text it is for."""
    texts = {f"evidence-{row.pk}": row.text for row in application.vacancy.criteria.all()}
    return sorted(texts.get(name, name) for name in pattern)


def test_every_section_both_jobs_ask_for_is_copied_and_waits_to_be_checked(
    earlier, vacancy, person
):
    draft = begin(vacancy, person, earlier)

    assert names(draft, copied(draft)) == [
        f"  {TEXT.upper()}. ",
        "adjustments",
        "contact",
        "employment",
        "qualifications",
        "referees",
        "registration",
        "right-to-work",
        "schemes",
        "training",
    ]
    assert {save.copied_from for save in copied(draft).values()} == {earlier.reference}
    held = Held(draft)
    assert [section.is_whole for section in sections_of(held)] == [False] * len(sections_of(held))


def test_what_was_copied_says_the_same(earlier, vacancy, person):
    draft = begin(vacancy, person, earlier)

    assert (draft.phone, draft.town, draft.registration) == ("01632 960123", "Alton", "awaiting")
    assert (draft.right_to_work, draft.adjustments) == (True, "A room without steps")
    assert draft.left_education_on == date(2015, 6, 1)
    assert [row.title for row in draft.qualifications.all()] == ["BA Social Work"]
    assert [row.employer for row in draft.employments.all()] == ["Mill Lane School"]
    assert [row.words for row in draft.gaps.all()] == ["I looked after my father."]
    assert [row.scheme.is_offered for row in draft.schemes_chosen.all()] == [True]
    assert [row.full_name for row in draft.referees.all()] == ["Wanda Rook", "Piers Alder"]
    assert draft.evidence.get().words == "I have worked with families for six years."


def test_a_file_is_never_copied_and_the_earlier_application_stays_as_it_is(
    earlier, vacancy, person
):
    draft = begin(vacancy, person, earlier)

    assert (draft.cv(), earlier.cv() is None) == (None, False)
    assert (earlier.referees.count(), earlier.employments.count()) == (2, 1)
    assert earlier.section_saves.filter(is_copied=True).count() == 0


def test_consent_is_asked_for_again(client, earlier, vacancy, person):
    draft = begin(vacancy, person, earlier)
    client.force_login(person)

    assert [row.ask_before_interview for row in draft.referees.all()] == [False, False]
    page = client.get(section_url(draft, "referees"))
    form = page.context["form"]
    assert (form["ask_before_interview_1"].value(), form["full_name_1"].value()) == (
        None,
        "Wanda Rook",
    )


def test_a_registration_is_not_copied_to_a_job_that_asks_for_none(earlier, person):
    draft = begin(LiveVacancyFactory(), person, earlier)

    assert Application.objects.get(pk=draft.pk).registration == ""


def test_months_since_the_earlier_application_are_found_anew(earlier, vacancy, person):
    earlier.employments.update(ended_on=date(2026, 9, 1))
    with time_machine.travel(datetime(2027, 1, 12, 12, tzinfo=UTC)):
        vacancy = LiveVacancyFactory()
        draft = begin(vacancy, person, earlier)
        section = section_of(Held(draft), "employment")

        assert section.missing() == ["what you did from October 2026 to January 2027"]
    assert section.save.finished_at is None


def test_the_same_form_sent_again_copies_once(earlier, vacancy, person):
    key = uuid.uuid4()
    first, second = begin(vacancy, person, earlier, key), begin(vacancy, person, earlier, key)

    assert first == second
    assert (AnswersCopied.objects.count(), first.employments.count()) == (1, 1)
    events = AuditEvent.objects.filter(event=ApplicationEvent.ANSWERS_COPIED)
    assert [event.facts["earlier"] for event in events] == [earlier.reference]


def test_nothing_is_copied_over_answers(earlier, vacancy, person):
    draft = begin(vacancy, person)
    save_section(
        application=draft,
        name="right-to-work",
        answers={"right_to_work": False, "needs_sponsorship": False},
        version=0,
        by=person,
    )

    with pytest.raises(AlreadyBegun):
        copy_answers(application=draft, earlier=earlier, one_time_key=uuid.uuid4(), by=person)
    assert Application.objects.get(pk=draft.pk).right_to_work is False


def test_nobody_copies_what_somebody_else_wrote(earlier, vacancy):
    stranger = UserFactory()
    draft = begin(vacancy, stranger)

    with pytest.raises(PermissionDenied):
        copy_answers(application=draft, earlier=earlier, one_time_key=uuid.uuid4(), by=stranger)
    assert draft.employments.count() == 0


def test_a_blanked_application_is_not_offered_and_not_copied(earlier, vacancy, person):
    draft = begin(vacancy, person)
    Application.objects.filter(pk=earlier.pk).update(blanked_at=timezone.now())

    assert list(queries.earlier_applications(person, but=draft)) == []
    with pytest.raises(PermissionDenied):
        copy_answers(application=draft, earlier=earlier, one_time_key=uuid.uuid4(), by=person)


def test_saving_unchanged_counts_as_checked(earlier, vacancy, person):
    draft = begin(vacancy, person, earlier)
    section = section_of(Held(draft), "contact")

    save_section(application=draft, name="contact", answers=section.saved(), version=1, by=person)

    assert section_of(Held(draft), "contact").is_whole is True


def test_changing_one_job_does_not_check_the_others(earlier, vacancy, person):
    draft = begin(vacancy, person, earlier)
    job = draft.employments.get()

    change_row(row=job, answers={"job_title": "Teacher"}, version=1, by=person)

    assert section_of(Held(draft), "employment").is_copied is True
    assert Held(draft).has_nothing_yet is False
    finish_rows(application=draft, name="employment", version=2, by=person)
    assert section_of(Held(draft), "employment").is_whole is True


def whole_but_unchecked(person):
    earlier = SentApplicationFactory(applicant=person)
    vacancy = LiveVacancyFactory()
    CriterionFactory(vacancy=vacancy, text=earlier.vacancy.criteria.get().text)
    return begin(vacancy, person, earlier)


def test_sending_is_refused_while_something_copied_is_unchecked(client, person):
    draft = whole_but_unchecked(person)
    client.force_login(person)

    with pytest.raises(NotComplete):
        submit_application(application=draft, by=person)
    page = client.get(url("application-check", draft))
    assert [row["text"] for row in page.context["to_check"]] == [
        section.task for section in missing(Held(draft))
    ]
    assert page.content.decode().count("Nobody has checked it yet.") == 6
    assert b'type="submit"' not in page.content.split(b"<main", 1)[1].split(b"</main>")[0]
    client.post(url("application-check", draft))
    assert Application.objects.get(pk=draft.pk).state == ApplicationState.DRAFT


def test_the_start_page_offers_the_earlier_application_or_an_empty_form(client, earlier, vacancy):
    client.force_login(earlier.applicant)
    address = reverse("applications:application-start", args=[vacancy.reference])

    form = client.get(address).context["form"]
    assert [value for value, _ in form.fields["start_from"].choices] == [
        earlier.reference,
        "empty",
    ]
    assert form["start_from"].value() == "empty"
    client.post(address, {"start_from": earlier.reference})
    draft = Application.objects.get(vacancy=vacancy)
    assert len(copied(draft)) == 10


def test_the_start_page_does_not_know_the_application_of_a_stranger(client, earlier, vacancy):
    own = SentApplicationFactory()
    client.force_login(own.applicant)
    address = reverse("applications:application-start", args=[vacancy.reference])

    response = client.post(address, {"start_from": earlier.reference})

    assert errors_of(response) == {"start_from": ["Choose what to start from"]}
    assert Application.objects.filter(vacancy=vacancy).count() == 0


def test_a_draft_that_has_nothing_yet_takes_it_later(client, earlier, vacancy, person):
    draft = begin(vacancy, person)
    client.force_login(person)
    address = reverse("applications:application-copy", args=[draft.reference])

    assert client.get(draft.get_absolute_url()).context["can_copy"] is True
    response = client.post(address, {"start_from": earlier.reference})

    assert response.url == draft.get_absolute_url()
    page = client.get(draft.get_absolute_url())
    statuses = [task["status"] for group in page.context["groups"] for task in group["tasks"]]
    assert (statuses.count("Copied, check it"), page.context["can_copy"]) == (10, False)


def test_the_banner_says_where_it_comes_from_and_what_to_look_at(client, earlier, vacancy, person):
    draft = begin(vacancy, person, earlier)
    client.force_login(person)

    page = client.get(section_url(draft, "contact")).content.decode()

    day = f"{timezone.localdate():%-d %B %Y}"
    origin = f"This comes from your application {earlier.reference}"
    assert f"{origin} ({earlier.vacancy.title}, {day})." in page
    assert "Look whether your phone number and your address are still right." in page


# Staff


@pytest.fixture
def member(person):
    manager = StaffMemberFactory(user__full_name="Marguerite Vale", role__name="Team manager")
    return StaffMemberFactory(
        user=person,
        line_manager=manager,
        registration_number="SW4711",
        role__name="Social worker",
        started_on=date(2021, 3, 15),
    )


def test_what_the_staff_register_knows_is_filled_in_and_waits(member, vacancy, person):
    course = CourseFactory(title="Signs of safety")
    at = timezone.now() - timezone.timedelta(days=40)
    session = SessionFactory(course=course, starts_at=at, ends_at=at + timezone.timedelta(hours=6))
    AttendedFactory(session=session, person=person)

    draft = Application.objects.get(pk=begin(vacancy, person).pk)

    assert sorted(copied(draft)) == [
        "contact",
        "employment",
        "referees",
        "registration",
        "training",
    ]
    assert {save.copied_from for save in copied(draft).values()} == {""}
    assert (draft.full_name, draft.registration_number) == ("Elowen Hart", "SW4711")
    job = draft.employments.get()
    assert (job.employer, job.job_title, job.began_on, job.ended_on) == (
        "Hampshire County Council",
        "Social worker",
        date(2021, 3, 1),
        None,
    )
    first = draft.referees.get()
    assert (first.full_name, first.job_title, first.ask_before_interview) == (
        "Marguerite Vale",
        "Team manager",
        False,
    )
    assert [row.title for row in draft.training_taken.all()] == ["Signs of safety"]
    assert queries.is_internal(draft) is True


def test_staff_who_start_from_an_earlier_application_keep_its_answers(
    member, earlier, vacancy, person
):
    draft = begin(vacancy, person, earlier)

    saves = copied(draft)
    assert {name for name, save in saves.items() if save.copied_from == ""} == set()
    assert [job.job_title for job in draft.employments.all()] == [
        "Social worker",
        "Teaching assistant",
    ]
    assert draft.referees.get(position=1).full_name == "Wanda Rook"


def test_who_left_or_comes_later_is_filled_in_nothing(member, vacancy, person):
    member.left_on = timezone.localdate() - timezone.timedelta(days=1)
    member.save()

    draft = begin(vacancy, person)

    assert (copied(draft), queries.is_internal(draft)) == ({}, False)


def test_an_outsider_who_is_hired_was_no_internal_applicant(vacancy, person):
    draft = begin(vacancy, person)
    StaffMemberFactory(user=person, started_on=timezone.localdate() + timezone.timedelta(days=30))

    assert (queries.is_internal(draft), queries.what_they_did_here(draft)) == (False, [])


def test_the_interview_is_told_of_teams_and_training_with_dates_and_hours(member, vacancy, person):
    at = timezone.make_aware(datetime(2026, 5, 6, 9, 30))  # noqa: DTZ001 (made aware)
    session = SessionFactory(
        course=CourseFactory(title="Signs of safety"),
        starts_at=at,
        ends_at=at + timezone.timedelta(hours=6),
    )
    AttendedFactory(session=session, person=person, half_days_attended=2)
    vacancy.team = member.team
    vacancy.save()
    draft = begin(vacancy, person)

    told = [row.words for row in queries.what_they_did_here(draft)]

    assert told == [
        f"Social worker, {member.team.name}, since 15 March 2021, in the team of this job",
        "Signs of safety, 6 May 2026, 7.4 hours",
    ]
