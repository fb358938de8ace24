import uuid
from datetime import date, timedelta

import factory

from accounts.retention import start_of
from tests.factories.organisation import StaffMemberFactory
from tests.factories.training import staff_user
from training.models import (
    AttendedElsewhere,
    BookedBy,
    BudgetLine,
    CourseFormat,
    OutsideCourse,
    OutsideReview,
    Topic,
)
from training.states import AttendedState, OutsideState

SETTLED = {OutsideState.APPROVED, OutsideState.ATTENDED, OutsideState.NOT_ATTENDED}


class BudgetLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BudgetLine

    name = factory.Sequence(lambda n: f"Outside courses {n}")
    financial_year = 2029
    pounds = 5_000


class OutsideCourseFactory(factory.django.DjangoModelFactory):
    """A whole day at the end of January 2030, a different one each time."""

    class Meta:
        model = OutsideCourse

    person = factory.LazyFunction(lambda: staff_user(line_manager=StaffMemberFactory()))
    provider = "Tree House Training"
    title = "Life story work with teenagers"
    topic = Topic.CARE_AND_ADOPTION
    format = CourseFormat.IN_PERSON
    place_name = "Reading"
    starts_at = factory.Sequence(lambda n: start_of(date(2030, 1, 28) + timedelta(days=n % 50)))
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(days=1))
    half_days = 2
    cost_pence = 24_000
    reason = "Two of the young people I work with ask where they come from."

    @factory.lazy_attribute
    def workforce_by(self):
        return staff_user() if self.state in SETTLED else None

    @factory.lazy_attribute
    def budget_line(self):
        return BudgetLineFactory() if self.state in SETTLED and self.cost_pence else None

    @factory.lazy_attribute
    def counts_towards_five(self):
        return True if self.state in SETTLED else None

    @factory.lazy_attribute
    def booked_by(self):
        return BookedBy.US if self.state in SETTLED else ""

    @factory.lazy_attribute
    def half_days_attended(self):
        return self.half_days if self.state == OutsideState.ATTENDED else None

    state = OutsideState.ASKED


class OutsideReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OutsideReview

    course = factory.SubFactory(OutsideCourseFactory, state=OutsideState.ATTENDED)
    words = "Plenty of practice and no slides."
    recommends = True


class AttendedElsewhereFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AttendedElsewhere

    person = factory.LazyFunction(lambda: staff_user(line_manager=StaffMemberFactory()))
    title = "Winter conference on foster care"
    organiser = "The Foster Forum"
    topic = Topic.CARE_AND_ADOPTION
    on = date(2029, 12, 4)
    half_days = 2
    learned = "How to talk with birth parents before a placement."
    state = AttendedState.ASKED


def asking(**changes):
    """What `ask_for_outside_course` is given about a course, but for who asks and when."""
    return {
        "provider": "Tree House Training",
        "title": "Life story work with teenagers",
        "topic": Topic.CARE_AND_ADOPTION,
        "format": CourseFormat.IN_PERSON,
        "place_name": "Reading",
        "link": "",
        "cost_pence": 24_000,
        "reason": "Two of the young people I work with ask where they come from.",
        "why_not_own": "",
        "one_time_key": uuid.uuid4(),
        **changes,
    }
