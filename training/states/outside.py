"""Outside courses, what was attended elsewhere, and reviews of them."""

from django.db import models


class OutsideState(models.TextChoices):
    ASKED = "asked", "Waiting for the manager"
    WITH_WORKFORCE = "with_workforce", "Waiting for workforce development"
    APPROVED = "approved", "Approved"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Taken back"
    LAPSED = "lapsed", "Lapsed"
    ATTENDED = "attended", "Attended"
    NOT_ATTENDED = "not_attended", "Did not take place"


_ANSWERED = {OutsideState.DECLINED, OutsideState.WITHDRAWN, OutsideState.LAPSED}
OUTSIDE_TRANSITIONS = {
    OutsideState.ASKED: {OutsideState.WITH_WORKFORCE, *_ANSWERED},
    OutsideState.WITH_WORKFORCE: {OutsideState.APPROVED, *_ANSWERED},
    OutsideState.APPROVED: {
        OutsideState.ATTENDED,
        OutsideState.NOT_ATTENDED,
        OutsideState.WITHDRAWN,
    },
    OutsideState.DECLINED: set(),
    OutsideState.WITHDRAWN: set(),
    OutsideState.LAPSED: set(),
    OutsideState.ATTENDED: set(),
    OutsideState.NOT_ATTENDED: set(),
}
# Somebody has to say yes or no.
OUTSIDE_UNDECIDED = {OutsideState.ASKED, OutsideState.WITH_WORKFORCE}
# These take the person's time, as a place on one of the council's sessions does.
OUTSIDE_TIME_TAKEN = {OutsideState.APPROVED, OutsideState.ATTENDED}


class AttendedState(models.TextChoices):
    ASKED = "asked", "Waiting for the manager"
    QUESTIONED = "questioned", "Waiting for your answer"
    CONFIRMED = "confirmed", "Confirmed"
    DECLINED = "declined", "Not confirmed"
    WITHDRAWN = "withdrawn", "Taken back"


ATTENDED_TRANSITIONS = {
    AttendedState.ASKED: {
        AttendedState.QUESTIONED,
        AttendedState.CONFIRMED,
        AttendedState.DECLINED,
        AttendedState.WITHDRAWN,
    },
    AttendedState.QUESTIONED: {AttendedState.ASKED, AttendedState.WITHDRAWN},
    AttendedState.CONFIRMED: set(),
    AttendedState.DECLINED: set(),
    AttendedState.WITHDRAWN: set(),
}
# The person has these half days, or will once they are confirmed.
ATTENDED_STANDING = {AttendedState.ASKED, AttendedState.QUESTIONED, AttendedState.CONFIRMED}


class ReviewState(models.TextChoices):
    SHOWN = "shown", "Shown"
    HIDDEN = "hidden", "Hidden"


REVIEW_TRANSITIONS = {
    ReviewState.SHOWN: {ReviewState.HIDDEN},
    ReviewState.HIDDEN: {ReviewState.SHOWN},
}
