"""The five-day promise as a ledger: what a person is due, has attended and has booked, from rows."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection

from design_system.figures import days_as_figure, days_in_words
from training.models import AllowancePolicy
from training.queries.promise import AMOUNTS, ENTITLEMENTS, facts_of

HALF = Decimal("0.5")
STANDING = f"""
    SELECT coalesce(due.person_id, used.person_id), coalesce(due.half_days, 0),
           coalesce(used.attended, 0), coalesce(used.booked, 0), coalesce(used.held, 0)
    FROM ({ENTITLEMENTS}) due
    FULL JOIN ({AMOUNTS}) used ON used.person_id = due.person_id
"""  # noqa: S608 (both are the module's own words)


@dataclass(frozen=True)
class FiveDays:
    """Where a person stands in a year of the promise. All amounts are days, in halves.

    `entitlement` is 0 for people the policy does not reach; `left` is never below 0. Of what is
    `booked`, so much is `held` until the manager answers.
    """

    entitlement: Decimal
    attended: Decimal
    booked: Decimal
    held: Decimal
    first_day: date
    last_day: date

    @property
    def used(self):
        return self.attended + self.booked

    @property
    def used_words(self):
        """ "3 of 5 days": what is attended or booked out of what is promised."""
        return f"{days_as_figure(self.used)} of {days_in_words(self.entitlement)}"

    @property
    def left(self):
        return max(self.entitlement - self.used, Decimal(0))

    @property
    def held_fills_the_year(self):
        """Without what waits for the manager some days would be left."""
        return self.used - self.held < self.entitlement


def five_days(person, on):
    """Return the FiveDays of one person for the year that the date `on` is in. Two queries."""
    return five_days_of([person], on)[person.pk]


def five_days_of(people, on):
    """Return {user id: FiveDays} for the year that the date `on` is in. Two queries for any number.

    Mandatory training never counts. A booking counts as booked until its attendance is marked. What
    the ledger's entries say was attended counts on top of the bookings.
    """
    policy = AllowancePolicy.objects.in_force(on)
    if policy is None:
        none = FiveDays(*[Decimal(0)] * 4, on, on)
        return {person.pk: none for person in people}
    facts = facts_of(policy, on, [person.pk for person in people])
    with connection.cursor() as cursor:
        cursor.execute(STANDING, facts)
        found = {person: amounts for person, *amounts in cursor.fetchall()}
    return {
        person.pk: FiveDays(
            *(half_days * HALF for half_days in found.get(person.pk, (0, 0, 0, 0))),
            first_day=facts["first"],
            last_day=facts["last"],
        )
        for person in people
    }
