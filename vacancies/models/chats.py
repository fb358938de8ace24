"""Informal chats of a quarter of an hour: the times a team offers, and who comes."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format

from vacancies.models.vacancies import Vacancy


class ChatSlotQuerySet(models.QuerySet):
    def to_come(self, now):
        """Slots that are so far off that they can still be booked at the moment `now`."""
        notice = timedelta(hours=settings.CHAT_NOTICE_HOURS)
        return self.filter(taken_back_at__isnull=True, starts_at__gt=now + notice)

    def free(self, now):
        """Slots to come that nobody has booked."""
        taken = ChatBooking.objects.standing().filter(slot=OuterRef("pk"))
        return self.to_come(now).filter(~Exists(taken))


class ChatSlot(models.Model):
    """A time at which `host` talks about a job; it lasts `settings.CHAT_MINUTES` minutes."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="chat_slots")
    starts_at = models.DateTimeField()
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="chats_hosted"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = ChatSlotQuerySet.as_manager()

    class Meta:
        verbose_name = "informal chat"
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["host", "starts_at"],
                condition=Q(taken_back_at__isnull=True),
                name="chat_slot_host_is_in_one_place",
                violation_error_message="The host has another chat at this time.",
            )
        ]

    def __str__(self):
        return f"{self.when}: {self.vacancy.title}"

    @property
    def ends_at(self):
        return self.starts_at + timedelta(minutes=settings.CHAT_MINUTES)

    @property
    def when(self):
        """ "Tuesday 24 November 2026, 2:15pm", London time."""
        local = timezone.localtime(self.starts_at)
        return f"{date_format(local, 'l j F Y')}, {in_clock_time(local)}"


class ChatBookingQuerySet(models.QuerySet):
    def standing(self):
        """Bookings that were not cancelled."""
        return self.filter(cancelled_at__isnull=True)


class ChatBooking(models.Model):
    """Somebody who comes to a chat. They need no account, and may use any name they like.

    It is not joined to any application: only the host and HR see it, never a panel.
    """

    slot = models.ForeignKey(ChatSlot, on_delete=models.PROTECT, related_name="bookings")
    name = models.CharField(max_length=80)
    email = models.EmailField("e-mail address", blank=True)
    phone = models.CharField("phone number", max_length=30, blank=True)
    question = models.TextField(max_length=500, blank=True)
    booked_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    one_time_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = ChatBookingQuerySet.as_manager()

    class Meta:
        ordering = ["slot__starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot"],
                condition=Q(cancelled_at__isnull=True),
                name="chat_slot_is_booked_once",
                violation_error_message="Somebody has booked this time already.",
            ),
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone=""),
                name="chat_booking_can_be_answered",
                violation_error_message="Give an e-mail address or a phone number.",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.slot.when}"


def in_clock_time(moment):
    """ "2pm", "2:15pm"."""
    minutes = f":{moment:%M}" if moment.minute else ""
    return f"{moment:%-I}{minutes}{'am' if moment.hour < 12 else 'pm'}"
