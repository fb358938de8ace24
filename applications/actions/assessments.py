"""A risk assessment: one reader writes, the applicant replies, both readers sign."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from applications import disclosure_emails
from applications.actions.answering import locked
from applications.actions.disclosure import put_off
from applications.exceptions import AnswersMissing, DoneMeanwhile, SavedElsewhere
from applications.models import RiskAssessment
from applications.rules import disclosure as rules
from applications.states import AssessmentOutcome, AssessmentState, DisclosureEvent


@transaction.atomic
def begin_assessment(*, application, about, by):
    """Begin a risk assessment about an AssessmentAbout, as a reader. Nobody is told yet.

    Raises PermissionDenied for anybody else, DoneMeanwhile while another is open or the application has
    ended. Returns the assessment.
    """
    application = locked(application)
    if not rules.can_read_disclosure(by, application):
        raise PermissionDenied("You do not read for this vacancy.")
    if not rules.can_begin_assessment(by, application):
        raise DoneMeanwhile(application.reference)
    assessment = RiskAssessment(application=application, about=about, begun_by=by)
    put_off(assessment)
    assessment.save()
    audit.record(DisclosureEvent.ASSESSMENT_BEGUN, assessment, by=by)
    return assessment


@transaction.atomic
def save_assessment(*, assessment, notes, summary, version, by, share=False):
    """Save what each factor comes to and what the applicant reads; `share` gives them the summary.

    They are told by e-mail that there is something to read, without saying what, and may reply for
    settings.DISCLOSURE_REPLY_DAYS. Raises PermissionDenied for anybody but a reader, DoneMeanwhile once it
    is shared or ended, SavedElsewhere, and AnswersMissing when it is shared without every factor.
    """
    assessment = _locked(assessment, by)
    if not rules.can_write_assessment(by, assessment):
        raise DoneMeanwhile(assessment.pk)
    if version != assessment.version:
        raise SavedElsewhere(assessment)
    assessment.notes, assessment.summary = notes, summary
    assessment.version += 1
    put_off(assessment)
    if share:
        _share(assessment, by)
    else:
        audit.record(DisclosureEvent.ASSESSMENT_SAVED, assessment, by=by)
    assessment.save()
    return assessment


def _share(assessment, by):
    empty = [name for name in settings.DISCLOSURE_FACTORS if not assessment.notes.get(name)]
    if empty or not assessment.summary:
        raise AnswersMissing("Write something about each factor, and the summary.")
    assessment.move_to(AssessmentState.SHARED)
    assessment.shared_at, assessment.shared_by = timezone.now(), by
    assessment.reply_by = timezone.localdate() + timedelta(days=settings.DISCLOSURE_REPLY_DAYS)
    audit.record(DisclosureEvent.ASSESSMENT_SHARED, assessment, by=by)
    disclosure_emails.something_to_answer(
        assessment.application, f"assessment:{assessment.pk}", assessment.reply_by
    )


@transaction.atomic
def reply_to_assessment(*, assessment, words, by):
    """Take down what the applicant says to the summary, once. The readers are told, without a name.

    Raises PermissionDenied for anybody but the applicant and who may take their words down, and
    DoneMeanwhile when the time for it is over.
    """
    application = locked(assessment.application)
    assessment = RiskAssessment.objects.select_for_update().get(pk=assessment.pk)
    assessment.application = application
    if not rules.speaks(by, application):
        raise PermissionDenied("Only the applicant replies, or a reader who has them on the phone.")
    if not assessment.can_be_replied_to(timezone.localdate()):
        raise DoneMeanwhile(assessment.pk)
    assessment.reply, assessment.replied_at = words, timezone.now()
    put_off(assessment)
    assessment.save()
    audit.record(DisclosureEvent.ASSESSMENT_REPLIED, assessment, by=by)
    disclosure_emails.something_to_read(application, f"reply:{assessment.pk}")
    return assessment


@transaction.atomic
def propose_decision(*, assessment, outcome, reason, measures, sentence, review_on, by):
    """Propose what an assessment comes to, as one of the two readers: the first signature.

    Raises PermissionDenied for anybody else, DoneMeanwhile before the applicant has replied or had the
    time to, and AnswersMissing without the reason, the sentence, the review date or the measures it needs.
    """
    assessment = _locked(assessment, by)
    if not rules.can_propose_decision(by, assessment, timezone.localdate()):
        raise DoneMeanwhile(assessment.pk)
    needs_measures = outcome == AssessmentOutcome.WITH_MEASURES
    if not (reason and sentence and review_on) or (needs_measures and not measures):
        raise AnswersMissing("Say why, what the applicant reads and when you look at it again.")
    assessment.move_to(AssessmentState.PROPOSED)
    assessment.outcome, assessment.reason, assessment.measures = outcome, reason, measures
    assessment.sentence, assessment.review_on = sentence, review_on
    assessment.proposed_at, assessment.proposed_by = timezone.now(), by
    put_off(assessment)
    assessment.save()
    audit.record(DisclosureEvent.ASSESSMENT_PROPOSED, assessment, by=by)
    disclosure_emails.something_to_read(
        assessment.application, f"proposal:{assessment.pk}:{assessment.proposed_at:%Y%m%d%H%M%S%f}"
    )
    return assessment


@transaction.atomic
def sign_decision(*, assessment, by):
    """Sign what the other reader proposed: the second signature decides. It moves no application.

    The applicant is told that there is a decision to read, unless it is that they cannot go on: then HR
    moves the application and writes. Raises PermissionDenied for anybody but a reader, and DoneMeanwhile
    for who proposed it and when nothing is proposed any more.
    """
    assessment = _locked(assessment, by)
    if not rules.can_sign_decision(by, assessment):
        raise DoneMeanwhile(assessment.pk)
    assessment.move_to(AssessmentState.DECIDED)
    assessment.decided_at, assessment.decided_by = timezone.now(), by
    put_off(assessment)
    assessment.save()
    audit.record(DisclosureEvent.ASSESSMENT_DECIDED, assessment, by=by)
    if assessment.outcome != AssessmentOutcome.NOT_GO_ON:
        disclosure_emails.assessment_decided(assessment)
    return assessment


@transaction.atomic
def take_up_again(*, assessment, by):
    """Not sign: the assessment waits for another proposal, of either reader. The words stay.

    Raises as `sign_decision` does.
    """
    assessment = _locked(assessment, by)
    if not rules.can_sign_decision(by, assessment):
        raise DoneMeanwhile(assessment.pk)
    assessment.move_to(AssessmentState.SHARED)
    assessment.outcome, assessment.proposed_at, assessment.proposed_by = "", None, None
    put_off(assessment)
    assessment.save()
    audit.record(DisclosureEvent.ASSESSMENT_TAKEN_UP_AGAIN, assessment, by=by)
    return assessment


@transaction.atomic
def open_assessment(*, assessment, by):
    """Note that a reader has opened an assessment. Raises PermissionDenied for anybody else."""
    if not rules.can_read_disclosure(by, assessment.application):
        raise PermissionDenied("You do not read for this vacancy.")
    audit.record(DisclosureEvent.ASSESSMENT_OPENED, assessment, by=by)


def _locked(assessment, by):
    """Return the assessment as it is now, locked after its application, for a reader of the vacancy."""
    application = locked(assessment.application)
    if not rules.can_read_disclosure(by, application):
        raise PermissionDenied("You do not read for this vacancy.")
    assessment = RiskAssessment.objects.select_for_update().get(pk=assessment.pk)
    assessment.application = application
    return assessment
