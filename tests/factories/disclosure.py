"""What a self-declaration is made of: a shortlisted applicant, two readers, and what they do."""

import factory

from applications.actions import open_declaration, save_declaration
from applications.actions.consequences import follow
from applications.models import ApplicationMove, Declaration, DisclosureReader
from applications.states import ApplicationState
from tests.factories.accounts import UserFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.vacancies import ClosedVacancyFactory

NOTHING = {
    "anything": "no",
    "matters": [],
    "barred": "no",
    "safeguarding": "no",
    "safeguarding_words": "",
}
MATTER = {
    "what": "I took a coat from a shop.",
    "when": "May 2016",
    "outcome": "A fine of £80.",
    "since": "I have worked ever since.",
}
SOMETHING = {**NOTHING, "anything": "yes", "matters": [MATTER]}


class ReadingPersonFactory(UserFactory):
    roles = ["disclosure_reader"]


class DisclosureReaderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DisclosureReader

    vacancy = factory.SubFactory(ClosedVacancyFactory)
    person = factory.SubFactory(ReadingPersonFactory)
    place = 1
    job_title = "Head of safeguarding"


def readers_for(vacancy):
    """The two readers of a vacancy."""
    return [DisclosureReaderFactory(vacancy=vacancy, place=place) for place in (1, 2)]


def at_interview(vacancy=None, **fields):
    """An application at interview, with everything that followed from the step."""
    application = SentApplicationFactory(
        vacancy=vacancy or ClosedVacancyFactory(), state=ApplicationState.INTERVIEW, **fields
    )
    follow(application, ApplicationMove.objects.filter(application=application).last())
    return application


def declares(application, answers=NOTHING, *, send=True, by=None):
    """Have the applicant save or send their self-declaration, or a reader who has them on the phone."""
    return save_declaration(
        application=application,
        answers=answers,
        version=Declaration.objects.get(application=application).version,
        by=by or application.applicant,
        send=send,
    )


def read_by(reader, application):
    """Have a reader open what was sent."""
    declaration = Declaration.objects.get(application=application)
    return open_declaration(declaration=declaration, by=reader.person)
