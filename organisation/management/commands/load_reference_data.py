import csv
from pathlib import Path

import holidays
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from organisation.models import (
    BankHoliday,
    District,
    Grade,
    Outcode,
    PathwayStep,
    Place,
    Role,
)

DATA = Path(__file__).resolve().parents[2] / "data"


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def add_or_update(model, key, objects):
    """Insert what is new and update the rest, by the unique field `key`, in one statement."""
    names = [field.name for field in model._meta.concrete_fields]
    model.objects.bulk_create(
        objects,
        update_conflicts=True,
        unique_fields=[key],
        update_fields=[name for name in names if name not in ("id", key)],
    )


class Command(BaseCommand):
    help = "Loads districts, places, outcodes, grades, roles, pathway steps and bank holidays; safe to run again."

    @transaction.atomic
    def handle(self, *args, **options):
        add_or_update(
            District,
            "code",
            [District(**row, slug=slugify(row["name"])) for row in rows("districts.csv")],
        )
        add_or_update(Place, "name", [Place(**row) for row in rows("places.csv")])
        outcodes = [Outcode(code=row.pop("outcode"), **row) for row in rows("outcodes.csv")]
        add_or_update(Outcode, "code", outcodes)
        self.load_roles()
        self.load_bank_holidays(timezone.localdate().year)

    def load_roles(self):
        """Load grades and roles; a role that HR has changed since keeps HR's words."""
        Grade.objects.bulk_create(
            [Grade(letter=letter) for letter in "ABCDEFGHIJK"], ignore_conflicts=True
        )
        grades = {grade.letter: grade for grade in Grade.objects.all()}
        Role.objects.bulk_create(
            [self.role(row, grades) for row in rows("roles.csv")], ignore_conflicts=True
        )
        roles = {role.name: role for role in Role.objects.all()}
        steps = [
            PathwayStep(
                from_role=roles[row["from_role"]],
                to_role=roles[row["to_role"]],
                how=row["how"],
            )
            for row in rows("pathway.csv")
        ]
        PathwayStep.objects.bulk_create(steps, ignore_conflicts=True)

    def load_bank_holidays(self, year):
        """Load England's bank holidays from last year to three years ahead.

        What HR has added, renamed or unticked stays as it is.
        """
        found = holidays.country_holidays("GB", subdiv="ENG", years=range(year - 1, year + 4))
        BankHoliday.objects.bulk_create(
            [BankHoliday(on=on, name=name) for on, name in sorted(found.items())],
            ignore_conflicts=True,
        )

    def role(self, row, grades):
        return Role(
            name=row["name"],
            slug=slugify(row["name"]),
            family=row["family"],
            grade=grades[row["grade"]],
            needs_registration=bool(row["needs_registration"]),
            protected_title=bool(row["protected_title"]),
            summary=row["summary"],
        )
