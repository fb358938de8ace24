from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

# Any number that no other program of this database uses: it names the lock.
LOCK = 4_207_193
LOCK_TIMEOUT = "10s"


def a_migration_is_missing():
    """Say whether `migrate` has anything to do: on most starts it has not, and takes a while to see it."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


class Command(BaseCommand):
    help = "Bring the database up to date: migrations, reference data and, if asked, the demo the first time."

    def add_arguments(self, parser):
        parser.add_argument(
            "--demo", action="store_true", help="load the demo if there is nobody yet"
        )

    def handle(self, *args, demo, verbosity, **options):
        # One at a time: two hosts that start together wait here, and the second finds it done.
        # The lock ends with the connection, so one that fails leaves nothing behind.
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(%s)", [LOCK])
            cursor.execute("select set_config('lock_timeout', %s, false)", [LOCK_TIMEOUT])
            if a_migration_is_missing():
                call_command("migrate", interactive=False, verbosity=verbosity)
            call_command("load_reference_data", verbosity=verbosity)
            call_command("load_restoration_rules", verbosity=verbosity)
            call_command("load_search_synonyms", verbosity=verbosity)
            call_command("load_interview_schemes", verbosity=verbosity)
            call_command("load_check_kinds", verbosity=verbosity)
            call_command("load_figures", verbosity=verbosity)
            call_command("load_retention_periods", verbosity=verbosity)
            if demo and "load_demo" in get_commands() and not get_user_model().objects.exists():
                with transaction.atomic():
                    call_command("load_demo", verbosity=verbosity)
            cursor.execute("select pg_advisory_unlock(%s)", [LOCK])
