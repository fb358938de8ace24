"""The county's five days: how many are on track, where and why not, and the share kept by year."""

from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.models import Case, Count, Max, Value, When

from training.models import AllowancePolicy, Colour, Forecast, Reason
from training.queries.promise import AMOUNTS, ENTITLEMENTS, facts_of

KEPT = f"""
    SELECT count(*), count(*) FILTER (WHERE coalesce(amounts.attended, 0) >= due.half_days),
           coalesce(sum(amounts.attended), 0)
    FROM ({ENTITLEMENTS}) due
    JOIN organisation_staffmember member ON member.user_id = due.person_id
    LEFT JOIN ({AMOUNTS}) amounts ON amounts.person_id = due.person_id
    WHERE due.half_days > 0 AND member.started_on <= %(by)s
      AND (member.left_on IS NULL OR member.left_on >= %(by)s)
"""  # noqa: S608 (made of our own texts alone)


@dataclass(frozen=True)
class YearKept:
    """Of `people` promised days in a year, so many (`kept`) had them all by its last day, or so far."""

    first_day: object
    last_day: object
    people: int
    kept: int
    is_over: bool

    @property
    def percent(self):
        return round(100 * self.kept / self.people)

    @property
    def words(self):
        years = f"{self.first_day.year} to {self.last_day.year}"
        return years if self.is_over else f"{years}, so far"


def latest_week():
    """Return the Monday of the latest forecast, or None."""
    return Forecast.objects.aggregate(week=Max("week"))["week"]


def counts_by_colour(week):
    """Return {colour: people} of a week, with every colour."""
    rows = Forecast.objects.filter(week=week).order_by().values_list("colour")
    return dict.fromkeys(Colour.values, 0) | dict(rows.annotate(number=Count("pk")))


def counts_by_team(week):
    """Return [(team's name, [red, amber, green])] of a week, in the order of the names. One query.

    Teams of fewer people than `settings.MONITOR_SMALLEST_GROUP` are one row, the last.
    """
    rows = (
        Forecast.objects.filter(week=week)
        .order_by("person__staff_member__team__name")
        .values_list("person__staff_member__team__name", "colour")
        .annotate(number=Count("pk"))
    )
    found = _table(rows, Colour.values)
    small = [numbers for _, numbers in found if sum(numbers) < settings.MONITOR_SMALLEST_GROUP]
    large = [row for row in found if sum(row[1]) >= settings.MONITOR_SMALLEST_GROUP]
    if not small:
        return large
    together = [sum(numbers) for numbers in zip(*small, strict=True)]
    return [*large, (f"Teams of fewer than {settings.MONITOR_SMALLEST_GROUP}", together)]


def counts_by_reason(week):
    """Return [(reason in words, [red, amber])] of a week, without those on track. One query."""
    rows = (
        Forecast.objects.filter(week=week)
        .exclude(colour=Colour.GREEN)
        .order_by("reason")
        .values_list("reason", "colour")
        .annotate(number=Count("pk"))
    )
    found = dict(_table(rows, [Colour.RED, Colour.AMBER]))
    return [(reason.label, found[reason]) for reason in Reason if reason in found]


def people_at_risk(week):
    """Return the forecasts of a week that are red or amber, red first, with person, team and role."""
    first = Case(When(colour=Colour.RED, then=Value(0)), default=Value(1))
    return (
        Forecast.objects.filter(week=week)
        .exclude(colour=Colour.GREEN)
        .select_related("person__staff_member__team", "person__staff_member__role")
        .order_by(first, "person__full_name", "pk")
    )


def kept_by_year(on):
    """Return the YearKept of this year and those before it, the oldest first.

    At most `settings.MONITOR_YEARS`; one query for the policies and one for each year. Left out are
    years without a policy, in which nothing was recorded, and in which fewer people than
    `settings.MONITOR_SMALLEST_GROUP` were promised days.
    """
    policies = list(AllowancePolicy.objects.order_by("-starts_on"))
    years, day = [], on
    for _ in range(settings.MONITOR_YEARS):
        policy = next((row for row in policies if row.starts_on <= day), None)
        if policy is None:
            break
        first, last = policy.year_of(day)
        people, kept, recorded = _kept(policy, day, min(last, on))
        if recorded and people >= settings.MONITOR_SMALLEST_GROUP:
            years.append(YearKept(first, last, people, kept, is_over=last < on))
        day = first.fromordinal(first.toordinal() - 1)
    return years[::-1]


def _kept(policy, day, by):
    with connection.cursor() as cursor:
        cursor.execute(KEPT, {**facts_of(policy, day), "by": by})
        return cursor.fetchone()


def _table(rows, columns):
    found = {}
    for name, colour, number in rows:
        found.setdefault(name, dict.fromkeys(columns, 0))[colour] = number
    return [(name, list(numbers.values())) for name, numbers in found.items()]
