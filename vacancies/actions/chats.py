"""Informal chats: offering times, booking one, cancelling, reminding and forgetting."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.actions import carry_out
from accounts.retention import start_of
from notifications import outbox
from vacancies import emails, rules
from vacancies.actions.access import locked
from vacancies.exceptions import ChatOver, ChatTaken
from vacancies.models import ChatBooking, ChatSlot
from vacancies.states import ChatEvent


@transaction.atomic
def add_chat_slots(*, vacancy, first_at, number, by):
    """Offer `number` chats one after the other from `first_at`, with the hiring manager as host.

    Without one, `by` is the host. A time at which the host has a chat already is left out. Returns the
    new slots. Raises PermissionDenied when `by` may not, or the advert is over.
    """
    # Whoever ends the advert meanwhile takes back these chats too, or comes first.
    vacancy = locked(vacancy)
    if not rules.can_offer_chats(by, vacancy):
        raise PermissionDenied("You cannot offer chats about this job.")
    host = vacancy.hiring_manager or by
    step = timedelta(minutes=settings.CHAT_MINUTES)
    slots = []
    for turn in range(number):
        slot, is_new = ChatSlot.objects.get_or_create(
            host=host,
            starts_at=first_at + turn * step,
            taken_back_at=None,
            defaults={"vacancy": vacancy},
        )
        slots += [slot] * is_new
    audit.record(ChatEvent.CHATS_OFFERED, vacancy, by=by, number=len(slots))
    return slots


@transaction.atomic
def remove_chat_slot(*, slot, by):
    """Take a time back. Returns the booking it had, if any: who gave an address is told by e-mail.

    Raises PermissionDenied when `by` may not, and ChatOver when the chat has begun.
    """
    slot = _locked(slot.pk)
    if not rules.can_manage_chats(by, slot.vacancy):
        raise PermissionDenied("You cannot take this chat back.")
    if slot.starts_at <= timezone.now():
        raise ChatOver
    if slot.taken_back_at:
        return None
    booking = _take_back(slot, by)
    if booking:
        emails.chat_cancelled(booking, by_host=True)
    return booking


@transaction.atomic
def take_back_chats(*, vacancy, news, reason, by):
    """Take back every chat to come about the locked `vacancy`, for which nobody can apply any more.

    Who booked one is told the `news`, a NoticeKind, and its `reason`. So is the host, who reads whom
    to ring because they gave no e-mail address.
    """
    slots = ChatSlot.objects.select_for_update(of=["self"]).select_related("host")
    to_come = slots.filter(
        vacancy=vacancy, starts_at__gt=timezone.now(), taken_back_at__isnull=True
    )
    for slot in to_come:
        slot.vacancy = vacancy
        booking = _take_back(slot, by)
        if booking:
            emails.chat_over(booking, news=news, reason=reason)


@transaction.atomic
def book_chat(*, slot, one_time_key, name, email, phone, question):
    """Book a chat for anybody, without an account. The same form sent again gives the same booking.

    Tells the person, when they gave an address, and the host. Raises ChatTaken when somebody was
    quicker, the time is too near or the job takes no applications any more.
    """
    same_form = ChatBooking.objects.filter(one_time_key=one_time_key).first()
    if same_form and (same_form.slot_id, same_form.email) == (slot.pk, email):
        return same_form
    slot = _locked(slot.pk)
    taken = slot.bookings.standing().exists()
    notice = timedelta(hours=settings.CHAT_NOTICE_HOURS)
    too_late = slot.starts_at <= timezone.now() + notice
    if taken or too_late or slot.taken_back_at or not slot.vacancy.is_open(timezone.localdate()):
        raise ChatTaken
    fields = {"name": name, "email": email, "phone": phone, "question": question}
    if not same_form:
        fields["one_time_key"] = one_time_key
    booking = ChatBooking.objects.create(slot=slot, **fields)
    audit.record(ChatEvent.CHAT_BOOKED, slot.vacancy, by=None)
    emails.chat_booked(booking)
    return booking


@transaction.atomic
def cancel_chat(*, booking):
    """Cancel a booked chat for the person who holds its link; cancelling it again does nothing.

    Raises ChatOver when it has begun. The time is free again.
    """
    slot = _locked(booking.slot_id)
    booking = ChatBooking.objects.select_for_update().get(pk=booking.pk)
    if booking.cancelled_at:
        return booking
    if slot.starts_at <= timezone.now():
        raise ChatOver
    _cancel(booking, slot)
    emails.chat_cancelled(booking, by_host=False)
    audit.record(ChatEvent.CHAT_CANCELLED, slot.vacancy, by=None)
    return booking


def remind_of_chats(*, now):
    """Remind those whose chat is tomorrow, or today when a run was late. Returns how many were told.

    Who booked today has the confirmation fresh in mind and is left alone until tomorrow.
    """
    today = timezone.localdate(now)
    due = ChatBooking.objects.standing().filter(
        reminded_at__isnull=True,
        booked_at__lt=start_of(today),
        slot__starts_at__gt=now,
        slot__starts_at__lt=start_of(today + timedelta(days=2)),
    )
    return sum(_remind(due, pk, now) for pk in list(due.values_list("pk", flat=True)))


def delete_chats_past_their_time(*, on):
    """Delete bookings, with the mail about them, some days after the chat. Returns how many went."""
    return carry_out("chat", on=on)


def delete_chat_bookings(bookings):
    """Delete the bookings, each with the mail about it. Returns how many went."""
    return sum(delete_chat(booking) for booking in bookings.select_related("slot"))


@transaction.atomic
def delete_chat(booking):
    """Delete one booking with the mail about it."""
    outbox.blank_messages_about(booking)
    booking.delete()
    return 1


@transaction.atomic
def _remind(due, pk, now):
    booking = due.select_for_update(of=["self"]).select_related("slot__vacancy", "slot__host")
    booking = booking.filter(pk=pk).first()
    if booking is None:
        return 0
    booking.reminded_at = now
    booking.save(update_fields=["reminded_at"])
    emails.chat_reminder(booking)
    return 1


def _take_back(slot, by):
    """Take the locked slot back. Returns the booking that is cancelled by it, if any."""
    booking = slot.bookings.standing().first()
    if booking:
        _cancel(booking, slot)
    audit.record(ChatEvent.CHAT_TAKEN_BACK, slot.vacancy, by=by, booked=booking is not None)
    slot.taken_back_at = timezone.now()
    slot.save(update_fields=["taken_back_at"])
    return booking


def _cancel(booking, slot):
    booking.slot = slot
    booking.cancelled_at = timezone.now()
    booking.save(update_fields=["cancelled_at"])


def _locked(pk):
    """Lock the slot, so that two people cannot book the same time."""
    slots = ChatSlot.objects.select_for_update(of=["self"]).select_related("vacancy", "host")
    slot = slots.filter(pk=pk).first()
    if slot is None:
        raise ChatTaken
    return slot
