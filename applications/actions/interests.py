"""The register of interest: joining, changing, renewing, leaving, and inviting people to apply."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.actions import carry_out
from accounts.models import User
from accounts.retention import months_before
from applications import consent, interest_emails
from applications.actions.answering import lock_vacancy
from applications.exceptions import VacancyClosed
from applications.models import JobInterest, JobInvitation
from applications.queries.interests import reach_of
from applications.rules.interests import can_invite, can_register_interest, can_see_register
from applications.states import InterestEvent


@transaction.atomic
def register_interest(*, families, districts, hours, registration, phone, note, by):
    """Put somebody on the register, or change what they are on it with, and keep it for its full time.

    `families` are RoleFamily values, `districts` District rows, `hours` a HoursWanted, `registration` a
    Registration or empty. They agreed to the words of consent.VERSION. Raises PermissionDenied for who
    cannot apply or has not confirmed their e-mail address. Returns the JobInterest.
    """
    if not can_register_interest(by):
        raise PermissionDenied("Confirm your e-mail address first.")
    # One row a person: two tabs that join at once take turns.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    now = timezone.now()
    interest, is_new = JobInterest.objects.update_or_create(
        person=by,
        defaults={
            "families": sorted(families),
            "hours": hours,
            "registration": registration,
            "phone": phone,
            "note": note,
            "consent_version": consent.VERSION,
            "consented_at": now,
            "ends_on": _end_from(timezone.localdate(now)),
            "asked_at": None,
        },
    )
    interest.districts.set(districts)
    event = InterestEvent.INTEREST_REGISTERED if is_new else InterestEvent.INTEREST_CHANGED
    audit.record(event, interest, by=by)
    return interest


@transaction.atomic
def renew_interest(*, by):
    """Keep somebody on the register for its full time from today. Returns the JobInterest, or None."""
    interest = JobInterest.objects.select_for_update().filter(person=by).first()
    if interest is None:
        return None
    interest.ends_on, interest.asked_at = _end_from(timezone.localdate()), None
    interest.save(update_fields=["ends_on", "asked_at", "changed_at"])
    audit.record(InterestEvent.INTEREST_RENEWED, interest, by=by)
    return interest


@transaction.atomic
def leave_register(*, person, by):
    """Take somebody off the register at once, with whom they were invited for. Returns how many rows went."""
    number = 0
    for interest in JobInterest.objects.select_for_update().filter(person=person):
        audit.record(InterestEvent.INTEREST_ENDED, interest, by=by)
        interest.delete()
        number += 1
    invitations, _ = JobInvitation.objects.filter(person=person).delete()
    return number + invitations


@transaction.atomic
def invite_to_apply(*, interests, vacancy, by):
    """Write to those of the register who can apply for a vacancy: one letter a person, never a second.

    `interests` is a queryset of JobInterest. Raises PermissionDenied without the permission
    `applications.invite_jobinterest`, and VacancyClosed. Returns the Reach: who was written to.
    """
    if not can_invite(by):
        raise PermissionDenied("You cannot invite people from the register.")
    vacancy = lock_vacancy(vacancy.pk)
    today = timezone.localdate()
    if not vacancy.is_open(today):
        raise VacancyClosed(vacancy.reference)
    # Under the lock of the vacancy, so that two colleagues do not invite the same people at once.
    reach = reach_of(interests, vacancy, today)
    JobInvitation.objects.bulk_create(
        JobInvitation(person=interest.person, vacancy=vacancy, invited_by=by)
        for interest in reach.to_write
    )
    for interest in reach.to_write:
        interest_emails.invited_to_apply(interest, vacancy)
    audit.record(InterestEvent.REGISTER_INVITED, vacancy, by=by, people=reach.number)
    return reach


@transaction.atomic
def note_register_seen(*, by, people, interest=None, exported=False):
    """Note that somebody looked at the register, or took it away as a file; `people` is how many.

    With an `interest` it was that one. Raises PermissionDenied without the permission to see it.
    """
    if not can_see_register(by):
        raise PermissionDenied("You cannot see the register.")
    event = InterestEvent.REGISTER_EXPORTED if exported else InterestEvent.REGISTER_SEEN
    audit.record(event, interest or by, by=by, people=people)


def ask_whom_the_register_ends_for(*, on):
    """Ask those whose time ends within settings.JOB_INTEREST_ASKED_DAYS of the day `on`. Returns how many."""
    until = on + timedelta(days=settings.JOB_INTEREST_ASKED_DAYS)
    due = list(JobInterest.objects.to_ask(on, until).values_list("pk", flat=True))
    return sum(_ask(pk, on, until) for pk in due)


@transaction.atomic
def _ask(pk, on, until):
    # Asked again under the lock: they may have renewed it, or another run been quicker.
    due = JobInterest.objects.to_ask(on, until).select_for_update(of=["self"])
    interest = due.select_related("person").filter(pk=pk).first()
    if interest is None:
        return 0
    interest.asked_at = timezone.now()
    interest.save(update_fields=["asked_at"])
    if interest.person.can_be_written_to:
        interest_emails.interest_ends(interest)
    return 1


def delete_interests_past_their_end(*, on):
    """Delete what people are on the register with when its time is over by the day `on`. Returns how many.

    With it goes which jobs they were invited for. What is held stays.
    """
    number = carry_out("job_interest", on=on)
    carry_out("job_invitation", on=on)
    return number


def _end_from(day):
    """Return the last day on the register for who joins it on a day."""
    return months_before(day, -settings.JOB_INTEREST_MONTHS)
