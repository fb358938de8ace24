from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.actions import carry_out, carry_out_everything
from accounts.queries import all_keepings, dry_run


class Command(BaseCommand):
    help = (
        "Deletes and blanks what has been kept as long as we say. It does what the nightly jobs do."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")
        parser.add_argument(
            "--on", type=date.fromisoformat, help="the day to count from, such as 2027-01-31"
        )
        parser.add_argument("--only", help="one kind of row, by its name in the dry run")

    def handle(self, *args, dry_run, on, only, **options):
        today = timezone.localdate()
        if only and only not in all_keepings():
            raise CommandError(f"There is no {only}. The dry run lists the names.")
        if dry_run:
            self.say_what_would_go(on or today, only)
            return
        if on and on > today:
            raise CommandError("That day has not come: only a dry run looks ahead.")
        day = on or today
        done = {only: carry_out(only, on=day)} if only else carry_out_everything(on=day)
        for name, number in done.items():
            self.stdout.write(f"{name}: {number}")

    def say_what_would_go(self, on, only):
        for prospect in dry_run(on=on):
            if only in (None, prospect.keeping.name):
                oldest = f", the oldest of {prospect.oldest:%d %B %Y}" if prospect.number else ""
                held = f", {prospect.held} held" if prospect.held else ""
                self.stdout.write(f"{prospect.keeping.name}: {prospect.number}{oldest}{held}")
                for reference in prospect.references:
                    self.stdout.write(f"  {reference}")
