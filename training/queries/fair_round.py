"""How a fair round gives its places: what is counted, the points of it, the draw, and how to repeat it."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Max, Q

from training.models import FairRound, RoundLine
from training.queries.five_days import five_days_of
from training.queries.order import service_endings_of
from training.states import PLACE_HOLDING_STATES, BookingState, EndReason, RoundOutcome, RoundState

# Earlier rounds without a place count for so long: as long as their lines are kept.
ROUNDS_COUNT = timedelta(days=730)
YEAR = timedelta(days=365)
DAYS_LEFT = "half_days_left"
COUNTED = [DAYS_LEFT, "taken_by_service", "rounds_missed", "years_without"]


def hash_of(text):
    """Return the SHA-256 of a text, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def draw_of(seed, number):
    """Return the draw of the request `number`: anybody can work it out from the published seed."""
    return hash_of(f"{seed}:{number}")


def points_of(counts, rules):
    """Return the points for `counts` ({what: number}) under `rules` ({what: {each, most}})."""
    return sum(rules[name]["each"] * min(counts[name], rules[name]["most"]) for name in COUNTED)


def drawn_lines(bookings, fair_round):
    """Return the RoundLines of some requests, not saved and without an outcome, the first rank first.

    Seven queries for any number of requests.
    """
    counted = counts_for([row.person for row in bookings], fair_round.session, fair_round.closes_at)
    lines = [
        RoundLine(
            round=fair_round,
            booking=booking,
            number=booking.pk,
            points=points_of(counted[booking.person_id], fair_round.points),
            draw=draw_of(fair_round.seed, booking.pk),
            **counted[booking.person_id],
        )
        for booking in bookings
    ]
    lines.sort(key=lambda line: (-line.points, line.draw))
    for rank, line in enumerate(lines, start=1):
        line.rank = rank
    return lines


def counts_for(people, session, at):
    """Return {user key: {what is counted: number}} for people who ask for a place on a session."""
    left = _half_days_left(people, session)
    endings = service_endings_of(people, at)
    missed = _rounds_missed(people, session, at)
    last = _last_places(people)
    never = settings.FAIR_ROUND_POINTS["years_without"]["most"]
    return {
        person.pk: {
            "half_days_left": left.get(person.pk, 0),
            "taken_by_service": endings.get(person.pk, 0),
            "rounds_missed": missed.get(person.pk, 0),
            "years_without": (at - last[person.pk]) // YEAR if person.pk in last else never,
        }
        for person in people
    }


def _half_days_left(people, session):
    if not session.course.counts_towards_five:
        return {}
    standing = five_days_of(people, session.starts_on)
    return {key: max(int(row.left * 2), 0) for key, row in standing.items()}


def _rounds_missed(people, session, at):
    """Return {user key: rounds for the course within two years that ended without a place}."""
    in_vain = Q(booking__state=BookingState.WAITING) | Q(booking__end_reason=EndReason.NO_PLACE)
    rows = RoundLine.objects.filter(
        in_vain,
        booking__person__in=people,
        round__session__course=session.course_id,
        round__ended_at__gte=at - ROUNDS_COUNT,
    )
    return dict(rows.order_by().values_list("booking__person").annotate(number=Count("pk")))


def _last_places(people):
    """Return {user key: when they last had a place from a fair round, on any course}."""
    rows = RoundLine.objects.filter(
        outcome=RoundOutcome.PLACE,
        booking__person__in=people,
        booking__state__in=sorted(PLACE_HOLDING_STATES),
    )
    return dict(
        rows.order_by().values_list("booking__person").annotate(last=Max("round__ended_at"))
    )


# What is counted, as the page of a round says it.
COUNTED_WORDS = {
    "half_days_left": "half day of your five days that is neither attended nor booked",
    "taken_by_service": (
        "place in the past 12 months that work, a cancelled session or your manager took from you"
    ),
    "rounds_missed": "earlier round for this course, in two years, that gave you no place",
    "years_without": (
        "whole year since a fair round last gave you a place (never: as many as are counted)"
    ),
}


@dataclass(frozen=True)
class PointsRow:
    """A line of the table of points: what is counted, for how much, and what it comes to for somebody.

    What a course does not count towards does not apply in its rounds.
    """

    words: str
    each: int
    most: int
    count: int | None = None
    applies: bool = True

    @property
    def points(self):
        return None if self.count is None else self.each * min(self.count, self.most)


def points_table(fair_round, whose, at):
    """Return the PointsRows of a round: for a User as things stand, for a RoundLine, or for nobody."""
    counts = {}
    if isinstance(whose, RoundLine):
        counts = {name: getattr(whose, name) for name in COUNTED}
    elif whose is not None:
        counts = counts_for([whose], fair_round.session, at)[whose.pk]
    # What was counted once is shown, whatever the course has become since.
    counts_days = fair_round.session.course.counts_towards_five or bool(counts.get(DAYS_LEFT))
    return [
        PointsRow(
            words=COUNTED_WORDS[name],
            count=counts.get(name),
            applies=counts_days or name != DAYS_LEFT,
            **fair_round.points[name],
        )
        for name in COUNTED
    ]


@dataclass(frozen=True)
class Cut:
    """Where the places of a settled round ended: at how many points, and how the tie there fell."""

    points: int | None
    tied: int
    tied_with_place: int

    @property
    def went_to_the_draw(self):
        return self.tied > self.tied_with_place > 0


def cut_of(lines):
    """Return the Cut of a settled round's lines. Nobody was cut off when everybody got a place."""
    placed = [line.points for line in lines if line.got_a_place]
    if not placed:
        return Cut(None, 0, 0)
    points = min(placed)
    tied = [line for line in lines if line.points == points and not line.passed_over]
    return Cut(points, len(tied), sum(line.got_a_place for line in tied))


def differences_when_repeated(fair_round):
    """Work the draw of a settled round out again from its lines and its seed; return what differs."""
    lines = list(fair_round.lines.order_by("rank"))
    found = []
    if hash_of(fair_round.seed) != fair_round.seed_hash:
        found.append("its seed does not belong to the hash that was published")
    for line in lines:
        counts = {name: getattr(line, name) for name in COUNTED}
        if points_of(counts, fair_round.points) != line.points:
            found.append(f"request {line.number} has other points")
        if draw_of(fair_round.seed, line.number) != line.draw:
            found.append(f"request {line.number} has another draw")
    ranked = sorted(lines, key=lambda line: (-line.points, line.draw))
    if [line.rank for line in ranked] != list(range(1, len(lines) + 1)):
        found.append("its ranks are in another order")
    return found


def rounds_to_see(at):
    """Return {"running": rounds that take requests or soon will, "settled": those of half a year}."""
    rounds = FairRound.objects.with_sessions().annotate(requests=Count("lines"))
    since = at - timedelta(days=183)
    return {
        "running": rounds.running().order_by("closes_at", "pk"),
        "settled": rounds.filter(state=RoundState.SETTLED, ended_at__gte=since),
    }
