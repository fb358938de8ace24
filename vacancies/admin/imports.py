from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from accounts.states import InvalidTransition
from design_system.downloads import csv_download
from vacancies import rules
from vacancies.actions import begin_import, upload_import
from vacancies.forms.imports import UploadForm
from vacancies.models import ImportRun
from vacancies.sheets.columns import COLUMNS
from vacancies.states import ImportState, RowOutcome

PROBLEMS_A_PAGE = 50
MADE_A_PAGE = 50


@admin.register(ImportRun)
class ImportRunAdmin(admin.ModelAdmin):
    """Files of adverts: sent in, checked row by row, and then imported."""

    form = UploadForm
    list_display = ["original_name", "source", "state", "rows_total", "uploaded_by", "uploaded_at"]
    list_filter = ["state"]
    list_select_related = ["uploaded_by"]
    search_fields = ["original_name", "source"]
    add_form_template = "vacancies/admin/import_upload.html"

    def has_add_permission(self, request):
        return rules.can_import_vacancies(request.user)

    def has_view_permission(self, request, obj=None):
        return rules.can_import_vacancies(request.user)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False  # Files go by the timetable.

    def get_urls(self):
        pages = [("import", self.import_view), ("problems", self.problems_view)]
        return [
            path(
                f"<int:pk>/{word}/",
                self.admin_site.admin_view(view),
                name=f"vacancies_importrun_{word}",
            )
            for word, view in pages
        ] + super().get_urls()

    def get_changeform_initial_data(self, request):
        last = ImportRun.objects.first()
        return {
            "source": last.source if last else "",
            **super().get_changeform_initial_data(request),
        }

    def add_view(self, request, form_url="", extra_context=None):
        told = [column for column in COLUMNS if not column.only_told]
        return super().add_view(request, form_url, {**(extra_context or {}), "columns": told})

    def save_model(self, request, run, form, change):
        given = form.cleaned_data
        made = upload_import(file=given["file"], source=given["source"], by=request.user)
        run.pk = made.pk

    def log_addition(self, request, run, message):
        """Nothing: the action has written its line of audit."""

    def response_add(self, request, run, post_url_continue=None):
        return redirect("admin:vacancies_importrun_change", run.pk)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """One import: how far it has come, what is wrong with which row, and what to do next."""
        run = self.get_object(request, object_id)
        if run is None or not self.has_view_permission(request):
            return super().change_view(request, object_id, form_url, extra_context)
        context = {
            **self.admin_site.each_context(request),
            "title": run.original_name,
            "opts": self.opts,
            "run": run,
            **_standing(run),
            **_rows(run, request.GET.get("page")),
        }
        return render(request, "vacancies/admin/import_run.html", context)

    @method_decorator(require_POST)
    def import_view(self, request, pk):
        run = get_object_or_404(ImportRun, pk=pk)
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            begin_import(run=run, by=request.user)
        except InvalidTransition:
            state = run.get_state_display().lower()
            self.message_user(request, f"This file is {state} already.", messages.WARNING)
        return redirect("admin:vacancies_importrun_change", pk)

    def problems_view(self, request, pk):
        run = get_object_or_404(ImportRun, pk=pk)
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = run.rows.exclude(problems=[]).iterator(chunk_size=1000)
        lines = (
            [row.number, problem["column"], problem["text"], row.external_reference]
            for row in rows
            for problem in row.problems
        )
        headings = ["Row", "Column", "What is wrong", "External reference"]
        return csv_download(f"problems {run.original_name}", headings, lines)


def _standing(run):
    """How far a run has come, in numbers."""
    counts = run.counts()
    good = counts[RowOutcome.NEW]["number"] + counts[RowOutcome.CHANGE]["number"]
    is_checked = run.state not in (ImportState.UPLOADED, ImportState.FAILED)
    return {
        "counts": counts,
        "good": good,
        "is_busy": run.state in (ImportState.UPLOADED, ImportState.APPLYING),
        "is_checked": is_checked,
        "can_import": run.can_become(ImportState.APPLYING) and good,
        "progress_of": good if run.state == ImportState.APPLYING else None,
    }


def _rows(run, page):
    told = run.rows.exclude(problems=[]).defer("cells")
    made = run.rows.filter(done_at__isnull=False, vacancy__isnull=False).select_related("vacancy")
    return {
        "page": Paginator(told, PROBLEMS_A_PAGE).get_page(page),
        "made": made.defer(
            "cells", "vacancy__body", "vacancy__search_vector", "vacancy__search_heads"
        )[:MADE_A_PAGE],
    }
