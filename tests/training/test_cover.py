"""Safe cover: who is at work in each half day, what counts against it, and what it asks of others."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from organisation.half_days import HalfDay
from organisation.models import Absence, AbsencePart, BankHoliday, CoverMinimum, WorkingPattern
from tests.factories.cover import qualified, team_with_minimum
from tests.factories.organisation import StaffMemberFactory
from tests.factories.training import BookingFactory, NominationFactory, SessionFactory, officer
from training.actions import book_past_the_order, book_place, enrol_nomination, nominate
from training.exceptions import BelowSafeCover
from training.models import Booking, Nomination, Override
from training.queries import cover_for, cover_of
from training.states import BookingState, OverrideKind

pytestmark = pytest.mark.django_db
MONDAY = date(2030, 1, 7)
MORNING, AFTERNOON = HalfDay(MONDAY, 0), HalfDay(MONDAY, 1)


@pytest.fixture
def team():
    return team_with_minimum(2)


@pytest.fixture
def people(team):
    names = ["Asha Bell", "Ben Cole", "Cara Dunn"]
    return [qualified(team, user__full_name=name) for name in names]


def session_on(day=MONDAY, **fields):
    start = datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC)
    return SessionFactory(starts_at=start, ends_at=start + timedelta(hours=6), **fields)


def cover_on(team, half_day, without=None):
    return cover_of([team], half_day.on, half_day.on)[team.pk].at(half_day, without)


def names(team, half_day=MORNING):
    return cover_on(team, half_day).at_work


def test_everybody_qualified_is_at_work_on_a_plain_day(team, people):
    StaffMemberFactory(team=team)  # Their role needs no registration.

    cover = cover_on(team, MORNING)

    assert cover.at_work == ("Asha Bell", "Ben Cole", "Cara Dunn")
    assert (cover.minimum, cover.is_short, cover.words) == (2, False, "3 at work, 2 needed")


def test_patterns_absence_training_and_leaving_take_people_away(team, people):
    asha, ben, cara = people
    qualified(team, left_on=MONDAY - timedelta(days=1))
    slots = [slot for slot in range(10) if slot != MORNING.slot % 28]
    WorkingPattern.objects.create(member=asha, starts_on=date(2029, 1, 1), slots=slots)
    Absence.objects.create(
        member=ben, starts_on=MONDAY, ends_on=MONDAY, part=AbsencePart.AFTERNOON, key="a"
    )
    session = SessionFactory(
        starts_at=datetime(2030, 1, 7, 13, tzinfo=UTC), ends_at=datetime(2030, 1, 7, 16, tzinfo=UTC)
    )
    BookingFactory(session=session, person=cara.user, state=BookingState.HELD)

    assert names(team, MORNING) == ("Ben Cole", "Cara Dunn")
    assert names(team, AFTERNOON) == ("Asha Bell",)


@pytest.mark.parametrize("state", [BookingState.WAITING, BookingState.DECLINED])
def test_who_waits_or_was_declined_is_at_work(team, people, state):
    BookingFactory(session=session_on(), person=people[0].user, state=state)

    assert len(names(team)) == 3


def test_nothing_is_needed_when_nobody_works(team, people):
    BankHoliday.objects.create(on=MONDAY, name="A holiday")
    saturday = HalfDay(MONDAY + timedelta(days=5), 0)

    assert (cover_on(team, MORNING).minimum, cover_on(team, saturday).minimum) == (0, 0)
    days = cover_of([team], MONDAY, MONDAY + timedelta(days=13))[team.pk].days(
        MONDAY, MONDAY + timedelta(days=13)
    )
    assert len(days) == 9  # Ten working days, but for the bank holiday.


def test_the_minimum_is_the_one_in_force_on_the_day(team, people):
    CoverMinimum.objects.create(team=team, starts_on=MONDAY + timedelta(days=1), people=3)

    assert cover_on(team, MORNING).minimum == 2
    assert cover_on(team, HalfDay(MONDAY + timedelta(days=1), 0)).minimum == 3


def test_only_somebody_who_would_be_at_work_makes_a_team_fall_short(team, people):
    unqualified = StaffMemberFactory(team=team)
    BookingFactory(session=session_on(), person=people[0].user)
    session = session_on()

    asked = cover_on(team, MORNING, without=people[1].user)
    assert (asked.at_work, asked.is_short, asked.falls_short) == (("Cara Dunn",), True, True)
    cover = cover_for(people[1].user, [session])
    short = cover.short_without(people[1].user, session)
    assert [row.half_day for row in short] == [MORNING, AFTERNOON]
    assert cover.short_without(people[0].user, session) == []  # The other two are enough.
    assert cover_for(unqualified.user, [session]).short_without(unqualified.user, session) == []


@pytest.mark.parametrize("number", [1, 20])
def test_cover_asks_the_same_of_the_database_for_any_number(
    team, people, number, django_assert_num_queries
):
    for _ in range(number):
        BookingFactory(person=qualified(team).user)

    teams, until = [team, team_with_minimum(1)], MONDAY + timedelta(days=14 * number)

    with django_assert_num_queries(5):
        cover_of(teams, MONDAY, until)[team.pk].days(MONDAY, until)


# --- What it asks of those who give places ----------------------------------------------------------


@pytest.fixture
def short(people):
    """A session on which the team has two others left, and needs three."""
    CoverMinimum.objects.update(people=3)
    return session_on()


def test_an_officer_books_below_cover_only_with_a_reason_which_is_kept(short, people):
    person, by = people[0].user, officer()

    with pytest.raises(BelowSafeCover, match="2 at work, 3 needed"):
        book_place(session=short, person=person, by=by)
    assert Booking.objects.count() == 0

    booking = book_place(session=short, person=person, by=by, cover_reason="Court needs it.")
    override = Override.objects.get()
    assert (override.booking, override.kind, override.reason, override.made_by) == (
        booking,
        OverrideKind.COVER,
        "Court needs it.",
        by,
    )


def test_going_past_the_order_is_no_way_round_cover(short, people):
    asked = {"session": short, "person": people[0].user, "by": officer(), "reason": "Overdue."}
    with pytest.raises(BelowSafeCover):
        book_past_the_order(**asked)

    book_past_the_order(**asked, cover_reason="Court needs it.")

    assert set(Override.objects.values_list("kind", flat=True)) == {"order", "cover"}


def test_people_book_for_themselves_without_being_asked(short, people):
    booking = book_place(session=short, person=people[0].user, by=people[0].user)

    assert (booking.holds_a_place, Override.objects.count()) == (True, 0)


def test_with_enough_people_a_reason_is_not_kept(team, people):
    by = officer()
    book_place(session=session_on(), person=people[0].user, by=by, cover_reason="Just in case.")

    assert Override.objects.count() == 0


def test_a_manager_nominates_below_cover_with_a_reason_that_goes_along(short, people):
    manager = StaffMemberFactory()
    nominee = people[0]
    nominee.line_manager = manager
    nominee.save()
    asked = {"nominee": nominee.user, "by": manager.user, "reason": "Ready.", "session": short}
    with pytest.raises(BelowSafeCover):
        nominate(**asked)

    nomination = nominate(**asked, cover_reason="We have help that day.")
    enrol_nomination(nomination=nomination, by=officer())

    override = Override.objects.get()
    assert (override.reason, override.made_by) == ("We have help that day.", manager.user)


def test_an_officer_enrols_below_cover_only_with_a_reason(short, people):
    nomination = NominationFactory(nominee=people[0].user, session=short)
    by = officer()
    with pytest.raises(BelowSafeCover):
        enrol_nomination(nomination=nomination, by=by)
    assert Nomination.objects.awaiting_decision().count() == 1

    enrol_nomination(nomination=nomination, by=by, cover_reason="The court asked.")

    assert Override.objects.get().made_by == by


def test_nobody_nominates_whom_they_do_not_manage_whatever_the_reason(short, people):
    with pytest.raises(PermissionDenied):
        nominate(
            nominee=people[0].user,
            by=people[1].user,
            reason="Ready.",
            session=short,
            cover_reason="Help.",
        )
