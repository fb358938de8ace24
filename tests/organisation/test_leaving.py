"""What happens on the day after somebody's last day, in each app."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, User
from accounts.queries import broken_invariants
from careers.models import Story
from careers.states import StoryState
from careers.tasks import ask_again_about_the_stories_of_leavers
from notifications.models import Message
from organisation.actions import change_staff_member, let_go_of_leavers
from organisation.attention import people_whose_manager_left
from organisation.models import StaffMember
from organisation.states import StaffEvent
from organisation.tasks import let_go_of_leavers as let_go_task
from returners.tasks import hand_over_the_enquiries_of_leavers
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.careers import PublishedStoryFactory
from tests.factories.organisation import StaffMemberFactory, TeamFactory
from tests.factories.returners import EnquiryFactory, OfficerFactory
from tests.factories.training import BookingFactory, SessionFactory, staff_user
from training.models import Booking
from training.queries import approver_of
from training.states import BookingState, EndReason
from training.tasks import free_the_places_of_leavers

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - timedelta(days=1)


def leaves(member, on=YESTERDAY):
    return change_staff_member(member=member, left_on=on, by=HRAdminFactory())


def fresh(person):
    return User.objects.get(pk=person.pk)


def letters(to):
    found = Message.objects.filter(to=to.email).order_by("pk")
    return [message.template.split("/")[-1] for message in found]


def test_on_the_last_day_rights_are_there_and_on_the_next_they_are_not():
    person = UserFactory(roles=["hr_admin"])
    member = StaffMemberFactory(user=person)
    leaves(member, on=timezone.localdate())

    assert {"staff", "hr_admin"} <= fresh(person).role_names
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        # By the date alone, before any task has run.
        assert fresh(person).roles == ["hr_admin"]
        assert fresh(person).role_names == {"job_seeker"}
        assert not fresh(person).is_staff
        assert not fresh(person).has_perm("vacancies.change_vacancy")


def test_the_task_of_the_next_day_takes_what_is_stored():
    person = UserFactory(roles=["hr_admin"], is_superuser=True)
    leaves(StaffMemberFactory(user=person), on=timezone.localdate())
    let_go_task()
    assert fresh(person).roles == ["hr_admin"]

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        let_go_task()

    assert (fresh(person).roles, fresh(person).is_superuser) == ([], False)


def test_a_leaver_is_signed_out_everywhere(client):
    member = StaffMemberFactory()
    client.force_login(member.user)
    client.get(reverse("training:my-development"))
    UserSession.objects.get_or_create(
        user=member.user,
        session_key=client.session.session_key,
        defaults={"ip": "127.0.0.1", "user_agent": ""},
    )

    leaves(member)

    assert not UserSession.objects.exists()
    assert client.get(reverse("training:my-development")).status_code == 302


def test_letting_go_again_does_nothing():
    boss = StaffMemberFactory()
    leaver = StaffMemberFactory(line_manager=boss)
    report = StaffMemberFactory(line_manager=leaver)
    leaves(leaver)

    let_go_of_leavers(on=timezone.localdate())

    assert AuditEvent.objects.filter(event=StaffEvent.STAFF_MEMBER_LEFT).count() == 1
    assert letters(report.user) == ["your_manager_is_now"]
    assert letters(boss.user) == ["you_manage_more_people"]


def test_somebody_who_comes_back_can_leave_again():
    person = UserFactory(roles=["trainer"])
    member = StaffMemberFactory(user=person)
    leaves(member)
    change_staff_member(member=member, left_on=None, by=HRAdminFactory())
    User.objects.filter(pk=person.pk).update(roles=["trainer"])
    assert fresh(person).role_names == {"job_seeker", "staff", "trainer"}

    leaves(member)

    assert fresh(person).roles == []


def test_reports_and_teams_move_to_the_next_manager_who_works_here():
    top = StaffMemberFactory()
    gone = StaffMemberFactory(line_manager=top, left_on=YESTERDAY)
    leaver = StaffMemberFactory(line_manager=gone)
    report = StaffMemberFactory(line_manager=leaver)
    left_before = StaffMemberFactory(line_manager=leaver, left_on=YESTERDAY)
    team = TeamFactory(manager=leaver)

    leaves(leaver)

    for row in (report, left_before, team):
        row.refresh_from_db()
    assert (report.line_manager, team.manager) == (top, top)
    assert left_before.line_manager == leaver
    assert approver_of(report.user, timezone.now()) == top.user
    assert list(broken_invariants()) == []
    letter = Message.objects.get(template="organisation/emails/you_manage_more_people")
    assert (letter.to, letter.context["people"], letter.context["teams"]) == (
        top.user.email,
        [report.user.full_name],
        [team.name],
    )


def test_without_a_manager_above_hr_is_told():
    leaver = StaffMemberFactory()
    StaffMemberFactory(line_manager=leaver)
    TeamFactory(manager=leaver)
    leaves(leaver)
    hr = HRAdminFactory()

    assert [(item.text, item.count) for item in people_whose_manager_left(hr)] == [
        ("staff have a line manager who has left", 1),
        ("teams have a manager who has left", 1),
    ]
    assert people_whose_manager_left(leaver.user) == []


@pytest.mark.parametrize("page", ["staffmember", "team"])
def test_hr_finds_what_needs_a_manager(client, page):
    leaver = StaffMemberFactory()
    report = StaffMemberFactory(line_manager=leaver)
    team = TeamFactory(manager=leaver)
    leaves(leaver)
    client.force_login(HRAdminFactory())

    response = client.get(reverse(f"admin:organisation_{page}_changelist"), {"needs": "manager"})

    found = {"staffmember": report, "team": team}[page]
    assert list(response.context["cl"].queryset) == [found]


def test_places_to_come_go_to_whoever_waits():
    session = SessionFactory(capacity=1)
    leaver = staff_user()
    place = BookingFactory(session=session, person=leaver)
    waiting = BookingFactory(
        session=session, state=BookingState.WAITING, waiting_since=timezone.now()
    )
    elsewhere = BookingFactory(
        person=leaver, state=BookingState.WAITING, waiting_since=timezone.now()
    )
    leaves(leaver.staff_member)

    free_the_places_of_leavers()
    free_the_places_of_leavers()

    for booking in (place, waiting, elsewhere):
        booking.refresh_from_db()
    assert (place.state, place.end_reason) == (BookingState.CANCELLED_BY_SERVICE, EndReason.LEFT)
    assert waiting.state == BookingState.OFFERED
    assert elsewhere.state == BookingState.CANCELLED_BY_SERVICE
    assert letters(leaver) == ["booking_ended_by_leaving", "booking_ended_by_leaving"]


def test_what_is_past_and_what_is_others_stays():
    leaver = staff_user()
    past = BookingFactory(
        person=leaver,
        session=SessionFactory(
            starts_at=timezone.now() - timedelta(days=9),
            ends_at=timezone.now() - timedelta(days=9) + timedelta(hours=3),
        ),
    )
    other = BookingFactory()
    leaves(leaver.staff_member)

    free_the_places_of_leavers()

    states = set(Booking.objects.filter(pk__in=[past.pk, other.pk]).values_list("state", flat=True))
    assert states == {BookingState.BOOKED}


def test_enquiries_of_an_officer_move_to_another():
    officer, other = OfficerFactory(), OfficerFactory()
    enquiry, closed = (
        EnquiryFactory(officer=officer),
        EnquiryFactory(officer=officer, state="closed"),
    )
    leaves(StaffMemberFactory(user=officer))

    hand_over_the_enquiries_of_leavers()
    hand_over_the_enquiries_of_leavers()

    for row in (enquiry, closed):
        row.refresh_from_db()
    assert (enquiry.officer, closed.officer) == (other, officer)
    assert letters(other) == ["enquiry_assigned"]


def test_without_another_officer_the_enquiry_is_on_hrs_list(client):
    officer = OfficerFactory()
    enquiry = EnquiryFactory(officer=officer)
    leaves(StaffMemberFactory(user=officer))
    client.force_login(HRAdminFactory())

    hand_over_the_enquiries_of_leavers()
    page = client.get(reverse("admin:index"))

    enquiry.refresh_from_db()
    assert enquiry.officer == officer
    assert "1 return-to-social-work enquiry needs an officer" in " ".join(
        f"{item.count} {item.text}" for item in page.context["attention"]
    )


def test_the_story_of_a_leaver_is_to_be_asked_about_once():
    today = timezone.localdate()
    leaver, stayer = StaffMemberFactory(), StaffMemberFactory()
    dates = {
        "consent_given_on": today - timedelta(days=90),
        "review_on": today + timedelta(days=200),
    }
    story = PublishedStoryFactory(person=leaver.user, **dates)
    other = PublishedStoryFactory(person=stayer.user, **dates)
    leaves(leaver)

    ask_again_about_the_stories_of_leavers()

    assert list(Story.objects.due_for_review(today)) == [story]
    other.refresh_from_db()
    assert other.review_on == dates["review_on"]
    # They agree again, and nobody asks twice.
    Story.objects.filter(pk=story.pk).update(
        consent_given_on=today, review_on=today + timedelta(days=300)
    )
    ask_again_about_the_stories_of_leavers()
    story.refresh_from_db()
    assert (story.review_on, story.state) == (today + timedelta(days=300), StoryState.PUBLISHED)


def test_a_leaver_is_nobodys_manager_any_more():
    leaver = StaffMemberFactory(line_manager=StaffMemberFactory())
    StaffMemberFactory(line_manager=leaver)

    leaves(leaver)

    assert not StaffMember.objects.filter(line_manager=leaver).exists()
    assert fresh(leaver.user).role_names == {"job_seeker"}


def test_a_leaver_nobody_let_go_is_an_invariant_broken():
    gone = StaffMemberFactory(left_on=YESTERDAY - timedelta(days=1))
    StaffMemberFactory(left_on=YESTERDAY)

    assert list(broken_invariants()) == [
        f"Staff member {gone.pk} left on {gone.left_on} and was not let go."
    ]
    let_go_of_leavers(on=timezone.localdate())
    assert list(broken_invariants()) == []
