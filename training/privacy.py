from django.utils import timezone

from accounts.gathering import section, third_party
from accounts.registries import gather, keepings, privacy
from accounts.retention import kept_since
from training.actions import delete_evidence
from training.actions.attended import delete_attended
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


privacy.register(Booking, eraser=blank_bookings, event_retention="record", person="person")
privacy.register(Nomination, eraser=blank_nominations, event_retention="record", person="nominee")
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


privacy.register(
    OutsideCourse, eraser=blank_outside_courses, event_retention="record", person="person"
)
privacy.register(
    AttendedElsewhere, eraser=blank_attended, event_retention="record", person="person"
)
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
privacy.register(CPDPiece, eraser=delete_cpd, event_retention=None, is_confidential=True)


def before(kind, on):
    """The first day of which things of the `kind` are still kept on the day `on`."""
    return timezone.localdate(kept_since(kind, on=on))


keepings.register(
    "evaluation",
    kind="evaluation",
    what="Evaluations of courses",
    due=lambda on: Evaluation.objects.filter(
        booking__session__ends_at__lt=kept_since("evaluation", on=on)
    ),
    oldest="booking__session__ends_at",
    person="booking__person",
)
keepings.register(
    "ledger",
    kind="ledger",
    what="Entries of training had elsewhere",
    due=lambda on: LedgerEntry.objects.filter(on__lt=before("ledger", on)),
    oldest="on",
    person="person",
)
keepings.register(
    "fair_round",
    kind="fair_round",
    what="Lines of fair rounds",
    due=lambda on: RoundLine.objects.filter(round__ended_at__lt=kept_since("fair_round", on=on)),
    oldest="round__ended_at",
    person="booking__person",
)
keepings.register(
    "course_interest",
    kind="course_interest",
    what="Interests in courses",
    due=lambda on: CourseInterest.objects.filter(since__lt=kept_since("course_interest", on=on)),
    oldest="since",
    person="person",
)
keepings.register(
    "cpd_piece",
    kind="cpd_piece",
    what="Own records of CPD",
    due=lambda on: CPDPiece.objects.filter(done_on__lt=before("cpd_piece", on)),
    oldest="done_on",
    person="person",
)
keepings.register(
    "presence",
    kind="presence",
    what="Half days signed in for",
    due=lambda on: Presence.objects.filter(on__lt=before("presence", on)),
    oldest="on",
    person="booking__person",
)
keepings.register(
    "evidence",
    kind="evidence",
    what="Files that show what was attended",
    due=lambda on: Evidence.objects.filter(sent_at__lt=kept_since("evidence", on=on)),
    batch=delete_evidence,
    oldest="sent_at",
    person="attended__person",
)
keepings.register(
    "attended_elsewhere",
    kind="outside_course",
    what="What was attended elsewhere",
    due=lambda on: AttendedElsewhere.objects.filter(on__lt=before("outside_course", on)),
    batch=delete_attended,
    oldest="on",
    person="person",
)
keepings.register(
    "forecast",
    kind="forecast",
    what="Forecasts of the five days",
    due=lambda on: Forecast.objects.filter(week__lt=before("forecast", on)),
    oldest="week",
    person="person",
)
keepings.register(
    "outside_review",
    kind="outside_review",
    what="Reviews of outside courses",
    due=lambda on: OutsideReview.objects.filter(written_at__lt=kept_since("outside_review", on=on)),
    oldest="written_at",
    person="course__person",
)
keepings.register(
    "outside_course",
    kind="outside_course",
    what="Outside courses",
    due=lambda on: OutsideCourse.objects.filter(starts_at__lt=kept_since("outside_course", on=on)),
    oldest="starts_at",
    person="person",
)


@gather.register
def learning_of(user):
    """What the person learns here. Reasons that others gave are read by HR before they are given away."""
    yield from section("Places on courses", Booking.objects.filter(person=user))
    yield from third_party("Nomination", Nomination.objects.filter(nominee=user))
    yield from third_party("Override", Override.objects.filter(booking__person=user))
    yield from section("Courses you asked to hear of", CourseInterest.objects.filter(person=user))
    yield from section("Training had elsewhere", LedgerEntry.objects.filter(person=user))
    yield from section("Forecasts of your five days", Forecast.objects.filter(person=user))
    yield from section("Fair rounds", RoundLine.objects.filter(booking__person=user))
    yield from section("Outside courses", OutsideCourse.objects.filter(person=user))
    yield from section("What you attended elsewhere", AttendedElsewhere.objects.filter(person=user))
    yield from section("Your reviews", OutsideReview.objects.filter(course__person=user))
    yield from section("Half days you signed in for", Presence.objects.filter(booking__person=user))
    yield from section("Your evaluations", Evaluation.objects.filter(booking__person=user))
    # Nobody else can read it, HR neither.
    yield from section("Your record of CPD", CPDPiece.objects.filter(person=user), is_private=True)
    files = Evidence.objects.filter(attended__person=user)
    yield from section(
        "Files that show what you attended",
        files,
        files=tuple((f"evidence-{row.pk}-{row}", row.file.name) for row in files),
    )
