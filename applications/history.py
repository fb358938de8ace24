"""Which months since somebody left full-time education have a job or an explanation, and which have neither.

Nothing here reads the database. Months are counted, never days: a month in which a job began or ended
belongs to the job. Source: "Keeping children safe in education", part 3, which councils follow by analogy:
a full history since leaving education, with every gap explained.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.conf import settings
from django.utils.dateformat import format as format_date


@dataclass(frozen=True)
class Span:
    """Months in a row. `first` and `last` are first days of months, and both months belong to it."""

    first: date
    last: date

    @property
    def months(self):
        return number_of(self.last) - number_of(self.first) + 1

    @property
    def newness(self):
        """For putting spans in order: what ended last, and began last, is the newest."""
        return self.last, self.first

    def __contains__(self, month):
        return self.first <= month.replace(day=1) <= self.last

    def __str__(self):
        if self.first == self.last:
            return format_date(self.first, "F Y")
        same_year = self.first.year == self.last.year
        first = format_date(self.first, "F" if same_year else "F Y")
        return f"{first} to {format_date(self.last, 'F Y')}"

    @property
    def words(self):
        """The months as they stand in a sentence."""
        return f"in {self}" if self.months == 1 else f"from {self}"


def number_of(month):
    """Count months, so that they can be added and compared."""
    return month.year * 12 + month.month - 1


def month_of(number):
    return date(number // 12, number % 12 + 1, 1)


def uncovered_spans(left_education_on, until, covered, *, let_pass=0):
    """Return the spans of months that none of the spans `covered` covers, the oldest first.

    Looked at are the months after the one of `left_education_on`, in a part of which the person was still
    learning, to the one of `until`, this one among them. So many months in a row as `let_pass` are not
    listed.
    """
    open_from, last = number_of(left_education_on) + 1, number_of(until)
    found = []
    for span in sorted(covered, key=lambda span: span.first):
        found.append((open_from, min(number_of(span.first) - 1, last)))
        open_from = max(open_from, number_of(span.last) + 1)
    found.append((open_from, last))
    return [
        Span(month_of(first), month_of(last)) for first, last in found if last - first >= let_pass
    ]


@dataclass(frozen=True)
class History:
    """A person's jobs and what they said of the months between, up to the month of the day `until`.

    `jobs` are Employment rows, one without an end going on until then; `gaps` are Gap rows, and
    `qualifications` Qualification rows.
    """

    left_education_on: date | None
    jobs: list
    gaps: list
    until: date
    qualifications: list = field(default_factory=list)

    def span_of(self, row):
        """Return the months of a job or an explanation."""
        return Span(row.began_on, row.ended_on or max(row.began_on, self.until.replace(day=1)))

    @cached_property
    def without_a_job(self):
        """The spans of months, since leaving full-time education, without a job."""
        return self._uncovered(self.jobs)

    @cached_property
    def unexplained(self):
        """The spans of months to be explained before the history is whole."""
        return self._uncovered(
            [*self.jobs, *self.gaps], let_pass=settings.HISTORY_MONTHS_UNEXPLAINED
        )

    @cached_property
    def not_needed(self):
        """The explanations all of whose months have a job by now, or need none."""
        return [gap for gap in self.gaps if not self._is_needed(self.span_of(gap))]

    def span_with(self, month):
        """Return the unexplained span that the month is in, or None."""
        return next((span for span in self.unexplained if month in span), None)

    def words_before(self, span):
        """Return what was said of the month before a span, or nothing: perhaps it still went on."""
        before = number_of(span.first) - 1
        return next((gap.words for gap in self.gaps if number_of(gap.ended_on) == before), "")

    def _uncovered(self, rows, let_pass=0):
        if self.left_education_on is None:
            return []
        covered = [self.span_of(row) for row in rows]
        return uncovered_spans(self.left_education_on, self.until, covered, let_pass=let_pass)

    def _is_needed(self, explained):
        return any(
            explained.first <= span.last and span.first <= explained.last
            for span in self.without_a_job
        )
