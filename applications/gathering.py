"""Everything an application holds, for the person it is about.

Whatever belongs to an application is found by its key, what is built later too, and once each. Whose it
is stands in applications.gathered.
"""

from django.db import models

from accounts.gathering import section, words_of
from accounts.registries import Section
from applications.gathered import (
    LEFT_OUT,
    OFFER_REASONS,
    OTHERS,
    PRIVATE,
    Unit,
    kind_of,
    part_of,
    unit_of,
)
from applications.models import (
    Application,
    DisclosureReader,
    Document,
    JobInterest,
    JobInvitation,
    MonitoringAnswers,
    Offer,
    PanelMember,
    SavedVacancyNudge,
)
from applications.queries import looks_at

OFFER_WHY = Unit("Offer", "why we changed or ended the offer", "pk")


def gather_interest(user):
    """Yield what somebody is on the register of interest with, and which jobs they were told of."""
    yield from section("The register of interest", JobInterest.objects.filter(person=user))
    yield from section("Jobs you were told of", JobInvitation.objects.filter(person=user))
    nudges = SavedVacancyNudge.objects.filter(person=user)
    yield from section("Letters about jobs you saved", nudges)


def gather_panels(user):
    """Yield for which vacancies somebody is on the panel, or reads self-declarations."""
    yield from section("Panels you are on", PanelMember.objects.filter(person=user))
    readers = DisclosureReader.objects.filter(person=user)
    yield from section("Jobs whose self-declarations you read", readers)


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
    reviewed = {}
    for model, rows in _everything_of(application).items():
        if kind_of(model).whose == OTHERS:
            _put_together(rows, reviewed)
        else:
            yield _told(title, model, rows)
        if model is Offer:
            _put_reasons(rows, reviewed)
    for (unit, key), (rows, writer) in reviewed.items():
        part = part_of(unit, key, rows)
        yield Section(f"{title}: {unit.title}", rows, part, writer=writer)
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


def _told(title, model, rows):
    kind = kind_of(model)
    files = ()
    if model is Document:
        files = tuple(
            (f"{row.application}-{row.pk}-{row}", row.file.name) for row in rows if row.file
        )
    words = [kind.words(row) for row in rows]
    return Section(f"{title}: {kind.title}", words, is_private=kind.whose == PRIVATE, files=files)


def _put_together(rows, reviewed):
    """Add rows to what is reviewed with them. One row is in one unit alone."""
    for row in rows:
        unit, key, writer = unit_of(row)
        kind = kind_of(type(row))
        # Units of one name are one, whichever model they are found by.
        place = next(
            (at for at in reviewed if (at[0].name, at[1]) == (unit.name, key)), (unit, key)
        )
        told, _ = reviewed.setdefault(place, ([], writer))
        told.append({"what it is": kind.title, **kind.words(row)})


def _put_reasons(offers, reviewed):
    for offer in offers:
        hidden = [field.name for field in offer._meta.fields if field.name not in OFFER_REASONS]
        if said := words_of(offer, without=hidden):
            reviewed[OFFER_WHY, offer.pk] = ([said], "")


def _everything_of(application, *, keys_only=False):
    """Return what hangs on an application, and what hangs on that, each row once, by its model.

    With `keys_only` none of their words is read.
    """
    found, seen, waiting = {}, set(), [application]
    while waiting:
        row = waiting.pop(0)
        for relation in row._meta.get_fields(include_hidden=True):
            if not belongs(relation):
                continue
            rows = relation.related_model.objects.filter(**{relation.field.name: row})
            for below in rows.only("pk") if keys_only else rows:
                if (type(below), below.pk) not in seen:
                    seen.add((type(below), below.pk))
                    found.setdefault(type(below), []).append(below)
                    waiting.append(below)
    return found


def rows_of_reference(words):
    """Yield the label and the key of an application that was sent, by its reference, and of what hangs on it."""
    reference = f"A-{words.upper().removeprefix('A-')}"
    application = Application.objects.sent().filter(reference=reference).first()
    if application is None:
        return
    yield application._meta.label, application.pk
    for model, rows in _everything_of(application, keys_only=True).items():
        for row in rows:
            yield model._meta.label, row.pk


def belongs(relation):
    """Say whether the rows a relation leads to belong to the row it starts from."""
    return (
        relation.auto_created
        and not relation.concrete
        and relation.on_delete in (models.CASCADE, models.PROTECT)
        and relation.related_model.__name__ not in LEFT_OUT
    )
