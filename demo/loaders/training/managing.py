"""What waits for the demo's manager: a place to approve, one to object to, and a decision."""

from datetime import date, time, timedelta

from accounts.models import User
from demo.loaders.training.calendar import at, busy_at, working_day
from organisation.models import CoverMinimum, StaffMember
from training.models import Approval, Booking, Nomination, Session
from training.states import BookingState, NominationState

MANAGER = "manager@example.org"
ASKS = "graduate@example.org"
# Who can ask for the same, and be declined for another date.
MAY_ASK_TOO = "social.worker@example.org"
GOES = "educator@example.org"
# What waits begins far enough ahead for the manager to have their two working days.
AHEAD = timedelta(days=14)
TOLD = "The two-day course in spring would take her further."


def load_what_waits(today):
    """Set the team's minimum, and put something before the manager to decide."""
    manager = StaffMember.objects.select_related("team", "user").get(user__email=MANAGER)
    set_minimum(manager.team, today)
    people = {
        email: StaffMember.objects.select_related("user").get(user__email=email)
        for email in (ASKS, GOES)
    }
    sessions = open_sessions(today)
    other = User.objects.get(email=MAY_ASK_TOO)
    approved = approve_first([row for row in sessions if is_free(other, row)])
    until = at(working_day(today + timedelta(days=2)), time(17))
    hold(people[ASKS].user, approved, until, BookingState.HELD)
    others = [row for row in sessions if row.course_id != approved[0].course_id]
    hold(people[GOES].user, others, until, BookingState.BOOKED)
    Nomination.objects.create(
        nominee=people[GOES].user,
        nominated_by=manager.user,
        session=others[-1],
        reason="She teaches two of our students this year.",
        state=NominationState.DECLINED,
        decision_reason=TOLD,
        made_at=at(today - timedelta(days=5), time(10)),
        decided_at=at(today - timedelta(days=1), time(11)),
        decided_by=User.objects.get(email="officer@example.org"),
    )


def set_minimum(team, today):
    """Ask for all qualified people of the team but one, unless something is asked already."""
    if CoverMinimum.objects.filter(team=team).exists():
        return
    qualified = team.members.filter(role__needs_registration=True).count()
    since = date(today.year - 1, 4, 1)
    CoverMinimum.objects.create(team=team, starts_on=since, people=max(qualified - 1, 1))


def open_sessions(today):
    """Coming sessions with enough places for one more to leave two, the soonest first."""
    sessions = Session.objects.upcoming(at(today + AHEAD, time(0))).select_related("course")
    return [row for row in sessions.with_places() if row.places_left > 3]


def approve_first(sessions):
    """Make the course with most dates one that managers approve first, and return its dates."""
    dates = {}
    for session in sessions:
        if session.course.counts_towards_five and session.half_days != 2:
            dates.setdefault(session.course_id, []).append(session)
    chosen = max(dates.values(), key=len)
    course = chosen[0].course
    course.approval = Approval.ALWAYS
    course.save(update_fields=["approval"])
    return chosen


def hold(person, sessions, until, state):
    """Give a person a place that the manager has a say about, on the first session they are free for."""
    session = next(row for row in sessions if is_free(person, row))
    numbers = Booking.objects.holding_a_place().filter(session=session)
    held = set(numbers.values_list("place_number", flat=True))
    Booking.objects.create(
        session=session,
        person=person,
        made_by=person,
        state=state,
        during=session.during,
        place_number=next(number for number in range(1, len(held) + 2) if number not in held),
        answer_by=until,
    )


def is_free(person, session):
    """Say whether the person has nothing, not even a wait, at the times of a session."""
    waits = Booking.objects.current().filter(person=person, during__overlap=session.during)
    return person.pk not in busy_at(session) and not waits.exists()
