import csv
from pathlib import Path

from django.core.management.base import BaseCommand

from careers.models import Figure

DATA = Path(__file__).resolve().parents[2] / "data" / "figures.csv"


class Command(BaseCommand):
    help = "Loads the figures that public pages tell, each with its source; safe to run again."

    def handle(self, *args, **options):
        with DATA.open(encoding="utf-8", newline="") as file:
            figures = [Figure(**row) for row in csv.DictReader(file)]
        # A figure that HR has changed since keeps what HR wrote.
        Figure.objects.bulk_create(figures, ignore_conflicts=True)
