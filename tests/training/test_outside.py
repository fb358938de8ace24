"""Asking for a course elsewhere: who decides in which order, with what money, and whose time it takes."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEvent
from notifications.models import Message
from notifications.rendering import render
from organisation.half_days import AFTERNOON, MORNING, HalfDay
from organisation.models import CoverMinimum
from tests.factories.cover import qualified, team_with_minimum
from tests.factories.organisation import StaffMemberFactory
from tests.factories.outside import BudgetLineFactory, OutsideCourseFactory, asking
from tests.factories.training import (
    BookingFactory,
    CourseFactory,
    SessionFactory,
    officer,
    staff_user,
)
from training.actions import (
    approve_outside_course,
    ask_for_outside_course,
    book_place,
    change_session,
    decline_outside_course,
    keep_budget_line,
    let_time_answer_for_outside_courses,
    pass_on_outside_course,
    withdraw_outside_course,
)
from training.actions.outside_outcomes import end_outside_courses_of_leavers
from training.exceptions import (
    AskedAndDecided,
    AskingFormUsedBefore,
    BelowSafeCover,
    BudgetBelowCommitted,
    BudgetLineNeeded,
    ClashesWithOutsideCourse,
    OutsideAskedAlready,
    OutsideBegun,
    OutsideClash,
    OutsideTooFarAhead,
    OutsideTooLong,
    OverBudget,
)
from training.models import BudgetLine, OutsideCourse, Topic
from training.queries import (
    cover_of,
    outside_requests_by_provider,
    outside_requests_by_topic,
    own_courses_like,
    suitable_sessions,
)
from training.queries.outside import outside_to_decide
from training.states import BookingState, OutsideState

pytestmark = pytest.mark.django_db
MONDAY = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)
DAY = date(2030, 1, 28)
ALL_DAY = {"first": HalfDay(DAY, MORNING), "last": HalfDay(DAY, AFTERNOON)}
MAILBOX = "cs.nominations@example.org"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.NOMINATIONS_MAILBOX = MAILBOX


@pytest.fixture
def manager():
    return StaffMemberFactory(user__full_name="Maggie Thornhill")


@pytest.fixture
def person(manager):
    return staff_user(line_manager=manager, user__full_name="Sam Okafor")


@pytest.fixture
def asked(person):
    return ask_for_outside_course(by=person, **asking(), **ALL_DAY)


@pytest.fixture
def passed_on(asked, manager):
    return pass_on_outside_course(outside=asked, by=manager.user)


def approve(outside, **changes):
    given = {"by": officer(), "counts": True, "booked_by": "us"}
    if "budget_line" not in changes and outside.cost_pence:
        given["budget_line"] = BudgetLineFactory()
    return approve_outside_course(outside=outside, **(given | changes))


def state_of(outside):
    return OutsideCourse.objects.get(pk=outside.pk).state


def told(template):
    rows = Message.objects.filter(template=f"training/emails/{template}")
    return sorted(rows.values_list("to", flat=True))


# --- Asking -------------------------------------------------------------------------------------


def test_asking_puts_it_to_the_manager_and_tells_all_three(asked, person, manager):
    assert (asked.state, asked.half_days) == (OutsideState.ASKED, 2)
    assert asked.when == "Monday 28 January 2030, all day"
    assert asked.answer_by == datetime(2030, 1, 8, 17, 0, tzinfo=UTC)
    assert told("outside_asked") == sorted([person.email, manager.user.email, MAILBOX])
    assert outside_to_decide(manager.user, MONDAY) == [asked]
    events = AuditEvent.objects.filter(subject_type="training.OutsideCourse")
    assert list(events.values_list("event", "by")) == [("outside_course_asked_for", person.pk)]


def test_each_mail_can_be_written(asked, manager, clock):
    passed = pass_on_outside_course(outside=asked, by=manager.user)
    approved = approve(passed, over_budget_reason="", booked_by="them", counts=False)
    withdraw_outside_course(outside=approved, by=asked.person)

    letters = [render(message) for message in Message.objects.with_what_delivery_needs()]

    assert len(letters) == 12
    subjects = {letter.subject for letter in letters}
    assert "You can go: Life story work with teenagers" in subjects
    assert not [letter for letter in letters if "{{" in letter.body or "\n\n\n" in letter.body]


def test_who_has_no_manager_is_decided_about_by_workforce_development_at_once():
    person = staff_user()

    outside = ask_for_outside_course(by=person, **asking(), **ALL_DAY)

    assert outside.state == OutsideState.WITH_WORKFORCE
    assert told("outside_asked") == sorted([person.email, MAILBOX])
    letter = render(Message.objects.with_what_delivery_needs().get(to=MAILBOX))
    assert "They have no manager to ask, so you decide." in letter.body


@pytest.mark.parametrize(
    ("first", "last", "half_days", "words"),
    [
        ((28, MORNING), (28, MORNING), 1, "Monday 28 January 2030, morning"),
        ((28, AFTERNOON), (28, AFTERNOON), 1, "Monday 28 January 2030, afternoon"),
        (
            (28, AFTERNOON),
            (29, MORNING),
            2,
            "Monday 28 January 2030, afternoon, to Tuesday 29 January 2030, morning",
        ),
        # A weekend in its midst is worth nothing; one at its end is.
        ((25, MORNING), (28, AFTERNOON), 4, "Friday 25 January 2030 to Monday 28 January 2030"),
        ((25, MORNING), (26, AFTERNOON), 4, "Friday 25 January 2030 to Saturday 26 January 2030"),
    ],
)
def test_the_half_days_of_a_course_across_days(person, first, last, half_days, words):
    between = {
        "first": HalfDay(date(2030, 1, first[0]), first[1]),
        "last": HalfDay(date(2030, 1, last[0]), last[1]),
    }

    outside = ask_for_outside_course(by=person, **asking(), **between)

    assert (outside.half_days, outside.when) == (half_days, words)


@pytest.mark.parametrize("day", [date(2030, 3, 31), date(2030, 10, 27)])
def test_half_days_hold_on_the_days_the_clock_changes(person, day):
    both = {"first": HalfDay(day, MORNING), "last": HalfDay(day, AFTERNOON)}

    outside = ask_for_outside_course(by=person, **asking(), **both)

    assert (outside.half_days, outside.starts_on, outside.ends_on) == (2, day, day)


def test_the_past_cannot_be_asked_for(person):
    today = {"first": HalfDay(MONDAY.date(), MORNING), "last": HalfDay(MONDAY.date(), AFTERNOON)}

    with pytest.raises(OutsideBegun):
        ask_for_outside_course(by=person, **asking(), **today)


def test_nor_can_more_than_twenty_days(person):
    between = {"first": HalfDay(DAY, MORNING), "last": HalfDay(date(2030, 3, 1), AFTERNOON)}

    with pytest.raises(OutsideTooLong):
        ask_for_outside_course(by=person, **asking(), **between)


@pytest.mark.parametrize("last", [date(2032, 1, 9), date(2090, 2, 4), date(9999, 12, 31)])
def test_nor_what_is_over_more_than_two_years_ahead(person, last):
    between = {"first": HalfDay(date(2032, 1, 8), MORNING), "last": HalfDay(last, AFTERNOON)}

    with pytest.raises(OutsideTooFarAhead, match="Ask for a course that is over by 8 January 2032"):
        ask_for_outside_course(by=person, **asking(), **between)


def test_what_is_over_two_years_ahead_can_be_asked_for(person):
    day = date(2032, 1, 8)
    between = {"first": HalfDay(day, MORNING), "last": HalfDay(day, AFTERNOON)}

    assert ask_for_outside_course(by=person, **asking(), **between).ends_on == day


AGAIN = {"title": "LIFE  story work with Teenagers", "provider": "tree house training"}


@pytest.mark.parametrize(
    "state", [OutsideState.ASKED, OutsideState.WITH_WORKFORCE, OutsideState.APPROVED]
)
def test_the_same_course_on_the_same_days_is_asked_for_once(person, state):
    OutsideCourseFactory(
        person=person,
        state=state,
        starts_at=datetime(2030, 1, 28, tzinfo=UTC),
        ends_at=datetime(2030, 1, 30, tzinfo=UTC),
    )
    afternoon = HalfDay(date(2030, 1, 29), AFTERNOON)

    with pytest.raises(OutsideAskedAlready) as refused:
        ask_for_outside_course(by=person, **asking(**AGAIN), first=afternoon, last=afternoon)

    words = "You have asked for this already: Life story work with teenagers, Tree House Training, "
    assert str(refused.value).startswith(f"{words}Monday 28 January 2030 to Tuesday 29 January")
    assert OutsideCourse.objects.count() == 1


@pytest.mark.parametrize(
    "changes", [{"title": "Theraplay"}, {"provider": "Larch House"}, {"on": date(2030, 1, 29)}]
)
def test_another_course_or_other_days_may_be_asked_for_as_well(asked, person, changes):
    day = changes.pop("on", DAY)
    between = {"first": HalfDay(day, MORNING), "last": HalfDay(day, AFTERNOON)}

    other = ask_for_outside_course(by=person, **asking(**changes), **between)

    assert (other.state, OutsideCourse.objects.count()) == (OutsideState.ASKED, 2)


def test_what_was_taken_back_can_be_asked_for_again_and_by_others_too(asked, person, manager):
    other = staff_user(line_manager=manager)
    ask_for_outside_course(by=other, **asking(), **ALL_DAY)
    withdraw_outside_course(outside=asked, by=person)

    again = ask_for_outside_course(by=person, **asking(), **ALL_DAY)

    assert again.state == OutsideState.ASKED


@pytest.mark.parametrize(
    ("held", "place_name", "where"),
    [
        ("in_person", "Reading", "Reading"),
        ("online", "", "Online"),
        ("blended", "", "Part online, part in person"),
    ],
)
def test_where_it_is_in_words(held, place_name, where):
    assert OutsideCourse(format=held, place_name=place_name).where == where


def test_people_who_do_not_work_here_cannot_ask():
    leaver = staff_user(left_on=date(2030, 1, 4))

    with pytest.raises(PermissionDenied):
        ask_for_outside_course(by=leaver, **asking(), **ALL_DAY)


def test_sending_the_form_twice_asks_once(person):
    given = asking()

    rows = [ask_for_outside_course(by=person, **given, **ALL_DAY) for _ in range(2)]

    assert (rows[0], OutsideCourse.objects.count()) == (rows[1], 1)
    with pytest.raises(AskingFormUsedBefore):
        ask_for_outside_course(by=staff_user(), **given, **ALL_DAY)


def test_asking_at_the_time_of_a_place_is_refused_in_words(person):
    session = SessionFactory(starts_at=datetime(2030, 1, 28, 14, 0, tzinfo=UTC))
    BookingFactory(person=person, session=session)

    with pytest.raises(OutsideClash) as refused:
        ask_for_outside_course(by=person, **asking(), **ALL_DAY)

    title = session.course.title
    assert refused.value.own.startswith(f"You have a place on {title} (Monday 28 January 2030, 2pm")
    morning = {"first": HalfDay(DAY, MORNING), "last": HalfDay(DAY, MORNING)}
    assert ask_for_outside_course(by=person, **asking(), **morning).state == OutsideState.ASKED


def test_own_courses_like_it_share_a_telling_word():
    like = CourseFactory(title="Life story books", topic=Topic.CARE_AND_ADOPTION)
    too = CourseFactory(title="Every picture", summary="Telling a story with teenagers.")
    CourseFactory(title="Working with families", summary="A course about practice.")
    CourseFactory(title="Life story work", is_offered=False)

    found = own_courses_like("Working with life story: a course", Topic.CARE_AND_ADOPTION)

    assert found == [like, too]
    assert own_courses_like("A working practice course", "") == []


# --- Deciding -----------------------------------------------------------------------------------


def test_the_manager_says_yes_and_workforce_development_after_them(passed_on, manager):
    assert (passed_on.state, passed_on.manager_by) == (OutsideState.WITH_WORKFORCE, manager.user)
    line = BudgetLineFactory(pounds=1_000)

    approved = approve(passed_on, budget_line=line)

    assert (approved.state, approved.budget_line) == (OutsideState.APPROVED, line)
    committed = BudgetLine.objects.with_committed().get()
    assert (committed.committed_words, committed.left_words) == ("£240", "£760")
    for template in ("outside_passed_on", "outside_approved"):
        assert told(template) == sorted([passed_on.person.email, manager.user.email, MAILBOX])


def test_workforce_development_cannot_decide_before_the_manager(asked):
    with pytest.raises(AskedAndDecided):
        approve(asked)

    with pytest.raises(PermissionDenied):
        decline_outside_course(outside=asked, by=officer(), reason="No money.")


@pytest.mark.parametrize("who", ["themselves", "a colleague", "another manager"])
def test_only_the_manager_of_the_moment_decides_first(asked, who):
    by = {
        "themselves": asked.person,
        "a colleague": staff_user(),
        "another manager": StaffMemberFactory(line_manager=StaffMemberFactory()).line_manager.user,
    }[who]

    with pytest.raises(PermissionDenied):
        pass_on_outside_course(outside=asked, by=by)
    assert state_of(asked) == OutsideState.ASKED


def test_yesterdays_manager_decides_no_more(asked, manager):
    member = asked.person.staff_member
    member.line_manager = StaffMemberFactory()
    member.save()

    with pytest.raises(PermissionDenied):
        pass_on_outside_course(outside=asked, by=manager.user)
    assert pass_on_outside_course(outside=asked, by=member.line_manager.user).manager_by


def test_officers_do_not_decide_about_themselves():
    own = officer()
    outside = OutsideCourseFactory(person=own, state=OutsideState.WITH_WORKFORCE)

    with pytest.raises(PermissionDenied):
        approve(outside, by=own)


def test_a_second_decision_comes_too_late(passed_on, manager):
    approve(passed_on)

    with pytest.raises(AskedAndDecided) as refused:
        decline_outside_course(outside=passed_on, by=officer(), reason="No money.")
    with pytest.raises(AskedAndDecided):
        pass_on_outside_course(outside=passed_on, by=manager.user)
    words = (
        "There is nothing to decide any more. Sam Okafor, Life story work with teenagers: approved."
    )
    assert str(refused.value) == words


def test_either_can_decline_with_a_reason_that_all_three_read(asked, manager):
    declined = decline_outside_course(outside=asked, by=manager.user, reason="Ask in May.")

    assert (declined.state, declined.manager_by, declined.workforce_by) == (
        OutsideState.DECLINED,
        manager.user,
        None,
    )
    assert told("outside_declined") == sorted([asked.person.email, manager.user.email, MAILBOX])
    letter = render(
        Message.objects.with_what_delivery_needs().get(
            template="training/emails/outside_declined", to=MAILBOX
        )
    )
    assert "Maggie Thornhill has declined" in letter.body
    assert "The reason: Ask in May." in letter.body


def test_workforce_development_can_decline_too(passed_on):
    by = officer()

    declined = decline_outside_course(outside=passed_on, by=by, reason="We run one in May.")

    assert (declined.state, declined.workforce_by) == (OutsideState.DECLINED, by)


def test_below_safe_cover_a_reason_is_asked_of_the_manager_and_kept(manager):
    team = team_with_minimum(1)
    member = qualified(team, line_manager=manager)
    asked = ask_for_outside_course(by=member.user, **asking(), **ALL_DAY)

    with pytest.raises(BelowSafeCover):
        pass_on_outside_course(outside=asked, by=manager.user)
    passed = pass_on_outside_course(outside=asked, by=manager.user, cover_reason="Duty covers.")

    assert passed.cover_reason == "Duty covers."
    assert approve(passed).state == OutsideState.APPROVED


def test_an_unanswered_request_goes_up_after_the_managers_working_hours(asked, manager, clock):
    manager.line_manager = above = StaffMemberFactory()
    manager.save()
    clock.move_to(datetime(2030, 1, 9, 9, 1, tzinfo=UTC))

    for _ in range(2):
        let_time_answer_for_outside_courses(at=datetime(2030, 1, 9, 9, 1, tzinfo=UTC))

    asked.refresh_from_db()
    assert (asked.is_late, asked.answer_by) == (True, asked.starts_at)
    assert told("outside_escalated") == sorted([above.user.email, MAILBOX])
    assert outside_to_decide(above.user, MONDAY) == [asked]
    assert pass_on_outside_course(outside=asked, by=officer()).manager_by is not None


@pytest.mark.parametrize("state", [OutsideState.ASKED, OutsideState.WITH_WORKFORCE])
def test_what_begins_undecided_lapses_and_all_three_are_told(state, clock):
    outside = OutsideCourseFactory(state=state, answer_by=MONDAY)
    clock.move_to(outside.starts_at)

    for _ in range(2):
        let_time_answer_for_outside_courses(at=outside.starts_at)

    assert state_of(outside) == OutsideState.LAPSED
    assert (len(told("outside_lapsed")), told("outside_escalated")) == (3, [])


def test_it_can_be_taken_back_until_it_begins(passed_on, clock):
    approved = approve(passed_on)
    line = approved.budget_line

    withdrawn = withdraw_outside_course(outside=approved, by=approved.person)

    assert withdrawn.state == OutsideState.WITHDRAWN
    assert BudgetLine.objects.with_committed().get(pk=line.pk).committed_pence == 0
    other = OutsideCourseFactory(state=OutsideState.APPROVED)
    clock.move_to(other.starts_at)
    with pytest.raises(PermissionDenied):
        withdraw_outside_course(outside=other, by=other.person)


def test_nobody_takes_back_what_is_another_persons(asked):
    with pytest.raises(PermissionDenied):
        withdraw_outside_course(outside=asked, by=staff_user())


def test_what_leavers_asked_for_is_taken_back(clock):
    outside = OutsideCourseFactory(state=OutsideState.APPROVED)
    stays = OutsideCourseFactory(state=OutsideState.APPROVED)
    member = outside.person.staff_member
    member.left_on = date(2030, 1, 6)
    member.save()

    for _ in range(2):
        end_outside_courses_of_leavers(at=MONDAY)

    assert (state_of(outside), state_of(stays)) == (OutsideState.WITHDRAWN, OutsideState.APPROVED)


# --- Money --------------------------------------------------------------------------------------


def test_what_costs_something_needs_a_budget_line_and_what_is_free_has_none(manager, person):
    costs = OutsideCourseFactory(state=OutsideState.WITH_WORKFORCE)
    free = OutsideCourseFactory(state=OutsideState.WITH_WORKFORCE, cost_pence=0)

    with pytest.raises(BudgetLineNeeded):
        approve(costs, budget_line=None)

    assert approve(free, budget_line=None).budget_line is None


def test_a_line_is_never_over_without_a_reason():
    line = BudgetLineFactory(pounds=400)
    OutsideCourseFactory(state=OutsideState.APPROVED, budget_line=line)
    outside = OutsideCourseFactory(state=OutsideState.WITH_WORKFORCE)

    with pytest.raises(OverBudget, match="would be over by £80"):
        approve(outside, budget_line=line, over_budget_reason=" ")
    approved = approve(outside, budget_line=line, over_budget_reason="We sell a place in May.")

    assert approved.over_budget_reason == "We sell a place in May."
    assert BudgetLine.objects.with_committed().get().left_words == "-£80"


def test_what_came_to_less_frees_the_rest():
    line = BudgetLineFactory(pounds=400)
    OutsideCourseFactory(state=OutsideState.ATTENDED, budget_line=line, final_cost_pence=10_050)
    OutsideCourseFactory(state=OutsideState.NOT_ATTENDED, budget_line=line, final_cost_pence=0)

    found = BudgetLine.objects.with_committed().get()

    assert (found.committed_words, found.left_words) == ("£100.50", "£299.50")


def test_a_line_cut_below_what_is_committed_needs_a_reason():
    line = BudgetLineFactory(pounds=400)
    OutsideCourseFactory(state=OutsideState.APPROVED, budget_line=line)
    line.pounds = 100

    with pytest.raises(BudgetBelowCommitted):
        keep_budget_line(line=line, by=officer())
    keep_budget_line(line=line, by=officer(), reason="Cut by the cabinet.")

    assert BudgetLine.objects.get().pounds == 100
    with pytest.raises(PermissionDenied):
        keep_budget_line(line=line, by=staff_user())


# --- Time ---------------------------------------------------------------------------------------


def test_an_approved_course_keeps_the_person_from_booking_then(passed_on):
    session = SessionFactory(starts_at=datetime(2030, 1, 28, 14, 0, tzinfo=UTC))
    approve(passed_on)
    person = passed_on.person

    with pytest.raises(ClashesWithOutsideCourse) as refused:
        book_place(session=session, person=person, by=person)

    assert refused.value.words_for(person) == (
        "You are on the outside course Life story work with teenagers at the same time "
        "(Monday 28 January 2030, all day). Take that back first."
    )


def test_a_course_that_is_only_asked_for_keeps_nobody_from_booking(passed_on):
    session = SessionFactory(starts_at=datetime(2030, 1, 28, 14, 0, tzinfo=UTC))
    person = passed_on.person

    assert book_place(session=session, person=person, by=person).state == BookingState.BOOKED
    with pytest.raises(OutsideClash):
        approve(passed_on)
    assert state_of(passed_on) == OutsideState.WITH_WORKFORCE


def test_two_courses_at_once_are_not_both_approved(person):
    rows = [
        OutsideCourseFactory(person=person, state=OutsideState.WITH_WORKFORCE, starts_at=at)
        for at in [datetime(2030, 1, 28, tzinfo=UTC)] * 2
    ]
    approve(rows[0])

    with pytest.raises(OutsideClash, match="at the same time"):
        approve(rows[1])


def test_who_waits_is_passed_over_while_on_an_outside_course(passed_on):
    approve(passed_on)
    session = SessionFactory(starts_at=datetime(2030, 1, 28, 10, 0, tzinfo=UTC), capacity=1)
    waits = BookingFactory(
        session=session, person=passed_on.person, state=BookingState.WAITING, waiting_since=MONDAY
    )

    change_session(session=session, by=officer(), capacity=2)

    waits.refresh_from_db()
    assert waits.state == BookingState.WAITING
    assert [skip.reason for skip in waits.skips.all()] == ["clash"]


def test_a_session_is_not_moved_onto_an_outside_course(passed_on):
    approve(passed_on)
    booking = BookingFactory(person=passed_on.person)
    moved = datetime(2030, 1, 28, 10, 0, tzinfo=UTC)

    with pytest.raises(
        ClashesWithOutsideCourse, match="Sam Okafor is booked on the outside course"
    ):
        change_session(
            session=booking.session,
            by=officer(),
            starts_at=moved,
            ends_at=moved + timedelta(hours=2),
        )


def test_cover_and_reach_leave_out_who_is_on_an_outside_course(manager):
    team = team_with_minimum(0)
    member = qualified(team, line_manager=manager)
    session = SessionFactory(starts_at=datetime(2030, 1, 28, 10, 0, tzinfo=UTC))
    assert suitable_sessions(member.user, MONDAY) == [session]

    OutsideCourseFactory(
        person=member.user,
        state=OutsideState.APPROVED,
        starts_at=datetime(2030, 1, 28, tzinfo=UTC),
    )

    cover = cover_of([team], DAY, DAY)[team.pk]
    assert cover.at(HalfDay(DAY, MORNING)).at_work == ()
    assert suitable_sessions(member.user, MONDAY) == []
    assert CoverMinimum.objects.count() == 1


# --- Demand -------------------------------------------------------------------------------------


def test_requests_add_up_by_topic_and_by_provider(person):
    for provider in ("CoramBAAF", "coramBAAF ", "CoramBAAF"):
        OutsideCourseFactory(provider=provider, person=person, made_at=MONDAY)
    OutsideCourseFactory(provider="Tree House", topic=Topic.LEADING, made_at=MONDAY)
    OutsideCourseFactory(state=OutsideState.WITHDRAWN, made_at=MONDAY, ended_at=MONDAY)
    OutsideCourseFactory(made_at=MONDAY - timedelta(days=1))

    assert outside_requests_by_topic(MONDAY) == [
        ("Care, fostering and adoption", 3, 1),
        ("Leading and supervising", 1, 1),
    ]
    assert outside_requests_by_provider(MONDAY) == [("CoramBAAF", 3, 1), ("Tree House", 1, 1)]


def test_a_key_of_its_own_is_made_where_none_is_given(person):
    given = asking()
    del given["one_time_key"]

    outside = ask_for_outside_course(by=person, **given, **ALL_DAY)

    assert isinstance(outside.one_time_key, uuid.UUID)
