"""What stands in the way of a session at some time, and the dates of a series."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from organisation.half_days import AFTERNOON, half_days_between, midday
from organisation.models import BankHoliday, StaffMember
from training.exceptions import NotATrainer, TooManyHalfDays, TooShort
from training.models import Session

# A series is looked for at most so long ahead, however many days are left out.
LONGEST_SERIES = timedelta(days=731)
SHORTEST_SESSION = timedelta(minutes=30)


@dataclass
class SeriesDate:
    """A date of a series: when it would be, why it is left out, or what it clashes with."""

    starts_at: datetime
    ends_at: datetime
    holiday: str = ""
    clashes: list = field(default_factory=list)

    @property
    def on(self):
        return timezone.localdate(self.starts_at)

    @property
    def is_free(self):
        return not self.holiday and not self.clashes


def half_days_taken(starts_at, ends_at):
    """Return the range of whole half days from one moment to another, as the database works it out."""
    half_days = half_days_between(starts_at, ends_at)
    first, last = half_days[0], half_days[-1]
    begins = midday(first.on) if first.half == AFTERNOON else _midnight(first.on)
    ends = _midnight(last.on + timedelta(days=1)) if last.half == AFTERNOON else midday(last.on)
    return DateTimeTZRange(begins, ends)


def refuse_bad_times(session):
    """Raise TooShort, or TooManyHalfDays when a session is worth more than the half days it is in."""
    if session.ends_at - session.starts_at < SHORTEST_SESSION:
        raise TooShort
    most = len(half_days_between(session.starts_at, session.ends_at))
    if session.half_days > most:
        raise TooManyHalfDays(most)


def people_who_train():
    """Return who may be asked to lead a session: trainers, practice educators and who has led one."""
    roles = Q(roles__contains=["trainer"]) | Q(roles__contains=["practice_educator"])
    led = Q(pk__in=Session.objects.filter(trainer__isnull=False).order_by().values("trainer"))
    left = Q(staff_member__left_on__lt=timezone.localdate())
    return (
        User.objects.filter(roles | led, is_active=True).exclude(left).order_by("full_name", "pk")
    )


def refuse_trainer(trainer):
    """Raise NotATrainer when somebody given as trainer neither trains for us nor works here."""
    if trainer is None or people_who_train().filter(pk=trainer.pk).exists():
        return
    if not StaffMember.objects.working(timezone.localdate()).filter(user=trainer).exists():
        raise NotATrainer(trainer)


def bank_holiday_on(day):
    """Return the name of the bank holiday that a date is, or nothing."""
    return BankHoliday.objects.observed().filter(on=day).values_list("name", flat=True).first()


def sessions_in_the_way(session):
    """Return [(field, session)] of what has the trainer or the room of a session in its half days.

    `session` need not be saved. One query, or none without a trainer and a room.
    """
    if not session.trainer_id and not session.room_id:
        return []
    taken = half_days_taken(session.starts_at, session.ends_at)
    others = (
        Session.objects.planned()
        .filter(
            Q(trainer__isnull=False, trainer=session.trainer_id)
            | Q(room__isnull=False, room=session.room_id),
            during__overlap=taken,
        )
        .exclude(pk=session.pk)
        .select_related("course", "trainer", "room")
        .order_by("starts_at", "pk")
    )
    return [
        (name, other)
        for other in others
        for name in ("trainer", "room")
        if getattr(session, f"{name}_id") is not None
        and getattr(session, f"{name}_id") == getattr(other, f"{name}_id")
    ]


def series_dates(first_on, starts, ends, *, number, every_weeks, leaves_out_holidays):
    """Return the SeriesDates of a weekly series: `number` that are held, and those left out between.

    Each begins and ends at the same time of day in London, whatever the clocks do. One query.
    """
    holidays = {}
    if leaves_out_holidays:
        days = BankHoliday.objects.observed().filter(
            on__gte=first_on, on__lte=first_on + LONGEST_SERIES
        )
        holidays = dict(days.values_list("on", "name"))
    found, day = [], first_on
    while sum(not row.holiday for row in found) < number and day <= first_on + LONGEST_SERIES:
        found.append(SeriesDate(at(day, starts), at(day, ends), holidays.get(day, "")))
        day += timedelta(weeks=every_weeks)
    return found


def at(day, clock):
    """Return the moment on a date at a time of day in London."""
    return timezone.make_aware(datetime.combine(day, clock))


def moved_to(session, on):
    """Return (start, end) of a session on another date: the same times of day, as many days long."""
    start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    later = end.date() - start.date()
    return at(on, start.time()), at(on + later, end.time())


def _midnight(day):
    return at(day, time(0))
