from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from accounts.actions import carry_out
from training.models import AllowancePolicy, Colour, Reason
from training.queries import forecast as sql
from training.queries.reach import STAGES, reach_facts
from training.states import ENDED_BY_SERVICE, EndReason

ONE_AT_A_TIME = 7_301_004
REFUSED = ENDED_BY_SERVICE | {EndReason.NOT_APPROVED}


@transaction.atomic
def forecast_the_year(*, at):
    """Forecast for everybody whether the five days can still be kept, and return how many people.

    Replaces the forecasts of the week that the moment `at` is in, so it is safe to run twice. In SQL
    from end to end: see `training.queries.forecast` for how, and docs/how-to/five-days.md for what it
    means and how long it takes. Without a policy in force nobody has a forecast.
    """
    on = timezone.localdate(at)
    policy = AllowancePolicy.objects.in_force(on)
    if policy is None:
        return 0
    week = on - timedelta(days=on.weekday())
    facts = {
        **reach_facts(policy, at),
        **_words(),
        "week": week,
        "refused_reasons": sorted(reason.value for reason in REFUSED),
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        for name, stage in STAGES.items():
            _keep(cursor, name, stage, facts)
        _keep(cursor, "forecast_standing", sql.STANDING, facts)
        _keep(cursor, "forecast_clash", sql.CLASHES, facts)
        cursor.execute(sql.MAKE_TRIALS)
        for trials in (sql.FIRST_TRIALS, sql.FRAGILE_TRIALS):
            cursor.execute(trials)
            _solve(cursor, facts)
        cursor.execute(sql.DELETE_OTHERS, facts)
        cursor.execute(sql.WRITE, facts)
        written = cursor.rowcount
        _drop(cursor, [*STAGES, "forecast_standing", "forecast_clash", "forecast_trial"])
    return written


def delete_forecasts_kept_long_enough(*, on):
    """Delete the forecasts whose end date has come by the date `on`, and return how many."""
    return carry_out("forecast", on=on)


def _solve(cursor, facts):
    _keep(cursor, "forecast_pick", sql.PICKS, facts)
    _keep(cursor, "forecast_course", sql.COURSES, facts)
    cursor.execute("ANALYZE forecast_trial")
    cursor.execute(sql.SOLVE, {"widest": sql.NARROW, "settles": False})
    cursor.execute(sql.SOLVE, {"widest": sql.WIDE, "settles": True})
    _drop(cursor, ["forecast_pick", "forecast_course"])


def _keep(cursor, name, stage, facts):
    """Keep a stage as a table until the transaction ends, and let Postgres count it."""
    cursor.execute(f"CREATE TEMP TABLE {name} ON COMMIT DROP AS {stage}", facts)
    cursor.execute(f"ANALYZE {name}")


def _drop(cursor, names):
    cursor.execute(f"DROP TABLE {', '.join(names)}")


def _words():
    return {
        **{colour.value: colour.value for colour in Colour},
        **{reason.value: reason.value for reason in Reason if reason != Reason.LONG_ABSENCE},
        "long_away": Reason.LONG_ABSENCE.value,
    }
