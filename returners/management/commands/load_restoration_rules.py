import csv
from pathlib import Path

from django.core.management.base import BaseCommand

from returners.models import RestorationRule

DATA = Path(__file__).resolve().parents[2] / "data" / "restoration_rules.csv"


class Command(BaseCommand):
    help = "Loads the regulator's rules for coming back to the register; safe to run again."

    def handle(self, *args, **options):
        with DATA.open(encoding="utf-8", newline="") as file:
            rules = [self.rule(row) for row in csv.DictReader(file)]
        # A rule that HR has changed since keeps what HR wrote.
        RestorationRule.objects.bulk_create(rules, ignore_conflicts=True)

    def rule(self, row):
        return RestorationRule(
            **row
            | {
                "includes_years_from": bool(row["includes_years_from"]),
                "includes_years_to": bool(row["includes_years_to"]),
                "years_to": row["years_to"] or None,
            }
        )
