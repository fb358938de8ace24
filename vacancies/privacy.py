from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from accounts.gathering import section
from accounts.registries import Section, gather, keepings, privacy
from accounts.retention import kept_since, start_of
from vacancies.actions import delete_chat_bookings, delete_subscriber
from vacancies.actions.chats import delete_chat
from vacancies.actions.imports import delete_import
from vacancies.models import (
    Alert,
    AlertedVacancy,
    ChatBooking,
    ImportRow,
    ImportRun,
    SavedVacancy,
    Subscriber,
    Vacancy,
)
from vacancies.queries import chats_of
from vacancies.states import AlertState, ImportState

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


def _saved_past_their_time(on):
    since = kept_since("saved_vacancy", on=on)
    closed_by_hand = Q(vacancy__closed_at__lt=since)
    by_the_clock = Q(vacancy__closes_on__lt=timezone.localdate(since))
    return SavedVacancy.objects.filter(closed_by_hand | by_the_clock)


def _days_before(days, on):
    return start_of(on - timedelta(days=days))


keepings.register(
    "saved_vacancy",
    kind="saved_vacancy",
    what="Saved jobs",
    due=_saved_past_their_time,
    oldest="vacancy__closes_on",
    person="user",
)
keepings.register(
    "chat",
    kind="chat",
    what="Informal chats that were booked",
    due=lambda on: ChatBooking.objects.filter(slot__starts_at__lt=kept_since("chat", on=on)),
    each=delete_chat,
    oldest="slot__starts_at",
    mailbox="email",
)
keepings.register(
    "import_file",
    kind="import_file",
    what="Lists of jobs that were read in",
    due=lambda on: ImportRun.objects.filter(
        uploaded_at__lt=kept_since("import_file", on=on)
    ).exclude(state=ImportState.APPLYING),
    each=delete_import,
    oldest="uploaded_at",
)
keepings.register(
    "alert_unconfirmed",
    kind="alert",
    what="Job alerts that nobody confirmed",
    due=lambda on: Alert.objects.filter(
        state=AlertState.AWAITING_CONFIRMATION,
        created_at__lt=_days_before(settings.ALERT_CONFIRM_DAYS, on),
    ),
    oldest="created_at",
    mailbox="subscriber__email",
)
keepings.register(
    "alert_ended",
    kind="alert",
    what="Job alerts that were stopped",
    due=lambda on: Alert.objects.filter(
        state=AlertState.ENDED, ended_at__lt=_days_before(settings.ALERT_ENDED_KEPT_DAYS, on)
    ),
    oldest="ended_at",
    mailbox="subscriber__email",
)
keepings.register(
    "told_in_alert",
    kind="told_in_alert",
    what="Which jobs alerts have told of",
    due=lambda on: AlertedVacancy.objects.filter(
        vacancy__closes_on__lt=timezone.localdate(kept_since("told_in_alert", on=on))
    ),
    oldest="vacancy__closes_on",
    mailbox="subscriber__email",
)


@gather.register
def job_search_of(user):
    """Saved jobs, alerts, chats, and the adverts that name the person."""
    yield from section("Jobs you saved", SavedVacancy.objects.filter(user=user))
    yield from section("Your job alerts", Alert.objects.filter(subscriber__email=user.email))
    yield from section("Informal chats", chats_of(user.email))
    named = Vacancy.objects.without_search_columns().filter(hiring_manager=user)
    rows = [{"job": str(row), "contact": row.contact_name} for row in named]
    if rows:
        yield Section("Jobs you hire for", rows)
