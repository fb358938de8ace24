"""What pages and other parts read of references. Who may read which is for rules.references to say."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from applications import reference_links
from applications.history import History, Span
from applications.models import (
    Discrepancy,
    RefereeKind,
    Reference,
    ReferenceLetter,
    ReferenceRequest,
)
from applications.reconciler import Told, neutral_sentence
from applications.rules import references as reference_rules
from applications.states import (
    ASKED_ANYWAY,
    ASKED_WITH_CONSENT,
    ReferenceState,
)


@dataclass(frozen=True)
class Received:
    """A reference that came. It counts once `is_accepted`; `kind` is a RefereeKind."""

    kind: str
    received_on: date
    is_accepted: bool
    is_last_employer: bool
    request_pk: int
    judged_on: date | None
    judged_by: object


def references_received(application):
    """Return the references that came for an application, the first referee's first."""
    requests = (
        application.reference_requests.with_reference()
        .select_related("referee", "reference", "judged_by")
        .order_by("referee__position", "pk")
    )
    return [
        Received(
            kind=request.referee.kind,
            received_on=received_on(request.reference),
            is_accepted=bool(request.is_acceptable),
            is_last_employer=reference_rules.is_last_employer(request.referee),
            request_pk=request.pk,
            judged_on=request.judged_at and timezone.localdate(request.judged_at),
            judged_by=request.judged_by,
        )
        for request in requests
    ]


def has_enough_references(application):
    """Say whether two references were accepted, the last employer's among them where there was a job."""
    return reference_rules.enough_references(
        references_received(application), had_a_job=application.employments.exists()
    )


def received_on(reference):
    """Return the London day on which a reference came."""
    return reference.received_on or timezone.localdate(reference.answered_at)


def discrepancies_for_interview(application):
    """Return, as sentences without a name, what does not agree and nobody has explained yet."""
    return [neutral(found) for found in open_discrepancies(application)]


def neutral(discrepancy):
    return neutral_sentence(discrepancy.kind, span_of(discrepancy))


def span_of(discrepancy):
    return Span(discrepancy.began_on, discrepancy.ended_on)


def open_discrepancies(application):
    found = application.discrepancies.filter(closed_at__isnull=True)
    return found.select_related("application").order_by("began_on", "pk")


def discrepancies_of(application):
    """Return all that did not agree, what is open first."""
    return (
        application.discrepancies.select_related("application", "closed_by", "reference__request")
        .order_by("closed_at", "began_on", "pk")
        .all()
    )


def referees_with_requests(application):
    """Return the referees, each with its requests (the newest first) and the one in the way as `current`."""
    referees = list(application.referees.all())
    requests = (
        application.reference_requests.select_related(
            "asked_by", "stopped_by", "judged_by", "reference__taken_by"
        )
        .prefetch_related("letters")
        .order_by("-pk")
    )
    in_the_way = set(application.reference_requests.in_the_way().values_list("pk", flat=True))
    for referee in referees:
        referee.asked = [request for request in requests if request.referee_id == referee.pk]
        for request in referee.asked:
            request.application, request.referee = application, referee
        referee.current = next(
            (request for request in referee.asked if request.pk in in_the_way), None
        )
    return referees


def letter_of(token):
    """Return the ReferenceLetter whose link holds this token, working or not, or None."""
    if not reference_links.is_ours(token):
        return None
    letters = ReferenceLetter.objects.select_related(
        "request__application__vacancy", "request__application__applicant", "request__referee"
    )
    return letters.filter(token_hash=reference_links.hash_of(token)).first()


def works(letter, now):
    """Say whether a link can still be answered by."""
    return letter.ended_at is None and not reference_rules.is_over_for_referee(letter.request, now)


def history_of(application):
    """Return what an application says of its writer's work, up to the month it was sent in."""
    return History(
        left_education_on=application.left_education_on,
        jobs=list(application.employments.all()),
        gaps=list(application.gaps.all()),
        until=timezone.localdate(application.submitted_at),
        qualifications=list(application.qualifications.all()),
    )


def told_by(reference):
    """Return what a reference says of a job, for the comparison with the history."""
    return Told(
        organisation=reference.request.referee.organisation,
        job_title=reference.job_title,
        first=reference.began_on,
        last=reference.ended_on,
        reason_for_leaving=reference.reason_for_leaving,
        is_of_a_course=reference.request.referee.kind == RefereeKind.EDUCATOR,
    )


def references_of(application):
    """Return the references of an application that were not set aside, with request and referee."""
    return list(
        Reference.objects.filter(request__application=application)
        .exclude(request__is_acceptable=False)
        .select_related("request__referee")
        .order_by("request__referee__position")
    )


def to_ask_again():
    """Return requests that ended with an application that goes on again, and whose referee waits since.

    Taking a withdrawal back, or undoing a decision, asks nobody by itself.
    """
    newer = ReferenceRequest.objects.filter(referee=OuterRef("referee"), pk__gt=OuterRef("pk"))
    return ReferenceRequest.objects.filter(
        ~Exists(newer),
        state=ReferenceState.STOPPED,
        stopped_by__isnull=True,
        application__state__in=sorted(ASKED_WITH_CONSENT | ASKED_ANYWAY),
    )


def refused_without_another():
    """Return requests that a referee refused and that nobody followed up, of applications under way."""
    newer = ReferenceRequest.objects.filter(referee=OuterRef("referee"), pk__gt=OuterRef("pk"))
    return ReferenceRequest.objects.filter(
        ~Exists(newer),
        state=ReferenceState.REFUSED,
        application__state__in=sorted(ASKED_WITH_CONSENT | ASKED_ANYWAY),
    )


SHOWN = {
    "late": "Asked some time ago, without an answer",
    "expired": "The link is over",
    "again": "To ask again: the application goes on",
    "refused": "The referee cannot give one: another is needed",
    "judge": "To read and accept",
    "open": "Waiting for an answer",
}


def requests_shown(show, now):
    """Return the requests of one of the lists in SHOWN, the longest waiting first."""
    rows = {
        "late": ReferenceRequest.objects.late(now),
        "expired": ReferenceRequest.objects.expired(now),
        "again": to_ask_again(),
        "refused": refused_without_another(),
        "judge": ReferenceRequest.objects.to_judge(),
        "open": ReferenceRequest.objects.open(),
    }[show]
    return rows.select_related("application__vacancy", "referee").order_by("asked_at", "pk")


def for_applicant(application):
    """Return, for each referee, what the applicant sees: asked when, answered when, and no more."""
    rows = []
    for referee in referees_with_requests(application):
        newest = referee.current or next(iter(referee.asked), None)
        rows.append(
            {
                "referee": referee,
                "asked_at": newest.asked_at if newest else None,
                "state": newest.state if newest else "",
                "came_on": received_on(newest.reference) if has_reference(newest) else None,
                "can_change": newest is not None
                and reference_rules.can_change_own_referee(application.applicant, newest),
                "before_interview": referee.ask_before_interview,
            }
        )
    return rows


def has_reference(request):
    return request is not None and hasattr(request, "reference")


def discrepancies_about(application, keys):
    """Return which of the keys are listed already."""
    return set(
        Discrepancy.objects.filter(application=application, key__in=keys).values_list(
            "key", flat=True
        )
    )
