from enum import StrEnum

from django.db import models


class EnquiryState(models.TextChoices):
    NEW = "new", "New, nobody assigned"
    ASSIGNED = "assigned", "Assigned"
    IN_TOUCH = "in_touch", "In touch"
    PACKAGE_AGREED = "package_agreed", "Package agreed"
    LEARNING = "learning", "Shadowing and learning"
    READY = "ready", "Ready for a post"
    JOINED = "joined", "Joined us"
    CLOSED = "closed", "Closed"


ENQUIRY_TRANSITIONS = {
    EnquiryState.NEW:            {EnquiryState.ASSIGNED, EnquiryState.CLOSED},
    EnquiryState.ASSIGNED:       {EnquiryState.IN_TOUCH, EnquiryState.CLOSED},
    EnquiryState.IN_TOUCH:       {EnquiryState.PACKAGE_AGREED, EnquiryState.CLOSED},
    EnquiryState.PACKAGE_AGREED: {EnquiryState.LEARNING, EnquiryState.CLOSED},
    EnquiryState.LEARNING:       {EnquiryState.READY, EnquiryState.CLOSED},
    EnquiryState.READY:          {EnquiryState.LEARNING, EnquiryState.JOINED, EnquiryState.CLOSED},
    EnquiryState.JOINED:         set(),
    EnquiryState.CLOSED:         set(),
}  # fmt: skip

FINAL_ENQUIRY_STATES = {state for state, allowed in ENQUIRY_TRANSITIONS.items() if not allowed}
# From the agreed package to a post: these people book training too.
PACKAGE_STATES = {EnquiryState.PACKAGE_AGREED, EnquiryState.LEARNING, EnquiryState.READY}
OPEN_ENQUIRY_STATES = set(EnquiryState) - FINAL_ENQUIRY_STATES


class EnquiryEvent(StrEnum):
    ENQUIRY_SENT = "enquiry_sent"
    ENQUIRY_ASSIGNED = "enquiry_assigned"
    ENQUIRY_MOVED_ON = "enquiry_moved_on"
    ENQUIRY_BLANKED = "enquiry_blanked"
