"""The applicant chooses a time, changes it, gives it back, or says that none suits."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from applications import interview_emails
from applications.actions.answering import locked
from applications.actions.interviews import free_booking
from applications.exceptions import ChoosingOver, SlotTaken
from applications.models import InterviewBooking, InterviewSlot
from applications.rules import interviews as interview_rules
from applications.states import ApplicationState, FreedBecause, InterviewEvent


def choose_slot(*, application, slot, by, make_ready=None):
    """Choose a slot, or another one in place of the one that was chosen. Choosing the same does nothing.

    `make_ready` is what the interviewers may read so that it is there, or None to leave it as it is. The
    applicant and the interviewers get the calendar file. HR may choose for somebody, after the cut-off too.
    Raises SlotTaken when somebody was quicker or the slot is gone, ChoosingOver after the cut-off, and
    PermissionDenied for others, without an invitation, and when the application is not in interview.
    Returns the booking.
    """
    try:
        return _choose(application, slot, by, make_ready)
    except IntegrityError as problem:
        raise SlotTaken(slot.pk) from problem


@transaction.atomic
def _choose(application, slot, by, make_ready):
    application = locked(application)
    slot = _slot_to_choose(slot)
    invitation = _invitation(application, slot.round, by)
    if make_ready is not None:
        invitation.make_ready = make_ready
        invitation.save(update_fields=["make_ready"])
    booking = application.interview_bookings.standing().filter(round=slot.round).first()
    if booking is not None and booking.slot_id == slot.pk:
        return booking
    if slot.begins_at <= timezone.now() or slot.bookings.standing().exists():
        raise SlotTaken(slot.pk)
    kind = interview_emails.CHANGED if booking else interview_emails.CHOSEN
    if booking is None:
        booking = InterviewBooking(application=application, round=slot.round)
    elif booking.slot.begins_at <= timezone.now():
        raise ChoosingOver(application.reference)
    else:
        booking.sequence += 1
    booking.slot, booking.application = slot, application
    booking.chosen_at, booking.chosen_by = timezone.now(), by
    booking.save()
    _settle(invitation, by)
    event = (
        InterviewEvent.INTERVIEW_CHANGED if booking.sequence else InterviewEvent.INTERVIEW_CHOSEN
    )
    audit.record(event, application, by=by, slot=slot.pk)
    interview_emails.interview_time(booking, kind)
    return booking


def _slot_to_choose(slot):
    """Return a standing slot as it is now, locked: whoever comes second finds it taken."""
    found = InterviewSlot.objects.standing().select_for_update(of=["self"])
    try:
        return found.select_related("round__vacancy").get(pk=slot.pk)
    except InterviewSlot.DoesNotExist as problem:
        raise SlotTaken(slot.pk) from problem


def _invitation(application, interview_round, by):
    """Return the invitation under which somebody may choose in a round now, or say why they may not."""
    invitation = application.interview_invitations.filter(round=interview_round).first()
    if invitation is None:
        raise PermissionDenied("This application is not invited to the round.")
    if not interview_rules.can_choose(by, application, interview_round, timezone.now()):
        if by.pk == application.applicant_id and not interview_round.is_open(timezone.now()):
            raise ChoosingOver(application.reference)
        raise PermissionDenied("You cannot choose an interview for this application.")
    return invitation


@transaction.atomic
def give_slot_back(*, application, interview_round, by):
    """Give back the slot that was chosen in a round. Doing it again does nothing.

    The applicant and the interviewers are told. Raises ChoosingOver after the cut-off, and PermissionDenied
    for others and when the application is not in interview.
    """
    application = locked(application)
    _invitation(application, interview_round, by)
    booking = (
        application.interview_bookings.to_come(timezone.now())
        .select_for_update(of=["self"])
        .select_related("slot__round", "round")
        .filter(round=interview_round)
        .first()
    )
    if booking is not None:
        booking.application = application
        free_booking(booking, FreedBecause.GIVEN_BACK, by=by)


@transaction.atomic
def ask_another_time(*, invitation, words, by):
    """Note that no time of a round suits the applicant, and why. The HR mailbox is told, without the words.

    Raises PermissionDenied for anybody else, and when the application is not in interview.
    """
    application = locked(invitation.application)
    invitation = application.interview_invitations.select_related("round").get(pk=invitation.pk)
    if by.pk != application.applicant_id or not _is_in_interview(application):
        raise PermissionDenied("Only who is invited asks for another time.")
    invitation.application = application
    if invitation.waits_for_another_time and invitation.asked_words == words:
        return invitation
    invitation.asked_words, invitation.asked_at = words, timezone.now()
    invitation.settled_at = invitation.settled_by = None
    invitation.save(update_fields=["asked_words", "asked_at", "settled_at", "settled_by"])
    audit.record(InterviewEvent.ANOTHER_TIME_ASKED, application, by=by, round=invitation.round_id)
    interview_emails.another_time_asked(invitation)
    return invitation


def _is_in_interview(application):
    return application.state == ApplicationState.INTERVIEW


@transaction.atomic
def settle_another_time(*, invitation, by):
    """Note that HR has dealt with somebody's wish for another time. Doing it again does nothing.

    Raises PermissionDenied without the permission `applications.arrange_interviews`.
    """
    if not interview_rules.can_arrange_interviews(by):
        raise PermissionDenied("You cannot arrange interviews.")
    application = locked(invitation.application)
    invitation = application.interview_invitations.get(pk=invitation.pk)
    if invitation.waits_for_another_time:
        _settle(invitation, by)
        facts = {"round": invitation.round_id}
        audit.record(InterviewEvent.ANOTHER_TIME_SETTLED, application, by=by, **facts)
    return invitation


def _settle(invitation, by):
    if invitation.waits_for_another_time:
        invitation.settled_at, invitation.settled_by = timezone.now(), by
        invitation.save(update_fields=["settled_at", "settled_by"])
