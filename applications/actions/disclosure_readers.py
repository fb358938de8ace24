"""Who reads what applicants for a vacancy tell of a criminal record."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from applications.actions.answering import lock_vacancy
from applications.exceptions import NotAReader
from applications.models import DisclosureReader
from applications.rules import disclosure as rules
from applications.states import DisclosureEvent

FULL = "Two people are named already. Take one off first."


@transaction.atomic
def name_reader(*, vacancy, person, job_title, by):
    """Name somebody to read the self-declarations for a vacancy; applicants see the name and `job_title`.

    The vacancy is locked as it is for its panel, so nobody is on both. Naming the same person again does
    nothing. Raises PermissionDenied without the permission `applications.manage_disclosure`, and
    NotAReader with the reason. Returns the row.
    """
    vacancy = lock_vacancy(vacancy.pk)
    if not rules.can_manage_disclosure(by):
        raise PermissionDenied("You cannot name who reads self-declarations.")
    problem = rules.why_not_reader(person, vacancy)
    if problem:
        raise NotAReader(problem)
    serving = list(vacancy.disclosure_readers.serving())
    for reader in serving:
        if reader.person_id == person.pk:
            return reader
    free = sorted(
        set(range(1, settings.DISCLOSURE_READERS + 1)) - {reader.place for reader in serving}
    )
    if not free:
        raise NotAReader(FULL)
    reader = DisclosureReader.objects.create(
        vacancy=vacancy, person=person, place=free[0], job_title=job_title, named_by=by
    )
    audit.record(DisclosureEvent.READER_NAMED, vacancy, by=by, person=person.pk)
    return reader


@transaction.atomic
def remove_reader(*, reader, by):
    """Take a reader off: they read nothing from now on. What they signed still counts.

    Doing it again does nothing. Raises PermissionDenied without the permission
    `applications.manage_disclosure`; `by` is None for the timetable. Returns the row.
    """
    if by is not None and not rules.can_manage_disclosure(by):
        raise PermissionDenied("You cannot name who reads self-declarations.")
    lock_vacancy(reader.vacancy_id)
    reader = DisclosureReader.objects.select_related("person", "vacancy").get(pk=reader.pk)
    if reader.ended_at is None:
        reader.ended_at = timezone.now()
        reader.save(update_fields=["ended_at"])
        audit.record(DisclosureEvent.READER_REMOVED, reader.vacancy, by=by, person=reader.person_id)
    return reader


def end_readers_who_left():
    """Take every reader off who has left or has lost the role. Safe to repeat."""
    for reader in DisclosureReader.objects.serving().select_related("person").order_by("pk"):
        if not reader.person.has_role(rules.ROLE):
            remove_reader(reader=reader, by=None)
