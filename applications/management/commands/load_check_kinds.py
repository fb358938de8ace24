import csv
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand

from applications.models import CheckKind, RequiredCheck

DATA = Path(__file__).resolve().parents[2] / "data"


def _rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Command(BaseCommand):
    help = "Loads the checks before somebody starts and who needs them; safe to run again."

    def handle(self, *args, **options):
        # What HR has changed since stays as HR wrote it, and so does a matrix that has any row.
        kinds = [CheckKind(**row) for row in _rows("check_kinds.csv")]
        CheckKind.objects.bulk_create(kinds, ignore_conflicts=True)
        if not RequiredCheck.objects.exists():
            RequiredCheck.objects.bulk_create(self._required())

    def _required(self):
        kinds = {kind.slug: kind for kind in CheckKind.objects.all()}
        for row in _rows("required_checks.csv"):
            yield RequiredCheck(
                family=row["family"],
                kind=kinds[row["kind"]],
                needs_second_person=row["needs_second_person"] == "yes",
                valid_months=int(row["valid_months"]) if row["valid_months"] else None,
                starts_on=date.fromisoformat(row["starts_on"]),
            )
