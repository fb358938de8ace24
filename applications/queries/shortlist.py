"""The table of a shortlisting: what each application came to, read in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.conf import settings
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from applications import queries
from applications.models import Conflict, Score, ScoreSheet, ShortlistDecision
from applications.queries import panel as panel_queries
from applications.queries.ranking import ranked
from applications.rules import panel as panel_rules
from applications.states import ApplicationState, Outcome
from vacancies.models import CriterionKind

ONE_PLACE = Decimal("0.1")
MET, PARTLY, NOT_MET = "Met", "Partly met", "Not met"


def to_one_place(number):
    """Round as people do: 2.25 is 2.3."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return exact.quantize(ONE_PLACE, ROUND_HALF_UP)


def result_of(average):
    """Return what an average says to the applicant: met, partly met or not met."""
    if average >= settings.SHORTLIST_MET_AVERAGE:
        return MET
    return PARTLY if average >= settings.SHORTLIST_PARTLY_AVERAGE else NOT_MET


@dataclass
class Row:
    """One application of the table. `averages` are exact, by criterion; `total` is rounded, and counts."""

    application: object
    averages: dict
    essential: list
    missing: list
    second_reads: int
    readers: int
    decision: ShortlistDecision | None
    rank: int | None = None
    total: Decimal = field(init=False)

    def __post_init__(self):
        self.total = to_one_place(sum(self.averages.values(), Fraction(0)))

    @property
    def code(self):
        return self.application.code

    @property
    def is_decided(self):
        return self.decision is not None and self.decision.decided_at is not None

    @property
    def is_read(self):
        """Everybody has sent their scores, second reads too, and they are enough people."""
        read = not self.missing and not self.second_reads
        return self.is_decided or (read and panel_rules.enough_readers(self.readers))

    @property
    def meets_essentials(self):
        least = settings.SHORTLIST_MET_AVERAGE
        return all(self.averages.get(pk, 0) >= least for pk in self.essential)

    @property
    def to_be_offered(self):
        """The person asked for an interview under a scheme and meets what is essential."""
        return self.application.has_scheme and self.meets_essentials

    def reaches(self, mark):
        return self.meets_essentials and self.total >= mark

    def expected(self, mark):
        """Return what the scheme or the pass mark speaks for; without a mark only a scheme does."""
        if self.to_be_offered:
            return Outcome.INTERVIEW
        if mark is None:
            return ""
        return Outcome.INTERVIEW if self.reaches(mark) else Outcome.NOT_TAKEN

    def needs_reason(self, outcome, mark):
        """Say whether an outcome is otherwise than the scheme or the mark speaks for."""
        expected = self.expected(mark)
        return bool(expected) and outcome != expected


class Shortlist:
    """All that the panel of a vacancy has found. Seven queries for any number of applications.

    `only` reads a single application, and `member` leaves out those whose applicants the member knows.
    """

    def __init__(self, vacancy, *, only=None, member=None):
        self.vacancy = vacancy
        self.criteria = list(queries.criteria_of(vacancy))
        self.members = list(panel_queries.serving_members(vacancy))
        applications = list(panel_queries.in_shortlist(vacancy, only=only, member=member))
        keys = [application.pk for application in applications]
        self._known = set(
            Conflict.objects.filter(application__in=keys).values_list("application", "member")
        )
        self._read_sheets(keys)
        self._read_scores(keys)
        decisions = ShortlistDecision.objects.filter(application__in=keys, undone_at__isnull=True)
        self._decisions = {decision.application_id: decision for decision in decisions}
        self.rows = ranked([self._row(application) for application in applications])

    def _read_sheets(self, keys):
        sheets = ScoreSheet.objects.counting().filter(application__in=keys)
        self._sent = defaultdict(set)
        for application, member in sheets.values_list("application", "member"):
            self._sent[application].add(member)

    def _read_scores(self, keys):
        counting = Score.objects.filter(
            sheet__application__in=keys,
            sheet__sent_at__isnull=False,
            sheet__voided_at__isnull=True,
        )
        waiting = Q(asked_again_at__isnull=False, answered_at__isnull=True)
        found = counting.order_by().values_list("sheet__application", "criterion")
        found = found.annotate(
            points_given=Sum(Coalesce("final_points", F("points"))),
            number=Count("pk"),
            waiting=Count("pk", filter=waiting),
        )
        self._averages, self._waiting = defaultdict(dict), defaultdict(int)
        for application, criterion, points, number, waits in found:
            self._averages[application][criterion] = Fraction(points or 0, number)
            self._waiting[application] += waits

    def _row(self, application):
        sent = self._sent[application.pk]
        return Row(
            application=application,
            averages=self._averages[application.pk],
            essential=[row.pk for row in self.criteria if row.kind == CriterionKind.ESSENTIAL],
            missing=[
                member
                for member in self.members
                if member.pk not in sent and (application.pk, member.pk) not in self._known
            ],
            second_reads=self._waiting[application.pk],
            readers=len(sent),
            decision=self._decisions.get(application.pk),
        )

    @property
    def unread(self):
        """Rows that keep the table closed: somebody is still to read them, or too few people can."""
        return [row for row in self.rows if not row.is_read]

    @property
    def is_open(self):
        """The table is shown once everybody has sent all their scores."""
        return bool(self.rows) and not self.unread

    @property
    def undecided(self):
        return [row for row in self.rows if not row.is_decided]

    @property
    def most(self):
        """The most points an application can have."""
        return max(settings.SHORTLIST_SCALE) * len(self.criteria)

    def preview(self, mark):
        """Return how many would pass at a mark. Nothing is stored."""
        undecided = self.undecided
        return {
            "mark": mark,
            "all": len(undecided),
            "pass": sum(row.reaches(mark) for row in undecided),
            "offered": sum(row.to_be_offered and not row.reaches(mark) for row in undecided),
            "without_essentials": sum(
                row.total >= mark and not row.meets_essentials for row in undecided
            ),
        }


def result_for_applicant(application):
    """Return what an applicant reads of the shortlisting: a result per criterion, and the sentence.

    None until a decision stands, and after what was told has been blanked. No member is named.
    """
    if application.state == ApplicationState.SHORTLISTING:
        return None
    decision = panel_queries.decision_of(application)
    if decision is None or decision.decided_at is None:
        return None
    points = defaultdict(list)
    for score in panel_queries.scores_that_count(application):
        points[score.criterion].append(score.counted)
    results = [
        {"text": criterion.text, "result": result_of(Fraction(sum(given), len(given)))}
        for criterion, given in points.items()
    ]
    return {"results": results, "words": decision.words}
