"""What HR's pages of references show: what a reference says in rows, and both histories as a drawing."""

from applications.history import Span
from applications.models import Reference
from applications.queries import references as reference_queries
from applications.states import DiscrepancyKind
from design_system.spans import SpanBar, SpanChart

LOOKS = {"solid": "The application", "hatched": "A reference", "outlined": "Does not agree"}
ABOUT_MONTHS = {
    DiscrepancyKind.ONLY_APPLICATION,
    DiscrepancyKind.ONLY_REFERENCE,
    DiscrepancyKind.NO_SUCH_JOB,
    DiscrepancyKind.NO_SUCH_COURSE,
    DiscrepancyKind.UNCOVERED,
}
SAID = [
    "known_how",
    "job_title",
    "began_on",
    "ended_on",
    "reason_for_leaving",
    "performance",
    "would_employ_again",
    "not_again_why",
    "has_disciplinary",
    "disciplinary",
    "has_concern",
    "concern",
    "has_allegation",
    "allegation",
    "anything_else",
]


def rows_of(reference):
    """Return what a reference says, question by question; what was not asked or said is left out."""
    rows = [
        {"key": _label(name), "value": _in_words(getattr(reference, name))}
        for name in SAID
        if getattr(reference, name)
    ]
    if reference.is_present:
        rows.insert(3, {"key": "Last month", "value": "Still there"})
    return rows


def _label(name):
    label = str(Reference._meta.get_field(name).verbose_name)
    return f"{label[:1].upper()}{label[1:]}"


def _in_words(value):
    if hasattr(value, "strftime"):
        return str(Span(value, value))
    return {"yes": "Yes", "no": "No"}.get(value, value)


def chart(application, references, discrepancies):
    """Return the drawing of both histories against each other, or None where there is nothing to draw."""
    history = reference_queries.history_of(application)
    until = history.until.replace(day=1)
    bars = [_bar("solid", history.span_of(job), str(job)) for job in history.jobs]
    for reference in references:
        told = reference_queries.told_by(reference)
        if span := told.span(until):
            named = ", ".join(filter(None, [told.job_title, told.organisation]))
            bars.append(_bar("hatched", span, f"Reference: {named}"))
    apart = [row for row in discrepancies if row.kind in ABOUT_MONTHS]
    bars += [
        _bar("outlined", reference_queries.span_of(row), row.get_kind_display()) for row in apart
    ]
    if not bars:
        return None
    first, last = min(bar.first for bar in bars), max(bar.last for bar in bars)
    words = (
        f"The jobs in the application ({len(history.jobs)}) and in the references that have come, from "
        f"{Span(first, last)}, and the times that do not agree ({len(apart)}). The tables below say the same."
    )
    return SpanChart(words=words, first=first, last=last, bars=bars, looks=LOOKS)


def _bar(look, span, words):
    return SpanBar(look, span.first, span.last, f"{span}: {words}")


def jobs_in_words(application, references):
    """Return both histories as rows of text: the job, its months, and whose word it is."""
    history = reference_queries.history_of(application)
    rows = [("The application", str(job), str(history.span_of(job))) for job in history.jobs]
    for reference in references:
        told = reference_queries.told_by(reference)
        named = ", ".join(filter(None, [told.job_title, told.organisation])) or "No job"
        span = told.span(history.until.replace(day=1))
        who = f"Reference {reference.request.referee.position}"
        rows.append((who, named, str(span) if span else "No months"))
    return rows
