"""Finding a course by what it is about and by its dates: when, where, whether places are left."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from organisation.queries import with_distance
from training.models import Course
from training.queries.courses import sessions_to_book


def find_courses(
    at,
    *,
    q="",
    topic="",
    course_format="",
    counts=False,
    first_day=None,
    last_day=None,
    near=None,
    radius=0,
    with_places=False,
    nearest_first=False,
):
    """Return the offered courses that fit what was asked, as a list. Two queries.

    `q` is looked for in title and text, word by word; `counts` keeps those that count towards the
    five days. `first_day`, `last_day`, `near` (a FoundPlace, with `radius` in miles) and `with_places`
    are asked of the dates ahead, of which one must fit. Each course has `dates`, those that fit, the
    first as it is sorted by: soonest, or nearest. Courses without a date come last, by title.
    """
    dates = _dates(at, first_day, last_day, near, radius, with_places)
    if nearest_first and near:
        dates.sort(key=lambda session: session.miles)
    by_course = {}
    for place, session in enumerate(dates):
        by_course.setdefault(session.course_id, (place, []))[1].append(session)
    courses = list(_courses(q, topic, course_format, counts).order_by("title"))
    for course in courses:
        course.place, course.dates = by_course.get(course.pk, (len(dates), []))
    if first_day or last_day or near or with_places:
        courses = [course for course in courses if course.dates]
    return sorted(courses, key=lambda course: course.place)


def _courses(q, topic, course_format, counts):
    courses = Course.objects.filter(is_offered=True)
    for word in q.split():
        courses = courses.filter(
            Q(title__icontains=word) | Q(summary__icontains=word) | Q(description__icontains=word)
        )
    if topic:
        courses = courses.filter(topic=topic)
    if course_format:
        courses = courses.filter(format=course_format)
    if counts:
        courses = courses.filter(counts_towards_five=True)
    return courses


def _dates(at, first_day, last_day, near, radius, with_places):
    """Return the coming sessions that fit, the soonest first, each with `miles` from a place asked for."""
    sessions = sessions_to_book(at)
    if first_day:
        sessions = sessions.filter(starts_at__gte=_midnight(first_day))
    if last_day and last_day < date.max:  # No day comes after that one.
        sessions = sessions.filter(starts_at__lt=_midnight(last_day + timedelta(days=1)))
    if near:
        sessions = with_distance(sessions.filter(latitude__isnull=False), *near.point, name="miles")
        sessions = sessions.filter(miles__lte=radius)
    if with_places:
        sessions = sessions.filter(places_left__gt=0, requests_close_at=None)
    return list(sessions)


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))
