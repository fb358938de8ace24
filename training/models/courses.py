from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, F, Func, Q
from django.db.models.functions import Mod
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_moment

from accounts.fields import WebAddressField
from accounts.states import MovesThroughStates
from training.models.rooms import Room, Series
from training.states import (
    PLACE_HOLDING_STATES,
    SESSION_TRANSITIONS,
    BookingState,
    SessionState,
)


class Topic(models.TextChoices):
    SAFEGUARDING = "safeguarding", "Safeguarding"
    WORKING_WITH_FAMILIES = "working_with_families", "Working with families"
    CHILD_DEVELOPMENT = "child_development", "Children and how they grow"
    CARE_AND_ADOPTION = "care_and_adoption", "Care, fostering and adoption"
    LAW_AND_COURT = "law_and_court", "Law and court"
    HEALTH_AND_HARM = "health_and_harm", "Health, drugs and domestic abuse"
    EXPLOITATION = "exploitation", "Exploitation and missing"
    LEADING = "leading", "Leading and supervising"
    WELLBEING = "wellbeing", "Looking after yourself"
    THE_JOB = "the_job", "Tools of the job"


class CourseFormat(models.TextChoices):
    IN_PERSON = "in_person", "In person"
    ONLINE = "online", "Online"
    BLENDED = "blended", "Part online, part in person"


class Approval(models.TextChoices):
    """Whether a manager has a say before or after a place is booked. See `rules.approval_of`."""

    WITHIN_FIVE_DAYS = "within_five_days", "Only beyond the five days; else the manager may object"
    ALWAYS = "always", "The manager approves first"
    NEVER = "never", "Nobody is asked"


class Course(models.Model):
    """Something to learn, run as sessions. Mandatory training never counts towards the five days.

    `days` is how long it usually takes, in halves; what a person is credited with is in half days on
    each session. `cancellation_notice_hours` is how long before the start a booking can be cancelled.
    The rule about mandatory training: the council's recruitment article of 2017.
    """

    title = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    topic = models.CharField(max_length=30, choices=Topic.choices)
    summary = models.CharField(max_length=200)
    description = models.TextField()
    format = models.CharField(max_length=12, choices=CourseFormat.choices)
    is_mandatory = models.BooleanField("mandatory training", default=False)
    counts_towards_five = models.BooleanField("counts towards the five days", default=True)
    days = models.DecimalField("length in days", max_digits=3, decimal_places=1)
    roles = models.ManyToManyField(
        "organisation.Role",
        blank=True,
        related_name="courses",
        help_text="Who it is meant for. Empty: everyone.",
    )
    approval = models.CharField(
        max_length=20, choices=Approval.choices, default=Approval.WITHIN_FIVE_DAYS
    )
    refresher_months = models.PositiveSmallIntegerField(
        "months until it is due again", null=True, blank=True, help_text="Empty: once is enough."
    )
    cancellation_notice_hours = models.PositiveSmallIntegerField(
        "hours of notice to cancel", default=0
    )
    is_offered = models.BooleanField("offered now", default=True)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_mandatory=False) | Q(counts_towards_five=False),
                name="mandatory_training_never_counts",
                violation_error_message="Mandatory training never counts towards the five days.",
            ),
            models.CheckConstraint(
                condition=Q(days__gt=0) & Exact(Mod("days", Decimal("0.5")), Decimal(0)),
                name="course_days_are_halves",
                violation_error_message="Give the length in days and half days.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("training:course-detail", args=[self.slug])


def half_days_of_times(starts_at, ends_at):
    """Return the expression for the range of whole half days that two moments reach into."""
    return Func(
        F(starts_at),
        F(ends_at),
        template="""tstzrange(
            (date_trunc('day', starts_at AT TIME ZONE 'Europe/London')
             + CASE WHEN (starts_at AT TIME ZONE 'Europe/London')::time >= '13:00'
                    THEN interval '13 hours' ELSE interval '0' END) AT TIME ZONE 'Europe/London',
            (date_trunc('day', (ends_at AT TIME ZONE 'Europe/London' - interval '1 microsecond'))
             + CASE WHEN (ends_at AT TIME ZONE 'Europe/London' - interval '1 microsecond')::time < '13:00'
                    THEN interval '13 hours' ELSE interval '24 hours' END) AT TIME ZONE 'Europe/London')""",
        output_field=DateTimeRangeField(),
    )


def never_twice_in_a_half_day(field, message):
    """Return the constraint that what `field` names has one planned session in a half day."""
    return ExclusionConstraint(
        name=f"no_{field}_in_two_sessions_at_once",
        index_type="GIST",
        expressions=[
            (
                Func(
                    F(field),
                    F(field),
                    function="int8range",
                    template="%(function)s(%(expressions)s, '[]')",
                ),
                RangeOperators.OVERLAPS,
            ),
            ("during", RangeOperators.OVERLAPS),
        ],
        condition=Q(state=SessionState.PLANNED, **{f"{field}__isnull": False}),
        violation_error_message=message,
    )


class SessionQuerySet(models.QuerySet):
    def planned(self):
        return self.filter(state=SessionState.PLANNED)

    def upcoming(self, at):
        """Planned sessions that start after the moment `at`, the soonest first."""
        return self.planned().filter(starts_at__gt=at).order_by("starts_at", "pk")

    def with_a_place_that_is_waited_for(self, at):
        """Those ahead of the moment `at` with a free place and somebody who waits for one."""
        found = self.upcoming(at).with_places().filter(places_left__gt=0)
        return found.filter(pk__in=self.filter(bookings__state=BookingState.WAITING).values("pk"))

    def with_places(self):
        """Annotate `places_taken` and `places_left`."""
        taken = Count("bookings", filter=Q(bookings__state__in=PLACE_HOLDING_STATES))
        return self.annotate(places_taken=taken).annotate(
            places_left=F("capacity") - F("places_taken")
        )


class Session(MovesThroughStates, models.Model):
    """One run of a course: when, where, for how many. `half_days` is what attending it is worth.

    `during` are the half days it reaches into, parted at 1pm in London: the database works it out,
    and no person, room or trainer is in two sessions in one half day. With `minimum_people` somebody
    decides on the date `decide_on` whether it goes ahead with fewer: they are asked once
    (`asked_to_decide_at`), and `goes_ahead_at` is when they said yes. `calendar_sequence` grows with
    each change, so that calendars replace the entry they have.

    While a fair round gives its places, `requests_open_at` and `requests_close_at` say when people may
    ask for one. They are the round's own, kept here so that whoever has locked the session knows it.
    """

    TRANSITIONS = SESSION_TRANSITIONS

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="sessions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    half_days = models.PositiveSmallIntegerField(
        help_text="How many half days attending it counts for: 1 for a morning, 2 for a day."
    )
    place_name = models.CharField("place", max_length=120, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    online_link = WebAddressField(blank=True)
    during = models.GeneratedField(
        expression=half_days_of_times("starts_at", "ends_at"),
        output_field=DateTimeRangeField(),
        db_persist=True,
    )
    room = models.ForeignKey(
        Room, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    capacity = models.PositiveSmallIntegerField("places", validators=[MinValueValidator(1)])
    minimum_people = models.PositiveSmallIntegerField("goes ahead with", null=True, blank=True)
    decide_on = models.DateField("decided on", null=True, blank=True)
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sessions_led",
    )
    state = models.CharField(
        max_length=12,
        choices=SessionState.choices,
        default=SessionState.PLANNED,
        editable=False,
    )
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    asked_to_decide_at = models.DateTimeField(null=True, blank=True, editable=False)
    goes_ahead_at = models.DateTimeField(null=True, blank=True, editable=False)
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    requests_open_at = models.DateTimeField(null=True, blank=True, editable=False)
    requests_close_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at"], name="session_by_start")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_it_starts",
                violation_error_message="The session must end after it starts.",
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1),
                name="session_has_a_place",
                violation_error_message="A session needs at least one place.",
            ),
            models.CheckConstraint(
                condition=Q(half_days__gte=1, half_days__lte=40),
                name="session_half_days_are_possible",
                violation_error_message="A session lasts from 1 to 40 half days.",
            ),
            models.CheckConstraint(
                condition=~Q(place_name="", online_link=""),
                name="session_is_somewhere",
                violation_error_message="Give a place, a link, or both.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="session_point_is_whole",
                violation_error_message="Give both latitude and longitude, or neither.",
            ),
            models.CheckConstraint(
                condition=Q(minimum_people__isnull=True, decide_on__isnull=True)
                | Q(minimum_people__isnull=False, decide_on__isnull=False),
                name="session_minimum_has_a_decision_date",
                violation_error_message="Give both the fewest people and when that is decided, or neither.",
            ),
            models.CheckConstraint(
                condition=Q(minimum_people__isnull=True) | Q(minimum_people__lte=F("capacity")),
                name="session_minimum_fits_its_places",
                violation_error_message="It cannot need more people than it has places.",
            ),
            models.CheckConstraint(
                condition=Q(requests_open_at__isnull=True, requests_close_at__isnull=True)
                | Q(requests_open_at__isnull=False, requests_close_at__isnull=False),
                name="session_round_is_whole",
            ),
            never_twice_in_a_half_day("trainer", "The trainer has another session then."),
            never_twice_in_a_half_day("room", "The room has another session then."),
        ]

    def __str__(self):
        return f"{self.course.title}, {self.when}"

    def get_absolute_url(self):
        return reverse("training:session-detail", args=[self.pk])

    @property
    def when(self):
        """When it is, in words: "Tuesday 8 December 2026, 9:30am to 1pm"."""
        start, end = (
            timezone.localtime(self.starts_at),
            timezone.localtime(self.ends_at),
        )
        day = "l j F Y"
        if start.date() == end.date():
            return f"{format_moment(start, day)}, {clock_words(start)} to {clock_words(end)}"
        return (
            f"{format_moment(start, day)}, {clock_words(start)} "
            f"to {format_moment(end, day)}, {clock_words(end)}"
        )

    @property
    def where(self):
        return self.place_name or "Online"

    @property
    def days(self):
        return self.half_days * Decimal("0.5")

    @property
    def starts_on(self):
        return timezone.localdate(self.starts_at)

    def has_started(self, at):
        return self.starts_at <= at

    @property
    def is_in_round(self):
        """Its places go by a fair round that is not settled yet."""
        return self.requests_close_at is not None

    def takes_requests(self, at):
        return self.is_in_round and self.requests_open_at <= at < self.requests_close_at

    @property
    def requests_open_words(self):
        return moment_words(self.requests_open_at)

    @property
    def requests_close_words(self):
        return moment_words(self.requests_close_at)


def clock_words(moment):
    """Return a time of day as people write it: 9am, 9:30am, 1pm."""
    minutes = f":{moment:%M}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{'am' if moment.hour < 12 else 'pm'}"


def moment_words(moment):
    """Return a moment as people write it: "5pm on Tuesday 8 December"; nothing for None."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{clock_words(local)} on {format_moment(local, 'l j F')}"
