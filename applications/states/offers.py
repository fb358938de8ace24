"""How an offer goes, from the letter to the first day."""

from enum import StrEnum

from django.db import models

from applications.states.applications import ApplicationState as A


class OfferState(models.TextChoices):
    """How an offer stands. Nothing but a person's act ends one."""

    MADE = "made", "Waiting for an answer"
    ACCEPTED = "accepted", "Accepted, while checks are made"
    FIRM = "firm", "Firm"
    STARTED = "started", "Started work"
    DECLINED = "declined", "Turned down"
    WITHDRAWN = "withdrawn", "Withdrawn by us"
    LAPSED = "lapsed", "Lapsed without an answer"


OF = OfferState

OFFER_TRANSITIONS = {
    OF.MADE:      {OF.ACCEPTED, OF.DECLINED, OF.WITHDRAWN, OF.LAPSED},
    OF.ACCEPTED:  {OF.FIRM, OF.DECLINED, OF.WITHDRAWN},
    OF.FIRM:      {OF.STARTED, OF.DECLINED, OF.WITHDRAWN},
    OF.STARTED:   set(),
    OF.DECLINED:  {OF.MADE, OF.ACCEPTED},
    OF.WITHDRAWN: set(),
    OF.LAPSED:    set(),
}  # fmt: skip

# An offer that takes one of the posts of its vacancy, and of which an application has one at most.
LIVE_OFFERS = frozenset({OF.MADE, OF.ACCEPTED, OF.FIRM, OF.STARTED})

# How the offer stands that an application in one of these has.
OFFER_OF_STATE = {A.OFFERED: OF.MADE, A.CHECKS: OF.ACCEPTED}


class OfferAnswer(models.TextChoices):
    YES = "yes", "Yes, I accept this offer"
    NO = "no", "No, I do not want this job"


class OfferEvent(StrEnum):
    OFFER_MADE = "offer_made"
    OFFER_CORRECTED = "offer_corrected"
    OFFER_ACCEPTED = "offer_accepted"
    OFFER_DECLINED = "offer_declined"
    OFFER_WITHDRAWN = "offer_withdrawn"
    OFFER_LAPSED = "offer_lapsed"
    OFFER_ENDED = "offer_ended"
    OFFER_REVIVED = "offer_revived"
    OFFER_QUESTION_ASKED = "offer_question_asked"
    OFFER_QUESTION_ANSWERED = "offer_question_answered"
    OFFER_CONFIRMED = "offer_confirmed"
    EARLY_START_AGREED = "early_start_agreed"
    START_MOVED = "start_moved"
    START_CANCELLED = "start_cancelled"
    WORK_BEGUN = "work_begun"
