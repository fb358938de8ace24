from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.models import RetentionPeriod
from accounts.retention import is_dated


class Command(BaseCommand):
    help = (
        "Loads the retention periods of the settings; safe to run again, what HR has decided stays."
    )

    def handle(self, *args, **options):
        there = set(RetentionPeriod.objects.values_list("category", flat=True))
        RetentionPeriod.objects.bulk_create(
            RetentionPeriod(
                category=kind,
                months=row.get("months"),
                days=row.get("days"),
                from_on=settings.RETENTION_DECIDED_ON,
                why=row["why"],
            )
            for kind, row in settings.RETENTION.items()
            if is_dated(kind) and kind not in there
        )
