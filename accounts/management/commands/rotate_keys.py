from django.core.management.base import BaseCommand

from accounts.actions.keys import rotate_keys


class Command(BaseCommand):
    help = (
        "Encrypts everything anew with the first of ENCRYPTION_KEYS. It can be stopped, and run again; "
        "after it the other keys are needed only for old backups."
    )

    def handle(self, *args, **options):
        for name, number in rotate_keys().items():
            self.stdout.write(f"{name}: {number}")
        self.stdout.write("Everything has the first key now.")
