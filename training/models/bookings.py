import uuid
from datetime import timedelta
from decimal import Decimal

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.states import MovesThroughStates
from training.models.courses import Session, moment_words
from training.states import (
    ATTENDANCE_STATES,
    BOOKING_TRANSITIONS,
    CANCELLED_STATES,
    COMING_STATES,
    CURRENT_BOOKING_STATES,
    ENDED_BOOKING_STATES,
    ENDED_BY_MANAGER,
    ENDED_WITHOUT_THE_PERSON,
    PLACE_HOLDING_STATES,
    BookingState,
    EndReason,
    OverrideKind,
    SkipReason,
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

    def ended_without_the_person(self, since=None):
        """Bookings that somebody else, work or the clock ended, the latest first.

        What the person has asked for again since is not among them.
        """
        again = Booking.objects.current().filter(
            session=OuterRef("session"), person=OuterRef("person")
        )
        ended = self.filter(~Exists(again), state__in=ENDED_WITHOUT_THE_PERSON)
        ended = ended.exclude(end_reason__in=[EndReason.OFFER_DECLINED, EndReason.LEFT])
        if since is not None:
            ended = ended.filter(ended_at__gte=since)
        return ended.order_by("-ended_at", "-pk")

    def declined_by_manager(self):
        return self.filter(state=BookingState.DECLINED, end_reason__in=ENDED_BY_MANAGER)

    def to_come_of_leavers(self, at):
        """Places and waits for sessions after the moment `at` of people whose last day is over by then."""
        left = {"person__staff_member__left_on__lt": timezone.localdate(at)}
        return self.current().filter(session__starts_at__gt=at, **left)

    def seen_by(self, user):
        return self.filter(person=user)


@pghistory.track()
class Booking(MovesThroughStates, models.Model):
    """A person's place on a session, or their wait for one.

    While it holds a place it has one of the session's numbered places, and `during` (a copy of the
    session's half days) lets the database refuse two places in one half day. `half_days_attended` is
    what counts in the five days, once attendance is marked. Write through training.actions only.

    `answer_by` is when somebody must have answered: the manager while it is held, the manager who may
    object while it is booked, the person while it is offered; then time answers for them.
    `joined_at_position` is the place in the published order that the wait began with; who has a place
    on the session reads the name of whoever waits and `may_be_named`, and can swap with them.
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
    joined_at_position = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    may_be_named = models.BooleanField("named to those with a place", default=False, editable=False)
    offered_at = models.DateTimeField(null=True, blank=True, editable=False)
    answer_by = models.DateTimeField(null=True, blank=True, editable=False)
    escalated_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    end_reason = models.CharField(
        "why it ended", max_length=20, choices=EndReason.choices, blank=True, editable=False
    )
    reason = models.TextField("reason in words", blank=True, editable=False)
    suggested_session = models.ForeignKey(
        Session,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
        help_text="Another date, from the manager who declined.",
    )
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
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
        indexes = [
            models.Index(fields=["person", "state"], name="booking_by_person_and_state"),
            models.Index(
                fields=["answer_by"],
                condition=Q(answer_by__isnull=False),
                name="booking_to_be_answered",
            ),
        ]
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
            models.CheckConstraint(
                condition=~Q(state__in=[BookingState.OFFERED, BookingState.HELD])
                | Q(answer_by__isnull=False),
                name="held_and_offered_places_have_an_end",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(ENDED_BOOKING_STATES), ended_at__isnull=False)
                | ~Q(state__in=sorted(ENDED_BOOKING_STATES)) & Q(ended_at__isnull=True),
                name="booking_ended_at_when_over",
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
    def answer_by_words(self):
        """Until when it waits for an answer, in words: "5pm on Tuesday 24 November"."""
        return moment_words(self.answer_by)

    @property
    def is_over(self):
        return self.state in ENDED_BOOKING_STATES

    @property
    def may_be_objected_to(self):
        """It is booked, and the manager still has time to object."""
        return self.state == BookingState.BOOKED and self.answer_by is not None

    @property
    def is_requested(self):
        """Asked for in a fair round whose places are not given yet."""
        return self.state == BookingState.REQUESTED

    @property
    def is_waiting(self):
        return self.state == BookingState.WAITING

    @property
    def is_offered(self):
        return self.state == BookingState.OFFERED

    @property
    def is_held(self):
        return self.state == BookingState.HELD

    @property
    def is_booked(self):
        return self.state == BookingState.BOOKED

    @property
    def is_going(self):
        """The place is the person's: booked, or attended; not held or offered."""
        return self.holds_a_place and not self.is_held and not self.is_offered

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


# What somebody who was passed over is told.
PASSED_OVER_BECAUSE = {
    SkipReason.CLASH: "you had something else at that time",
    SkipReason.AWAY: "you were away at that time",
    SkipReason.NO_TIME: "you had no working hour left to answer in",
    SkipReason.NOT_OPEN: "the session was not open to you",
    SkipReason.SWAPPED: "a colleague gave their own place to somebody they chose",
}


class SkippedOffer(models.Model):
    """Why somebody was passed over when a place was free: one line for each place and person.

    `booking` is their wait; `offered` is the booking that the place went to, if it went to anybody.
    """

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="skips")
    offered = models.ForeignKey(
        Booking, null=True, on_delete=models.CASCADE, related_name="skipped_for"
    )
    reason = models.CharField(max_length=20, choices=SkipReason.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "offered", "reason"],
                nulls_distinct=False,
                name="one_skip_for_a_place_and_a_reason",
            )
        ]

    def __str__(self):
        return f"{self.booking}: {self.get_reason_display()}"

    @property
    def because(self):
        """Why, as the person is told it."""
        return PASSED_OVER_BECAUSE[self.reason]


class Override(models.Model):
    """Somebody with the right to went past the published order or the safe cover, and why."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="overrides")
    kind = models.CharField(max_length=12, choices=OverrideKind.choices)
    reason = models.TextField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.booking}"
