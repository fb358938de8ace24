"""Referees who were asked, and what they told."""

from datetime import date, timedelta

import factory
from django.utils import timezone

from applications import reference_links
from applications.models import Reference, ReferenceLetter, ReferenceRequest
from applications.states import ApplicationState, LetterKind, ReferenceState
from tests.factories.applications import SentApplicationFactory


class ReferenceRequestFactory(factory.django.DjangoModelFactory):
    """The first referee of an application at the interview stage, asked today."""

    class Meta:
        model = ReferenceRequest

    application = factory.SubFactory(SentApplicationFactory, state=ApplicationState.INTERVIEW)
    referee = factory.LazyAttribute(lambda made: made.application.referees.get(position=1))
    asked_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda made: made.asked_at + timedelta(weeks=12))


class ReferenceFactory(factory.django.DjangoModelFactory):
    """A reference that agrees with the history of the factories, but for what a test changes."""

    class Meta:
        model = Reference

    request = factory.SubFactory(
        ReferenceRequestFactory,
        state=ReferenceState.ANSWERED,
        ended_at=factory.LazyFunction(timezone.now),
    )
    known_how = "I was her manager."
    job_title = "Teaching assistant"
    began_on = date(2015, 7, 1)
    is_present = True
    performance = "Calm and kind."
    would_employ_again = "yes"
    has_disciplinary = has_concern = has_allegation = "no"
    given_by = "Wanda Rook"
    given_as = "Head teacher"
    is_true = True


def link_to(request, **fields):
    """Make a link to a request and return its token."""
    token = reference_links.new_token()
    fields = {"kind": LetterKind.ASKED, "token_hash": reference_links.hash_of(token), **fields}
    ReferenceLetter.objects.create(request=request, **fields)
    return token


# What a referee fills in who agrees with the history of the factories.
ANSWERS = {
    "known_how": "I have been her manager since 2015.",
    "job_title": "Teaching assistant",
    "began_on_month": "7",
    "began_on_year": "2015",
    "is_present": "yes",
    "performance": "Calm and kind.",
    "would_employ_again": "yes",
    "has_disciplinary": "no",
    "has_concern": "no",
    "has_allegation": "no",
    "given_by": "Wanda Rook",
    "given_as": "Head teacher",
    "is_true": "on",
}
