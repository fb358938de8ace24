"""For how long applications have been where they are: the column and filter of the list, and the board."""

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.shortcuts import render
from django.template.defaultfilters import pluralize
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from accounts.registries import AdminPage, admin_pages
from applications.queries import hr as hr_queries
from applications.rules import hr
from applications.states import HAPPY_PATH, ApplicationState
from vacancies.states import VacancyState

# What the list never shows: the texts of adverts and what applicants wrote in the columns of their own.
NOT_LISTED = [
    "vacancy__body",
    "vacancy__benefits",
    "vacancy__search_vector",
    "vacancy__search_heads",
    "adjustments",
    "address",
]
STAGES = [state for state in HAPPY_PATH if state != ApplicationState.HIRED]


class ApplicationList(ChangeList):
    """The list of applications without their long texts: it stays quick with thousands."""

    def get_queryset(self, *args, **kwargs):
        return super().get_queryset(*args, **kwargs).defer(*NOT_LISTED)


class WaitingFilter(admin.SimpleListFilter):
    """Those that wait too long: at their stage, or for any answer."""

    title = "waiting"
    parameter_name = "waiting"

    def lookups(self, request, model_admin):
        return [
            ("late", "Too long at this stage"),
            ("no_answer", "Job closed long ago, no answer"),
        ]

    def queryset(self, request, queryset):
        if self.value() == "late":
            return hr_queries.late(queryset, timezone.now())
        if self.value() == "no_answer":
            found = hr_queries.without_answer_too_long(timezone.localdate())
            return queryset.filter(pk__in=found.values("pk"))
        return queryset


def is_late(state, days, *, counts):
    """Say whether so many whole days are too long at a stage; `counts` says whether it waits for us yet."""
    limit = settings.STAGE_LIMIT_DAYS.get(state)
    return counts and limit is not None and days >= limit


def stage_in_words(application, now):
    """Return since when an application `with_stage_since` is where it is, and "late" where that is too long."""
    if application.stage_since is None:
        return "–"
    days = hr_queries.days_at_stage(application, now)
    words = f"{days} day{pluralize(days)}"
    since = date_format(timezone.localtime(application.stage_since), "j M Y")
    if is_late(application.state, days, counts=_waits_for_us(application, now)):
        late = '<span class="hp-tag hp-tag--rose">Late</span> {}, since {}'
        return format_html(late, words, since)
    return format_html("{}, since {}", words, since)


def _waits_for_us(application, now):
    if application.state != ApplicationState.SUBMITTED:
        return True
    vacancy = application.vacancy
    if vacancy.rolling or vacancy.closed_at is None:
        return vacancy.rolling
    return (now - vacancy.closed_at).days >= settings.STAGE_LIMIT_DAYS[application.state]


def board_view(request):
    """Where the applications of each job stand and for how long: a row a job, in three queries."""
    now = timezone.now()
    jobs = hr_queries.vacancies_with_applications_on_their_way()
    page = Paginator(jobs, settings.STAGES_JOBS_PER_PAGE).get_page(request.GET.get("page"))
    stages = hr_queries.stages_by_vacancy(list(page))
    context = {
        **admin.site.each_context(request),
        "title": "Where applications stand",
        "page": page,
        "stages": STAGES,
        "rows": [
            {"vacancy": job, "cells": _cells(job, stages.get(job.pk, {}), now)} for job in page
        ],
        "limits": [(state.label, settings.STAGE_LIMIT_DAYS[state]) for state in STAGES],
        "as_at": now,
    }
    return render(request, "applications/admin/board.html", context)


def _cells(vacancy, found, now):
    return [_cell(vacancy, state, found.get(state), now) for state in STAGES]


def _cell(vacancy, state, found, now):
    """Return one field of the board: how many, how old the oldest is, and its bar out of 100."""
    cell = {"label": state.label, "state": state.value, "number": 0}
    if found is None:
        return cell
    number, oldest = found
    counted_from, counts = oldest, True
    if state == ApplicationState.SUBMITTED and not vacancy.rolling:
        counts = vacancy.state != VacancyState.LIVE and vacancy.closed_at is not None
        counted_from = max(oldest, vacancy.closed_at) if counts else oldest
    days = (now - counted_from).days
    limit = settings.STAGE_LIMIT_DAYS[state]
    return {
        **cell,
        "number": number,
        "days": days,
        "is_open": not counts,
        "is_late": is_late(state, days, counts=counts),
        "share": min(100, round(100 * days / limit)) if counts else 0,
    }


admin_pages.register(
    AdminPage(
        path="applications/board/",
        name="applications_board",
        view=board_view,
        may_see=hr.can_see_recruitment_reports,
        title="Where applications stand",
    )
)


class FileScanFilter(admin.ChoicesFieldListFilter):
    """By what the virus scan said of their files."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = "virus scan of the files"
