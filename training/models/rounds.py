"""Fair rounds: a week of requests for a scarce session, then places by published points."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.states import MovesThroughStates
from training.models.bookings import Booking
from training.models.courses import Session, moment_words
from training.states import ROUND_TRANSITIONS, RoundOutcome, RoundState, SkipReason


class FairRoundQuerySet(models.QuerySet):
    def running(self):
        """Rounds whose places are not given yet, open for requests or not."""
        return self.filter(state=RoundState.ANNOUNCED)

    def settled(self):
        return self.filter(state=RoundState.SETTLED)

    def closed_by(self, at):
        """Running rounds whose time for requests is over at the moment `at`, the earliest first."""
        return self.running().filter(closes_at__lte=at).order_by("closes_at", "pk")

    def with_sessions(self):
        return self.select_related("session__course")


class FairRound(MovesThroughStates, models.Model):
    """A time in which people ask for places on a session, which then go by points and by a draw.

    `points` is how the points are counted (settings.FAIR_ROUND_POINTS on the day it was announced).
    The `seed` of the draw is made before anybody can ask; `seed_hash`, its SHA-256, is shown from
    then on, and the seed itself once the places are given, so that anybody can repeat the draw.
    While it runs, the session holds the two moments too (`requests_open_at`, `requests_close_at`).
    """

    TRANSITIONS = ROUND_TRANSITIONS

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="rounds")
    opens_at = models.DateTimeField("requests open at")
    closes_at = models.DateTimeField("requests close at")
    state = models.CharField(
        max_length=12, choices=RoundState.choices, default=RoundState.ANNOUNCED, editable=False
    )
    points = models.JSONField(editable=False)
    seed = models.CharField(max_length=64, editable=False)
    seed_hash = models.CharField(max_length=64, editable=False)
    places = models.PositiveSmallIntegerField("places given", null=True, blank=True, editable=False)
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    announced_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    end_reason = models.CharField("why it was called off", max_length=300, blank=True)

    objects = FairRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(state=RoundState.ANNOUNCED),
                name="one_running_round_of_a_session",
                violation_error_message="A fair round is running for this session already.",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="round_closes_after_it_opens",
                violation_error_message="Requests must close after they open.",
            ),
            models.CheckConstraint(
                condition=Q(announced_at__lte=F("opens_at")),
                name="round_is_announced_before_it_opens",
                violation_error_message="Requests open after the round has been announced.",
            ),
            models.CheckConstraint(
                condition=Q(state=RoundState.ANNOUNCED, ended_at__isnull=True)
                | ~Q(state=RoundState.ANNOUNCED) & Q(ended_at__isnull=False),
                name="round_ended_at_when_over",
            ),
            models.CheckConstraint(
                condition=Q(state=RoundState.SETTLED, places__isnull=False)
                | ~Q(state=RoundState.SETTLED) & Q(places__isnull=True),
                name="settled_round_has_its_places",
            ),
        ]

    def __str__(self):
        return f"Fair round for {self.session}"

    def get_absolute_url(self):
        return reverse("training:round-detail", args=[self.pk])

    @property
    def is_running(self):
        return self.state == RoundState.ANNOUNCED

    @property
    def is_settled(self):
        return self.state == RoundState.SETTLED

    @property
    def opens_words(self):
        return moment_words(self.opens_at)

    @property
    def closes_words(self):
        return moment_words(self.closes_at)

    @property
    def shown_seed(self):
        """The seed, once the places are given; before that nobody may know it."""
        return self.seed if self.is_settled else ""

    def takes_requests(self, at):
        return self.is_running and self.opens_at <= at < self.closes_at


class RoundLine(models.Model):
    """What a request came to when a round was settled: its counts, points, draw, rank and outcome.

    `number` is the request's, the key of its booking; it stays when the person is erased. `draw` is
    the SHA-256 of the seed, a colon and the number. Most points rank first, then the smallest draw.
    """

    round = models.ForeignKey(FairRound, on_delete=models.PROTECT, related_name="lines")
    booking = models.OneToOneField(
        Booking, null=True, on_delete=models.SET_NULL, related_name="round_line"
    )
    number = models.PositiveBigIntegerField("request")
    half_days_left = models.PositiveSmallIntegerField("half days short")
    taken_by_service = models.PositiveSmallIntegerField("places taken by the service")
    rounds_missed = models.PositiveSmallIntegerField("rounds without a place")
    years_without = models.PositiveSmallIntegerField("years without a scarce place")
    points = models.PositiveSmallIntegerField()
    draw = models.CharField(max_length=64)
    rank = models.PositiveIntegerField()
    outcome = models.CharField(max_length=12, choices=RoundOutcome.choices)
    passed_over = models.CharField(max_length=20, choices=SkipReason.choices, blank=True)

    class Meta:
        ordering = ["round", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["round", "rank"], name="one_line_for_a_rank"),
            models.UniqueConstraint(fields=["round", "number"], name="one_line_for_a_request"),
            models.CheckConstraint(
                condition=Q(outcome=RoundOutcome.PASSED_OVER) & ~Q(passed_over="")
                | ~Q(outcome=RoundOutcome.PASSED_OVER) & Q(passed_over=""),
                name="passed_over_line_says_why",
            ),
        ]

    def __str__(self):
        return f"Request {self.number}: {self.get_outcome_display()}"

    @property
    def got_a_place(self):
        return self.outcome == RoundOutcome.PLACE
