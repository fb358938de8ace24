import tomllib
from datetime import time, timedelta
from pathlib import Path

from django.utils.text import slugify

from accounts.models import User
from demo.loaders.training.calendar import at, leave_year, slots, working_day
from organisation.models import Place, Role
from training.models import Course, Session

COURSES = Path(__file__).resolve().parents[2] / "data" / "courses.toml"
SESSIONS = 150

VENUES = [
    ("Riverside Centre", "Winchester"),
    ("Willow House", "Basingstoke"),
    ("The Harbour Rooms", "Fareham"),
    ("Forest Lodge", "Lymington"),
    ("The Old Bakery", "Andover"),
    ("Meadow Hall", "Eastleigh"),
    ("The Signal Box", "Havant"),
]


def load_courses():
    rows = tomllib.loads(COURSES.read_text(encoding="utf-8"))["course"]
    courses = Course.objects.bulk_create(
        Course(
            title=row["title"],
            slug=slugify(row["title"]),
            topic=row["topic"],
            summary=row["summary"],
            description=row["description"],
            format=row.get("format", "in_person"),
            days=row.get("days", 1),
            is_mandatory=row.get("mandatory", False),
            refresher_months=row.get("refresher"),
            counts_towards_five=row.get("counts", not row.get("mandatory", False)),
            cancellation_notice_hours=24 if row.get("days", 1) >= 2 else 0,
        )
        for row in rows
    )
    managers = Role.objects.filter(name__in=["Team manager", "Assistant team manager"])
    for course in courses:
        if course.title in ("Reflective supervision for managers", "First time managing a team"):
            course.roles.set(managers)
    return courses


def load_sessions(today, courses, chance):
    """Spread the sessions over the council's year and always some months ahead of today."""
    first, last = leave_year(today)
    first, last = min(first, today - timedelta(days=60)), max(last, today + timedelta(days=120))
    places = {place.name: place for place in Place.objects.all()}
    trainers = list(User.objects.filter(roles__contains=["practice_educator"])[:6])
    trainers += [User.objects.get(email="trainer@example.org")] * 3
    sessions, busy = [], {trainer.pk: set() for trainer in trainers}
    for number in range(SESSIONS):
        day = working_day(first + (last - first) * number / SESSIONS)
        # Stepping by 11 brings each of the forty courses round once in forty sessions.
        course = courses[number * 11 % len(courses)]
        session = plan(course, day, VENUES[number % len(VENUES)], places, chance)
        free = [trainer for trainer in trainers if not busy[trainer.pk] & slots(session)]
        session.trainer = chance.choice(free) if free else None
        if session.trainer:
            busy[session.trainer.pk] |= slots(session)
        sessions.append(session)
    return Session.objects.bulk_create(sessions)


def plan(course, day, venue, places, chance):
    half_days = round(float(course.days) * 2)
    begins, ends = time(9, 30), time(16, 30)
    if half_days == 1:
        begins, ends = chance.choice([(time(9, 30), time(13)), (time(13, 30), time(17))])
    elif half_days % 2:
        ends = time(13)
    last_day = working_day(day + timedelta(days=(half_days - 1) // 2))
    town = places[venue[1]]
    in_person = course.format != "online"
    return Session(
        course=course,
        starts_at=at(day, begins),
        ends_at=at(last_day, ends),
        half_days=half_days,
        place_name=", ".join(venue) if in_person else "",
        latitude=town.latitude if in_person else None,
        longitude=town.longitude if in_person else None,
        online_link=""
        if course.format == "in_person"
        else f"https://meet.example.org/{course.slug}",
        capacity=24 if course.is_mandatory else chance.choice([8, 10, 12, 14, 16]),
    )
