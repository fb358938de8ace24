"""Outside courses and what was attended elsewhere: who decides, what is alike, and what others say of it."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from accounts.retention import start_of
from training.models import (
    AttendedElsewhere,
    Booking,
    Course,
    OutsideCourse,
    OutsideReview,
    Topic,
)
from training.queries.approvers import theirs_to_decide
from training.queries.near import rows_near
from training.states import OUTSIDE_UNDECIDED, AttendedState, OutsideState

COURSES_SHOWN = 5
# Words of a title that say nothing of what it is about.
SAYS_NOTHING = {"about", "and", "course", "day", "for", "from", "into", "introduction", "learning"}
SAYS_NOTHING |= {"level", "masterclass", "online", "our", "practice", "seminar", "skills", "that"}
SAYS_NOTHING |= {"the", "their", "this", "training", "what", "with", "work", "working", "workshop"}
SAYS_NOTHING |= {
    "your",
    "children",
    "child",
    "families",
    "family",
    "people",
    "social",
    "how",
    "one",
}


def outside_open_to_managers():
    """Return the outside courses that wait for a manager, the most urgent first."""
    rows = OutsideCourse.objects.filter(state=OutsideState.ASKED).select_related("person")
    return rows.order_by("answer_by", "pk")


def attended_open_to_managers():
    """Return what was attended elsewhere and waits to be confirmed, the longest wait first."""
    return AttendedElsewhere.objects.open().select_related("person").order_by("made_at", "pk")


def outside_to_decide(user, at):
    """Return the outside courses that `user` may decide about as a manager now."""
    return theirs_to_decide(outside_open_to_managers(), user, at)


def attended_to_decide(user, at):
    """Return what was attended elsewhere that `user` may confirm now."""
    return theirs_to_decide(attended_open_to_managers(), user, at)


def outside_near(user):
    """Return the outside courses that a manager, past or present, may be told something about."""
    rows = OutsideCourse.objects.with_people().prefetch_related("own_courses")
    return rows_near(rows, user, decided_by="manager_by")


def attended_near(user):
    """Return what was attended elsewhere that a manager, past or present, may be told something about."""
    return rows_near(AttendedElsewhere.objects.with_people(), user, decided_by="decided_by")


@dataclass
class Elsewhere:
    """What a person has asked for or logged that is not settled: what waits for whom, and what is next."""

    coming: list
    over: list
    undecided: list
    asked: list
    questioned: list

    @property
    def to_answer(self):
        """What waits for the person themselves."""
        return [*self.over, *self.questioned]

    @property
    def waits(self):
        """What waits for somebody else."""
        return [*self.undecided, *self.asked]


def elsewhere_of(person, at):
    """Return what is not settled yet of what a person asked for and logged. Two queries."""
    unsettled = [*OUTSIDE_UNDECIDED, OutsideState.APPROVED]
    courses = OutsideCourse.objects.filter(person=person, state__in=unsettled)
    courses = list(courses.order_by("starts_at", "pk"))
    open_states = [AttendedState.ASKED, AttendedState.QUESTIONED]
    attended = AttendedElsewhere.objects.filter(person=person, state__in=open_states)
    attended = list(attended.order_by("on", "pk"))
    return Elsewhere(
        coming=[row for row in courses if row.is_approved and not row.is_over(at)],
        over=[row for row in courses if row.is_approved and row.is_over(at)],
        undecided=[row for row in courses if row.is_undecided],
        asked=[row for row in attended if row.state == AttendedState.ASKED],
        questioned=[row for row in attended if row.state == AttendedState.QUESTIONED],
    )


def time_taken_outside(people, starts_at, ends_at):
    """Return the ids of those of some people whom an outside course keeps from the time between."""
    found = OutsideCourse.objects.taking_time(starts_at, ends_at).filter(person__in=people)
    return set(found.values_list("person", flat=True))


def booking_in_the_way(person, starts_at, ends_at):
    """Return a place that a person has in the time between two moments, or None."""
    held = Booking.objects.holding_a_place().filter(
        person=person, during__overlap=(starts_at, ends_at)
    )
    return held.select_related("person", "session__course").first()


def outside_in_the_way(person, starts_at, ends_at, but=None):
    """Return an outside course, other than `but`, that takes a person's time between two moments, or None."""
    taken = OutsideCourse.objects.taking_time(starts_at, ends_at).filter(person=person)
    return taken.exclude(pk=but and but.pk).select_related("person").first()


def asked_for_already(person, *, title, provider, first, last):
    """Return what a person asked for by this title and provider on some of these days, or None.

    It is undecided or approved. Capitals and spaces make no other course; other dates of it and other
    courses on the same days may be asked for, as ways out of a refusal.
    """
    open_states = [*OUTSIDE_UNDECIDED, OutsideState.APPROVED]
    rows = OutsideCourse.objects.filter(
        person=person,
        state__in=open_states,
        starts_at__lt=start_of(last + timedelta(days=1)),
        ends_at__gt=start_of(first),
    )
    wanted = (_plain(title), _plain(provider))
    return next((row for row in rows if (_plain(row.title), _plain(row.provider)) == wanted), None)


def own_courses_like(title, topic):
    """Return the council's own courses that share a telling word with a title, the likest first, at most five."""
    telling = _words(title) - SAYS_NOTHING

    def likeness(course):
        return len(telling & _words(f"{course.title} {course.summary}"))

    like = [course for course in Course.objects.filter(is_offered=True) if likeness(course)]
    like.sort(key=lambda course: (-likeness(course), course.topic != topic, course.title))
    return like[:COURSES_SHOWN]


def _words(text):
    return {word for word in re.findall(r"[^\W\d_]+", text.lower()) if len(word) > 2}


def reviews_of_outside_courses(q="", topic=""):
    """Return the shown reviews that have every word of `q`, of a topic if one is given, the newest first.

    Looked for in provider, title and words.
    """
    found = OutsideReview.objects.shown().select_related("course__person__staff_member")
    for word in q.split():
        found = found.filter(
            Q(course__provider__icontains=word)
            | Q(course__title__icontains=word)
            | Q(words__icontains=word)
        )
    return found.filter(course__topic=topic) if topic else found


def author_of(review, on):
    """Return the name to show with a review: the author's, if they agree and still work here, else nothing."""
    person = review.course.person
    member = getattr(person, "staff_member", None)
    here = member is not None and person.is_active and member.works_here(on)
    return person.full_name if review.may_be_named and here else ""


# --- What outside courses say of demand -----------------------------------------------------------


def outside_requests_by_topic(since):
    """Return [(topic label, requests, people)] of the outside courses asked for since a moment, most first.

    What was taken back is left out: nobody wants it any more.
    """
    rows = _asked_since(since).values_list("topic", "person")
    return _counted((Topic(topic).label, person) for topic, person in rows)


def outside_requests_by_provider(since):
    """Return [(provider, requests, people)] of the outside courses asked for since a moment, most first.

    Providers that differ in capitals and spaces alone are one, written as most people wrote it.
    """
    rows = list(_asked_since(since).values_list("provider", "person"))
    spellings = {}
    for provider, _ in rows:
        spellings.setdefault(_plain(provider), Counter())[provider] += 1
    usual = {plain: found.most_common(1)[0][0] for plain, found in spellings.items()}
    return _counted((usual[_plain(provider)], person) for provider, person in rows)


def _asked_since(since):
    asked = OutsideCourse.objects.filter(made_at__gte=since)
    return asked.exclude(state=OutsideState.WITHDRAWN).order_by()


def _counted(rows):
    requests, people = Counter(), {}
    for name, person in rows:
        requests[name] += 1
        people.setdefault(name, set()).add(person)
    found = [(name, number, len(people[name])) for name, number in requests.items()]
    return sorted(found, key=lambda row: (-row[1], -row[2], row[0]))


def _plain(text):
    return " ".join(text.casefold().split())
