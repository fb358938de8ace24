"""Who may do what with an offer."""

from applications.rules.applications import is_gone_for_good
from applications.states import ApplicationState, OfferState


def can_make_offer(user, application):
    """HR offers the job to who was interviewed, but never to themselves."""
    return (
        _may(user, "make_offer", application)
        and application.state == ApplicationState.INTERVIEW
        and not is_gone_for_good(application.vacancy)
    )


def can_correct_offer(user, offer):
    """HR does, until it is answered."""
    return _may(user, "make_offer", offer.application) and offer.state == OfferState.MADE


def can_withdraw_offer(user, offer):
    """HR does, until it is firm."""
    open_states = (OfferState.MADE, OfferState.ACCEPTED)
    return _may(user, "make_offer", offer.application) and offer.state in open_states


def can_lapse_offer(user, offer, on):
    """HR does when the day to answer by is over. The timetable never does."""
    return can_correct_offer(user, offer) and offer.answer_by < on


def can_answer_offer(user, offer):
    """The applicant says yes or no."""
    return user == offer.application.applicant and offer.state == OfferState.MADE


def can_note_answer(user, offer):
    """HR notes the answer of somebody who told them, as by phone."""
    return can_correct_offer(user, offer)


def can_ask_about_offer(user, offer):
    return user == offer.application.applicant and offer.state in (
        OfferState.MADE,
        OfferState.ACCEPTED,
        OfferState.FIRM,
    )


def can_answer_question(user, question):
    return _may(user, "make_offer", question.offer.application) and question.answered_at is None


def can_confirm_offer(user, offer):
    """HR makes firm what was accepted; whether everything is done the action finds out."""
    return _may(user, "confirm_offer", offer.application) and offer.state == OfferState.ACCEPTED


def can_agree_early_start(user, offer):
    return can_confirm_offer(user, offer) and offer.early_begun_at is None


def can_change_start(user, offer):
    """HR moves the first day or cancels it, until the person has begun."""
    return _may(user, "confirm_offer", offer.application) and offer.state == OfferState.FIRM


def _may(user, verb, application):
    return user.has_perm(f"applications.{verb}") and user.pk != application.applicant_id
