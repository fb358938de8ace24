"""The five-day promise as a ledger: what a person is due, has attended and has booked, from rows."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_CEILING, Decimal

from django.db.models import Case, F, Sum, When
from django.utils import timezone

from design_system.figures import days_as_figure, days_in_words
from organisation.models import StaffMember
from training.models import AllowancePolicy, Booking
from training.models.allowance import AllowanceScope
from training.states import ATTENDANCE_STATES, COMING_STATES

HALF = Decimal("0.5")


@dataclass(frozen=True)
class FiveDays:
    """Where a person stands in a year of the promise. All amounts are days, in halves.

    `entitlement` is 0 for people the policy does not reach; `left` is never below 0.
    """

    entitlement: Decimal
    attended: Decimal
    booked: Decimal
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


def five_days(person, on):
    """Return the FiveDays of one person for the year that the date `on` is in. Three queries."""
    return five_days_of([person], on)[person.pk]


def five_days_of(people, on):
    """Return {user id: FiveDays} for the year that the date `on` is in. Three queries for any number.

    Mandatory training never counts. A booking counts as booked until its attendance is marked.
    """
    policy = AllowancePolicy.objects.in_force(on)
    first_day, last_day = policy.year_of(on) if policy else (on, on)
    members = {
        member.user_id: member
        for member in StaffMember.objects.select_related("role").filter(user__in=people)
    }
    amounts = _half_days(people, first_day, last_day)
    return {
        person.pk: FiveDays(
            entitlement=_entitlement(policy, members.get(person.pk), first_day, last_day),
            attended=amounts.get(person.pk, (0, 0))[0] * HALF,
            booked=amounts.get(person.pk, (0, 0))[1] * HALF,
            first_day=first_day,
            last_day=last_day,
        )
        for person in people
    }


def _half_days(people, first_day, last_day):
    """Return {user id: (half days attended, half days booked)} of what counts towards the five."""
    rows = (
        Booking.objects.filter(
            person__in=people,
            session__course__counts_towards_five=True,
            session__starts_at__gte=_midnight(first_day),
            session__starts_at__lt=_midnight(last_day + timedelta(days=1)),
        )
        .order_by()
        .values_list("person")
        .annotate(
            attended=Sum(
                Case(When(state__in=ATTENDANCE_STATES, then=F("half_days_attended")), default=0)
            ),
            booked=Sum(
                Case(When(state__in=COMING_STATES, then=F("session__half_days")), default=0)
            ),
        )
    )
    return {person: (attended, booked) for person, attended, booked in rows}


def _entitlement(policy, member, first_day, last_day):
    """Return the days the promise gives, rounded up to a half day in the person's favour."""
    if policy is None or member is None or not _in_scope(policy, member):
        return Decimal(0)
    days = policy.days
    if policy.pro_rata_by_hours:
        days *= min(member.weekly_hours / policy.full_time_hours, Decimal(1))
    if policy.pro_rata_by_start and member.started_on > first_day:
        year = (last_day - first_day).days + 1
        worked = max((last_day - member.started_on).days + 1, 0)
        days *= Decimal(worked) / Decimal(year)
    return (days / HALF).to_integral_value(ROUND_CEILING) * HALF


def _in_scope(policy, member):
    # A social worker is somebody whose role needs registration: the title is protected by law.
    return policy.scope == AllowanceScope.ALL_STAFF or member.role.needs_registration


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))
