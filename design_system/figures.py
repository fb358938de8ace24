"""The arithmetic behind figures that the server draws as SVG."""

import math
import textwrap
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache


def days_in_words(number):
    """Days as people say them: 0 -> "0 days", 0.5 -> "½ day", 1 -> "1 day", 2.5 -> "2½ days"."""
    number = Decimal(str(number))
    return f"{days_as_figure(number)} {'day' if Decimal(0) < number <= 1 else 'days'}"


def days_as_figure(number):
    """Days as a short figure: whole, with a half as ½, else with at most two decimals."""
    number = Decimal(str(number))
    whole, rest = divmod(number, 1)
    if rest == Decimal("0.5"):
        return f"{whole:f}½" if whole else "½"
    return f"{number.quantize(Decimal('0.01')).normalize():f}"


@dataclass(frozen=True)
class Ring:
    """Days attended and booked out of a promised total, as arcs of a circle. All three are in days."""

    attended: Decimal
    booked: Decimal
    total: Decimal

    RADIUS = 50

    @property
    def circumference(self):
        return 2 * math.pi * self.RADIUS

    @property
    def attended_arc(self):
        return self._arc(self._share(self.attended))

    @property
    def booked_arc(self):
        """Starts at the top like the other and lies under it, so it covers both."""
        return self._arc(self._share(self.attended + self.booked))

    @property
    def left(self):
        return max(self.total - self.attended - self.booked, 0)

    @property
    def words(self):
        """What the ring shows, for those who do not see it."""
        return (
            f"{days_in_words(self.attended)} attended and {days_in_words(self.booked)} booked "
            f"out of {days_in_words(self.total)}"
        )

    @property
    def used_figure(self):
        """The number in the middle: the days that are attended or booked."""
        return days_as_figure(self.attended + self.booked)

    @property
    def total_figure(self):
        return days_as_figure(self.total)

    def _share(self, number):
        return min(float(number) / float(self.total), 1) if self.total else 0

    def _arc(self, share):
        return f"{share * self.circumference:.1f} {self.circumference:.1f}"


@dataclass(frozen=True)
class Bar:
    label: str
    value: Decimal
    share: float  # of the longest bar, from 0 to 100


@dataclass(frozen=True)
class BarChart:
    """A table whose rows carry a bar, one for each (label, number).

    A bar for `most` goes all the way; without it the longest does.
    """

    title: str
    rows: list
    unit: str = ""
    most: float | None = None

    @property
    def bars(self):
        largest = self.most or max((float(value) for _, value in self.rows), default=0)
        return [
            Bar(label, value, round(100 * float(value) / largest, 1) if largest else 0)
            for label, value in self.rows
        ]


@lru_cache(maxsize=100)
def _lines_of(name, letters):
    return textwrap.wrap(name, letters)


@dataclass(frozen=True)
class MapTile:
    """One part of a map: its name, its column and row from 1, how many are there, and its address."""

    name: str
    column: int
    row: int
    count: int
    url: str
    is_chosen: bool = False


@dataclass(frozen=True)
class TileMap:
    """A map whose parts are tiles of one size, each a link, shaded by how many are there.

    `one` and `many` are the words for what is counted. Tiles without any are not links.
    """

    title: str
    tiles: list
    one: str
    many: str

    TILE_WIDTH = 76
    TILE_HEIGHT = 58
    GAP = 4
    LETTERS_A_LINE = 12
    LINE_HEIGHT = 13
    SHADES = 4

    @property
    def width(self):
        return self._left(max((tile.column for tile in self.tiles), default=0) + 1) - self.GAP

    @property
    def height(self):
        return self._top(max((tile.row for tile in self.tiles), default=0) + 1) - self.GAP

    @property
    def drawn(self):
        """The tiles with all that the drawing needs, in the order in which they are reached by keyboard."""
        most = max((tile.count for tile in self.tiles), default=0)
        return [
            self._draw(tile, most)
            for tile in sorted(self.tiles, key=lambda tile: (tile.row, tile.column))
        ]

    def _left(self, column):
        return (column - 1) * (self.TILE_WIDTH + self.GAP)

    def _top(self, row):
        return (row - 1) * (self.TILE_HEIGHT + self.GAP)

    def _draw(self, tile, most):
        lines = _lines_of(tile.name, self.LETTERS_A_LINE)
        left, top = self._left(tile.column), self._top(tile.row)
        first = top + self.TILE_HEIGHT - 23 - self.LINE_HEIGHT * (len(lines) - 1)
        return {
            "name": tile.name,
            "url": tile.url if tile.count else "",
            "is_chosen": tile.is_chosen,
            "count": tile.count,
            "in_words": f"{tile.count} {self.one if tile.count == 1 else self.many}",
            "shade": math.ceil(self.SHADES * tile.count / most) if tile.count else 0,
            "left": left,
            "top": top,
            "middle": left + self.TILE_WIDTH / 2,
            "baseline": top + self.TILE_HEIGHT - 9,
            "lines": [(text, first + self.LINE_HEIGHT * n - 7) for n, text in enumerate(lines)],
        }
