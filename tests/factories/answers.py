"""The answers of an application: every section of one made whole, and rows one by one."""

import factory
from django.utils import timezone

from applications.models import (
    CriterionEvidence,
    InterviewScheme,
    PlaceWanted,
    Referee,
    RefereeKind,
    SectionSave,
)
from applications.sections import Held, sections_of
from tests.factories.history import add_history
from tests.factories.vacancies import CriterionFactory

WORDS = "I have worked with families for six years."


class InterviewSchemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = InterviewScheme

    name = factory.Sequence(lambda n: f"Scheme {n}")
    question = "I am disabled"


def answer_everything(application, words=WORDS):
    """Make every section of an application whole that must be; `words` are those of its examples."""
    if not application.vacancy.criteria.exists():
        CriterionFactory(vacancy=application.vacancy)
    CriterionEvidence.objects.bulk_create(
        CriterionEvidence(application=application, criterion=criterion, words=words)
        for criterion in application.vacancy.criteria.all()
    )
    add_history(application)
    add_referees(application)
    if application.vacancy.other_places.exists():
        PlaceWanted.objects.create(application=application, rank=1)
    finish_sections(application)


def add_referees(application):
    Referee.objects.bulk_create(
        Referee(
            application=application,
            position=position,
            kind=RefereeKind.EMPLOYER,
            full_name=name,
            organisation="Weir School",
            email=email,
            ask_before_interview=True,
        )
        for position, name, email in [
            (1, "Wanda Rook", "wanda.rook@example.org"),
            (2, "Piers Alder", "piers.alder@example.org"),
        ]
    )


def finish_sections(application):
    """Say of every section that its writer has finished it, as somebody who saved each once."""
    SectionSave.objects.bulk_create(
        SectionSave(
            application=application, name=section.name, version=1, finished_at=timezone.now()
        )
        for section in sections_of(Held(application))
        if not section.optional or section.name.startswith("evidence-")
    )
