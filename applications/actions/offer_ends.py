"""How an offer ends or comes back because its application does."""

from django.utils import timezone

from accounts import audit
from applications.models import Offer
from applications.models.offers import OFFER_WORDS
from applications.states import (
    OFFER_OF_STATE,
    ApplicationState,
    OfferEvent,
    OfferState,
)

OF_NOBODY = "The application was withdrawn or turned down."


def live_offer(application):
    """Return the live offer of a locked application, locked too, or None."""
    offers = Offer.objects.select_for_update(of=["self"], no_key=True).live()
    return offers.filter(application=application).first()


def end_offer(offer, state, *, by, reason):
    """End a locked offer in a state of its table. The caller records why."""
    offer.move_to(state)
    offer.ended_at, offer.ended_by, offer.end_reason = timezone.now(), by, reason
    offer.save(update_fields=["state", "ended_at", "ended_by", "end_reason"])


def end_offer_of_application(application, move):
    """End the live offer of an application that is withdrawn or turned down; one that has begun stays."""
    offer = live_offer(application)
    if offer is None or offer.state == OfferState.STARTED:
        return
    if move.to_state == ApplicationState.WITHDRAWN:
        offer.decline_reason = application.withdrawal_reason
        offer.save(update_fields=["decline_reason"])
        end_offer(offer, OfferState.DECLINED, by=move.moved_by, reason="")
    else:
        end_offer(offer, OfferState.WITHDRAWN, by=move.moved_by, reason=move.words or OF_NOBODY)
    audit.record(OfferEvent.OFFER_ENDED, offer, by=move.moved_by, state=offer.state)


def revive_offer(application, move):
    """Bring the offer back that ended with a withdrawal, when that is taken back.

    A post that somebody else has been offered or holds meanwhile is no longer named in it.
    """
    if move.from_state != ApplicationState.WITHDRAWN:
        return
    offers = Offer.objects.select_for_update(of=["self"], no_key=True)
    offer = offers.filter(application=application, state=OfferState.DECLINED).first()
    if offer is None:
        return
    offer.move_to(OFFER_OF_STATE[move.to_state])
    offer.ended_at, offer.ended_by, offer.decline_reason = None, None, ""
    if offer.state == OfferState.MADE:
        offer.answer, offer.answered_at, offer.answered_by = "", None, None
    if offer.post is not None and is_taken(offer.post, but=offer):
        offer.post = None
    offer.save()
    audit.record(OfferEvent.OFFER_REVIVED, offer, by=move.moved_by, state=offer.state)


def is_taken(post, but=None):
    """Say whether a post is offered to somebody, or held by somebody whose last day is not known."""
    others = Offer.objects.filter(
        post=post, state__in=[OfferState.MADE, OfferState.ACCEPTED, OfferState.FIRM]
    )
    if but is not None:
        others = others.exclude(pk=but.pk)
    return others.exists() or (post.holder is not None and post.holder.left_on is None)


def erase_offers(application):
    """Blank what was written in the offers of an application. One whose day has not come ends."""
    for offer in application.offers.select_for_update(of=["self"]):
        if offer.state in (OfferState.MADE, OfferState.ACCEPTED, OfferState.FIRM):
            end_offer(offer, OfferState.WITHDRAWN, by=None, reason="")
        for name in (*OFFER_WORDS, "arrive_where", "employee_number"):
            setattr(offer, name, "")
        offer.save()
        offer.questions.all().delete()
        offer.conditions.all().delete()
