"""Everything an application holds, for the person it is about.

Whatever belongs to an application is found by its key, what is built later too. What a model's name is not
listed here for counts as other people's words: HR reads it before it is given away.
"""

from django.db import models

from accounts.gathering import section, third_party
from accounts.registries import Section
from applications.models import (
    Application,
    Document,
    JobInterest,
    JobInvitation,
    MonitoringAnswers,
)
from applications.queries import looks_at

# Written by the applicant, or told to them.
OWN = {
    "AnswersCopied",
    "ApplicationMessage",
    "ApplicationMove",
    "CriterionEvidence",
    "DeletionWarning",
    "Employment",
    "Gap",
    "InterviewBooking",
    "InterviewInvitation",
    "OfferCondition",
    "OfferQuestion",
    "PlaceWanted",
    "Qualification",
    "Referee",
    "SchemeChosen",
    "SectionSave",
    "TrainingTaken",
    "TypedWords",
}

# For the person and two named readers: HR does not review what it must not read.
PRIVATE = {"Declaration", "DeclarationVersion", "OnlineSearch", "RiskAssessment"}


def gather_interest(user):
    """Yield what somebody is on the register of interest with, and which jobs they were told of."""
    yield from section("The register of interest", JobInterest.objects.filter(person=user))
    yield from section("Jobs you were told of", JobInvitation.objects.filter(person=user))


def gather_applications(user):
    """Yield the sections of each application of a person. A draft is nobody's but its writer's."""
    for application in Application.objects.of(user).select_related("vacancy"):
        for found in _sections(application):
            yield _private(found) if application.is_draft else found


def _private(found):
    return Section(found.title, found.rows, found.part, is_private=True, files=found.files)


def _sections(application):
    title = f"Application {application.reference}"
    yield from section(title, [application])
    yield from _below(application, title)
    # Nobody who decides may read it beside a name, HR neither.
    yield from section(
        f"{title}: your answers to the equality questions",
        MonitoringAnswers.objects.filter(application=application),
        is_private=True,
    )
    looked = [
        {"who": look.who, "what": look.what, "when": look.when} for look in looks_at(application)
    ]
    if looked:
        yield Section(f"{title}: who has looked", looked)


def _below(row, title):
    """Yield what hangs on a row and would go with it, and what hangs on that."""
    for relation in row._meta.get_fields(include_hidden=True):
        if not _goes_along(relation):
            continue
        model = relation.related_model
        rows = model.objects.filter(**{relation.field.name: row})
        name = f"{title}: {model._meta.verbose_name_plural}"
        if model is Document:
            files = tuple(
                (f"{row}-{found.pk}-{found}", found.file.name) for found in rows if found.file
            )
            yield from section(name, rows, files=files)
        elif model.__name__ in PRIVATE:
            yield from section(name, rows, is_private=True)
        elif model.__name__ in OWN:
            yield from section(name, rows)
        else:
            yield from third_party(name, rows)
        for found in rows:
            yield from _below(found, title)


def _goes_along(relation):
    return (
        relation.auto_created
        and not relation.concrete
        and relation.on_delete is models.CASCADE
        and relation.related_model is not MonitoringAnswers
    )
