"""What the pages around interviews read, and whom a letter about one goes to."""

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from accounts.retention import start_of
from applications.models import (
    Application,
    Conflict,
    InterviewBooking,
    InterviewInvitation,
    InterviewReminder,
    InterviewRound,
    InterviewScore,
    InterviewSheet,
    InterviewSlot,
    PanelMember,
    ReserveListEntry,
)
from applications.rules import panel as panel_rules
from applications.states import ApplicationState
from organisation.queries import is_working_day


def rounds_of(vacancy):
    """Return the rounds of a vacancy with their interviewers, questions and invitations."""
    invited = InterviewInvitation.objects.select_related("application", "settled_by")
    return vacancy.interview_rounds.prefetch_related(
        Prefetch("interviewers", PanelMember.objects.serving().select_related("person")),
        "questions__criterion",
        Prefetch("invitations", invited),
    )


def slots_of(interview_round):
    """Return the standing slots of a round, each with who has chosen it as `chosen` (a list of one or none)."""
    chosen = InterviewBooking.objects.standing().select_related("application")
    slots = interview_round.slots.standing().select_related("round")
    return slots.prefetch_related(Prefetch("bookings", chosen, to_attr="chosen"))


def to_invite(interview_round):
    """Return the applications in interview that have not been invited to a round."""
    invited = InterviewInvitation.objects.filter(application=OuterRef("pk"), round=interview_round)
    return Application.objects.filter(
        ~Exists(invited), vacancy=interview_round.vacancy_id, state=ApplicationState.INTERVIEW
    ).order_by("full_name", "pk")


def invitations_of(application):
    """Return the invitations of an application, each with its standing booking as `booking`, or None."""
    found = list(application.interview_invitations.select_related("round__vacancy"))
    standing = application.interview_bookings.standing().select_related("slot__round")
    bookings = {booking.round_id: booking for booking in standing}
    for invitation in found:
        invitation.booking = bookings.get(invitation.round_id)
    return found


def invitation_of(application, pk):
    return next((row for row in invitations_of(application) if row.pk == pk), None)


def interviewers_for(interview_round, application):
    """Return the interviewers of a round who may know of an application: they serve, declared, have no conflict."""
    known = Conflict.objects.filter(application=application, member=OuterRef("pk"))
    members = interview_round.interviewers.serving().filter(~Exists(known))
    members = members.select_related("person", "vacancy")
    return [row for row in members if panel_rules.can_read_applications(row.person, row)]


def clash(interview_round, times, members, *, but=None):
    """Return the moment at which a member would be in two interviews, or None.

    `times` are (begins, ends) of slots of the round, `members` those who hold them; `but` is a slot that is
    being moved. It looks at every vacancy.
    """
    people = [member.person_id for member in members]
    busy = InterviewSlot.objects.standing().filter(
        round__interviewers__person__in=people, round__interviewers__ended_at__isnull=True
    )
    if but is not None:
        busy = busy.exclude(pk=but.pk)
    taken = sorted(set(busy.values_list("begins_at", "ends_at")))
    for begins, ends in times:
        if any(begins < end and start < ends for start, end in taken):
            return begins
        taken.append((begins, ends))
    return None


def interviews_of_member(member, code):
    """Return the standing bookings of an application in rounds that a member interviews in, by time.

    None of an application whose person they know, nor of one that is not in interview: then no name is shown.
    """
    known = Conflict.objects.filter(application=OuterRef("application"), member=member)
    return list(
        InterviewBooking.objects.standing()
        .filter(
            ~Exists(known),
            application__code=code,
            application__vacancy=member.vacancy_id,
            application__state=ApplicationState.INTERVIEW,
            application__blanked_at__isnull=True,
            round__interviewers=member,
        )
        .select_related("slot__round", "round", "application__applicant", "application__vacancy")
        .order_by("slot__begins_at", "pk")
    )


def codes_to_interview(member):
    """Return the codes of the applications a member has an interview with: their kit is there."""
    known = Conflict.objects.filter(application=OuterRef("application"), member=member)
    found = InterviewBooking.objects.standing().filter(
        ~Exists(known),
        application__vacancy=member.vacancy_id,
        application__state=ApplicationState.INTERVIEW,
        round__interviewers=member,
    )
    return set(found.values_list("application__code", flat=True))


def sheet_of(member, booking):
    """Return what a member has given at an interview so far, with the scores, or None."""
    sheets = InterviewSheet.objects.filter(
        member=member, round=booking.round_id, application=booking.application_id
    )
    return sheets.prefetch_related("scores__question").first()


def scores_that_count(application, interview_round=None):
    """Return all scores of an application's interviews from sheets that count, with who gave them."""
    found = InterviewScore.objects.filter(
        sheet__application=application,
        sheet__sent_at__isnull=False,
        sheet__voided_at__isnull=True,
    )
    if interview_round is not None:
        found = found.filter(sheet__round=interview_round)
    return found.select_related(
        "question__criterion", "sheet__member__person", "sheet__application"
    ).order_by("question__position", "question", "sheet")


def everybody_has_sent(application, interview_round):
    """Say whether all interviewers of a round who do not know the person have sent their scores."""
    sent = InterviewSheet.objects.counting().filter(application=application, round=interview_round)
    writers = set(sent.values_list("member", flat=True))
    expected = {member.pk for member in interviewers_for(interview_round, application)}
    return bool(writers) and expected <= writers


def decision_of(application):
    """Return what was proposed or decided after the interviews and stands, or None."""
    return application.interview_decisions.filter(undone_at__isnull=True).first()


def sheets_of(application):
    """Return the interview sheets of an application with all that is on them, for HR."""
    scores = InterviewScore.objects.select_related("question")
    return (
        application.interview_sheets.select_related("member__person", "round", "application")
        .prefetch_related(Prefetch("scores", scores), "reopenings__reopened_by")
        .order_by("round__position", "pk")
    )


def decisions_of(application):
    return application.interview_decisions.select_related(
        "application", "proposed_by", "decided_by", "undone_by"
    ).order_by("-pk")


def reserves_to_end(on):
    """Return the entries of reserve lists whose last day is over on the date `on`, however late that is."""
    return ReserveListEntry.objects.standing().filter(expires_on__lt=on).order_by("pk")


def times_to_come(application, now):
    """Return the interviews that an applicant has chosen and that are still to come, in their order."""
    return list(application.interview_bookings.to_come(now).select_related("slot__round"))


def bookings_to_come(interview_round, now):
    """Return the interviews of a round that are still to come, the first one first."""
    found = interview_round.bookings.to_come(now).select_related("slot__round")
    return found.select_related("application__applicant")


def next_working_day(on):
    """Return the first working day after a date."""
    day = on + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def to_remind(on):
    """Return the bookings of the time from the date `on` to the next working day, with no reminder yet."""
    until = start_of(next_working_day(on) + timedelta(days=1))
    reminded = InterviewReminder.objects.filter(
        booking=OuterRef("pk"), begins_at=OuterRef("slot__begins_at")
    )
    return (
        InterviewBooking.objects.standing()
        .filter(
            ~Exists(reminded),
            slot__begins_at__gte=start_of(on + timedelta(days=1)),
            slot__begins_at__lt=until,
            application__state=ApplicationState.INTERVIEW,
        )
        .order_by("pk")
    )


def too_few_slots(now):
    """Return (round, missing) of each open round with fewer free slots than people who have not chosen."""
    chosen = InterviewBooking.objects.standing().filter(
        round=OuterRef("round"), application=OuterRef("application")
    )
    waiting = InterviewInvitation.objects.filter(
        ~Exists(chosen), application__state=ApplicationState.INTERVIEW
    )
    by_round = dict(waiting.order_by().values_list("round").annotate(number=Count("pk")))
    found = []
    for row in InterviewRound.objects.filter(pk__in=by_round).select_related("vacancy"):
        missing = by_round[row.pk] - row.slots.free(now).count()
        if missing > 0:
            found.append((row, missing))
    return found


def held_without_scores(now):
    """Return (vacancy, title, number) of interviews that are over and lack the scores of somebody."""
    of_booking = {"application": OuterRef(OuterRef("application")), "member": OuterRef("pk")}
    sent = InterviewSheet.objects.counting().filter(round=OuterRef(OuterRef("round")), **of_booking)
    waited_for = PanelMember.objects.serving().filter(
        ~Exists(Conflict.objects.filter(**of_booking)),
        ~Exists(sent),
        interview_rounds=OuterRef("round"),
    )
    held = InterviewBooking.objects.standing().filter(
        Exists(waited_for),
        slot__ends_at__lt=now,
        application__state=ApplicationState.INTERVIEW,
    )
    rows = held.order_by().values_list("round__vacancy", "round__vacancy__title")
    return list(rows.annotate(number=Count("pk")).order_by("round__vacancy"))


def waiting_for_another_time():
    """Return (vacancy, title, number) of people who asked for another time and were not answered."""
    waiting = InterviewInvitation.objects.filter(
        asked_at__isnull=False,
        settled_at__isnull=True,
        application__state=ApplicationState.INTERVIEW,
    )
    rows = waiting.order_by().values_list("round__vacancy", "round__vacancy__title")
    return list(rows.annotate(number=Count("pk")).order_by("round__vacancy"))


def reserves_that_ended():
    """Return (vacancy, title, number) of people whose time on the reserve list is over and who are in interview."""
    ended = Application.objects.filter(
        state=ApplicationState.INTERVIEW, reserve_entries__ended_because="expired"
    ).exclude(Q(reserve_entries__ended_at__isnull=True))
    rows = ended.order_by().values_list("vacancy", "vacancy__title")
    return list(rows.annotate(number=Count("pk", distinct=True)).order_by("vacancy"))
