"""Month by month: what an application says of somebody's jobs, against what a reference says.

Nothing here reads the database and nothing decides: each difference is shown to a person, who closes it
with an explanation. Source: "Keeping children safe in education", part 3, which councils follow by
analogy: references are compared with the application, and what does not agree is taken up before or at
the interview.
"""

import re
from dataclasses import dataclass
from datetime import date

from applications.history import Span, month_of, number_of
from applications.states import DiscrepancyKind

# Words in the names of employers that tell none from another.
SAY_LITTLE = {"the", "of", "and", "ltd", "limited", "plc", "llp", "cic", "for", "a"}
NO_JOB = "No job there"
NO_COURSE = "No course there"
# Results of a course come out within so many months of its end.
MONTHS_TO_A_RESULT = 12
NOT_SAID = "Does not say"


@dataclass(frozen=True)
class Told:
    """What one reference says of a job, or a tutor of a course: `is_of_a_course`.

    `first` and `last` are months; without `last` it still goes on.
    """

    organisation: str
    job_title: str = ""
    first: date | None = None
    last: date | None = None
    reason_for_leaving: str = ""
    is_of_a_course: bool = False

    def span(self, until):
        """Return its months, those after the month `until` left out, or None where it gives none."""
        if self.first is None:
            return None
        last = min(self.last or until, until)
        return Span(self.first, last) if self.first <= last else None


@dataclass(frozen=True)
class Difference:
    """One thing that does not agree, and what each side says of it."""

    kind: str
    span: Span | None = None
    application_says: str = ""
    reference_says: str = ""

    @property
    def key(self):
        if self.span is None:
            return str(self.kind)
        return f"{self.kind}:{self.span.first:%Y-%m}:{self.span.last:%Y-%m}"


def differences(history, told, *, let_pass=0):
    """Return in what a History and what a reference told differ, months first, the oldest first.

    So many months in a row as `let_pass` are not listed. A reference that gives no months and no title,
    such as one from a friend, differs in nothing. Nobody is asked for jobs before they left full-time
    education, nor for a course as for a job.
    """
    until = history.until.replace(day=1)
    span = told.span(until)
    if span is None:
        return []
    if told.is_of_a_course:
        return _course(history, told, span, let_pass)
    jobs = matching_jobs(history, told, span)
    if not jobs:
        says = _job_in_words(told.job_title, told.organisation, span)
        asked_for = spans_of(_numbers(span) - _in_education(history, span))
        return [Difference(DiscrepancyKind.NO_SUCH_JOB, one, NO_JOB, says) for one in asked_for]
    return [
        *_months(history, jobs, told, span, let_pass),
        *_title(history, jobs, told),
        *_reason(history, jobs, told),
    ]


def _course(history, told, span, let_pass):
    """List the months of a course that are not in education, of no qualification and in no job there."""
    jobs = [job for job in history.jobs if same_employer(job.employer, told.organisation)]
    agree = _in_education(history, span).union(*(_numbers(history.span_of(job)) for job in jobs))
    if any(_is_result_of(row, told, span) for row in history.qualifications):
        return []
    says = _job_in_words(told.job_title, told.organisation, span)
    return [
        Difference(DiscrepancyKind.NO_SUCH_COURSE, one, _said_of(history, one), says)
        for one in spans_of(_numbers(span) - agree)
        if one.months > let_pass
    ]


def _in_education(history, span):
    """Return the months of a span up to when full-time education ended; all, where nobody said when."""
    left = history.left_education_on
    return {month for month in _numbers(span) if left is None or month <= number_of(left)}


def _is_result_of(qualification, told, span):
    """Say whether a qualification can have come of a course: its result came in it, or soon after."""
    result = number_of(qualification.finished_on)
    at_latest = number_of(span.last) + MONTHS_TO_A_RESULT
    return number_of(span.first) <= result and (told.last is None or result <= at_latest)


def _said_of(history, span):
    """Return what the application says of months without a job, for a person to weigh."""
    words = [gap.words for gap in history.gaps if _shared(history.span_of(gap), span)]
    return "; ".join(words) or NO_COURSE


def uncovered(history):
    """Return the months that have neither a job nor an explanation, as differences with no reference."""
    return [
        Difference(DiscrepancyKind.UNCOVERED, span, NOT_SAID, "") for span in history.unexplained
    ]


def matching_jobs(history, told, span):
    """Return the jobs that a reference is about: those with its employer, else the one it overlaps most."""
    same = [job for job in history.jobs if same_employer(job.employer, told.organisation)]
    overlapping = [job for job in same if _shared(history.span_of(job), span)]
    if same:
        return overlapping or same
    most = max(history.jobs, key=lambda job: _shared(history.span_of(job), span), default=None)
    if most is None or not _shared(history.span_of(most), span):
        return []
    return [most]


def same_employer(one, other):
    """Say whether two names are of one employer: the telling words of one are all among the other's."""
    first, second = _telling(one), _telling(other)
    return bool(first and second) and (first <= second or second <= first)


def _telling(name):
    return set(re.findall(r"\w+", name.casefold())) - SAY_LITTLE


def _shared(one, other):
    """Return how many months two spans share."""
    first = max(number_of(one.first), number_of(other.first))
    last = min(number_of(one.last), number_of(other.last))
    return max(0, last - first + 1)


def _months(history, jobs, told, span, let_pass):
    in_application = set().union(*(_numbers(history.span_of(job)) for job in jobs))
    in_reference = _numbers(span)
    application_says = "; ".join(
        _job_in_words(job.job_title, job.employer, history.span_of(job)) for job in jobs
    )
    reference_says = _job_in_words(told.job_title, told.organisation, span)
    found = [
        Difference(kind, apart, application_says, reference_says)
        for kind, months in [
            (DiscrepancyKind.ONLY_APPLICATION, in_application - in_reference),
            (DiscrepancyKind.ONLY_REFERENCE, in_reference - in_application),
        ]
        for apart in spans_of(months)
        if apart.months > let_pass
    ]
    return sorted(found, key=lambda difference: difference.span.first)


def spans_of(numbers):
    """Return months, counted as number_of does, as spans of months in a row."""
    spans, first, before = [], None, None
    for number in sorted(numbers):
        if first is not None and number != before + 1:
            spans.append(Span(month_of(first), month_of(before)))
            first = None
        first, before = number if first is None else first, number
    if first is not None:
        spans.append(Span(month_of(first), month_of(before)))
    return spans


def _numbers(span):
    return set(range(number_of(span.first), number_of(span.last) + 1))


def _title(history, jobs, told):
    if not told.job_title or any(_plain(job.job_title) == _plain(told.job_title) for job in jobs):
        return []
    titles = "; ".join(job.job_title for job in jobs)
    span = _whole(history, jobs)
    return [Difference(DiscrepancyKind.JOB_TITLE, span, titles, told.job_title)]


def _reason(history, jobs, told):
    """Whether two reasons mean the same a person says: they are listed when their words differ."""
    last = max(jobs, key=lambda job: history.span_of(job).newness)
    mine, theirs = last.reason_for_leaving, told.reason_for_leaving
    if not (mine and theirs) or _plain(mine) == _plain(theirs):
        return []
    return [Difference(DiscrepancyKind.REASON, _whole(history, jobs), mine, theirs)]


def _whole(history, jobs):
    spans = [history.span_of(job) for job in jobs]
    return Span(min(span.first for span in spans), max(span.last for span in spans))


def _plain(words):
    return " ".join(re.findall(r"\w+", words.casefold()))


def _job_in_words(title, employer, span):
    named = ", ".join(filter(None, [title, employer]))
    return f"{named}: {span}" if named else str(span)


# What an interviewer reads: the months and what does not agree, never who said it.
NEUTRAL = {
    DiscrepancyKind.ONLY_APPLICATION: "A job is in the application {months}, and in a reference it is not.",
    DiscrepancyKind.ONLY_REFERENCE: "A job is in a reference {months}, and in the application it is not.",
    DiscrepancyKind.NO_SUCH_JOB: "A reference tells of a job {months} that is not in the application.",
    DiscrepancyKind.NO_SUCH_COURSE: "A reference tells of a course {months} that is not in the application.",
    DiscrepancyKind.JOB_TITLE: "The title of the job {months} is not the same in a reference.",
    DiscrepancyKind.REASON: "A reference gives another reason why the job {months} ended.",
    DiscrepancyKind.UNCOVERED: "The months {months} have neither a job nor an explanation.",
}


def neutral_sentence(kind, span):
    """Return a difference as a sentence for interviewers, without a name or a word of the reference."""
    return NEUTRAL[DiscrepancyKind(kind)].format(months=span.words)
