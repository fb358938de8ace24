"""References under way: one that came and differs in three months, one that is waited for, one by phone."""

from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from applications.actions import (
    accept_reference,
    answer_reference,
    ask_for_reference,
    record_reference,
)
from applications.models import Application, Employment, Referee, Reference, ReferenceRequest
from applications.states import ApplicationState, ReferenceState

REFEREES = [
    (
        "employer",
        "Oriel Tamsin",
        "Service manager",
        "Downland Family Support",
        "oriel.tamsin@example.org",
    ),
    ("educator", "Bram Wexcombe", "Tutor", "University of the Downs", "bram.wexcombe@example.org"),
]
JOB = {
    "job_title": "Family support worker",
    "began_on": date(2020, 9, 1),
    "ended_on": date(2024, 6, 1),
    "reason_for_leaving": "My contract came to its end.",
    "with_children": True,
    "duties": "Visits at home, and a group for fathers.",
}
TOLD = {
    "known_how": "I was their manager for three and a half years.",
    "job_title": "Family support worker",
    "began_on": date(2020, 9, 1),
    "ended_on": date(2024, 3, 1),
    "is_present": False,
    "reason_for_leaving": "The contract came to its end.",
    "performance": "Families trusted them. Their recording was prompt, and got shorter and better.",
    "would_employ_again": "yes",
    "has_disciplinary": "no",
    "has_concern": "no",
    "has_allegation": "no",
    "is_true": True,
}
BY_PHONE = {
    "known_how": "Has known them well for four years.",
    "performance": "Thoughtful, asks good questions.",
    "has_concern": "no",
    "has_allegation": "no",
    "is_true": True,
    "taken_how": "phone",
}
KEY = "6a2f3f9e-5b59-4a53-9a30-0c9f1d3f7b11"


def load(today):
    """Ask the referees of an application at its interview, and of one with an offer, unless it was done."""
    if ReferenceRequest.objects.exists():
        return
    officer = User.objects.get(email="hr@example.org")
    at_interview = first_in(ApplicationState.INTERVIEW)
    if at_interview is not None:
        first, second = referees_of(at_interview)
        job = JOB | {"employer": first.organisation}
        Employment.objects.get_or_create(application=at_interview, **job)
        asked = ask_for_reference(referee=first, by=officer)
        who = {"given_by": first.full_name, "given_as": f"Manager, {first.organisation}"}
        answer_reference(letter=asked.letters.get(), answers=TOLD | who)
        ask_for_reference(referee=second, by=officer)
    with_offer = first_in(ApplicationState.CHECKS) or first_in(ApplicationState.OFFERED)
    if with_offer is not None:
        first, second = referees_of(with_offer)
        late = ask_for_reference(referee=first, by=officer)
        make_late(late)
        told = record_reference(
            referee=second,
            answers=BY_PHONE
            | {"given_by": second.full_name, "received_on": today - timedelta(days=2)},
            one_time_key=KEY,
            by=officer,
        )
        accept_reference(request=told.request, by=officer)


def have_enough_accepted(application, *, by, today):
    """Write down that both references of somebody who was appointed came and were accepted long ago."""
    for referee in referees_of(application):
        request, is_new = ReferenceRequest.objects.get_or_create(
            application=application,
            referee=referee,
            defaults={
                "state": ReferenceState.OUTSIDE,
                "ended_at": timezone.now(),
                "is_acceptable": True,
                "judged_at": timezone.now(),
                "judged_by": by,
            },
        )
        if is_new:
            Reference.objects.create(
                request=request,
                **BY_PHONE,
                given_by=referee.full_name,
                received_on=today,
                taken_by=by,
            )


def first_in(state):
    """Return the application of the demo that came in first of those in a state, or None."""
    found = Application.objects.filter(state=state, blanked_at__isnull=True)
    return found.order_by("submitted_at", "pk").first()


def referees_of(application):
    """Give an application its two referees, unless it has them, whom we may ask at once. Returns them."""
    if application.left_education_on is None:
        application.left_education_on = date(2020, 7, 1)
        application.save(update_fields=["left_education_on"])
    for position, (kind, name, title, organisation, email) in enumerate(REFEREES, start=1):
        Referee.objects.get_or_create(
            application=application,
            position=position,
            defaults={
                "kind": kind,
                "full_name": name,
                "job_title": title,
                "organisation": organisation,
                "email": email,
                "ask_before_interview": True,
            },
        )
    application.referees.update(ask_before_interview=True)
    return application.referees.order_by("position")


def make_late(request):
    """Have a request been made sixteen days ago, so that HR's first page names it."""
    earlier = timezone.now() - timedelta(days=16)
    request.asked_at = earlier
    request.expires_at = earlier + timedelta(weeks=12)
    request.save(update_fields=["asked_at", "expires_at"])
    request.letters.update(sent_at=earlier)
