"""HR arranges interviews: rounds, slots in a series, moving and calling off, and asking people to choose."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from applications import interview_emails
from applications.actions.answering import lock_vacancy, locked
from applications.exceptions import InterviewsBegun, SlotsOverlap
from applications.models import (
    InterviewBooking,
    InterviewInvitation,
    InterviewQuestion,
    InterviewReminder,
    InterviewRound,
    InterviewSlot,
)
from applications.models.interviews import in_words
from applications.queries import interviews as interview_queries
from applications.rules import interviews as interview_rules
from applications.states import ApplicationState, FreedBecause, InterviewEvent
from organisation.queries import is_working_day

TOLD_OF = ["place", "video_link", "bring"]


def _refuse_others(by):
    if not interview_rules.can_arrange_interviews(by):
        raise PermissionDenied("You cannot arrange interviews.")


@transaction.atomic
def arrange_round(*, vacancy, interviewers, questions, by, **fields):
    """Begin a round of interviews for a vacancy. Nobody is told.

    `interviewers` are members of its panel; `questions` are (criterion or None, text) in their order;
    `fields` those of the InterviewRound. Raises PermissionDenied without the permission
    `applications.arrange_interviews`, or for somebody who is not on that panel. Returns the round.
    """
    _refuse_others(by)
    vacancy = lock_vacancy(vacancy.pk)
    _refuse_strangers(vacancy, interviewers)
    found = InterviewRound.objects.create(vacancy=vacancy, made_by=by, **fields)
    found.interviewers.set(interviewers)
    _write_questions(found, questions)
    audit.record(InterviewEvent.ROUND_ARRANGED, vacancy, by=by, round=found.pk)
    return found


@transaction.atomic
def change_round(*, interview_round, interviewers, questions, by, **fields):
    """Change a round. Who has chosen a time in it is told of another place or link, with the calendar file.

    Who becomes an interviewer gets the interviews in their calendar, and who is one no longer gets them
    out of it. Raises what arrange_round does, SlotsOverlap when somebody new is elsewhere at that time, and
    InterviewsBegun when the questions change after an interview was scored. Returns the round.
    """
    _refuse_others(by)
    vacancy = lock_vacancy(interview_round.vacancy_id)
    _refuse_strangers(vacancy, interviewers)
    found = InterviewRound.objects.select_for_update().get(pk=interview_round.pk)
    before = set(found.interviewers.all())
    is_elsewhere = any(fields.get(name, "") != getattr(found, name) for name in TOLD_OF)
    _refuse_clash(found, set(interviewers) - before)
    for name, value in fields.items():
        setattr(found, name, value)
    found.save()
    _change_questions(found, questions)
    found.interviewers.set(interviewers)
    audit.record(InterviewEvent.ROUND_CHANGED, vacancy, by=by, round=found.pk)
    _tell_of_change(found, before, set(interviewers), is_elsewhere=is_elsewhere)
    return found


def _refuse_strangers(vacancy, interviewers):
    if any(row.vacancy_id != vacancy.pk or row.ended_at for row in interviewers):
        raise PermissionDenied("Interviewers are chosen from the panel of the vacancy.")


def _refuse_clash(found, added):
    times = list(found.slots.standing().values_list("begins_at", "ends_at"))
    if added and (at := interview_queries.clash(found, times, added)):
        raise SlotsOverlap(in_words(at))


def _write_questions(found, questions):
    InterviewQuestion.objects.bulk_create(
        InterviewQuestion(round=found, criterion=criterion, text=text, position=place)
        for place, (criterion, text) in enumerate(questions, start=1)
    )


def _change_questions(found, questions):
    asked = [(row.criterion, row.text) for row in found.questions.select_related("criterion")]
    if asked == list(questions):
        return
    if found.sheets.exists():
        raise InterviewsBegun(found.pk)
    found.questions.all().delete()
    _write_questions(found, questions)


def _tell_of_change(found, before, after, *, is_elsewhere):
    """Tell everybody who has an interview to come in a round what is different now."""
    for booking in _to_come(found):
        if not is_elsewhere and before == after:
            return
        _one_more_change(booking)
        gone = before - after
        for member in gone:
            key = f"gone:{booking.pk}:{booking.sequence}"
            interview_emails.to_interviewer(member, booking, "off", key=key)
        if is_elsewhere:
            interview_emails.interview_time(booking, interview_emails.MOVED)
            continue
        told = interview_queries.interviewers_for(found, booking.application)
        for member in set(told) & (after - before):
            key = f"added:{booking.pk}:{booking.sequence}"
            interview_emails.to_interviewer(member, booking, interview_emails.CHOSEN, key=key)


def _to_come(found):
    return (
        found.bookings.to_come(timezone.now())
        .select_for_update(of=["self"])
        .select_related("slot__round", "application__applicant", "application__vacancy", "round")
    )


def _one_more_change(booking):
    booking.sequence += 1
    booking.save(update_fields=["sequence"])


@transaction.atomic
def make_slots(*, interview_round, begins, by):
    """Make a slot of the round's length at each of the moments `begins`. Returns them.

    Raises PermissionDenied without the permission `applications.arrange_interviews`, and SlotsOverlap when
    an interviewer would be in two at once; then none is made.
    """
    _refuse_others(by)
    lock_vacancy(interview_round.vacancy_id)
    length = timedelta(minutes=interview_round.minutes)
    times = [(at, at + length) for at in begins]
    members = interview_round.interviewers.serving()
    if at := interview_queries.clash(interview_round, times, members):
        raise SlotsOverlap(in_words(at))
    slots = InterviewSlot.objects.bulk_create(
        InterviewSlot(round=interview_round, begins_at=begins_at, ends_at=ends_at)
        for begins_at, ends_at in times
    )
    facts = {"round": interview_round.pk, "number": len(slots)}
    audit.record(InterviewEvent.SLOTS_MADE, interview_round.vacancy, by=by, **facts)
    return slots


@transaction.atomic
def move_slot(*, slot, begins_at, place, video_link, reason, by):
    """Move a slot to another time or place. Who has chosen it and the interviewers are told, with the reason.

    Its length stays. Raises PermissionDenied without the permission `applications.arrange_interviews`,
    SlotsOverlap, and InterviewSlot.DoesNotExist when it was called off. Returns the slot.
    """
    _refuse_others(by)
    lock_vacancy(slot.round.vacancy_id)
    slot = _locked_slot(slot)
    ends_at = begins_at + (slot.ends_at - slot.begins_at)
    members = slot.round.interviewers.serving()
    times = [(begins_at, ends_at)]
    if at := interview_queries.clash(slot.round, times, members, but=slot):
        raise SlotsOverlap(in_words(at))
    slot.begins_at, slot.ends_at = begins_at, ends_at
    slot.place, slot.video_link = place, video_link
    slot.save(update_fields=["begins_at", "ends_at", "place", "video_link"])
    audit.record(InterviewEvent.SLOT_MOVED, slot.round.vacancy, by=by, slot=slot.pk)
    if booking := _booking_of(slot):
        _one_more_change(booking)
        interview_emails.interview_time(booking, interview_emails.MOVED, reason=reason)
    return slot


@transaction.atomic
def cancel_slot(*, slot, reason, by):
    """Call a slot off. Who has chosen it is told why and may choose again; so are the interviewers.

    Doing it again does nothing. Raises PermissionDenied without the permission
    `applications.arrange_interviews`. Returns the slot.
    """
    _refuse_others(by)
    try:
        slot = _locked_slot(slot)
    except InterviewSlot.DoesNotExist:
        return slot
    slot.cancelled_at, slot.cancelled_by, slot.cancelled_why = timezone.now(), by, reason
    slot.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_why"])
    audit.record(InterviewEvent.SLOT_CANCELLED, slot.round.vacancy, by=by, slot=slot.pk)
    if booking := _booking_of(slot):
        free_booking(booking, FreedBecause.CALLED_OFF, by=by, reason=reason)
    return slot


def _locked_slot(slot):
    """Return a standing slot as it is now, locked."""
    found = InterviewSlot.objects.standing().select_for_update(of=["self"])
    return found.select_related("round__vacancy").get(pk=slot.pk)


def _booking_of(slot):
    booking = (
        slot.bookings.standing()
        .select_for_update(of=["self"])
        .select_related("application__applicant", "application__vacancy", "round")
        .first()
    )
    if booking is not None:
        booking.slot = slot
    return booking


def free_booking(booking, because, *, by, reason=""):
    """End a booking: its slot is free again and the entry goes out of everybody's calendar.

    The caller holds a lock that keeps others from changing it.
    """
    now = timezone.now()
    booking.cancelled_at, booking.cancelled_because = now, because
    booking.sequence += 1
    booking.save(update_fields=["cancelled_at", "cancelled_because", "sequence"])
    application = booking.application
    can_choose = because != FreedBecause.LEFT and booking.round.is_open(now)
    facts = {"slot": booking.slot_id, "because": because}
    audit.record(InterviewEvent.INTERVIEW_FREED, application, by=by, **facts)
    interview_emails.interview_off(booking, because, reason=reason, can_choose=can_choose)


@transaction.atomic
def invite_to_choose(*, interview_round, applications, by):
    """Ask applicants in interview to choose a time in a round: one letter each, however often it is called.

    Who is not in interview any more, or was invited before, is passed over. Raises PermissionDenied without
    the permission `applications.arrange_interviews`. Returns the new invitations.
    """
    _refuse_others(by)
    made = []
    for application in applications:
        application = locked(application)
        is_theirs = application.vacancy_id == interview_round.vacancy_id
        if not is_theirs or application.state != ApplicationState.INTERVIEW:
            continue
        invitation, is_new = InterviewInvitation.objects.get_or_create(
            round=interview_round, application=application, defaults={"invited_by": by}
        )
        if is_new:
            _invite(invitation, by)
            made.append(invitation)
    return made


def _invite(invitation, by):
    application = invitation.application
    audit.record(InterviewEvent.INTERVIEW_INVITED, application, by=by, round=invitation.round_id)
    interview_emails.invited(invitation)


def free_interviews(application, move):
    """Free the slots to come of an application that goes no further: what follows from entering such a state."""
    for booking in _to_come_of(application):
        free_booking(booking, FreedBecause.LEFT, by=move.moved_by)


def invite_again(application, move):
    """Ask somebody who is back in interview to choose again, in every round where they have no time now."""
    held = application.interview_bookings.standing().values("round")
    waiting = application.interview_invitations.exclude(round__in=held)
    for invitation in waiting.select_related("round", "application__applicant"):
        invitation.invited_at, invitation.invited_by = move.moved_at, move.moved_by
        invitation.save(update_fields=["invited_at", "invited_by"])
        _invite(invitation, move.moved_by)


def _to_come_of(application):
    found = application.interview_bookings.to_come(timezone.now())
    found = found.select_for_update(of=["self"])
    return found.select_related(
        "slot__round", "round", "application__applicant", "application__vacancy"
    )


def remind_of_interviews(*, on):
    """Remind applicants and interviewers on the working day before: once for each time. Safe to run late.

    `on` is today's date; on other days than working days nobody is written to. Returns how many interviews.
    """
    if not is_working_day(on):
        return 0
    return sum(_remind(pk) for pk in interview_queries.to_remind(on).values_list("pk", flat=True))


@transaction.atomic
def _remind(pk):
    booking = (
        InterviewBooking.objects.standing()
        .select_for_update(of=["self"])
        .select_related("slot__round", "round", "application__applicant", "application__vacancy")
        .filter(pk=pk)
        .first()
    )
    if booking is None:
        return 0
    _, is_new = InterviewReminder.objects.get_or_create(
        booking=booking, begins_at=booking.slot.begins_at
    )
    if is_new:
        interview_emails.interview_time(booking, interview_emails.REMINDER)
    return int(is_new)


def take_out_of_calendar(member, application=None):
    """Tell somebody who interviews no more, or not this applicant: the interviews go out of their calendar."""
    bookings = InterviewBooking.objects.to_come(timezone.now()).filter(round__interviewers=member)
    if application is not None:
        bookings = bookings.filter(application=application)
    bookings = bookings.select_for_update(of=["self"]).select_related(
        "slot__round", "round", "application__vacancy"
    )
    for booking in bookings:
        _one_more_change(booking)
        key = f"gone:{booking.pk}:{booking.sequence}"
        interview_emails.to_interviewer(member, booking, "off", key=key)
