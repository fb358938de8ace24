"""Interviewers score alone, as at the shortlisting: drafts, sending, second reads, and reopening."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from applications import interview_emails
from applications.actions.answering import locked
from applications.actions.scoring import (
    ask_again,
    keep_final_points,
    keep_points,
    points_sent,
    take_points_back,
)
from applications.exceptions import NotMetYet
from applications.models import InterviewScore, InterviewSheet, InterviewSheetReopening
from applications.queries import interviews as interview_queries
from applications.rules import interviews as interview_rules
from applications.states import InterviewEvent


@transaction.atomic
def reveal_name(*, member, booking, by):
    """Note that an interviewer has opened the page that tells whom they meet. Raises PermissionDenied."""
    _refuse_others(by, member, booking, booking.application)
    facts = {"round": booking.round_id}
    audit.record(InterviewEvent.NAME_REVEALED, booking.application, by=by, **facts)


@transaction.atomic
def save_interview_scores(*, member, booking, scores, version, by, send=False):
    """Save what an interviewer gives the answers of an interview, as a draft or, with `send`, for good.

    `scores` maps the key of each question to (points or None, notes). The last of the interviewers to send
    has everybody who is far apart asked for a second read. Raises what save_scores of the shortlisting does,
    NotMetYet for sending before the interview begins, and PermissionDenied for who is no interviewer of the
    round. Returns the sheet.
    """
    application = locked(booking.application)
    _refuse_others(by, member, booking, application)
    slot = application.interview_bookings.select_related("slot__round").get(pk=booking.pk).slot
    if send and not interview_rules.has_begun(slot, timezone.now()):
        raise NotMetYet(slot.when)
    sheet, _ = InterviewSheet.objects.get_or_create(
        member=member, round=booking.round, application=application
    )
    questions = set(booking.round.questions.values_list("pk", flat=True))
    if keep_points(sheet, scores, version, questions, send=send):
        facts = {"round": booking.round_id}
        audit.record(InterviewEvent.INTERVIEW_SCORES_SENT, application, by=by, **facts)
        _ask_for_second_reads(application, booking)
    return sheet


def _refuse_others(by, member, booking, application):
    allowed = interview_rules.can_interview(by, member, booking.round, application)
    if not allowed or not application.interview_bookings.standing().filter(pk=booking.pk).exists():
        raise PermissionDenied("You do not hold this interview.")


def _ask_for_second_reads(application, booking):
    if not interview_queries.everybody_has_sent(application, booking.round):
        return
    scores = list(interview_queries.scores_that_count(application, booking.round))
    for member, asked in ask_again(scores).items():
        interview_emails.second_read_asked(member, booking, asked)


@transaction.atomic
def answer_interview_second_read(*, member, booking, score, points, words, by):
    """Confirm or change points after a second read; `words` say why. Both are kept, and these count.

    Raises PermissionDenied for anybody but who was asked, and ScoresSent when it was answered otherwise.
    """
    application = locked(booking.application)
    _refuse_others(by, member, booking, application)
    score = InterviewScore.objects.select_related("sheet__application").get(pk=score.pk)
    if score.sheet.member_id != member.pk or score.asked_again_at is None:
        raise PermissionDenied("You were not asked to read this again.")
    if keep_final_points(score, points, words):
        facts = {"question": score.question_id}
        audit.record(InterviewEvent.INTERVIEW_SECOND_READ_ANSWERED, application, by=by, **facts)
    return score


@transaction.atomic
def reopen_interview_scores(*, sheet, reason, by):
    """Give scores of an interview that were sent back to their writer, who is told why. They are kept.

    Raises PermissionDenied without the permission `applications.reopen_scoresheet`, and when a decision
    has been made or the writer is off the panel. Returns the sheet.
    """
    application = locked(sheet.application)
    sheet = InterviewSheet.objects.select_related("member__person", "member__vacancy").get(
        pk=sheet.pk
    )
    sheet.application = application
    if not interview_rules.can_reopen_interview(by, sheet):
        raise PermissionDenied("These scores cannot be reopened.")
    reopening = InterviewSheetReopening.objects.create(
        sheet=sheet, reason=reason, points=points_sent(sheet), reopened_by=by
    )
    take_points_back(sheet)
    unanswered = InterviewScore.objects.filter(
        sheet__application=application, sheet__round=sheet.round_id, answered_at__isnull=True
    )
    unanswered.update(asked_again_at=None)
    facts = {"round": sheet.round_id}
    audit.record(InterviewEvent.INTERVIEW_SCORES_REOPENED, application, by=by, **facts)
    interview_emails.scores_reopened(sheet, reopening)
    return sheet
