import time
from importlib import import_module

from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.utils import timezone

LOADERS = [
    "organisation",
    "working_time",
    "training",
    "vacancies",
    "vacancy_parts",
    "vacancy_states",
    "alerts",
    "applications",
    "application_by_phone",
    "application_history",
    "monitoring",
    "panel",
    "vacancy_figures",
    "interviews",
    "references",
    "checks",
    "offers",
    "disclosure",
    "following",
    "hr_messages",
    "returners",
    "careers",
    "data_protection",
]
ONE_AT_A_TIME = 7_301_001


class Command(BaseCommand):
    help = "Loads the invented people, adverts and courses of the demo; safe to run again."

    @transaction.atomic
    def handle(self, *args, **options):
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        for name in LOADERS:
            started = time.monotonic()
            import_module(f"demo.loaders.{name}").load(timezone.localdate())
            if options["verbosity"] > 1:
                self.stdout.write(f"{name}: {time.monotonic() - started:.1f} s")
