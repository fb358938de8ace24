"""A manager's decisions: who may make them, when, with which other date, and what they leave behind."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import AuditEvent
from notifications.models import Message
from organisation.models import Absence, BankHoliday, CoverMinimum
from tests.factories.cover import qualified, team_with_minimum
from tests.factories.organisation import StaffMemberFactory, TeamFactory
from tests.factories.training import BookingFactory, SessionFactory, officer
from training.actions import approve_booking, book_place, decline_booking, escalate_booking
from training.exceptions import AnotherDateNeeded, BelowSafeCover, DecidedAlready
from training.models import Booking, Override
from training.queries import approver_of, bookings_to_decide, cover_for, dates_to_suggest
from training.states import BookingState, EndReason

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MONDAY = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)


@pytest.fixture
def manager():
    return StaffMemberFactory(line_manager=StaffMemberFactory(), team=TeamFactory())


@pytest.fixture
def member(manager):
    team = team_with_minimum(0, covering_team=TeamFactory(manager=StaffMemberFactory()))
    return qualified(team, line_manager=manager, user__full_name="Sam Okafor")


def booking_of(member, state=BookingState.HELD, **fields):
    session = SessionFactory(starts_at=MONDAY + timedelta(days=21))
    until = MONDAY + timedelta(days=2)
    return BookingFactory(
        session=session, person=member.user, state=state, answer_by=until, **fields
    )


@pytest.fixture
def held(member):
    return booking_of(member)


def test_the_line_manager_approves_and_the_person_hears_of_it(held, manager):
    booking = approve_booking(booking=held, by=manager.user)

    assert (booking.state, booking.answer_by, booking.decided_by) == (
        BookingState.BOOKED,
        None,
        manager.user,
    )
    assert AuditEvent.objects.get(subject_id=str(held.pk)).event == "booking_approved"
    assert Message.objects.get().template == "training/emails/booking_approved"
    assert Override.objects.count() == 0


def test_approving_below_the_minimum_needs_a_reason_which_is_kept(held, manager):
    CoverMinimum.objects.update(people=1)
    with pytest.raises(BelowSafeCover):
        approve_booking(booking=held, by=manager.user)
    held.refresh_from_db()
    assert held.state == BookingState.HELD

    approve_booking(booking=held, by=manager.user, cover_reason="  The team next door covers. ")

    override = Override.objects.get()
    assert (override.kind, override.reason) == ("cover", "The team next door covers.")


def test_declining_names_another_date_where_there_is_one(held, manager):
    other = SessionFactory(course=held.session.course, starts_at=MONDAY + timedelta(days=35))
    for wrong in (None, SessionFactory(), held.session):
        with pytest.raises(AnotherDateNeeded):
            decline_booking(booking=held, by=manager.user, reason="Court.", suggested_session=wrong)

    booking = decline_booking(
        booking=held, by=manager.user, reason="Court.", suggested_session=other
    )

    assert (booking.state, booking.end_reason, booking.suggested_session) == (
        BookingState.DECLINED,
        EndReason.NOT_APPROVED,
        other,
    )
    assert Message.objects.get().context["other"] == other.when


def test_what_the_manager_objected_to_is_held_when_the_person_wants_it_again(
    client, member, manager
):
    person = member.user
    session = SessionFactory(starts_at=MONDAY + timedelta(days=30))
    first = book_place(session=session, person=person, by=person)
    assert first.is_booked
    decline_booking(booking=first, by=manager.user, reason="Three of us are away.")
    client.force_login(person)
    page = client.get(session.get_absolute_url()).content.decode()
    assert "because they said no to this date before" in page
    assert [row.pk for row in Booking.objects.ended_without_the_person()] == [first.pk]

    again = book_place(session=session, person=person, by=person)

    assert again.state == BookingState.HELD
    assert list(Booking.objects.ended_without_the_person()) == []
    other = SessionFactory(course=session.course, starts_at=MONDAY + timedelta(days=40))
    assert book_place(session=other, person=person, by=person).is_booked


def test_an_objection_in_time_counts_as_the_services_doing(member, manager):
    booked = booking_of(member, BookingState.BOOKED)

    booking = decline_booking(booking=booked, by=manager.user, reason="Two are away.")

    assert booking.end_reason == EndReason.SAFE_COVER


def test_dates_to_suggest_are_those_the_person_could_attend_and_cover_comes_first(held, member):
    CoverMinimum.objects.update(people=1)
    course, half_a_year = held.session.course, {}
    for name, days in {"short": 28, "away": 29, "clash": 30, "safe": 31, "full": 32}.items():
        starts_at = MONDAY + timedelta(days=days)
        half_a_year[name] = SessionFactory(course=course, starts_at=starts_at, capacity=1)
    BookingFactory(session=half_a_year["full"])
    BookingFactory(
        person=member.user, session=SessionFactory(starts_at=MONDAY + timedelta(days=30))
    )
    away = timezone.localdate(half_a_year["away"].starts_at)
    Absence.objects.create(member=member, starts_on=away, ends_on=away, key="a")
    since = timezone.localdate(half_a_year["safe"].starts_at)
    CoverMinimum.objects.create(team=member.team, starts_on=since, people=0)

    dates = dates_to_suggest(held, MONDAY)

    assert [(date.pk, date.keeps_cover) for date in dates] == [
        (half_a_year["safe"].pk, True),
        (half_a_year["short"].pk, False),
    ]


def test_a_weekend_within_a_session_keeps_nobody_from_it(held, member):
    friday = MONDAY + timedelta(days=32)
    other = SessionFactory(
        course=held.session.course, starts_at=friday, ends_at=friday + timedelta(days=3, hours=7)
    )
    CoverMinimum.objects.update(people=1)

    [suggested] = dates_to_suggest(held, MONDAY)
    assert (suggested, suggested.keeps_cover) == (other, False)
    days = [row.half_day.on.weekday() for row in cover_for(member.user, [other]).during(other)]
    assert days == [4, 4, 0, 0]


def test_twice_or_after_the_deadline_there_is_nothing_to_decide(held, manager):
    approve_booking(booking=held, by=manager.user)
    with pytest.raises(DecidedAlready):
        decline_booking(booking=held, by=manager.user, reason="No.")

    Booking.objects.update(state=BookingState.HELD, answer_by=MONDAY)
    with pytest.raises(DecidedAlready):
        approve_booking(booking=held, by=manager.user)


def test_yesterdays_manager_may_not_decide(held, member, manager):
    member.line_manager = StaffMemberFactory()
    member.save()

    with pytest.raises(PermissionDenied):
        approve_booking(booking=held, by=manager.user)
    assert bookings_to_decide(manager.user, MONDAY) == []
    assert bookings_to_decide(member.line_manager.user, MONDAY) == [held]


def test_the_covering_manager_decides_while_the_manager_is_away_only(held, member, manager):
    covering = member.team.covering_team.manager.user
    with pytest.raises(PermissionDenied):
        approve_booking(booking=held, by=covering)
    Absence.objects.create(member=manager, starts_on=MONDAY.date(), ends_on=MONDAY.date(), key="a")

    assert bookings_to_decide(covering, MONDAY) == [held]
    assert approve_booking(booking=held, by=covering).decided_by == covering


@pytest.mark.parametrize("holiday", [False, True])
def test_at_a_weekend_the_manager_is_asked_unless_away_on_the_next_working_day(
    member, manager, holiday
):
    saturday, monday, tuesday = (date(2030, 1, day) for day in (12, 14, 15))
    at = datetime(2030, 1, 12, 10, tzinfo=UTC)
    covering = member.team.covering_team.manager.user
    if holiday:
        BankHoliday.objects.create(on=monday, name="A holiday")
    assert approver_of(member.user, at) == manager.user

    back = monday if holiday else saturday + timedelta(days=1)
    Absence.objects.create(member=manager, starts_on=saturday, ends_on=back, key="a")
    assert approver_of(member.user, at) == manager.user

    Absence.objects.update(ends_on=tuesday)
    assert approver_of(member.user, at) == covering


def test_a_late_one_comes_to_the_managers_manager_and_the_officers(held, manager):
    above, by = manager.line_manager.user, officer()
    assert (bookings_to_decide(above, MONDAY), bookings_to_decide(by, MONDAY)) == ([], [])
    Booking.objects.update(answer_by=MONDAY)
    escalate_booking(booking=held)

    assert bookings_to_decide(above, MONDAY) == bookings_to_decide(by, MONDAY) == [held]
    assert approve_booking(booking=held, by=above).is_booked


@pytest.mark.parametrize("number", [1, 5])
def test_what_is_to_decide_asks_the_same_of_the_database_for_any_number(
    manager, number, django_assert_num_queries
):
    for _ in range(number):
        booking_of(StaffMemberFactory(line_manager=manager))
    user = manager.user
    user.has_perm("training.change_booking")

    with django_assert_num_queries(2):
        assert len(bookings_to_decide(user, MONDAY)) == number
