from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from accounts.states import InvalidTransition
from design_system.downloads import csv_download
from organisation import rules
from organisation.actions import begin_register_import, upload_register
from organisation.forms import RegisterUploadForm
from organisation.models import RegisterImport, RegisterKind
from organisation.patterns import is_first_week
from organisation.register.columns import ABSENCE, STAFF
from organisation.register.staff import on_register_but_not_in
from organisation.sheets.problems import UnfitFile
from organisation.states import GOOD_OUTCOMES, RegisterOutcome, RegisterState

ROWS_A_PAGE = 50
MISSING_SHOWN = 20


@admin.register(RegisterImport)
class RegisterImportAdmin(admin.ModelAdmin):
    """Lists of staff and of absence: checked row by row, and then imported."""

    form = RegisterUploadForm
    list_display = ["original_name", "kind", "state", "uploaded_by", "uploaded_at"]
    list_filter = ["kind", "state"]
    list_select_related = ["uploaded_by"]
    search_fields = ["original_name"]
    add_form_template = "organisation/admin/register_upload.html"

    def has_add_permission(self, request):
        return rules.can_import_register(request.user)

    def has_view_permission(self, request, obj=None):
        return rules.can_import_register(request.user)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False  # Lists go by the timetable.

    def get_urls(self):
        pages = [
            ("import", self.import_view),
            ("problems", self.problems_view),
            ("missing", self.missing_view),
        ]
        return [
            path(
                f"<int:pk>/{word}/",
                self.admin_site.admin_view(view),
                name=f"organisation_registerimport_{word}",
            )
            for word, view in pages
        ] + super().get_urls()

    def add_view(self, request, form_url="", extra_context=None):
        columns = [("A list of staff", STAFF), ("A list of absence", ABSENCE)]
        first_week = is_first_week(timezone.localdate())
        told = {"columns": columns, "is_first_week": first_week, **(extra_context or {})}
        return super().add_view(request, form_url, told)

    def save_model(self, request, run, form, change):
        given = form.cleaned_data
        try:
            made = upload_register(file=given["file"], kind=given["kind"], by=request.user)
        except UnfitFile as problem:
            # Some way down the file; its beginning the form has looked at.
            self.message_user(request, str(problem), messages.ERROR)
        else:
            run.pk = made.pk

    def log_addition(self, request, run, message):
        """Nothing: the action has written its line of audit."""

    def response_add(self, request, run, post_url_continue=None):
        if run.pk is None:
            return redirect("admin:organisation_registerimport_add")
        return redirect("admin:organisation_registerimport_change", run.pk)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """One list: what each row would change or has changed, what is wrong, and what to do next."""
        run = self.get_object(request, object_id)
        if run is None or not self.has_view_permission(request):
            return super().change_view(request, object_id, form_url, extra_context)
        context = {
            **self.admin_site.each_context(request),
            "title": run.original_name,
            "opts": self.opts,
            "run": run,
            **_standing(run),
            **_rows(run, request.GET.get("show"), request.GET.get("page")),
        }
        return render(request, "organisation/admin/register_import.html", context)

    @method_decorator(require_POST)
    def import_view(self, request, pk):
        run = get_object_or_404(RegisterImport, pk=pk)
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            begin_register_import(run=run, by=request.user)
        except InvalidTransition:
            state = run.get_state_display().lower()
            self.message_user(request, f"This list is {state} already.", messages.WARNING)
        return redirect("admin:organisation_registerimport_change", pk)

    def problems_view(self, request, pk):
        run = get_object_or_404(RegisterImport, pk=pk)
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = run.rows.exclude(problems=[]).iterator(chunk_size=1000)
        lines = (
            [row.number, row.employee_number, problem["column"], problem["text"]]
            for row in rows
            for problem in row.problems
        )
        headings = ["Row", "Employee number", "Column", "What is wrong"]
        return csv_download(f"problems {run.original_name}", headings, lines)

    def missing_view(self, request, pk):
        """Everybody on the register whom a list of staff does not name, as a file."""
        run = get_object_or_404(RegisterImport, pk=pk, kind=RegisterKind.STAFF)
        if not self.has_view_permission(request):
            raise PermissionDenied
        lines = [
            [
                member.employee_number,
                member.user.full_name,
                member.role.name,
                member.team.name,
                member.line_manager.employee_number if member.line_manager else "",
            ]
            for member in on_register_but_not_in(run, timezone.localdate())
        ]
        headings = ["Employee number", "Name", "Role", "Team", "Line manager"]
        return csv_download(f"not in {run.original_name}", headings, lines)


def _standing(run):
    """How far an import has come, in numbers, and who is on the register and not in the list."""
    counts = run.counts()
    good = sum(counts[outcome] for outcome in GOOD_OUTCOMES)
    is_new = run.state == RegisterState.CHECKED
    missing = []
    if is_new and run.kind == RegisterKind.STAFF:
        missing = on_register_but_not_in(run, timezone.localdate())
    return {
        "tally": [(outcome, run.called(outcome), counts[outcome]) for outcome in _told(run.kind)],
        "good": good,
        "bad": counts[RegisterOutcome.BAD],
        "done": run.rows.filter(done_at__isnull=False).count(),
        "is_busy": run.state == RegisterState.APPLYING,
        "is_new": is_new,
        "can_import": is_new and good,
        "missing": missing[:MISSING_SHOWN],
        "missing_count": len(missing),
    }


def _told(kind):
    """Return the outcomes that rows of a kind of list can have."""
    other = {RegisterOutcome.MOVED, RegisterOutcome.LEAVES}
    if kind == RegisterKind.STAFF:
        other = {RegisterOutcome.REMOVED}
    return [outcome for outcome in RegisterOutcome if outcome not in other]


def _rows(run, show, page):
    """The rows of one outcome, or all that change something or have something wrong with them."""
    rows = run.rows.exclude(outcome=RegisterOutcome.SAME, problems=[])
    if show in RegisterOutcome.values:
        rows = run.rows.filter(outcome=show)
    else:
        show = ""
    return {"page": Paginator(rows, ROWS_A_PAGE).get_page(page), "show": show}
