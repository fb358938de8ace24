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
    criteria = {criterion.pk for criterion in queries.criteria_of(application.vacancy)}
    if keep_points(sheet, scores, version, criteria, send=send):
        audit.record(PanelEvent.SCORES_SENT, application, by=by)
        ask_for_second_reads(application)
    return sheet


def keep_points(sheet, scores, version, subjects, *, send):
    """Write points on a Sheet, and with `send` lock it. Returns whether it was sent just now.

    `subjects` are the keys of what it is scored for. The caller holds the lock of the application, and
    may. Raises what save_scores says of scores that were sent, saved elsewhere or are missing.
    """
    code = sheet.application.code
    kept = {score.subject_id: score for score in sheet.scores.all()}
    same = all(_is_kept(kept.get(pk), given) for pk, given in scores.items())
    if sheet.sent_at is not None:
        if same:
            return False
        raise ScoresSent(code)
    if sheet.version != version and not same:
        raise SavedElsewhere(sheet)
    _write(sheet, kept, {pk: given for pk, given in scores.items() if pk in subjects})
    if send:
        _send(sheet, subjects)
    return send


def _is_kept(score, given):
    return (score.points, score.notes) == given if score else given == (None, "")


def _write(sheet, kept, scores):
    for subject, (points, notes) in scores.items():
        score = kept.get(subject) or sheet.new_score(subject)
        score.points, score.notes = points, notes
        score.save()
    sheet.version += 1
    sheet.saved_at = timezone.now()
    sheet.save(update_fields=["version", "saved_at"])


def _send(sheet, subjects):
    complete = {
        score.subject_id
        for score in sheet.scores.all()
        if score.points is not None and score.notes.strip()
    }
    if subjects - complete:
        raise ScoresMissing(sheet.application.code)
    sheet.sent_at = timezone.now()
    sheet.save(update_fields=["sent_at"])


def ask_for_second_reads(application):
    """Ask members who are far apart on a criterion to read it once more, when all have sent their scores.

    The caller holds the lock of the application. Nobody is asked twice for the same score.
    """
    if not panel_queries.everybody_has_sent(application):
        return
    for member, scores in ask_again(panel_queries.scores_that_count(application)).items():
        panel_emails.second_read_asked(member, application, scores)


def ask_again(scores):
    """Mark the scores, of those that count, that are far from another's. Returns them by the member asked."""
    by_subject = {}
    for score in scores:
        by_subject.setdefault(score.subject_id, []).append(score)
    by_member, now = {}, timezone.now()
    for given in by_subject.values():
        for score in _far_apart(given):
            score.asked_again_at = now
            score.save(update_fields=["asked_again_at"])
            by_member.setdefault(score.sheet.member, []).append(score)
    return by_member


def _far_apart(scores):
    """Return the scores for one thing that are far from another's, and whose members still serve."""
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
    if keep_final_points(score, points, words):
        facts = {"criterion": score.criterion_id}
        audit.record(PanelEvent.SECOND_READ_ANSWERED, application, by=by, **facts)
    return score


def keep_final_points(score, points, words):
    """Write what came of a second read, once. Returns whether it was written just now."""
    if score.answered_at is not None:
        if (score.final_points, score.final_words) == (points, words):
            return False
        raise ScoresSent(score.sheet.application.code)
    score.final_points, score.final_words, score.answered_at = points, words, timezone.now()
    score.save(update_fields=["final_points", "final_words", "answered_at"])
    return True


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
    reopening = SheetReopening.objects.create(
        sheet=sheet, reason=reason, points=points_sent(sheet), reopened_by=by
    )
    take_points_back(sheet)
    unanswered = Score.objects.filter(sheet__application=application, answered_at__isnull=True)
    unanswered.update(asked_again_at=None)
    audit.record(PanelEvent.SCORES_REOPENED, application, by=by)
    panel_emails.scores_reopened(sheet, reopening)
    return sheet


def points_sent(sheet):
    """Return what a sheet says, by the key of what it is scored for: the first points and the final ones."""
    return {str(row.subject_id): [row.points, row.final_points] for row in sheet.scores.all()}


def take_points_back(sheet):
    """Make a sheet that was sent a draft again, without second reads."""
    sheet.scores.update(asked_again_at=None, final_points=None, final_words="", answered_at=None)
    sheet.sent_at = None
    sheet.version += 1
    sheet.save(update_fields=["sent_at", "version"])
