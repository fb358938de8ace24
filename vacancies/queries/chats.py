"""What is asked about informal chats."""

from django.db.models import Prefetch

from vacancies.models import ChatBooking, ChatSlot


def offers_chats(vacancy, now):
    """Say whether there is a chat about the job that has not come too near, free or taken."""
    return vacancy.chat_slots.to_come(now).exists()


def free_chats(vacancy, now):
    """Return the times that can be booked at the moment `now`, the next first."""
    return vacancy.chat_slots.free(now)


def chats_with_bookings(vacancy, now):
    """Return the slots that are not over, each with its booking as a list `booked` of one or none."""
    standing = Prefetch("bookings", ChatBooking.objects.standing(), to_attr="booked")
    slots = vacancy.chat_slots.filter(starts_at__gt=now, taken_back_at__isnull=True).select_related(
        "host"
    )
    return slots.prefetch_related(standing)


def chat_booking(pk):
    """Return a booking with its slot, job and host, or None."""
    bookings = ChatBooking.objects.select_related("slot__vacancy", "slot__host")
    return bookings.filter(pk=pk).first() if pk else None


def chats_of(address):
    """Return the bookings made with an e-mail address."""
    return ChatBooking.objects.filter(email=address)


def slot_of(vacancy, pk):
    """Return a slot of the vacancy, or None."""
    return ChatSlot.objects.filter(vacancy=vacancy, pk=pk).first()
