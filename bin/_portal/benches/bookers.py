"""People who work here and are signed in, and days of training for them, for bin/bench booking."""

from datetime import datetime, time, timedelta
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.utils import timezone

TOKEN = "b" * CSRF_SECRET_LENGTH
WEEKS_AHEAD = 6


def write_people(count):
    """Store so many members of staff of one team with a manager; return each one's Cookie header."""
    users, staff = apps.get_model("accounts", "User"), apps.get_model("organisation", "StaffMember")
    manager = staff.objects.filter(reports__isnull=False, left_on__isnull=True).first()
    made = users.objects.bulk_create(
        users(email=f"booker{number}@example.org", full_name=f"Booker {number}", password="!")  # noqa: S106 (nobody signs in with it)
        for number in range(count)
    )
    staff.objects.bulk_create(
        staff(
            user=user,
            employee_number=f"B{number:05}",
            role=manager.role,
            team=manager.team,
            line_manager=manager,
            started_on=timezone.localdate() - timedelta(days=1_000),
        )
        for number, user in enumerate(made)
    )
    return [_cookie(user) for user in made]


def _cookie(user):
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return f"sessionid={store.session_key}; csrftoken={TOKEN}"


def write_sessions(count, *, capacity, day, counts):
    """Store `count` days of training side by side, on the working day number `day` from six weeks on."""
    courses, sessions = apps.get_model("training", "Course"), apps.get_model("training", "Session")
    course, _ = courses.objects.get_or_create(
        slug=f"bench-{'counts' if counts else 'extra'}",
        defaults={
            "title": f"Working with fathers, {'a day' if counts else 'an extra day'}",
            "topic": "working_with_families",
            "summary": "How to bring fathers into the plan.",
            "description": "A day of practice with actors.",
            "format": "in_person",
            "days": 1,
            "counts_towards_five": counts,
        },
    )
    monday = timezone.localdate() + timedelta(weeks=WEEKS_AHEAD)
    monday -= timedelta(days=monday.weekday())
    on = monday + timedelta(days=day // 5 * 7 + day % 5)
    return sessions.objects.bulk_create(
        sessions(
            course=course,
            starts_at=timezone.make_aware(datetime.combine(on, time(9, 30))),
            ends_at=timezone.make_aware(datetime.combine(on, time(16, 30))),
            half_days=2,
            place_name="Riverside Centre, Winchester",
            capacity=capacity,
        )
        for _ in range(count)
    )


def line(address, cookie):
    """Return what load.py posts: the form of the address, sent by the person of the cookie."""
    return f"{address}\t{cookie}\tcsrfmiddlewaretoken={TOKEN}"
