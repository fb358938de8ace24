from django.db.models import Q

from accounts.registries import privacy
from vacancies.actions import delete_chat_bookings, delete_subscriber
from vacancies.models import ChatBooking, ImportRow, SavedVacancy, Subscriber, Vacancy
from vacancies.queries import chats_of

NAMES_A_PERSON = {"contact_name", "contact_email", "contact_phone", "hiring_manager"}


def blank_contact(user):
    """Take the person's name, address and number off the adverts they hired for."""
    return (
        Vacancy.objects.filter(hiring_manager=user)
        .exclude(contact_name="", contact_email="", contact_phone="")
        .update(contact_name="", contact_email="", contact_phone="")
    )


def delete_alerts(user):
    """Delete the job alerts of the person's mailbox. Alerts need no account, so the address tells whose."""
    subscribers = Subscriber.objects.filter(email=user.email.lower())
    for subscriber in subscribers:
        delete_subscriber(subscriber=subscriber, why="erased")
    return len(subscribers)


def forget_saved(user):
    """Forget which jobs the person saved."""
    deleted, _ = SavedVacancy.objects.filter(user=user).delete()
    return deleted


def blank_imported_contacts(user):
    """Take the person off the rows of files that name them as the contact or the hiring manager."""
    of_theirs = Q(cells__contact_email__iexact=user.email) | Q(
        cells__hiring_manager__iexact=user.email
    )
    rows = list(ImportRow.objects.filter(of_theirs))
    for row in rows:
        row.cells = {key: text for key, text in row.cells.items() if key not in NAMES_A_PERSON}
    return ImportRow.objects.bulk_update(rows, ["cells"], batch_size=500)


def forget_chats(user):
    """Delete the chats booked with the person's address: they need no account, so it tells whose."""
    return delete_chat_bookings(chats_of(user.email))


privacy.register(ChatBooking, eraser=forget_chats, event_retention=None)
privacy.register(ImportRow, eraser=blank_imported_contacts, event_retention=None)
privacy.register(SavedVacancy, eraser=forget_saved, event_retention=None)
privacy.register(Vacancy, eraser=blank_contact, event_retention="record")
# Alerts keep no history of their own: what is deleted is gone.
privacy.register(Subscriber, eraser=delete_alerts, event_retention=None)
