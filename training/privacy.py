from accounts.registries import privacy
from training.actions import delete_evidence
from training.models import (
    AttendedElsewhere,
    Booking,
    CalendarFeed,
    CourseInterest,
    CPDPiece,
    Evaluation,
    Evidence,
    Forecast,
    LedgerEntry,
    Nomination,
    OutsideCourse,
    OutsideReview,
    Override,
    Presence,
    RoundLine,
)


def blank_bookings(user):
    """Blank what the person, managers and officers said about their places, and in their history."""
    Override.objects.filter(booking__person=user).update(reason="")
    Booking.pgh_event_model.objects.filter(person=user).update(reason="")
    return Booking.objects.filter(person=user).exclude(reason="").update(reason="")


def blank_nominations(user):
    """Blank the reasons given for and about a person, in the rows and in their history."""
    blank = {"reason": "", "cover_reason": "", "decision_reason": ""}
    nominations = Nomination.objects.filter(nominee=user)
    blanked = nominations.update(**blank)
    Nomination.pgh_event_model.objects.filter(nominee=user).update(**blank)
    return blanked


def forget_interests(user):
    """Forget which courses the person asked to hear of."""
    deleted, _ = CourseInterest.objects.filter(person=user).delete()
    return deleted


def end_calendar(user):
    """Make the person's calendar address stop working."""
    deleted, _ = CalendarFeed.objects.filter(person=user).delete()
    return deleted


privacy.register(CalendarFeed, eraser=end_calendar, event_retention=None)
privacy.register(CourseInterest, eraser=forget_interests, event_retention=None)


def blank_ledger(user):
    """Blank what the entries say; the half days stay with the pseudonym, so that the sums stay true."""
    return LedgerEntry.objects.filter(person=user).exclude(words="").update(words="")


def delete_forecasts(user):
    deleted, _ = Forecast.objects.filter(person=user).delete()
    return deleted


privacy.register(Booking, eraser=blank_bookings, event_retention="record")
privacy.register(Nomination, eraser=blank_nominations, event_retention="record")
# Neither keeps a history: a correction is an entry of its own, a forecast is replaced.
privacy.register(LedgerEntry, eraser=blank_ledger, event_retention=None)
privacy.register(Forecast, eraser=delete_forecasts, event_retention=None)


def unlink_round_lines(user):
    """Take the person off the lines of fair rounds: the numbers stay, so that a draw can be repeated."""
    return RoundLine.objects.filter(booking__person=user).update(booking=None)


privacy.register(RoundLine, eraser=unlink_round_lines, event_retention=None)


def blank_outside_courses(user):
    """Blank the words about a person's outside courses, in the rows and their history; costs and sums stay."""
    words = ("reason", "why_not_own", "cover_reason", "end_reason", "final_cost_reason")
    blank = dict.fromkeys((*words, "over_budget_reason"), "")
    OutsideCourse.pgh_event_model.objects.filter(person=user).update(**blank)
    return OutsideCourse.objects.filter(person=user).update(**blank)


def delete_reviews(user):
    """Delete what the person wrote about outside courses."""
    deleted, _ = OutsideReview.objects.filter(course__person=user).delete()
    return deleted


def blank_attended(user):
    """Blank the words about what a person attended elsewhere, in the rows and their history."""
    blank = dict.fromkeys(("learned", "link", "question", "answer", "decision_reason"), "")
    AttendedElsewhere.pgh_event_model.objects.filter(person=user).update(**blank)
    return AttendedElsewhere.objects.filter(person=user).update(**blank)


def erase_evidence(user):
    """Delete the files that the person sent."""
    return delete_evidence(Evidence.objects.filter(attended__person=user))


privacy.register(OutsideCourse, eraser=blank_outside_courses, event_retention="record")
privacy.register(AttendedElsewhere, eraser=blank_attended, event_retention="record")
privacy.register(OutsideReview, eraser=delete_reviews, event_retention=None)
privacy.register(Evidence, eraser=erase_evidence, event_retention=None)


def forget_presences(user):
    """Forget in which half days the person signed in; how much they attended stays with the pseudonym."""
    deleted, _ = Presence.objects.filter(booking__person=user).delete()
    return deleted


def delete_evaluations(user):
    deleted, _ = Evaluation.objects.filter(booking__person=user).delete()
    return deleted


def delete_cpd(user):
    """Delete the person's own record: it was never anybody else's."""
    deleted, _ = CPDPiece.objects.filter(person=user).delete()
    return deleted


privacy.register(Presence, eraser=forget_presences, event_retention=None)
privacy.register(Evaluation, eraser=delete_evaluations, event_retention=None)
privacy.register(CPDPiece, eraser=delete_cpd, event_retention=None)
