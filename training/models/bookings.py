import uuid
from datetime import timedelta
from decimal import Decimal

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone

from accounts.states import MovesThroughStates
from training.models.courses import Session
from training.states import (
    ATTENDANCE_STATES,
    BOOKING_TRANSITIONS,
    CANCELLED_STATES,
    COMING_STATES,
    CURRENT_BOOKING_STATES,
    PLACE_HOLDING_STATES,
    BookingState,
)


class BookingQuerySet(models.QuerySet):
    def current(self):
        """Bookings that are not over: asked for, waiting, booked or attended."""
        return self.filter(state__in=CURRENT_BOOKING_STATES)

    def holding_a_place(self):
        return self.filter(state__in=PLACE_HOLDING_STATES)

    def coming(self):
        """Places that somebody still means to take."""
        return self.filter(state__in=COMING_STATES)

    def waiting_in_order(self):
        """People to be told of a free place, who has waited longest first."""
        return self.filter(state=BookingState.WAITING).order_by("waiting_since", "pk")

    def seen_by(self, user):
        return self.filter(person=user)


@pghistory.track()
class Booking(MovesThroughStates, models.Model):
    """A person's place on a session, or their wait for one.

    While it holds a place it has one of the session's numbered places, and `during` (a copy of the
    session's times) lets the database refuse two places at the same time. `half_days_attended` is
    what counts in the five days, once attendance is marked. Write through training.actions only.
    """

    TRANSITIONS = BOOKING_TRANSITIONS

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="bookings")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bookings"
    )
    state = models.CharField(max_length=20, choices=BookingState.choices)
    place_number = models.PositiveSmallIntegerField(null=True, blank=True)
    during = DateTimeRangeField(editable=False)
    half_days_attended = models.PositiveSmallIntegerField(null=True, blank=True)
    waiting_since = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    one_time_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["session__starts_at", "pk"]
        indexes = [models.Index(fields=["person", "state"], name="booking_by_person_and_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=Q(state__in=sorted(CURRENT_BOOKING_STATES)),
                name="one_current_booking_per_session_and_person",
                violation_error_message="This person already has a place on this session.",
            ),
            models.UniqueConstraint(
                fields=["session", "place_number"],
                name="each_place_is_held_once",
                violation_error_message="Somebody else has this place.",
            ),
            models.CheckConstraint(
                # A check that comes out as null passes, so the number must be asked for twice.
                condition=Q(
                    state__in=sorted(PLACE_HOLDING_STATES),
                    place_number__isnull=False,
                    place_number__gte=1,
                )
                | ~Q(state__in=sorted(PLACE_HOLDING_STATES)) & Q(place_number__isnull=True),
                name="booking_has_a_number_when_it_holds_a_place",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=sorted(ATTENDANCE_STATES),
                    half_days_attended__isnull=False,
                )
                | ~Q(state__in=sorted(ATTENDANCE_STATES)) & Q(half_days_attended__isnull=True),
                name="half_days_are_known_when_attendance_is",
            ),
            models.CheckConstraint(
                condition=~Q(state=BookingState.WAITING) | Q(waiting_since__isnull=False),
                name="waiting_has_a_beginning",
            ),
            ExclusionConstraint(
                name="nobody_is_in_two_places_at_once",
                index_type="GIST",
                expressions=[
                    (
                        Func(
                            F("person"),
                            F("person"),
                            function="int8range",
                            template="%(function)s(%(expressions)s, '[]')",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=sorted(PLACE_HOLDING_STATES)),
                violation_error_message="This person is booked elsewhere at the same time.",
            ),
        ]

    def __str__(self):
        return f"{self.person} on {self.session}"

    def get_absolute_url(self):
        return reverse("training:session-detail", args=[self.session_id])

    @property
    def is_waiting(self):
        return self.state == BookingState.WAITING

    @property
    def is_cancelled(self):
        return self.state in CANCELLED_STATES

    @property
    def holds_a_place(self):
        return self.state in PLACE_HOLDING_STATES

    @property
    def days_attended(self):
        """What was attended in days, once attendance is marked."""
        return (self.half_days_attended or 0) * Decimal("0.5")

    @property
    def cancel_before(self):
        """The last moment at which the person may cancel, from the course's notice."""
        notice = timedelta(hours=self.session.course.cancellation_notice_hours)
        return self.session.starts_at - notice
