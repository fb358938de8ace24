"""The pages of somebody's work since full-time education: the list, the month it begins, the months between."""

import re
from datetime import date

from django.http import Http404
from django.shortcuts import redirect

from accounts.kept_words import keeps_words
from applications import pages
from applications.actions import save_left_education
from applications.forms import TYPED
from applications.forms.rows import EducationForm
from applications.history import Span
from applications.views.access import step_of_draft
from applications.views.rows import (
    add_page,
    boxes_of_kind,
    entry,
    form_of_row,
    form_page,
    list_page,
    list_url,
    section_with,
    url_of,
)
from applications.views.typed import keeps_typed_words
from design_system.spans import SpanBar, SpanChart

LOOKS = {"solid": "Work", "hatched": "Explained", "outlined": "To explain"}
MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@step_of_draft
def employment_list(request, application):
    """The jobs and the months between, drawn and listed. The month that it all begins with is asked first."""
    section = section_with(application, "employment")
    if application.left_education_on is None and request.method != "POST":
        return redirect(url_of(request, section, "employment", "education"))
    history = section.history
    page = {
        "chart": _chart(history),
        "education_url": url_of(request, section, "employment", "education"),
        "unexplained": [_to_explain(request, section, span) for span in history.unexplained],
        "not_needed": [entry(request, section, "gap", gap) for gap in history.not_needed],
    }
    template = "applications/employment_list.html"
    return list_page(request, section, _entries(request, section), template, **page)


def _to_explain(request, section, span):
    month = f"{span.first:%Y-%m}"
    return {"span": span, "url": url_of(request, section, "gap", "explain", month)}


def _entries(request, section):
    """Return the jobs and the explanations that count, the newest first."""
    history = section.history
    kept = [gap for gap in history.gaps if gap not in history.not_needed]
    rows = [("employment", job) for job in history.jobs] + [("gap", gap) for gap in kept]
    newest_first = sorted(rows, key=lambda pair: history.span_of(pair[1]).newness, reverse=True)
    return [entry(request, section, kind, row) for kind, row in newest_first]


def _chart(history):
    """Return the drawing of a history, or None where there is nothing to draw."""
    bars = [_bar("solid", history.span_of(job), str(job)) for job in history.jobs]
    bars += [_bar("hatched", history.span_of(gap), gap.words) for gap in history.gaps]
    bars += [_bar("outlined", span, "To explain") for span in history.unexplained]
    if not bars:
        return None
    first = min(bar.first for bar in bars)
    last = max(*(bar.last for bar in bars), history.until.replace(day=1))
    words = (
        f"Your work from {Span(first, last)}: {_counted(len(history.jobs), 'job')}, "
        f"{_counted(len(history.gaps), 'explanation')}, "
        f"{_counted(len(history.unexplained), 'time')} to explain. The lists below say the same."
    )
    return SpanChart(words=words, first=first, last=last, bars=bars, looks=LOOKS)


def _bar(look, span, words):
    return SpanBar(look, span.first, span.last, f"{span}: {words}")


def _counted(number, thing):
    return f"{number} {thing}{'' if number == 1 else 's'}"


def boxes_of_education(posted, **kwargs):
    return EducationForm.boxes(posted)


@keeps_words(boxes_of_education, labels=TYPED)
@step_of_draft
@keeps_typed_words
def employment_education(request, application):
    """Ask when somebody left full-time education: from then on their months are accounted for."""
    section = section_with(application, "employment")
    back = pages.onward(request, application)
    if application.left_education_on:
        back = list_url(request, section)

    def save(form):
        version = form.cleaned_data["version"]
        save_left_education(
            application=application, by=request.user, version=version, **form.answers()
        )

    saved = {"left_education_on": application.left_education_on}
    form = form_of_row(request, EducationForm, section, saved, back)
    return form_page(request, section, form, save, lambda section: section.part(), back=back)


@keeps_words(boxes_of_kind, labels=TYPED)
@step_of_draft
@keeps_typed_words
def gap_explain(request, application, kind, month):
    """Explain the months without a job that `month` (2019-03) is one of, or some of them."""
    section = section_with(application, kind)
    span = section.history.span_with(_month(month))
    if span is None and request.method != "POST":
        return redirect(list_url(request, section))
    # A form that comes twice finds its months explained, and is answered all the same.
    span = span or Span(_month(month), _month(month))
    saved = {
        "began_on": span.first,
        "ended_on": span.last,
        "words": section.history.words_before(span),
    }
    return add_page(request, section, kind, saved, title=f"What did you do {span.words}?")


def _month(text):
    match = MONTH.fullmatch(text)
    if match is None or int(match[1]) < 1:
        raise Http404
    return date(int(match[1]), int(match[2]), 1)
