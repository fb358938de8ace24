"""From the firm offer to the first day, and the row of the staff register."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from accounts.registries import invariants
from applications.actions import (
    agree_early_start,
    begin_work_that_is_due,
    cancel_start,
    confirm_offer,
    first_day,
    move_start,
)
from applications.exceptions import ChecksOpen, OfferOver, StartRefused, TooEarly
from applications.models import Check, CheckKind, Offer, RequiredCheck
from applications.states import ApplicationState as S
from applications.states import CheckNature, OfferState, Registration
from applications.tasks import begin_the_work_of_people_whose_first_day_has_come
from notifications.models import Message
from notifications.rendering import render
from organisation.models import Post, StaffMember, WorkingPattern
from tests.applications.test_offers import again, with_offer
from tests.applications.test_races import at_once
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.organisation import RoleFactory, StaffMemberFactory, TeamFactory
from tests.factories.vacancies import ClosedVacancyFactory, LiveVacancyFactory
from training.models import AllowancePolicy
from training.queries.five_days import five_days
from vacancies.models import Vacancy
from vacancies.states import VacancyState

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
LETTERS_OF_THE_FIRST_DAY = ["offer_news", "colleague_begun", "offer_news_hr"]


@pytest.fixture(autouse=True)
def _a_monday_in_november(time_machine):
    time_machine.move_to("2026-11-23 09:00+00:00", tick=False)


def broken():
    return [sentence for check in invariants for sentence in check()]


def details(**changes):
    return {
        "starts_on": TODAY + timedelta(days=14),
        "arrive_at": time(9, 30),
        "arrive_where": "The Mill, front desk",
        "line_manager": None,
        "bring": "Your passport",
        "post": None,
        "employee_number": "E900",
        **changes,
    }


def confirm(offer, by=None, **changes):
    return confirm_offer(offer=offer, by=by or HRAdminFactory(), **details(**changes))


def firm(starts_on=TODAY, employee_number="E900", **fields):
    offer = with_offer(S.HIRED, **fields)
    Offer.objects.filter(pk=offer.pk).update(
        starts_on=starts_on, employee_number=employee_number, arrive_at=time(9, 30)
    )
    return again(offer)


def told(template):
    return Message.objects.filter(template=f"applications/emails/{template}").count()


# --- The firm offer -------------------------------------------------------------------------------


def test_a_firm_offer_appoints_and_writes_the_letter_of_the_first_day():
    offer, officer = with_offer(S.CHECKS), HRAdminFactory()

    confirm(offer, by=officer)

    offer = again(offer)
    assert (offer.state, offer.firm_by, offer.starts_on) == (
        OfferState.FIRM,
        officer,
        TODAY + timedelta(days=14),
    )
    application = offer.application
    assert (application.state, application.decision, application.decided_by) == (
        S.HIRED,
        "appointed",
        officer,
    )
    letter = Message.objects.get()
    assert letter.template == "applications/emails/offer_firm"
    assert letter.context["rows"] == [
        {"what": "First day", "words": "Monday 7 December 2026"},
        {"what": "Time", "words": "09:30"},
        {"what": "Where to come", "words": "The Mill, front desk"},
        {"what": "What to bring", "words": "Your passport"},
    ]
    assert broken() == []


def test_no_offer_is_firm_while_a_check_is_open():
    kind = CheckKind.objects.create(name="Identity", nature=CheckNature.IDENTITY)
    offer = with_offer(S.CHECKS)
    RequiredCheck.objects.create(kind=kind, role=offer.role, is_needed=True, starts_on=TODAY)

    with pytest.raises(ChecksOpen) as problem:
        confirm(offer)

    assert problem.value.items == ["Identity: nobody has begun this check."]
    assert again(offer).state == OfferState.ACCEPTED
    assert Check.objects.count() == 0


def test_who_waits_to_be_registered_gets_no_firm_offer():
    kind = CheckKind.objects.create(name="Registration", nature=CheckNature.REGISTRATION)
    offer = waiting_to_be_registered()
    Check.objects.get_or_create(application=offer.application, kind=kind)

    with pytest.raises(ChecksOpen) as problem:
        confirm(offer)

    words = "Registration: the applicant waits to be registered, so the offer stays conditional."
    assert problem.value.items[-1] == words


def test_an_employee_number_is_needed_and_nobody_elses():
    offer, taken = with_offer(S.CHECKS), StaffMemberFactory().employee_number
    firm(employee_number="E777", starts_on=TODAY + timedelta(days=3))

    for number in ("", taken, "E777"):
        with pytest.raises(StartRefused) as refused:
            confirm(offer, employee_number=number)
        assert refused.value.field == "employee_number"

    assert again(offer).state == OfferState.ACCEPTED


def test_only_hr_confirms_what_was_accepted():
    offer = with_offer(S.CHECKS)
    with pytest.raises(PermissionDenied):
        confirm(offer, by=UserFactory())
    with pytest.raises(OfferOver):
        confirm(with_offer(S.OFFERED))
    confirm(offer)
    with pytest.raises(OfferOver):
        confirm(offer)


# --- The first day --------------------------------------------------------------------------------


def test_the_first_day_puts_the_person_on_the_staff_register():
    manager = StaffMemberFactory()
    offer = firm(vacancy=ClosedVacancyFactory(number_of_posts=1))
    post = Post.objects.create(number="P1", role=offer.role, team=offer.team)
    Offer.objects.update(line_manager=manager, post=post)

    begin_the_work_of_people_whose_first_day_has_come()

    offer = again(offer)
    member = StaffMember.objects.get(user=offer.application.applicant)
    assert (offer.state, offer.staff_member) == (OfferState.STARTED, member)
    assert (member.role, member.team, member.line_manager, member.weekly_hours) == (
        offer.role,
        offer.team,
        manager,
        Decimal("37.00"),
    )
    assert (member.started_on, member.employee_number, member.left_on) == (TODAY, "E900", None)
    assert WorkingPattern.objects.get(member=member).starts_on == TODAY
    assert Post.objects.get().holder == member
    assert Vacancy.objects.get().state == VacancyState.FILLED
    assert "staff" in User.objects.get(pk=member.user_id).role_names
    assert (told("offer_news"), told("colleague_begun"), told("offer_news_hr")) == (1, 1, 1)
    assert broken() == []


def test_it_is_safe_to_run_twice_and_late_and_the_day_stays_the_one_agreed():
    offer = firm(starts_on=TODAY - timedelta(days=4))

    assert begin_work_that_is_due(on=TODAY) == 1
    assert begin_work_that_is_due(on=TODAY) == 0

    member = StaffMember.objects.get(user=offer.application.applicant)
    assert member.started_on == TODAY - timedelta(days=4)
    assert told("offer_news") == 1


def test_letters_of_the_first_day_name_it_also_when_they_come_late():
    firm(starts_on=date(2026, 11, 2))
    Offer.objects.update(line_manager=StaffMemberFactory())

    begin_work_that_is_due(on=date(2026, 11, 22))

    templates = [f"applications/emails/{name}" for name in LETTERS_OF_THE_FIRST_DAY]
    messages = Message.objects.with_what_delivery_needs().filter(template__in=templates)
    bodies = [render(message).body for message in messages]
    assert len(bodies) == 3
    assert [body.count("Monday 2 November 2026") > 0 for body in bodies] == [True] * 3
    assert [body.count("today") for body in bodies] == [0] * 3


def test_nobody_begins_before_the_day():
    firm(starts_on=TODAY + timedelta(days=1))

    assert begin_work_that_is_due(on=TODAY) == 0
    assert StaffMember.objects.count() == 0


def test_the_person_sees_their_five_days_in_proportion(client):
    AllowancePolicy.objects.all().delete()
    AllowancePolicy.objects.create(
        days=5, starts_on=date(2020, 1, 1), source="A test", full_time_hours=37
    )
    offer = firm(starts_on=TODAY)
    begin_work_that_is_due(on=TODAY)
    person = User.objects.get(pk=offer.application.applicant_id)

    standing = five_days(person, TODAY)

    days_left = (standing.last_day - TODAY).days + 1
    year = (standing.last_day - standing.first_day).days + 1
    half_days = -(-10 * days_left // year)
    assert standing.entitlement == Decimal(half_days) / 2
    assert Decimal(0) < standing.entitlement < 5
    client.force_login(person)
    page = client.get("/training/").content.decode()
    assert standing.used_words.split(" of ")[1] in page


def test_somebody_who_works_here_moves_and_is_not_doubled():
    old = TeamFactory()
    member = StaffMemberFactory(team=old, left_on=TODAY + timedelta(days=90))
    held = Post.objects.create(number="P1", role=member.role, team=old, holder=member)
    offer = firm(applicant=member.user, employee_number="")

    begin_work_that_is_due(on=TODAY)

    member.refresh_from_db()
    held.refresh_from_db()
    assert StaffMember.objects.filter(user=member.user).count() == 1
    assert (member.team, member.role, member.started_on, member.left_on) == (
        offer.team,
        offer.role,
        date(2020, 1, 6),
        None,
    )
    assert held.holder is None
    teams = StaffMember.pgh_event_model.objects.filter(pgh_obj=member.pk).order_by("pgh_id")
    assert [teams.first().team_id, teams.last().team_id] == [old.pk, offer.team_id]


def test_somebody_who_had_left_comes_back_from_the_day_on():
    member = StaffMemberFactory(left_on=date(2025, 3, 1))
    firm(applicant=member.user, employee_number="")

    begin_work_that_is_due(on=TODAY)

    member.refresh_from_db()
    assert (member.started_on, member.left_on) == (TODAY, None)


def test_one_that_cannot_begin_keeps_nobody_else_waiting():
    StaffMemberFactory(employee_number="E900")
    stuck, fine = firm(employee_number="E900"), firm(employee_number="E901")

    assert begin_work_that_is_due(on=TODAY) == 1

    assert (again(stuck).state, again(fine).state) == (OfferState.FIRM, OfferState.STARTED)


def test_a_post_that_somebody_else_holds_is_left_to_hr():
    offer = firm()
    holder = StaffMemberFactory()
    post = Post.objects.create(number="P1", role=offer.role, team=offer.team, holder=holder)
    Offer.objects.update(post=post)

    begin_work_that_is_due(on=TODAY)

    assert Post.objects.get().holder == holder
    assert again(offer).state == OfferState.STARTED
    words = Message.objects.get(template="applications/emails/offer_news_hr").context["said"]
    assert words.count("The post P1 is held by somebody else") == 1


def test_a_vacancy_with_somebody_who_waits_is_not_filled_and_nobody_is_turned_down():
    vacancy = ClosedVacancyFactory(number_of_posts=1)
    waits = SentApplicationFactory(vacancy=vacancy, state=S.INTERVIEW)
    firm(vacancy=vacancy)

    begin_work_that_is_due(on=TODAY)
    vacancy.refresh_from_db()
    waits.refresh_from_db()
    assert (vacancy.state, waits.state) == (VacancyState.CLOSED, S.INTERVIEW)

    waits.state, waits.decision = S.UNSUCCESSFUL, "not_appointed"
    waits.decided_at, waits.decided_by = timezone.now(), HRAdminFactory()
    waits.save()
    begin_work_that_is_due(on=TODAY)

    vacancy.refresh_from_db()
    assert vacancy.state == VacancyState.FILLED


def test_a_vacancy_with_a_post_left_or_still_open_stays():
    two = ClosedVacancyFactory(number_of_posts=2)
    firm(vacancy=two)
    live = LiveVacancyFactory(number_of_posts=1)
    firm(vacancy=live, employee_number="E901")

    assert begin_work_that_is_due(on=TODAY) == 2

    two.refresh_from_db()
    live.refresh_from_db()
    assert (two.state, live.state) == (VacancyState.CLOSED, VacancyState.LIVE)


# --- Before the day -------------------------------------------------------------------------------


def test_the_first_day_is_moved_with_a_reason_and_told():
    offer = firm(starts_on=TODAY + timedelta(days=7))

    move_start(
        offer=offer,
        starts_on=TODAY + timedelta(days=21),
        reason="Notice is longer.",
        words="See you then.",
        by=HRAdminFactory(),
    )

    offer = again(offer)
    assert (offer.starts_on, offer.start_changed_why) == (
        TODAY + timedelta(days=21),
        "Notice is longer.",
    )
    said = Message.objects.get().context["said"]
    assert said[:2] == ["Your first day is now Monday 14 December 2026.", "See you then."]


@pytest.mark.parametrize(
    ("is_their_wish", "state"), [(True, OfferState.DECLINED), (False, OfferState.WITHDRAWN)]
)
def test_the_first_day_is_cancelled_and_the_post_is_free_again(is_their_wish, state):
    offer = firm(starts_on=TODAY + timedelta(days=7))

    cancel_start(
        offer=offer,
        is_their_wish=is_their_wish,
        reason="They rang.",
        words="",
        by=HRAdminFactory(),
    )

    offer = again(offer)
    assert (offer.state, offer.end_reason, offer.application.state) == (
        state,
        "They rang.",
        S.UNSUCCESSFUL,
    )
    assert begin_work_that_is_due(on=TODAY + timedelta(days=30)) == 0
    assert broken() == []


def test_what_has_begun_is_neither_moved_nor_cancelled():
    offer = firm()
    begin_work_that_is_due(on=TODAY)
    said = {"offer": offer, "reason": "x", "words": "", "by": HRAdminFactory()}

    with pytest.raises(OfferOver):
        move_start(starts_on=TODAY, **said)
    with pytest.raises(OfferOver):
        cancel_start(is_their_wish=True, **said)


# --- Before registration --------------------------------------------------------------------------


def waiting_to_be_registered():
    role = RoleFactory(needs_registration=True, protected_title=True)
    vacancy = ClosedVacancyFactory(role=role)
    return with_offer(S.CHECKS, vacancy=vacancy, registration=Registration.AWAITING)


def start_early(offer, role, **changes):
    return agree_early_start(
        offer=offer,
        role=role,
        reason="The team needs help with visits.",
        by=HRAdminFactory(),
        **details(starts_on=TODAY, **changes),
    )


def test_nobody_starts_early_with_the_protected_title():
    offer = waiting_to_be_registered()

    with pytest.raises(TooEarly):
        start_early(offer, offer.role)


def test_an_early_start_is_in_another_role_and_the_offer_stays_conditional():
    offer = waiting_to_be_registered()
    helper = RoleFactory(name="Social work assistant")

    start_early(offer, helper)
    begin_work_that_is_due(on=TODAY)
    begin_work_that_is_due(on=TODAY)

    offer = again(offer)
    member = StaffMember.objects.get(user=offer.application.applicant)
    assert (member.role, member.started_on) == (helper, TODAY)
    assert (offer.state, offer.early_reason, offer.application.state) == (
        OfferState.ACCEPTED,
        "The team needs help with visits.",
        S.CHECKS,
    )
    assert told("early_start_agreed") == 1
    with pytest.raises(OfferOver):
        start_early(offer, helper)


def test_once_registered_the_early_starter_takes_the_role_of_the_job():
    offer = waiting_to_be_registered()
    start_early(offer, RoleFactory())
    begin_work_that_is_due(on=TODAY)
    application = offer.application
    application.registration = Registration.REGISTERED
    application.registration_number = "SW123456"
    application.save()
    later = TODAY + timedelta(days=30)
    Offer.objects.update(
        state=OfferState.FIRM, firm_at=timezone.now(), firm_by=offer.made_by, starts_on=later
    )
    application.state, application.decision = S.HIRED, "appointed"
    application.decided_at, application.decided_by = timezone.now(), offer.made_by
    application.save()

    begin_work_that_is_due(on=later)

    member = StaffMember.objects.get(user=application.applicant)
    assert (member.role, member.started_on, member.registration_number) == (
        offer.role,
        TODAY,
        "SW123456",
    )
    assert again(offer).state == OfferState.STARTED


# --- Races ----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_make_one_member_of_staff():
    offer = firm()

    assert sorted(at_once(*[lambda: begin_work_that_is_due(on=TODAY)] * 3)) == [0, 0, 1]

    assert StaffMember.objects.filter(user=offer.application.applicant).count() == 1
    assert told("offer_news") == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_runs_would_each_try_to_begin(monkeypatch):
    """The locks are what the test above holds on to: without them only the database still refuses."""
    offer = firm()
    monkeypatch.setattr(first_day, "lock_vacancy", lambda pk: None)
    monkeypatch.setattr(first_day, "lock_offer", lambda row: again(row))

    at_once(*[lambda: begin_work_that_is_due(on=TODAY)] * 3)

    tried = Message.objects.filter(template="applications/emails/offer_news").count()
    assert StaffMember.objects.filter(user=offer.application.applicant).count() == 1
    assert tried == 1
