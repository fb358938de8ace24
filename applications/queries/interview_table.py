"""What the interviews of a vacancy came to: ranks and points, and what the applicant reads of it."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from applications.models import (
    Application,
    Conflict,
    InterviewBooking,
    InterviewDecision,
    InterviewQuestion,
    InterviewScore,
    InterviewSheet,
    ReserveListEntry,
)
from applications.queries import interviews as interview_queries
from applications.queries.ranking import ranked
from applications.queries.shortlist import result_of, to_one_place
from applications.rules import interviews as interview_rules
from applications.states import ApplicationState, InterviewOutcome

OTHER_QUESTIONS = "What else we asked"


@dataclass
class InterviewRow:
    """One application of the table. `averages` are exact, by question; `total` is rounded, and counts."""

    application: object
    averages: dict
    missing: list
    second_reads: int
    readers: int
    decision: InterviewDecision | None
    reserve: ReserveListEntry | None
    held: bool
    rank: int | None = None
    total: Decimal = field(init=False)

    def __post_init__(self):
        self.total = to_one_place(sum(self.averages.values(), Fraction(0)))

    @property
    def code(self):
        return self.application.code

    @property
    def is_decided(self):
        return self.decision is not None and self.decision.is_decided

    @property
    def is_scored(self):
        """An interview was held, all interviewers have sent, second reads too, and they are enough people."""
        scored = self.held and not self.missing and not self.second_reads
        return self.is_decided or (scored and interview_rules.enough_interviewers(self.readers))


class InterviewTable:
    """All that the interviews of a vacancy have found, in a fixed number of queries.

    Points are the sum of the averages over the questions of every round somebody was met in, so who has been
    through more rounds has more of them: it ranks those who went equally far. `only` reads one application;
    `member` leaves out those whose applicants the member knows.
    """

    def __init__(self, vacancy, *, only=None, member=None):
        self.vacancy = vacancy
        questions = InterviewQuestion.objects.filter(round__vacancy=vacancy)
        self.questions = list(
            questions.select_related("round").order_by("round__position", "position")
        )
        applications = list(_applications(vacancy, only, member))
        keys = [row.pk for row in applications]
        self._read_who_asks(vacancy, keys)
        self._read_scores(keys)
        decisions = InterviewDecision.objects.filter(application__in=keys, undone_at__isnull=True)
        self._decisions = {row.application_id: row for row in decisions}
        reserves = ReserveListEntry.objects.standing().filter(application__in=keys)
        self._reserves = {row.application_id: row for row in reserves}
        self.rows = ranked([self._row(row) for row in applications])

    def _read_who_asks(self, vacancy, keys):
        self._known = set(
            Conflict.objects.filter(application__in=keys).values_list("application", "member")
        )
        self._members = {}
        for row in interview_queries.rounds_of(vacancy):
            self._members[row.pk] = list(row.interviewers.all())
        held = InterviewBooking.objects.standing().filter(
            application__in=keys, slot__ends_at__lt=timezone.now()
        )
        self._held = defaultdict(list)
        for application, interview_round in held.values_list("application", "round"):
            self._held[application].append(interview_round)

    def _read_scores(self, keys):
        sheets = InterviewSheet.objects.counting().filter(application__in=keys)
        self._sent = set(sheets.values_list("application", "round", "member"))
        scores = InterviewScore.objects.filter(sheet__in=sheets).select_related("sheet")
        self._points = defaultdict(lambda: defaultdict(list))
        self._waiting = defaultdict(int)
        for score in scores:
            self._points[score.sheet.application_id][score.question_id].append(score.counted)
            self._waiting[score.sheet.application_id] += score.waits_for_second_read

    def _row(self, application):
        rounds = self._held[application.pk]
        sent = {(pk, member) for key, pk, member in self._sent if key == application.pk}
        missing = [
            member
            for pk in rounds
            for member in self._members[pk]
            if (pk, member.pk) not in sent and (application.pk, member.pk) not in self._known
        ]
        return InterviewRow(
            application=application,
            averages={
                question: Fraction(sum(given), len(given))
                for question, given in self._points[application.pk].items()
            },
            missing=missing,
            second_reads=self._waiting[application.pk],
            readers=min((len({m for p, m in sent if p == pk}) for pk in rounds), default=0),
            decision=self._decisions.get(application.pk),
            reserve=self._reserves.get(application.pk),
            held=bool(rounds),
        )

    @property
    def unscored(self):
        return [row for row in self.rows if not row.is_scored]

    @property
    def is_open(self):
        """The table is shown once everybody who was met has all their scores."""
        return bool(self.rows) and not self.unscored

    def was_anybody_met(self):
        """Say whether an interview for the vacancy has begun, also of somebody who has gone on since."""
        found = InterviewBooking.objects.standing().filter(application__vacancy=self.vacancy)
        return found.filter(slot__begins_at__lte=timezone.now()).exists()

    @property
    def most(self):
        return max(settings.SHORTLIST_SCALE) * len(self.questions)


def _applications(vacancy, only, member):
    """Return who was met, or decided after it: an application waits in the table from its first interview on."""
    decided = InterviewDecision.objects.filter(
        application=OuterRef("pk"), undone_at__isnull=True, decided_at__isnull=False
    )
    held = InterviewBooking.objects.standing().filter(
        application=OuterRef("pk"), slot__ends_at__lt=timezone.now()
    )
    found = Application.objects.filter(
        Q(Exists(decided)) | Q(Exists(held), state=ApplicationState.INTERVIEW), vacancy=vacancy
    ).exclude(state=ApplicationState.WITHDRAWN)
    if only is not None:
        found = found.filter(pk=only.pk)
    if member is not None:
        known = Conflict.objects.filter(application=OuterRef("pk"), member=member)
        found = found.filter(~Exists(known))
    return found.order_by("code")


def still_to_do_before_offer(application):
    """Return, as sentences, what an offer would go before: being met, and the decision of the panel's table.

    Nothing stands in its way: HR may know why.
    """
    name, now = application.full_name, timezone.now()
    decision = interview_queries.decision_of(application)
    decided = decision is not None and decision.is_decided
    bookings = application.interview_bookings.standing().select_related("slot__round")
    found = []
    if not decided and not bookings.filter(slot__begins_at__lte=now).exists():
        later = bookings.first()
        when = f" Their interview is on {later.slot.when}." if later else ""
        found.append(f"Nobody has met {name} yet.{when}")
    if not decided:
        found.append(f"The table of the interviews has no decision about {name}.")
    elif decision.outcome == InterviewOutcome.RESERVE:
        found.append(f"The decision after the interviews was the reserve list for {name}.")
    return found


def interview_result(application):
    """Return what an applicant reads of the interviews: a result for each criterion, and the sentence.

    None until they have been told: a proposal to make an offer says nothing before the offer does. No
    interviewer is named, and no question.
    """
    decision = interview_queries.decision_of(application)
    if decision is None or not decision.is_decided:
        return None
    is_untold = decision.outcome == InterviewOutcome.OFFER
    if is_untold and application.state in (ApplicationState.INTERVIEW, ApplicationState.WITHDRAWN):
        return None
    points = defaultdict(list)
    for score in interview_queries.scores_that_count(application):
        criterion = score.question.criterion
        points[criterion.text if criterion else OTHER_QUESTIONS].append(score.counted)
    results = [
        {"text": text, "result": result_of(Fraction(sum(given), len(given)))}
        for text, given in points.items()
    ]
    reserve = application.reserve_entries.standing().first()
    return {"results": results, "words": decision.words, "reserve": reserve}
