"""Forty courses with 150 sessions round the year, bookings past and to come, and what goes with them."""

import random

from demo.loaders.training import attending, promises
from demo.loaders.training.bookings import load_bookings
from demo.loaders.training.courses import load_courses, load_sessions
from demo.loaders.training.managing import load_what_waits
from demo.loaders.training.nominations import load_intakes, load_nominations
from demo.loaders.training.outside import load_outside_courses
from demo.loaders.training.planning import load_what_officers_plan
from demo.loaders.training.rounds import load_rounds
from training.models import Course


def load(today):
    """Load courses, sessions, bookings, intakes and nominations, unless there are courses."""
    if Course.objects.exists():
        return
    chance = random.Random(40)
    courses = load_courses()
    sessions = load_sessions(today, courses, chance)
    load_bookings(today, sessions, chance)
    intakes = load_intakes(today)
    load_nominations(today, sessions, intakes)
    load_what_waits(today)
    load_rounds(today)
    load_outside_courses(today)
    attending.load(today)
    promises.load(today)
    load_what_officers_plan(today)
