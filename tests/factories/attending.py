"""Sessions that are on, who is there, what they said, and records of CPD."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

import factory
import time_machine

from tests.factories.training import BookingFactory, SessionFactory, staff_user
from training import sign_in_codes
from training.models import CPDKind, CPDPiece, Evaluation, Presence, Way
from training.models.attendance import parts_of
from training.states import BookingState

# A Tuesday in winter, when London and UTC agree.
MORNING = datetime(2030, 1, 8, 9, 30, tzinfo=UTC)
AFTERNOON = datetime(2030, 1, 8, 13, 30, tzinfo=UTC)
EVENING = datetime(2030, 1, 8, 16, 30, tzinfo=UTC)


def day_session(**fields):
    """A session from 9:30am to 4pm on 8 January 2030."""
    ends = datetime(2030, 1, 8, 16, tzinfo=UTC)
    return SessionFactory(**{"starts_at": MORNING, "ends_at": ends, "half_days": 2, **fields})


def code_of(session, at):
    """The code that is on the trainer's screen at a moment."""
    part = next(row for row in parts_of(session) if row.opens_at <= at < row.closes_at)
    return sign_in_codes.code_at(session, part, at)


@contextmanager
def being(client, person, moment):
    """Be somebody who is signed in at a moment that stands still."""
    with time_machine.travel(moment, tick=False):
        client.force_login(person)
        yield


class PresenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Presence

    booking = factory.SubFactory(BookingFactory)
    on = factory.LazyAttribute(lambda row: row.booking.session.starts_on)
    half = 0
    way = Way.CODE
    at = factory.SelfAttribute("booking.session.starts_at")
    noted_by = factory.SelfAttribute("booking.person")


class AttendedFactory(BookingFactory):
    state = BookingState.ATTENDED
    half_days_attended = factory.SelfAttribute("session.half_days")
    session = factory.LazyFunction(day_session)


class EvaluationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Evaluation

    booking = factory.SubFactory(AttendedFactory)
    useful = 4
    do_differently = "Ask the child first."
    to_change = "A bigger room."


class CPDPieceFactory(factory.django.DjangoModelFactory):
    """A complete piece without peer reflection."""

    class Meta:
        model = CPDPiece

    person = factory.LazyFunction(staff_user)
    kind = CPDKind.READING
    done_on = date(2030, 1, 8)
    title = "A report on play"
    about = "It matters for small children."
    learned = "They tell more in play."
    impact = "I bring pens."
