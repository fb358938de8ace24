from accounts.registries import privacy
from vacancies.actions import delete_chat_bookings
from vacancies.models import ChatBooking, SavedVacancy, Vacancy
from vacancies.queries import chats_of


def blank_contact(user):
    """Take the person's name, address and number off the adverts they hired for."""
    return (
        Vacancy.objects.filter(hiring_manager=user)
        .exclude(contact_name="", contact_email="", contact_phone="")
        .update(contact_name="", contact_email="", contact_phone="")
    )


def forget_saved(user):
    """Forget which jobs the person saved."""
    deleted, _ = SavedVacancy.objects.filter(user=user).delete()
    return deleted


def forget_chats(user):
    """Delete the chats booked with the person's address: they need no account, so it tells whose."""
    return delete_chat_bookings(chats_of(user.email))


privacy.register(ChatBooking, eraser=forget_chats, event_retention=None)
privacy.register(SavedVacancy, eraser=forget_saved, event_retention=None)
privacy.register(Vacancy, eraser=blank_contact, event_retention="record")
