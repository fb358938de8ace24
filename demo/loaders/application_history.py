"""What the demo's applicants learned and where they worked: lives with jobs that overlap and explained gaps."""

import tomllib
from itertools import cycle

from django.utils import timezone

from applications.history import Span, month_of, number_of
from applications.models import (
    Application,
    Employment,
    Gap,
    Qualification,
    SectionSave,
    TrainingTaken,
)
from demo.people import DATA

SECTIONS = ["qualifications", "employment", "training"]
# So many of the last months the demo's unfinished application leaves without a word.
MONTHS_LEFT_OPEN = 5


def load(today):
    """Load the histories of the applications that have none, as they were when they were sent.

    A draft whose writer has begun has one too, with months that are still to be explained.
    """
    writer = Writer()
    without = Application.objects.filter(left_education_on__isnull=True, blanked_at__isnull=True)
    begun = without.filter(section_saves__name="contact")
    for application in begun.select_related("vacancy__role").order_by("pk"):
        if application.is_draft:
            writer.write(application, today, unfinished=True)
        else:
            writer.write(application, timezone.localdate(application.submitted_at))


class Writer:
    """Writes the sections with rows of an application, a life for each in turn, the same every time."""

    def __init__(self):
        text = (DATA / "histories.toml").read_text(encoding="utf-8")
        self.lives = tomllib.loads(text)["lives"]
        families = {family for life in self.lives for family in life["families"]}
        self.turns = {family: cycle(self._of(family)) for family in sorted(families)}
        self.any = cycle(self.lives)

    def _of(self, family):
        return [life for life in self.lives if family in life["families"]]

    def write(self, application, until, *, unfinished=False):
        """Write a life that reaches the month of the day `until`; unless it is `unfinished`."""
        life = next(self.turns.get(application.vacancy.role.family, self.any))
        left = number_of(until) - sum(_lasts(part) for part in life["parts"])
        application.left_education_on = month_of(left)
        application.save(update_fields=["left_education_on"])
        self._write_parts(application, life["parts"], left + 1, unfinished)
        self._write_learning(application, life, left)
        finished = [name for name in SECTIONS if not (unfinished and name == "employment")]
        for name in SECTIONS:
            SectionSave.objects.update_or_create(
                application=application,
                name=name,
                defaults={
                    "version": 1,
                    "finished_at": application.changed_at if name in finished else None,
                },
            )

    def _write_parts(self, application, parts, month, unfinished):
        for place, part in enumerate(parts):
            is_last = place == len(parts) - 1
            first = month - _lasts(parts[place - 1]) + part["beside"] if "beside" in part else month
            last = first + part["months"] - 1
            month += _lasts(part)
            if "gap" in part:
                span = Span(month_of(first), month_of(last))
                Gap.objects.create(
                    application=application,
                    began_on=span.first,
                    ended_on=span.last,
                    words=part["gap"],
                )
                continue
            if is_last and unfinished:
                first += MONTHS_LEFT_OPEN
            Employment.objects.create(
                application=application,
                job_title=part["job"],
                employer=part["at"],
                began_on=month_of(first),
                ended_on=None if is_last else month_of(last),
                with_children=part["children"],
                reason_for_leaving=part.get("left", ""),
                duties=part.get("duties", ""),
            )

    def _write_learning(self, application, life, left):
        for years, row in enumerate(life["qualifications"]):
            finished_on = month_of(left - 36 * years)
            Qualification.objects.create(application=application, finished_on=finished_on, **row)
        for number, row in enumerate(life["training"], 1):
            finished_on = month_of(number_of(timezone.localdate()) - 14 * number)
            TrainingTaken.objects.create(application=application, finished_on=finished_on, **row)


def _lasts(part):
    """How many months a part moves the life on: one beside another does not."""
    return 0 if "beside" in part else part["months"]
