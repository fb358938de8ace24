"""Making an offer and what becomes of it, up to the answer and the questions on the way."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.states import InvalidTransition
from applications import offer_emails, rules
from applications.actions.answering import lock_vacancy, locked
from applications.actions.deciding import take_out, take_step
from applications.actions.offer_ends import end_offer, is_taken
from applications.exceptions import NoPostLeft, OfferChanged, OfferOver, StartRefused
from applications.models import Offer, OfferCondition, OfferQuestion
from applications.queries import offers as offer_queries
from applications.rules import offers as offer_rules
from applications.states import (
    ApplicationState,
    OfferAnswer,
    OfferEvent,
    OfferState,
)
from organisation.models import Post


@transaction.atomic
def make_offer(*, application, one_time_key, conditions, by, **terms):
    """Offer the job to who was interviewed, and tell them. The form sent again gives the same offer.

    `conditions` are (name of a usual one or "", text), `terms` fields of Offer. Raises NoPostLeft when as
    many have an offer as there are posts, InvalidTransition when the application has gone on meanwhile,
    StartRefused for a post that somebody else has, and PermissionDenied.
    """
    # The vacancy first: two offers for its last post come one after the other.
    vacancy = lock_vacancy(application.vacancy_id)
    application = locked(application)
    same_form = Offer.objects.filter(one_time_key=one_time_key, application=application).first()
    if same_form is not None:
        return same_form
    if application.state != ApplicationState.INTERVIEW:
        raise InvalidTransition(f"Application {application.pk} is not at the interview.")
    if rules.is_gone_for_good(vacancy) or not offer_queries.posts_left(vacancy):
        raise NoPostLeft(vacancy.reference)
    if not offer_rules.can_make_offer(by, application):
        raise PermissionDenied("You cannot make this offer.")
    _refuse_taken_post(terms.get("post"))
    offer = Offer.objects.create(
        application=application, one_time_key=one_time_key, made_by=by, **terms
    )
    _keep_conditions(offer, conditions)
    take_step(application, ApplicationState.OFFERED, by=by, letter=None)
    audit.record(OfferEvent.OFFER_MADE, offer, by=by)
    offer_emails.offer_made(offer)
    return offer


@transaction.atomic
def correct_offer(*, offer, version, conditions, by, **terms):
    """Change what an offer says before it is answered, and tell the applicant.

    Raises OfferChanged when somebody else corrected it since `version`, OfferOver when it was answered,
    StartRefused and PermissionDenied.
    """
    offer = lock_offer(offer)
    if offer.state != OfferState.MADE:
        raise OfferOver(offer.pk)
    if not offer_rules.can_correct_offer(by, offer):
        raise PermissionDenied("You cannot correct this offer.")
    if offer.version != version:
        raise OfferChanged(offer.pk)
    _refuse_taken_post(terms.get("post"), but=offer)
    for name, value in terms.items():
        setattr(offer, name, value)
    offer.version += 1
    offer.corrected_at, offer.corrected_by = timezone.now(), by
    offer.save()
    offer.conditions.all().delete()
    _keep_conditions(offer, conditions)
    audit.record(OfferEvent.OFFER_CORRECTED, offer, by=by, changed=sorted(terms))
    offer_emails.offer_corrected(offer)
    return offer


@transaction.atomic
def withdraw_offer(*, offer, reason, words, by):
    """Take an offer back that is not firm: the application ends, and the applicant is told `words`.

    `reason` is ours and kept. Raises OfferOver when it has ended or is firm, and PermissionDenied.
    """
    offer = lock_offer(offer)
    if offer.state not in (OfferState.MADE, OfferState.ACCEPTED):
        raise OfferOver(offer.pk)
    if not offer_rules.can_withdraw_offer(by, offer):
        raise PermissionDenied("You cannot withdraw this offer.")
    _end(offer, OfferState.WITHDRAWN, OfferEvent.OFFER_WITHDRAWN, reason, words, by)
    return offer


@transaction.atomic
def lapse_offer(*, offer, reason, words, by):
    """Let an offer lapse whose day to answer by is over: a person's act, never the timetable's.

    Raises OfferOver when it was answered or its day has not passed, and PermissionDenied.
    """
    offer = lock_offer(offer)
    if not offer_rules.can_correct_offer(by, offer) and offer.state == OfferState.MADE:
        raise PermissionDenied("You cannot let this offer lapse.")
    if not offer_rules.can_lapse_offer(by, offer, on=timezone.localdate()):
        raise OfferOver(offer.pk)
    _end(offer, OfferState.LAPSED, OfferEvent.OFFER_LAPSED, reason, words, by)
    return offer


def _end(offer, state, event, reason, words, by):
    end_offer(offer, state, by=by, reason=reason)
    take_step(offer.application, ApplicationState.UNSUCCESSFUL, by=by, words=words, letter=None)
    audit.record(event, offer, by=by)
    offer_emails.offer_withdrawn(offer, words)


@transaction.atomic
def accept_offer(*, offer, version, by):
    """Say yes to an offer: the checks begin. Saying it twice says it once.

    `version` is that of the offer which was read. By the applicant, or by HR noting what they were told.
    Raises OfferChanged when it was corrected since, OfferOver when it has ended, and PermissionDenied.
    """
    offer = lock_offer(offer)
    _refuse_answer_of_others(offer, by)
    if offer.is_live and offer.state != OfferState.MADE:
        return offer
    _refuse_late_answer(offer, version)
    offer.move_to(OfferState.ACCEPTED)
    _note_answer(offer, OfferAnswer.YES, by)
    take_step(offer.application, ApplicationState.CHECKS, by=by, letter=None)
    audit.record(OfferEvent.OFFER_ACCEPTED, offer, by=by)
    offer_emails.offer_accepted(offer)
    return offer


@transaction.atomic
def decline_offer(*, offer, version, reason, by):
    """Say no to an offer: the application is withdrawn, and can be taken back as a withdrawal can.

    `reason` is a WithdrawalReason or empty. Saying it twice says it once. Raises what accept_offer does.
    """
    offer = lock_offer(offer)
    _refuse_answer_of_others(offer, by)
    if offer.state == OfferState.DECLINED:
        return offer
    _refuse_late_answer(offer, version)
    _note_answer(offer, OfferAnswer.NO, by)
    take_out(offer.application, by=by, reason=reason)  # and with it the offer ends
    application, offer = offer.application, Offer.objects.get(pk=offer.pk)
    offer.application = application
    audit.record(OfferEvent.OFFER_DECLINED, offer, by=by, reason=reason)
    offer_emails.offer_declined(offer)
    return offer


def _refuse_answer_of_others(offer, by):
    own = by == offer.application.applicant
    if not own and not by.has_perm("applications.make_offer"):
        raise PermissionDenied("Only the applicant answers an offer, or HR for them.")


def _refuse_late_answer(offer, version):
    if offer.state != OfferState.MADE:
        raise OfferOver(offer.pk)
    if offer.version != version:
        raise OfferChanged(offer.pk)


def _note_answer(offer, answer, by):
    offer.answer, offer.answered_at, offer.answered_by = answer, timezone.now(), by
    offer.save(update_fields=["state", "answer", "answered_at", "answered_by"])


@transaction.atomic
def ask_about_offer(*, offer, one_time_key, words, start_on, by):
    """Ask HR something about an offer, or for another start date. The form sent again asks once.

    Raises OfferOver when the offer has ended, and PermissionDenied for anybody but the applicant.
    """
    offer = lock_offer(offer)
    if by != offer.application.applicant:
        raise PermissionDenied("Only the applicant asks about an offer.")
    same_form = OfferQuestion.objects.filter(one_time_key=one_time_key, offer=offer).first()
    if same_form is not None:
        return same_form
    if not offer_rules.can_ask_about_offer(by, offer):
        raise OfferOver(offer.pk)
    question = OfferQuestion.objects.create(
        offer=offer, one_time_key=one_time_key, words=words, start_on=start_on
    )
    audit.record(OfferEvent.OFFER_QUESTION_ASKED, offer, by=by)
    offer_emails.question_asked(question)
    return question


@transaction.atomic
def answer_question(*, question, answer, by):
    """Answer what an applicant asked about an offer, and send them the answer. The first answer counts."""
    question = (
        OfferQuestion.objects.select_for_update(of=["self"])
        .select_related("offer__application__vacancy", "offer__application__applicant")
        .get(pk=question.pk)
    )
    if question.answered_at is not None:
        raise OfferOver(question.pk)
    if not offer_rules.can_answer_question(by, question):
        raise PermissionDenied("You cannot answer this question.")
    question.answer, question.answered_at, question.answered_by = answer, timezone.now(), by
    question.save(update_fields=["answer", "answered_at", "answered_by"])
    audit.record(OfferEvent.OFFER_QUESTION_ANSWERED, question.offer, by=by)
    offer_emails.question_answered(question)
    return question


def lock_offer(offer):
    """Return the offer as it is now, with its application's row and then its own locked."""
    application = locked(offer.application)
    offer = (
        Offer.objects.select_for_update(of=["self"], no_key=True)
        .select_related("role", "team", "grade", "line_manager__user", "early_role", "post")
        .get(pk=offer.pk)
    )
    offer.application = application
    return offer


def _keep_conditions(offer, conditions):
    OfferCondition.objects.bulk_create(
        OfferCondition(offer=offer, name=name, text=text, position=position)
        for position, (name, text) in enumerate(conditions)
    )


def _refuse_taken_post(post, but=None):
    """Lock a post that is to be offered, and say so when somebody else has it."""
    if post is None:
        return
    post = Post.objects.select_for_update(of=["self"]).select_related("holder").get(pk=post.pk)
    if is_taken(post, but=but):
        raise StartRefused("post", "Somebody else has this post, or is offered it")
