"""Who asked to hear of a course without a date is told once when it has one."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.registries import privacy
from notifications.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.training import CourseFactory, SessionFactory, officer, staff_user
from training.actions import plan_session, register_interest, tell_of_dates, withdraw_interest
from training.actions.interest import delete_interests_past_their_time
from training.exceptions import DatesAhead
from training.models import CourseInterest
from training.tasks import tell_who_asked_of_new_dates

pytestmark = pytest.mark.django_db


def told():
    return list(
        Message.objects.filter(template="training/emails/date_planned").values_list("to", flat=True)
    )


def test_asking_twice_is_asking_once():
    course, person = CourseFactory(), staff_user()

    interests = [register_interest(course=course, by=person) for _ in range(2)]

    assert interests == [CourseInterest.objects.get()] * 2


def test_a_course_with_a_date_is_not_waited_for():
    with pytest.raises(DatesAhead):
        register_interest(course=SessionFactory().course, by=staff_user())


def test_a_planned_date_is_told_once_however_often_we_look():
    course, person = CourseFactory(), staff_user()
    interest = register_interest(course=course, by=person)
    session = SessionFactory.build(course=course)
    fields = ["starts_at", "ends_at", "half_days", "place_name", "capacity"]
    planned = plan_session(
        by=officer(), course=course, **{name: getattr(session, name) for name in fields}
    )

    for _ in range(3):
        tell_who_asked_of_new_dates()
    SessionFactory(course=course)
    tell_who_asked_of_new_dates()

    assert told() == [person.email]
    interest.refresh_from_db()
    assert interest.told_of == planned


def test_other_courses_and_past_dates_tell_nobody():
    course = CourseFactory()
    register_interest(course=course, by=staff_user())
    SessionFactory()
    SessionFactory(course=course, starts_at=timezone.now() - timedelta(days=3))

    assert tell_of_dates(at=timezone.now()) == 0


def test_who_took_it_back_or_left_hears_nothing():
    course, away, leaver = CourseFactory(), staff_user(), staff_user()
    for person in (away, leaver):
        register_interest(course=course, by=person)
    withdraw_interest(course=course, by=away)
    leaver.staff_member.left_on = date(2024, 1, 31)
    leaver.staff_member.save()
    SessionFactory(course=course)

    tell_who_asked_of_new_dates()

    assert told() == []


def test_who_was_told_can_ask_again():
    course, person = CourseFactory(), staff_user()
    first = register_interest(course=course, by=person)
    CourseInterest.objects.update(told_at=timezone.now())

    assert register_interest(course=course, by=person) != first


def test_interests_end_after_two_years_and_with_the_person():
    kept, old = (register_interest(course=CourseFactory(), by=staff_user()) for _ in range(2))
    CourseInterest.objects.filter(pk=old.pk).update(since=timezone.now() - timedelta(days=732))

    assert delete_interests_past_their_time(on=timezone.localdate()) == 1
    assert privacy[CourseInterest].eraser(UserFactory()) == 0
    assert privacy[CourseInterest].eraser(kept.person) == 1
