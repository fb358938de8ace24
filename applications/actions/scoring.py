"""Scoring alone: drafts, sending, second reads where members are far apart, and reopening."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from applications import panel_emails, queries
from applications.actions.answering import locked
from applications.exceptions import SavedElsewhere, ScoresMissing, ScoresSent
from applications.models import Score, ScoreSheet, SheetReopening
from applications.queries import panel as panel_queries
from applications.rules import panel as panel_rules
from applications.states import PanelEvent


@transaction.atomic
def save_scores(*, member, application, scores, version, by, send=False):
    """Save what a member gives an application, as a draft or, with `send`, for good.

    `scores` maps the key of each criterion to (points or None, notes); `version` is the one their page was
    opened at. The last of the panel to send has everybody who is far apart asked for a second read.
    Raises PermissionDenied when they may not score it, ScoresSent when they have sent it,
    SavedElsewhere when it was saved in another tab, and ScoresMissing with `send` when something is missing.
    Sending what has been sent with the same words does nothing. Returns the sheet.
    """
    application = locked(application)
    if not panel_rules.can_read_applications(by, member):
        raise PermissionDenied("You cannot read for this panel.")
    if not panel_rules.can_score(member, application):
        raise PermissionDenied("You cannot score this application.")
    sheet, _ = ScoreSheet.objects.get_or_create(member=member, application=application)
    kept = {score.criterion_id: score for score in sheet.scores.all()}
    same = all(_is_kept(kept.get(pk), given) for pk, given in scores.items())
    if sheet.sent_at is not None:
        if same:
            return sheet
        raise ScoresSent(application.code)
    if sheet.version != version and not same:
        raise SavedElsewhere(sheet)
    criteria = {criterion.pk for criterion in queries.criteria_of(application.vacancy)}
    _write(sheet, kept, {pk: given for pk, given in scores.items() if pk in criteria})
    if send:
        _send(sheet, criteria, application, by)
    return sheet


def _is_kept(score, given):
    return (score.points, score.notes) == given if score else given == (None, "")


def _write(sheet, kept, scores):
    for criterion, (points, notes) in scores.items():
        score = kept.get(criterion) or Score(sheet=sheet, criterion_id=criterion)
        score.points, score.notes = points, notes
        score.save()
    sheet.version += 1
    sheet.saved_at = timezone.now()
    sheet.save(update_fields=["version", "saved_at"])


def _send(sheet, criteria, application, by):
    complete = {
        score.criterion_id
        for score in sheet.scores.all()
        if score.points is not None and score.notes.strip()
    }
    if criteria - complete:
        raise ScoresMissing(application.code)
    sheet.sent_at = timezone.now()
    sheet.save(update_fields=["sent_at"])
    audit.record(PanelEvent.SCORES_SENT, application, by=by)
    ask_for_second_reads(application)


def ask_for_second_reads(application):
    """Ask members who are far apart on a criterion to read it once more, when all have sent their scores.

    The caller holds the lock of the application. Nobody is asked twice for the same score.
    """
    if not panel_queries.everybody_has_sent(application):
        return
    by_criterion = {}
    for score in panel_queries.scores_that_count(application):
        by_criterion.setdefault(score.criterion_id, []).append(score)
    by_member, now = {}, timezone.now()
    for scores in by_criterion.values():
        for score in _far_apart(scores):
            score.asked_again_at = now
            score.save(update_fields=["asked_again_at"])
            by_member.setdefault(score.sheet.member, []).append(score)
    for member, scores in by_member.items():
        panel_emails.second_read_asked(member, application, scores)


def _far_apart(scores):
    """Return the scores of one criterion that are far from another's, and whose members still serve."""
    given = [score.counted for score in scores]
    apart = settings.SHORTLIST_POINTS_APART
    return [
        score
        for score in scores
        if score.asked_again_at is None
        and score.sheet.member.ended_at is None
        and (max(given) - score.counted >= apart or score.counted - min(given) >= apart)
    ]


@transaction.atomic
def answer_second_read(*, member, score, points, words, by):
    """Confirm or change the points of a score after a second read; `words` say why.

    Both points are kept, and these count. Answering again with the same does nothing. Raises
    PermissionDenied for anybody but who was asked, and ScoresSent when it was answered otherwise.
    """
    application = locked(score.sheet.application)
    score = Score.objects.select_related("sheet").get(pk=score.pk)
    allowed = panel_rules.can_read_applications(by, member)
    if not allowed or score.sheet.member_id != member.pk or score.asked_again_at is None:
        raise PermissionDenied("You were not asked to read this again.")
    if not panel_rules.can_score(member, application):
        raise PermissionDenied("You cannot score this application.")
    if score.answered_at is not None:
        if (score.final_points, score.final_words) == (points, words):
            return score
        raise ScoresSent(application.code)
    score.final_points, score.final_words, score.answered_at = points, words, timezone.now()
    score.save(update_fields=["final_points", "final_words", "answered_at"])
    audit.record(PanelEvent.SECOND_READ_ANSWERED, application, by=by, criterion=score.criterion_id)
    return score


@transaction.atomic
def reopen_scores(*, sheet, reason, by):
    """Give scores that were sent back to their writer, who is told why. What was sent is kept.

    Second reads of the application that nobody has answered are asked for anew once they are sent again.
    Raises PermissionDenied without the permission `applications.reopen_scoresheet`, and when a decision
    has been made or the writer is off the panel. Returns the sheet.
    """
    application = locked(sheet.application)
    sheet = ScoreSheet.objects.select_related("member__person", "member__vacancy").get(pk=sheet.pk)
    sheet.application = application
    if not panel_rules.can_reopen_scores(by, sheet):
        raise PermissionDenied("These scores cannot be reopened.")
    sent = {str(row.criterion_id): [row.points, row.final_points] for row in sheet.scores.all()}
    reopening = SheetReopening.objects.create(
        sheet=sheet, reason=reason, points=sent, reopened_by=by
    )
    sheet.scores.update(asked_again_at=None, final_points=None, final_words="", answered_at=None)
    unanswered = Score.objects.filter(sheet__application=application, answered_at__isnull=True)
    unanswered.update(asked_again_at=None)
    sheet.sent_at = None
    sheet.version += 1
    sheet.save(update_fields=["sent_at", "version"])
    audit.record(PanelEvent.SCORES_REOPENED, application, by=by)
    panel_emails.scores_reopened(sheet, reopening)
    return sheet
