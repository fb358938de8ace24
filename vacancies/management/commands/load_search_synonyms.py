import csv
from pathlib import Path

from django.core.management.base import BaseCommand

from vacancies.models import SearchSynonym

DATA = Path(__file__).resolve().parents[2] / "data" / "synonyms.csv"


class Command(BaseCommand):
    help = "Loads the short forms that people search by and their meanings; safe to run again."

    def handle(self, *args, **options):
        with DATA.open(encoding="utf-8", newline="") as file:
            synonyms = [
                SearchSynonym(term=row["term"], meanings=row["meanings"].split(";"))
                for row in csv.DictReader(file, delimiter="|")
            ]
        # A term that HR has changed since keeps what HR wrote.
        SearchSynonym.objects.bulk_create(synonyms, ignore_conflicts=True)
