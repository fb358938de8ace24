"""What officers have before them: rooms, a series, a session to decide about, and demand."""

from datetime import time, timedelta

from accounts.models import User
from demo.loaders.training.calendar import at
from organisation.models import StaffMember
from training.models import Booking, Course, CourseInterest, Room, Series, Session

OFFICER = "officer@example.org"
ROOMS = [("Riverside Centre", 30), ("Willow House", 24), ("Meadow Hall", 40)]
# So many have asked to hear of a course without a date, which is enough to run one more; of another,
# fewer have, for whom places are bought.
WANTED_BY = (8, 3)


def load_what_officers_plan(today):
    """Put sessions in their rooms, ask for a decision, and let people ask for a course."""
    ahead = list(
        Session.objects.upcoming(at(today, time(23, 59))).select_related("course").with_places()
    )
    put_in_rooms(ahead)
    name_series(ahead)
    ask_for_decision(ahead, today)
    ask_for_course(today)


def put_in_rooms(ahead):
    rooms = {name: Room.objects.create(name=name, places=places) for name, places in ROOMS}
    taken = []
    for session in ahead:
        room = rooms.get(session.place_name.split(",")[0])
        hours = (session.starts_at.date(), session.ends_at.date())
        clash = any(r == room and a <= hours[1] and b >= hours[0] for r, a, b in taken)
        if room and not clash and session.capacity <= room.places:
            taken.append((room, *hours))
            Session.objects.filter(pk=session.pk).update(room=room)


def name_series(ahead):
    """The dates to come of the course with most of them were planned together."""
    dates = {}
    for session in ahead:
        dates.setdefault(session.course, []).append(session)
    course, rows = max(dates.items(), key=lambda item: (len(item[1]), item[0].title))
    series = Series.objects.create(course=course, name=f"{course.title}, {rows[0].starts_on:%Y}")
    Session.objects.filter(pk__in=[row.pk for row in rows]).update(series=series)


def ask_for_decision(ahead, today):
    """Two sessions have fewer people than they need: one is to be decided today, the other next week."""
    planner = User.objects.get(email=OFFICER)
    soon = today + timedelta(days=12)
    few = [row for row in ahead if row.starts_on > soon and row.places_taken < 4]
    for session, decide_on in zip(few, (today, today + timedelta(days=7)), strict=False):
        Session.objects.filter(pk=session.pk).update(
            minimum_people=min(5, session.capacity), decide_on=decide_on, planned_by=planner
        )


def ask_for_course(today):
    dated = Session.objects.upcoming(at(today, time(0))).order_by()
    led = Session.objects.planned().filter(trainer__isnull=False).order_by()
    courses = Course.objects.filter(is_offered=True, is_mandatory=False, sessions__in=led)
    courses = courses.exclude(pk__in=dated.values("course")).order_by("title").distinct()
    staff = list(StaffMember.objects.filter(left_on__isnull=True).order_by("-pk"))
    since = at(today - timedelta(days=9), time(11))
    for course, number in zip(courses, WANTED_BY, strict=False):
        had = set(Booking.objects.filter(session__course=course).values_list("person", flat=True))
        people = [member.user_id for member in staff if member.user_id not in had][:number]
        CourseInterest.objects.bulk_create(
            CourseInterest(course=course, person_id=key, since=since) for key in people
        )
