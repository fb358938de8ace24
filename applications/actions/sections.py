"""Saving an application section by section. Each is saved by itself, and no tab overwrites another unseen."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from applications.actions.answering import lock_draft
from applications.exceptions import NotAsked, SavedElsewhere
from applications.models import (
    CriterionEvidence,
    PlaceWanted,
    Referee,
    SchemeChosen,
    SectionSave,
)
from applications.sections import Held, section_of, sections_of
from applications.sections.evidence import PREFIX
from applications.sections.places import MAIN
from applications.sections.referees import FIELDS, POSITIONS
from applications.states import ApplicationEvent


@transaction.atomic
def save_section(*, application, name, answers, version, by):
    """Save a section that is one form: `answers` has the keys of the section's own `saved`.

    `version` is the one the person's page was opened at. Raises SavedElsewhere when other answers were
    saved since, AlreadySent, VacancyClosed, NotAsked when the application has no such section, and
    PermissionDenied for anyone but its writers.
    """
    application = lock_draft(application, by)
    section = find_section(application, name)
    if section.version != version and section.saved() != answers:
        raise SavedElsewhere(section)
    WRITE[PREFIX if name.startswith(PREFIX) else name](section, answers)
    return section_saved(application, name, by=by)


def find_section(application, name):
    """Return a section of a locked draft as it is saved now. Raises NotAsked."""
    section = section_of(Held(application), name)
    if section is None:
        raise NotAsked(name)
    return section


def section_saved(application, name, *, by, finished=True, checked=True):
    """Note that a section of a locked draft was saved, and whether it is whole. Returns its SectionSave.

    It counts as finished when its writer says so and nothing is missing. What was copied waits to be
    looked at until all of it was `checked`: changing one row of several is not enough.
    """
    save, _ = SectionSave.objects.get_or_create(application=application, name=name)
    whole = finished and not find_section(application, name).missing()
    save.version += 1
    save.saved_at = timezone.now()
    save.finished_at = save.saved_at if whole else None
    save.is_copied = save.is_copied and not checked
    save.save()
    application.save(update_fields=["changed_at"])
    audit.record(ApplicationEvent.SECTION_SAVED, application, by=by, section=name)
    return save


def mark_copied(application, names, reference):
    """Note that sections of a locked draft, by their `names`, were copied and wait to be checked.

    `reference` is the earlier application's, empty for the staff register. What is whole counts as finished.
    """
    now = timezone.now()
    for section in sections_of(Held(application)):
        if section.name in names:
            SectionSave.objects.update_or_create(
                application=application,
                name=section.name,
                defaults={
                    "version": 1,
                    "saved_at": now,
                    "finished_at": None if section.missing() else now,
                    "is_copied": True,
                    "copied_from": reference,
                },
            )


def _write_columns(section, answers):
    for name, value in answers.items():
        setattr(section.application, name, value)
    section.application.save(update_fields=[*answers, "changed_at"])


def _write_evidence(section, answers):
    CriterionEvidence.objects.update_or_create(
        application=section.application,
        criterion=section.criterion,
        defaults={"words": answers["evidence"]},
    )


def _write_referees(section, answers):
    for position in POSITIONS:
        Referee.objects.update_or_create(
            application=section.application,
            position=position,
            defaults={name: answers[f"{name}_{position}"] for name in FIELDS},
        )


def _write_schemes(section, answers):
    chosen = section.application.schemes_chosen
    chosen.all().delete()
    SchemeChosen.objects.bulk_create(
        SchemeChosen(application=section.application, scheme_id=pk) for pk in answers["schemes"]
    )


def _write_places(section, answers):
    section.application.places_wanted.all().delete()
    PlaceWanted.objects.bulk_create(
        PlaceWanted(
            application=section.application,
            other_place_id=None if place == MAIN else int(place),
            rank=rank,
        )
        for rank, place in enumerate(answers["places"], 1)
    )
    _write_columns(section, {"travel_miles": answers["travel_miles"]})


WRITE = {
    "contact": _write_columns,
    "right-to-work": _write_columns,
    "registration": _write_columns,
    "places": _write_places,
    "referees": _write_referees,
    PREFIX: _write_evidence,
    "adjustments": _write_columns,
    "schemes": _write_schemes,
}
