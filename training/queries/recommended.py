"""What to suggest to a member of staff, and why: training that runs out, and what is for their role."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from training.models import Course, Topic
from training.queries.courses import mandatory_training, sessions_with_a_place
from training.states import CURRENT_BOOKING_STATES, BookingState

# A refresher is suggested so many days before it is due.
DUE_SOON = timedelta(days=180)
MOST_SUGGESTED = 4


@dataclass(frozen=True)
class Suggestion:
    """A course, and why somebody should look at it."""

    course: Course
    reason: str


def mandatory_with_expiry(member, at):
    """Return the mandatory courses for somebody, each with `due_on`: when it must be done again.

    `due_on` is None for what was never attended or need not be repeated. `is_due` says that it is to
    be booked now: never attended, or due before long. One query.
    """
    today = timezone.localdate(at)
    courses = list(mandatory_training(member, at))
    for course in courses:
        attended = course.last_attended_at
        course.due_on = None
        if attended and course.refresher_months:
            course.due_on = months_after(timezone.localdate(attended), course.refresher_months)
        runs_out = course.due_on is not None and course.due_on <= today + DUE_SOON
        course.is_overdue = course.due_on is not None and course.due_on < today
        course.is_due = attended is None or runs_out
    return courses


def suggestions_for(member, at, mandatory=None):
    """Return up to four Suggestions: mandatory training to book, then courses for the person's role.

    `mandatory` are the courses of `mandatory_with_expiry`, if the caller has them. Two queries more.
    """
    today = timezone.localdate(at)
    if mandatory is None:
        mandatory = mandatory_with_expiry(member, at)
    to_book = [course for course in mandatory if course.is_due and not course.booked_for]
    to_book.sort(key=lambda course: (course.due_on or date.max, course.title))
    found = [Suggestion(course, _why_due(course, today)) for course in to_book]
    role = member.role.name.lower()
    found += [
        Suggestion(course, f"Chosen for your role: {role}")
        for course in _for_role(member, at)[:MOST_SUGGESTED]
    ]
    return found[:MOST_SUGGESTED]


def _for_role(member, at):
    """Courses meant for a role that can be booked, and that the person has not had and is not on."""
    done = CURRENT_BOOKING_STATES - {BookingState.NO_SHOW}
    had = Q(sessions__bookings__person=member.user_id, sessions__bookings__state__in=sorted(done))
    return (
        Course.objects.filter(is_offered=True, is_mandatory=False, roles=member.role_id)
        .filter(pk__in=sessions_with_a_place(at).order_by().values("course"))
        .exclude(pk__in=Course.objects.filter(had).values("pk"))
        .order_by("title")
    )


def _why_due(course, today):
    if course.due_on is None:
        return "Mandatory, and you have not been yet"
    month = f"{course.due_on:%B}" if course.due_on.year == today.year else f"{course.due_on:%B %Y}"
    verb = "was" if course.due_on < today else "is"
    # Other topics hold several courses: their title, which stands beside this, says which.
    which = "safeguarding refresher" if course.topic == Topic.SAFEGUARDING else "refresher"
    return f"Your {which} {verb} due in {month}"


def months_after(day, months):
    """Return the same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
