"""The applicant's pages of an offer: what it says, the answer, a question, the letter to keep."""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from applications import offer_words
from applications.actions import accept_offer, ask_about_offer, decline_offer
from applications.exceptions import OfferChanged, OfferOver
from applications.forms.offers import AnswerForm, AskForm
from applications.queries.offers import offer_of
from applications.rules import offers as offer_rules
from applications.states import OfferAnswer, OfferState
from applications.views.access import own_application, posted

OVER = "This offer has ended or was answered already. This is how it stands."
CHANGED = "We have changed the offer since you opened that page. Read it again before you answer."


def own_offer(view):
    """Give the view the applicant's application and its offer; without one there is no such page."""

    @own_application
    @wraps(view)
    def found(request, application):
        offer = None if application.is_for_another else offer_of(application)
        if offer is None or application.blanked_at:
            raise Http404
        offer.application = application
        return view(request, offer)

    return found


def of_page(offer):
    """Return what pages and letters show of an offer."""
    return {
        "application": offer.application,
        "offer": offer,
        "terms": offer_words.terms(offer),
        "conditions": offer.conditions.all(),
        "first_day": offer_words.first_day(offer) if offer.firm_at and offer.is_live else [],
        "early_day": _early_day(offer),
        "is_late": offer.is_open and offer.answer_by < timezone.localdate(),
    }


def _early_day(offer):
    if not offer.early_starts_on or offer.state not in (OfferState.ACCEPTED, OfferState.FIRM):
        return []
    return offer_words.early_day(offer)


@own_offer
def offer_detail(request, offer):
    """What we offer, on which conditions, and what can be done about it."""
    page = {
        **of_page(offer),
        "questions": offer.questions.all(),
        "can_answer": offer_rules.can_answer_offer(request.user, offer),
        "can_ask": offer_rules.can_ask_about_offer(request.user, offer),
    }
    return render(request, "applications/offer.html", page)


@own_offer
def offer_answer(request, offer):
    """Say yes or no, to the offer as it was read."""
    if request.method == "GET" and not offer_rules.can_answer_offer(request.user, offer):
        return redirect(offer)
    form = AnswerForm(
        posted(request), back=offer.get_absolute_url(), initial={"version": offer.version}
    )
    if request.method != "POST" or not form.is_valid():
        page = {**of_page(offer), "form": form, "undo_hours": settings.WITHDRAWAL_UNDO_HOURS}
        return render(request, "applications/offer_answer.html", page)
    try:
        return redirect(_answer(request, offer, form.cleaned_data))
    except OfferChanged:
        messages.warning(request, CHANGED)
    except OfferOver:
        messages.error(request, OVER)
    return redirect(offer)


def _answer(request, offer, said):
    """Do what was answered, and return the page that comes next."""
    answer = {"offer": offer, "version": said["version"], "by": request.user}
    if said["answer"] == OfferAnswer.YES:
        accept_offer(**answer)
        messages.success(request, "You have accepted our offer. Thank you.")
        return offer
    decline_offer(**answer, reason=said["reason"])
    messages.success(request, "You have turned the offer down. Thank you for telling us.")
    return offer.application


@own_offer
def offer_ask(request, offer):
    """Ask something about the offer, or for another start date."""
    if request.method == "GET" and not offer_rules.can_ask_about_offer(request.user, offer):
        return redirect(offer)
    form = AskForm(posted(request), back=offer.get_absolute_url())
    if request.method != "POST" or not form.is_valid():
        return render(request, "applications/offer_ask.html", {**of_page(offer), "form": form})
    try:
        ask_about_offer(offer=offer, by=request.user, **form.cleaned_data)
        messages.success(request, "We have your message and will write back to you.")
    except OfferOver:
        messages.error(request, OVER)
    return redirect(offer)


@own_offer
def offer_letter(request, offer):
    """The offer as a letter to print or to keep."""
    response = render(request, "applications/offer_letter.html", of_page(offer))
    response["Cache-Control"] = "private, no-store"
    return response
