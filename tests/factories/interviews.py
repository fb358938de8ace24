"""Interviews: a round with its interviewers, questions and slots, and somebody in interview."""

from datetime import timedelta

from django.utils import timezone

from applications.actions import (
    arrange_round,
    choose_slot,
    invite_to_choose,
    make_slots,
    save_interview_scores,
)
from applications.models import CriterionEvidence, InterviewBooking
from applications.states import ApplicationState
from tests.factories.accounts import HRAdminFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.shortlisting import panel_of, vacancy_with_criteria

NOTES = "They told of a visit."


def in_interview(vacancy, **fields):
    """An application in interview with evidence for each criterion."""
    application = SentApplicationFactory(
        vacancy=vacancy, state=ApplicationState.INTERVIEW, answers=False, **fields
    )
    for criterion in vacancy.criteria.all():
        CriterionEvidence.objects.create(
            application=application, criterion=criterion, words="I have done this for years."
        )
    return application


def round_of(vacancy=None, *, number=2, slots=3, **fields):
    """A round whose interviewers are a panel of so many, with a question a criterion and slots from tomorrow on."""
    vacancy = vacancy or vacancy_with_criteria()
    members = list(vacancy.panel_members.serving()) or panel_of(vacancy, number)
    questions = [(row, f"Tell us about {row.text}") for row in vacancy.criteria.all()]
    given = {"name": "First interview", "place": "Room 4, Elizabeth II Court", "minutes": 45}
    given |= {
        "choose_until": timezone.now() + timedelta(days=7),
        "bring": "Your passport",
        **fields,
    }
    found = arrange_round(
        vacancy=vacancy,
        interviewers=members,
        questions=[*questions, (None, "What else should we know?")],
        by=HRAdminFactory(),
        **given,
    )
    first = timezone.now().replace(microsecond=0) + timedelta(days=10)
    begins = [first + timedelta(hours=place) for place in range(slots)]
    make_slots(interview_round=found, begins=begins, by=HRAdminFactory())
    return found


def invited(found, **fields):
    """Somebody in interview who is invited to a round."""
    application = in_interview(found.vacancy, **fields)
    invite_to_choose(interview_round=found, applications=[application], by=HRAdminFactory())
    return application


def booked(found, slot=None, **fields):
    """The booking of somebody invited who has chosen the first free slot, or the one given."""
    application = invited(found, **fields)
    slot = slot or found.slots.free(timezone.now()).first()
    return choose_slot(application=application, slot=slot, by=application.applicant)


def held(found, **fields):
    """A booking whose time is over."""
    booking = booked(found, **fields)
    slot = booking.slot
    slot.begins_at = timezone.now() - timedelta(hours=2 + booking.pk % 20)
    slot.ends_at = slot.begins_at + timedelta(minutes=45)
    slot.save()
    return InterviewBooking.objects.get(pk=booking.pk)


def mark(member, booking, points, *, send=True, version=0):
    """Have an interviewer give points for each question, one number or a list, and send them."""
    questions = list(booking.round.questions.all())
    each = points if isinstance(points, list) else [points] * len(questions)
    return save_interview_scores(
        member=member,
        booking=booking,
        scores={row.pk: (given, NOTES) for row, given in zip(questions, each, strict=True)},
        version=version,
        by=member.person,
        send=send,
    )


def members_of(found):
    return list(found.interviewers.order_by("pk"))


def marked_by_all(booking, points=3):
    for member in members_of(booking.round):
        mark(member, booking, points)
