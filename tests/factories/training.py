from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import factory

from organisation.models import RoleFamily
from tests.factories.accounts import UserFactory
from tests.factories.organisation import RoleFactory, StaffMemberFactory
from training.models import (
    Booking,
    Course,
    CourseFormat,
    Intake,
    Nomination,
    ProgrammeVersion,
    Scheme,
    Session,
    SwapProposal,
    Topic,
)
from training.states import ENDED_BOOKING_STATES, PLACE_HOLDING_STATES, BookingState


def staff_user(**fields):
    """A person who works here. `fields` are those of StaffMember."""
    return StaffMemberFactory(**fields).user


def officer():
    """A workforce development officer, who works here too."""
    user = UserFactory(roles=["workforce_development_officer"])
    return StaffMemberFactory(user=user).user


class CourseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Course

    title = factory.Sequence(lambda n: f"Working with fathers {n}")
    slug = factory.Sequence(lambda n: f"working-with-fathers-{n}")
    topic = Topic.WORKING_WITH_FAMILIES
    summary = "How to bring fathers into the plan."
    description = "A day of practice with actors."
    format = CourseFormat.IN_PERSON
    days = Decimal("1.0")


class SessionFactory(factory.django.DjangoModelFactory):
    """A whole day in 2030, a different one each time, so that no two sessions clash by chance."""

    class Meta:
        model = Session

    course = factory.SubFactory(CourseFactory)
    starts_at = factory.Sequence(
        lambda n: datetime(2030, 1, 7, 9, 30, tzinfo=UTC) + timedelta(days=n % 300)
    )
    ends_at = factory.LazyAttribute(lambda session: session.starts_at + timedelta(hours=6))
    half_days = 2
    place_name = "The Mill, Winchester"
    capacity = 12


class BookingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Booking

    session = factory.SubFactory(SessionFactory)
    person = factory.LazyFunction(staff_user)
    made_by = factory.SelfAttribute("person")
    state = BookingState.BOOKED
    during = factory.LazyAttribute(lambda booking: booking.session.during)

    @factory.lazy_attribute
    def place_number(self):
        if self.state not in PLACE_HOLDING_STATES:
            return None
        return self.session.bookings.holding_a_place().count() + 1

    @factory.lazy_attribute
    def waiting_since(self):
        return datetime(2029, 12, 1, tzinfo=UTC) if self.state == BookingState.WAITING else None

    @factory.lazy_attribute
    def answer_by(self):
        unanswered = self.state in {BookingState.OFFERED, BookingState.HELD}
        return datetime(2029, 12, 3, 17, tzinfo=UTC) if unanswered else None

    @factory.lazy_attribute
    def ended_at(self):
        return datetime(2029, 12, 2, tzinfo=UTC) if self.state in ENDED_BOOKING_STATES else None


class SwapProposalFactory(factory.django.DjangoModelFactory):
    """Somebody with a place offers it to somebody who waits for the same session and may be named."""

    class Meta:
        model = SwapProposal

    booking = factory.SubFactory(BookingFactory)
    waiting = factory.SubFactory(
        BookingFactory,
        session=factory.SelfAttribute("..booking.session"),
        state=BookingState.WAITING,
        may_be_named=True,
    )
    made_by = factory.SelfAttribute("booking.person")


class ProgrammeVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProgrammeVersion
        django_get_or_create = ["scheme", "ends_on"]

    scheme = Scheme.GETS
    name = "Graduate Entry Training Scheme"
    length_months = 24
    starts_on = date(2022, 6, 6)
    ends_on = None
    summary = "Two years with protected time."
    source = "An article"


class IntakeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Intake

    version = factory.SubFactory(ProgrammeVersionFactory)
    starts_on = factory.Sequence(lambda n: date(2030, 1, 7) + timedelta(days=90 * (n % 100)))
    closes_on = factory.LazyAttribute(lambda intake: intake.starts_on - timedelta(days=28))
    places = 10


class NominationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Nomination

    nominee = factory.LazyFunction(staff_user)
    nominated_by = factory.LazyFunction(staff_user)
    session = factory.SubFactory(SessionFactory)
    reason = "She leads our work with fathers."


class NewlyQualifiedRoleFactory(RoleFactory):
    name = factory.Sequence(lambda n: f"Newly qualified social worker {n}")
    family = RoleFamily.SOCIAL_WORK
