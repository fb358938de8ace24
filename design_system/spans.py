"""The arithmetic behind a chart of months: bars from one month to another, drawn by the server as SVG."""

from dataclasses import dataclass
from datetime import date

NICE_STEPS = (1, 2, 5, 10, 20)


def _number(month):
    return month.year * 12 + month.month - 1


@dataclass(frozen=True)
class SpanBar:
    """A bar over the months from `first` to `last`. `look` is solid, hatched or outlined."""

    look: str
    first: date
    last: date
    label: str


@dataclass(frozen=True)
class SpanChart:
    """Bars over the months from `first` to `last`; those that overlap lie under each other.

    `words` say what the chart shows, `looks` what each look stands for: the page has the same as a list.
    """

    words: str
    first: date
    last: date
    bars: list
    looks: dict

    LANE = 22
    BAR = 16
    AXIS = 26
    MOST_YEARS_NAMED = 5
    NARROWEST = 0.8  # of a hundred, so that a single month is seen

    @property
    def height(self):
        return self.LANE * max(1, self._lanes) + self.AXIS

    @property
    def floor(self):
        return self.height - self.AXIS

    @property
    def years(self):
        """The years named under the bars, with how far from the left each begins, in hundredths."""
        between = self.last.year - self.first.year + 1
        step = next(
            (step for step in NICE_STEPS if between / step <= self.MOST_YEARS_NAMED), NICE_STEPS[-1]
        )
        years = [year for year in range(self.first.year, self.last.year + 1) if year % step == 0]
        placed = [(year, self._share(_number(date(year, 1, 1)))) for year in years]
        return [(year, f"{left:.2f}") for year, left in placed if 0 <= left <= 88]

    @property
    def drawn(self):
        """The bars with all that the drawing needs."""
        return [
            {
                "look": bar.look,
                "label": bar.label,
                "left": f"{min(self._share(_number(bar.first)), 100 - self.NARROWEST):.2f}",
                "width": f"{self._width(bar):.2f}",
                "top": lane * self.LANE,
            }
            for bar, lane in self._in_lanes()
        ]

    @property
    def key(self):
        """What each look stands for, those that are drawn alone."""
        drawn = {bar.look for bar in self.bars}
        return [
            {"look": look, "words": words} for look, words in self.looks.items() if look in drawn
        ]

    @property
    def _lanes(self):
        return max((lane + 1 for _, lane in self._in_lanes()), default=0)

    def _in_lanes(self):
        """Give each bar the first lane that is free from its first month on."""
        free_from, placed = [], []
        for bar in sorted(self.bars, key=lambda bar: (bar.first, bar.last)):
            lane = next(
                (lane for lane, month in enumerate(free_from) if month <= bar.first), len(free_from)
            )
            free_from[lane : lane + 1] = [_after(bar.last)]
            placed.append((bar, lane))
        return placed

    def _share(self, number):
        months = _number(self.last) - _number(self.first) + 1
        return 100 * (number - _number(self.first)) / months

    def _width(self, bar):
        return max(
            self._share(_number(bar.last) + 1) - self._share(_number(bar.first)), self.NARROWEST
        )


def _after(month):
    number = _number(month) + 1
    return date(number // 12, number % 12 + 1, 1)
