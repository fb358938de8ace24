"""When the people on a shortlist are met: rounds, the times to choose from, and who chose which."""

from datetime import timedelta

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format

from accounts.fields import EncryptedTextField, WebAddressField
from applications.models.applications import Application
from applications.models.panels import PanelMember
from applications.states import FreedBecause
from vacancies.models import Criterion, Vacancy


class InterviewRound(models.Model):
    """One round of interviews for a vacancy: who asks, where, how long, and until when a time is chosen.

    `interviewers` are members of the vacancy's own panel. `bring` is what the applicant reads that they
    should bring. `minutes` is the length of one interview.
    """

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="interview_rounds")
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField("order", default=1)
    interviewers = models.ManyToManyField(PanelMember, related_name="interview_rounds")
    place = models.CharField(max_length=200, blank=True)
    video_link = WebAddressField(blank=True)
    bring = models.TextField("what to bring", max_length=1_000, blank=True)
    minutes = models.PositiveSmallIntegerField("length in minutes")
    choose_until = models.DateTimeField("times can be chosen until")
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(place="") | ~Q(video_link=""),
                name="interview_round_is_somewhere",
                violation_error_message="Give a place or a video link.",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=480),
                name="interview_round_has_a_length",
                violation_error_message="An interview lasts from 5 minutes to 8 hours.",
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.vacancy.title}"

    def is_open(self, now):
        """Say whether applicants can still choose, change and give back at the moment `now`."""
        return now < self.choose_until

    @property
    def choose_until_words(self):
        """ "the end of Saturday 28 November 2026": midnight is told by the day that ends with it."""
        local = timezone.localtime(self.choose_until)
        if local.hour or local.minute:
            return in_words(self.choose_until)
        return f"the end of {date_format(local - timedelta(minutes=1), 'l j F Y')}"


class InterviewSlotQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(cancelled_at__isnull=True)

    def free(self, now):
        """Slots to come that nobody has chosen."""
        taken = InterviewBooking.objects.standing().filter(slot=OuterRef("pk"))
        return self.standing().filter(~Exists(taken), begins_at__gt=now)


class InterviewSlot(models.Model):
    """A time at which one applicant is met. Its own place or link, where it has one, goes before the round's."""

    round = models.ForeignKey(InterviewRound, on_delete=models.CASCADE, related_name="slots")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    video_link = WebAddressField(blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_why = models.CharField(max_length=300, blank=True)

    objects = InterviewSlotQuerySet.as_manager()

    class Meta:
        ordering = ["begins_at", "pk"]
        permissions = [("arrange_interviews", "Can arrange interviews")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")),
                name="interview_slot_ends_after_it_begins",
                violation_error_message="An interview ends after it begins.",
            ),
            models.UniqueConstraint(
                fields=["round", "begins_at"],
                condition=Q(cancelled_at__isnull=True),
                name="interview_slot_once_a_round",
                violation_error_message="This round has an interview at this time already.",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
                name="interview_slot_cancelled_at_and_by_together",
            ),
        ]

    def __str__(self):
        return f"{self.when}: {self.round.name}"

    @property
    def when(self):
        """ "Tuesday 24 November 2026, 2.15pm", London time."""
        return in_words(self.begins_at)

    @property
    def until(self):
        return clock_time(timezone.localtime(self.ends_at))

    @property
    def minutes(self):
        return (self.ends_at - self.begins_at) // timedelta(minutes=1)

    @property
    def where(self):
        """The place, its own or the round's; "By video" where there is only a link."""
        if self.place or self.video_link:
            return self.place or "By video"
        return self.round.place or "By video"

    @property
    def link(self):
        if self.place or self.video_link:
            return self.video_link
        return self.round.video_link


class InterviewInvitation(models.Model):
    """That an applicant was asked to choose a time in a round, and what they told us about it.

    `invited_at` is when the letter of today went: inviting somebody again, as after a withdrawal that was
    taken back, sets it anew. `asked_words` is why no time suits, until `settled_at`. `make_ready` is what
    the interviewers may read so that it is there on the day: the person wrote it for them. What stands in
    the application under adjustments is for the recruitment team alone.
    """

    round = models.ForeignKey(InterviewRound, on_delete=models.CASCADE, related_name="invitations")
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="interview_invitations"
    )
    invited_at = models.DateTimeField(default=timezone.now)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    make_ready = EncryptedTextField("what must be ready on the day", blank=True)
    asked_words = EncryptedTextField("why no time suits", blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["round__position", "round", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "application"], name="interview_invitation_once_a_round"
            )
        ]

    def __str__(self):
        return f"{self.application} is invited to {self.round.name}"

    @property
    def waits_for_another_time(self):
        return self.asked_at is not None and self.settled_at is None


class InterviewBookingQuerySet(models.QuerySet):
    def standing(self):
        """Bookings that were not cancelled; those that are over are among them."""
        return self.filter(cancelled_at__isnull=True)

    def to_come(self, now):
        return self.standing().filter(slot__begins_at__gt=now)


@pghistory.track()
class InterviewBooking(models.Model):
    """That an applicant has chosen a slot. Two people can never have the same one: see the constraints.

    Choosing another time moves this row to the other slot, so that it stays one entry in everybody's
    calendar; each change makes `sequence` grow, which calendars go by.
    """

    slot = models.ForeignKey(InterviewSlot, on_delete=models.CASCADE, related_name="bookings")
    round = models.ForeignKey(InterviewRound, on_delete=models.CASCADE, related_name="bookings")
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="interview_bookings"
    )
    sequence = models.PositiveIntegerField(default=0)
    chosen_at = models.DateTimeField(default=timezone.now)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=12, choices=FreedBecause.choices, blank=True)

    objects = InterviewBookingQuerySet.as_manager()

    class Meta:
        ordering = ["slot__begins_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot"],
                condition=Q(cancelled_at__isnull=True),
                name="interview_slot_is_chosen_once",
                violation_error_message="Somebody else has chosen this time.",
            ),
            models.UniqueConstraint(
                fields=["application", "round"],
                condition=Q(cancelled_at__isnull=True),
                name="one_interview_a_round",
                violation_error_message="This person has chosen a time in this round.",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_because="")
                | Q(cancelled_at__isnull=False) & ~Q(cancelled_because=""),
                name="interview_cancelled_at_and_why_together",
            ),
        ]

    def __str__(self):
        return f"{self.application}: {self.slot.when}"


class InterviewReminder(models.Model):
    """That somebody was reminded of an interview at `begins_at`: once, and never again for that time."""

    booking = models.ForeignKey(
        InterviewBooking, on_delete=models.CASCADE, related_name="reminders"
    )
    begins_at = models.DateTimeField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "begins_at"], name="interview_reminded_once_of_a_time"
            )
        ]

    def __str__(self):
        return f"{self.booking} reminded"


class InterviewQuestion(models.Model):
    """A question everybody is asked in a round: about a criterion of the vacancy, or a free one."""

    round = models.ForeignKey(InterviewRound, on_delete=models.CASCADE, related_name="questions")
    criterion = models.ForeignKey(
        Criterion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.CharField("question", max_length=500)
    position = models.PositiveSmallIntegerField("order", default=1)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text


def clock_time(moment):
    """ "2pm", "2.15pm"."""
    minutes = f".{moment:%M}" if moment.minute else ""
    return f"{moment:%-I}{minutes}{'am' if moment.hour < 12 else 'pm'}"


def in_words(at):
    local = timezone.localtime(at)
    return f"{date_format(local, 'l j F Y')}, {clock_time(local)}"
