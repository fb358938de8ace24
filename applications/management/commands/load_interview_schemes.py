import csv
from pathlib import Path

from django.core.management.base import BaseCommand

from applications.models import InterviewScheme

DATA = Path(__file__).resolve().parents[2] / "data" / "interview_schemes.csv"


class Command(BaseCommand):
    help = "Loads the interview schemes that applicants may ask for; safe to run again."

    def handle(self, *args, **options):
        with DATA.open(encoding="utf-8", newline="") as file:
            schemes = [InterviewScheme(**row) for row in csv.DictReader(file)]
        # A scheme that HR has changed since keeps what HR wrote.
        InterviewScheme.objects.bulk_create(schemes, ignore_conflicts=True)
