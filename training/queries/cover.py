"""Safe cover: who of a team's qualified people is at work in each half day, against the team's minimum."""

from dataclasses import dataclass, field
from datetime import timedelta

from organisation.half_days import AFTERNOON, MORNING, HalfDay, half_days_between
from organisation.models import CoverMinimum, StaffMember, Team
from organisation.queries import working_time_of
from training.models import Booking, OutsideCourse


@dataclass(frozen=True)
class HalfDayCover:
    """Who is at work in one half day. `minimum` is 0 where none is set or nobody works then.

    `at_work` are names. `takes_away` says that the person who was asked about would be one of them.
    """

    half_day: HalfDay
    at_work: tuple
    minimum: int
    takes_away: bool = False

    @property
    def is_short(self):
        return len(self.at_work) < self.minimum

    @property
    def falls_short(self):
        """It is short, and the person who was asked about would have been at work."""
        return self.takes_away and self.is_short

    @property
    def words(self):
        """ "2 at work, 3 needed"."""
        needed = f"{self.minimum} needed" if self.minimum else "no minimum"
        return f"{len(self.at_work)} at work, {needed}"


@dataclass
class TeamCover:
    """The qualified people of a team between two dates: who works when, and who is in training."""

    team: Team
    members: list = field(default_factory=list)
    times: dict = field(default_factory=dict)
    training: dict = field(default_factory=dict)
    minimums: list = field(default_factory=list)

    def at(self, half_day, without=None):
        """Return the HalfDayCover of a half day, `without` a person who would be in training."""
        at_work, takes_away = [], False
        for member in self.members:
            if not self._is_there(member, half_day):
                continue
            if without is not None and member.user_id == without.pk:
                takes_away = True
            elif half_day not in self.training.get(member.user_id, ()):
                at_work.append(member.user.full_name)
        minimum = self._minimum(half_day.on) if self.is_worked(half_day) else 0
        return HalfDayCover(half_day, tuple(at_work), minimum, takes_away)

    def during(self, session, without=None):
        """Return the HalfDayCover of each half day of a session, without a weekend in between."""
        half_days = half_days_between(session.starts_at, session.ends_at)
        worked = [half_day for half_day in half_days if self.is_worked(half_day)]
        return [self.at(half_day, without) for half_day in worked or half_days]

    def short_without(self, person, session):
        """Return the half days of a session that fall below the minimum because the person is there."""
        return [cover for cover in self.during(session, person) if cover.falls_short]

    def days(self, first_day, last_day):
        """Return (date, morning, afternoon) for the days on which somebody of the team works."""
        number = (last_day - first_day).days + 1
        rows = []
        for day in (first_day + timedelta(days=step) for step in range(number)):
            halves = [HalfDay(day, MORNING), HalfDay(day, AFTERNOON)]
            if any(self.is_worked(half_day) for half_day in halves):
                rows.append((day, *[self.at(half_day) for half_day in halves]))
        return rows

    def is_worked(self, half_day):
        """Say whether somebody of the team works in the half day by their pattern."""
        return any(self.times[member.pk].is_worked(half_day) for member in self.members)

    def _is_there(self, member, half_day):
        return member.works_here(half_day.on) and self.times[member.pk].is_at_work(half_day)

    def _minimum(self, on):
        return next((people for since, people in self.minimums if since <= on), 0)


def cover_of(teams, first_day, last_day):
    """Return {team id: TeamCover} between two dates. Seven queries for any number of teams and days.

    Qualified are those whose role needs registration. Away are those whom their pattern, a bank
    holiday, an absence or a place in training keeps from work.
    """
    covers = {team.pk: TeamCover(team) for team in teams}
    members = list(
        StaffMember.objects.filter(team__in=covers, role__needs_registration=True)
        .select_related("user")
        .order_by("user__full_name", "pk")
    )
    times = working_time_of(members, first_day, last_day)
    training = _half_days_in_training(members)
    minimums = CoverMinimum.objects.filter(team__in=covers).order_by("-starts_on")
    for minimum in minimums:
        covers[minimum.team_id].minimums.append((minimum.starts_on, minimum.people))
    for member in members:
        covers[member.team_id].members.append(member)
    for cover in covers.values():
        cover.times, cover.training = times, training
    return covers


def cover_for(person, sessions):
    """Return the TeamCover of a person's team for some sessions, or None for who is in no team."""
    member = StaffMember.objects.select_related("team").filter(user=person).first()
    if member is None or not sessions:
        return None
    half_days = [
        half_day
        for session in sessions
        for half_day in half_days_between(session.starts_at, session.ends_at)
    ]
    return cover_of([member.team], min(half_days).on, max(half_days).on)[member.team_id]


def half_days_short_without(person, session):
    """Return the HalfDayCovers of a session that fall below the team's minimum if the person goes."""
    cover = cover_for(person, [session])
    return cover.short_without(person, session) if cover else []


def _half_days_in_training(members):
    """Return {user id: half days of the places they mean to take, and of outside courses}."""
    people = [member.user_id for member in members]
    coming = Booking.objects.coming().filter(person__in=people)
    outside = OutsideCourse.objects.coming().filter(person__in=people).order_by()
    taken = [
        (person, during.lower, during.upper)
        for person, during in coming.order_by().values_list("person", "during")
    ]
    taken += outside.values_list("person", "starts_at", "ends_at")
    training = {}
    for person, begins, ends in taken:
        training.setdefault(person, set()).update(half_days_between(begins, ends))
    return training
