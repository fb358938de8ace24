"""The map of the steps people take between roles: who goes where, and a drawing of it."""

from dataclasses import dataclass, field

WIDTH = 1040
ROW = 104
BOX_WIDTH = 236
BOX_HEIGHT = 56
LINE_LENGTH = 24


@dataclass
class Stop:
    """A role on the map: its row, counted from the first roles down, and its place in the row."""

    role: object
    steps: list = field(default_factory=list)
    before: list = field(default_factory=list)
    row: int = 0
    x: int = 0

    @property
    def y(self):
        return self.row * ROW + 4

    @property
    def left(self):
        return self.x - BOX_WIDTH // 2

    @property
    def lines(self):
        """The role's name in one or two lines, each with its height in the drawing."""
        lines = _in_lines(self.role.name)
        first = self.y + BOX_HEIGHT // 2 + (6 if len(lines) == 1 else -4)
        return [(first + 20 * number, line) for number, line in enumerate(lines)]


@dataclass(frozen=True)
class Way:
    """A line from one role to the next."""

    start: Stop
    end: Stop

    @property
    def path(self):
        top, bottom = self.start.y + BOX_HEIGHT, self.end.y - 7
        bend = top + (ROW - BOX_HEIGHT) // 2
        lower = bottom - (ROW - BOX_HEIGHT) // 2
        if self.start.x == self.end.x:
            return f"M{self.start.x} {top}V{bottom}"
        return (
            f"M{self.start.x} {top}C{self.start.x} {bend + 12} {self.end.x} {lower - 12} "
            f"{self.end.x} {bottom}"
        )


@dataclass(frozen=True)
class PathwayMap:
    stops: list
    ways: list

    width = WIDTH
    box_width = BOX_WIDTH
    box_height = BOX_HEIGHT

    @property
    def height(self):
        return max((stop.y for stop in self.stops), default=0) + BOX_HEIGHT + 8


def draw_pathways(steps):
    """Return the map of `steps` (PathwayStep rows with both roles), the first roles on top."""
    stops = {}
    for step in steps:
        start = stops.setdefault(step.from_role_id, Stop(step.from_role))
        end = stops.setdefault(step.to_role_id, Stop(step.to_role))
        start.steps.append((step, end))
        end.before.append(start)
    _give_rows(stops.values())
    _give_places(stops.values())
    ordered = sorted(stops.values(), key=lambda stop: (stop.row, stop.x))
    ways = [Way(stop, end) for stop in ordered for _, end in stop.steps]
    return PathwayMap(ordered, ways)


def _give_rows(stops):
    """Put each role below all that lead to it, and a role nobody leads to just above its next."""
    # As many rounds as there are roles settle any order; more would mean that steps run in a ring.
    for _ in stops:
        for stop in stops:
            for _step, end in stop.steps:
                end.row = min(max(end.row, stop.row + 1), len(stops))
    for stop in stops:
        if not stop.before and stop.steps:
            stop.row = min(end.row for _step, end in stop.steps) - 1


def _give_places(stops):
    """Spread each row over the width, near the roles that its members come from and lead to."""
    rows = {}
    for stop in sorted(stops, key=lambda stop: stop.role.name):
        rows.setdefault(stop.row, []).append(stop)
    for row in rows.values():
        _spread(row)
    for _ in range(3):
        for number in sorted(rows):
            rows[number].sort(key=_middle_of_neighbours)
            _spread(rows[number])


def _middle_of_neighbours(stop):
    neighbours = [*stop.before, *(end for _step, end in stop.steps)]
    return sum(other.x for other in neighbours) / len(neighbours)


def _spread(row):
    slot = WIDTH // len(row)
    for number, stop in enumerate(row):
        stop.x = slot * number + slot // 2


def _in_lines(name):
    if len(name) <= LINE_LENGTH:
        return [name]
    words = name.split()
    middle = min(
        range(1, len(words)),
        key=lambda cut: abs(len(" ".join(words[:cut])) - len(" ".join(words[cut:]))),
    )
    return [" ".join(words[:middle]), " ".join(words[middle:])]
