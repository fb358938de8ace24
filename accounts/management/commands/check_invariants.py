from django.core.management.base import BaseCommand, CommandError

from accounts.queries import broken_invariants


class Command(BaseCommand):
    help = "Lists what must never be true and is; exits 1 when there is any."

    def handle(self, *args, **options):
        sentences = list(broken_invariants())
        for sentence in sentences:
            self.stdout.write(sentence)
        if sentences:
            raise CommandError(f"{len(sentences)} found.")
        self.stdout.write("Nothing impossible was found.")
