from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.fields import WebAddressField
from accounts.states import MovesThroughStates
from careers.states import STORY_TRANSITIONS, StoryState
from organisation.models import Role, Team


class Route(models.TextChoices):
    OFFICE = "office", "From the office to social work"
    APPRENTICESHIP = "apprenticeship", "Social work apprenticeship"
    GRADUATE = "graduate", "Graduate scheme (GETS)"
    RETURN = "return", "Return to social work"
    EXPERIENCED = "experienced", "Joined with experience"


class StoryQuerySet(models.QuerySet):
    def published(self):
        """Stories that readers see."""
        return self.filter(state=StoryState.PUBLISHED)

    def due_for_review(self, on):
        """Published stories whose person is to be asked again on or before the date `on`."""
        return self.published().filter(review_on__lte=on)

    def of_leavers(self, on):
        """Published stories to be asked about because their person has left by the date `on`.

        Who has agreed again since their last day is not asked twice.
        """
        return self.published().filter(
            person__staff_member__left_on__lt=on,
            consent_given_on__lte=F("person__staff_member__left_on"),
            review_on__gt=on,
        )

    def for_cards(self):
        """With what a card shows, and without the long text it does not."""
        return self.select_related("role", "team").defer("body")


class Story(MovesThroughStates, models.Model):
    """How somebody here came to their job, told with their consent.

    Consent is dated and looked at again on `review_on`, at most a year later by custom; a person may
    withdraw it any day. `body` is Markdown. `person` is the member of staff, where they have an account.
    """

    TRANSITIONS = STORY_TRANSITIONS

    name = models.CharField("name of the person", max_length=100)
    slug = models.SlugField(max_length=100, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stories",
    )
    headline = models.CharField(max_length=120)
    standfirst = models.CharField(max_length=250, help_text="Two sentences that make one read on.")
    quote = models.CharField(max_length=200, blank=True, help_text="In the person's own words.")
    body = models.TextField(help_text="Markdown: ## heading, - list, **bold**.")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="stories")
    role = models.ForeignKey(
        Role, verbose_name="role today", on_delete=models.PROTECT, related_name="stories"
    )
    start_role = models.ForeignKey(
        Role,
        verbose_name="first role here",
        on_delete=models.PROTECT,
        related_name="stories_begun",
    )
    route = models.CharField(max_length=20, choices=Route.choices)
    state = models.CharField(
        max_length=10, choices=StoryState.choices, default=StoryState.DRAFT, editable=False
    )
    consent_given_on = models.DateField(null=True, blank=True)
    review_on = models.DateField("ask again on", null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stories"
        ordering = ["-published_at", "-pk"]
        permissions = [
            ("publish_story", "Can publish a story"),
            ("withdraw_story", "Can withdraw a story"),
        ]
        indexes = [models.Index(fields=["state", "-published_at"], name="story_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=StoryState.PUBLISHED)
                | Q(
                    consent_given_on__isnull=False,
                    review_on__isnull=False,
                    published_at__isnull=False,
                ),
                name="published_story_has_consent",
                violation_error_message="A published story needs consent and a day to ask again.",
            ),
            models.CheckConstraint(
                condition=Q(review_on__gt=F("consent_given_on")),
                name="story_is_reviewed_after_consent",
                violation_error_message="The day to ask again must come after the consent.",
            ),
            models.CheckConstraint(
                condition=Q(state=StoryState.WITHDRAWN, withdrawn_on__isnull=False)
                | (~Q(state=StoryState.WITHDRAWN) & Q(withdrawn_on__isnull=True)),
                name="withdrawn_story_says_when",
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.headline}"

    def get_absolute_url(self):
        return reverse("careers:story-detail", args=[self.slug])

    @property
    def initials(self):
        """Shown where a photograph would stand: "PM" for Priya Marsh."""
        words = self.name.split()
        return "".join(word[0] for word in (words[0], words[-1])) if len(words) > 1 else words[0][0]

    @property
    def first_name(self):
        return self.name.split()[0]

    @property
    def who(self):
        """ "Priya Marsh, team manager, Fostering support"."""
        return f"{self.name}, {self.role.name[0].lower()}{self.role.name[1:]}, {self.team.name}"


class StoryStep(models.Model):
    """One stop on somebody's way: when, as what, and what helped them on."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField("order")
    when = models.CharField(max_length=40, help_text="Such as 2016 or Spring 2021 to now.")
    role_text = models.CharField("as what", max_length=120)
    what_helped = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "position"],
                name="one_story_step_in_each_place",
                violation_error_message="Two steps have the same place in the order.",
            )
        ]

    def __str__(self):
        return f"{self.when}: {self.role_text}"


class EventKind(models.TextChoices):
    OPEN_EVENING = "open_evening", "Open evening"
    TALK = "talk", "Talk"
    ROUND_TABLE = "round_table", "Round table"
    DROP_IN = "drop_in", "Drop-in"
    ONLINE = "online", "Online session"


class EventQuerySet(models.QuerySet):
    def upcoming(self, on):
        """Events that are not over by the date `on` and have not been called off, the next first."""
        return self.filter(ends_at__date__gte=on, cancelled_at__isnull=True).order_by("starts_at")

    def past(self, on):
        """Events that were over before the date `on` and did take place, the latest first."""
        return self.filter(ends_at__date__lt=on, cancelled_at__isnull=True).order_by("-starts_at")


class Event(models.Model):
    """An occasion to meet us: when, where, what about, and how to come."""

    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place_name = models.CharField(
        "place", max_length=120, blank=True, help_text="Leave empty for an online event."
    )
    summary = models.CharField(max_length=300)
    how_to_join = models.CharField(max_length=250, help_text="What to do to come, in a sentence.")
    link = WebAddressField(blank=True, help_text="Where to sign up, if that is elsewhere.")
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        permissions = [("cancel_event", "Can call off an event")]
        indexes = [models.Index(fields=["ends_at"], name="event_by_end")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="event_ends_after_it_starts",
                violation_error_message="The event must end after it starts.",
            ),
            models.CheckConstraint(
                condition=~Q(place_name="") | Q(kind=EventKind.ONLINE),
                name="event_has_a_place_or_is_online",
                violation_error_message="Give a place, or choose “Online session”.",
            ),
        ]

    def __str__(self):
        return f"{self.title}, {timezone.localtime(self.starts_at):%d %B %Y}"

    @property
    def where(self):
        return self.place_name or "online"


class Figure(models.Model):
    """A number we tell the public, kept together with its source and the day it was true.

    `key` is how pages ask for it, such as "development-days".
    """

    key = models.SlugField(unique=True)
    number = models.CharField(max_length=30, help_text="As it is read: 5, 9-day, 2 years.")
    words = models.CharField(max_length=200, help_text="What it counts, in a few words.")
    source = models.CharField(max_length=200)
    as_at = models.DateField("as at")

    class Meta:
        ordering = ["key"]

    def __str__(self):
        return f"{self.number} {self.words}"
