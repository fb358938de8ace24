"""What an inspector asks for: the file of one appointed person, and the record of all of them."""

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.registries import AdminPage, admin_pages
from applications import check_pages
from applications.actions import note_record_taken
from applications.admin.checks import page
from applications.queries import checks as check_queries
from applications.rules import checks as check_rules
from applications.states import CheckEvent
from design_system.downloads import csv_download


def inspection_view(request, pk):
    """Everything about the checks of one appointed person, to print."""
    people = check_queries.appointed().exclude(applicant=request.user)
    application = get_object_or_404(people, pk=pk)
    note_record_taken(event=CheckEvent.INSPECTION_FILE_PRINTED, about=application, by=request.user)
    context = page(
        request,
        f"Inspection file: {application.full_name}",
        printed_at=timezone.now(),
        **check_pages.inspection(application),
    )
    return render(request, "applications/admin/inspection_file.html", context)


def record_view(request):
    """All who were appointed, with what was seen of each check."""
    people = check_queries.appointed()
    shown = Paginator(people, settings.CHECKS_PER_PAGE).get_page(request.GET.get("page"))
    note_record_taken(
        event=CheckEvent.CENTRAL_RECORD_SEEN,
        about=request.user,
        by=request.user,
        applications=list(shown),
        rows=len(shown),
    )
    headings, rows = check_pages.record(shown)
    context = page(request, "Central record of checks", headings=headings, rows=rows, page=shown)
    return render(request, "applications/admin/central_record.html", context)


def record_download_view(request):
    """The central record as a file. A cell that a spreadsheet would run is shielded."""
    headings, rows = check_pages.record(check_queries.appointed())
    note_record_taken(
        event=CheckEvent.CENTRAL_RECORD_EXPORTED,
        about=request.user,
        by=request.user,
        applications=[application for application, _ in rows],
        rows=len(rows),
    )
    name = f"central-record-{timezone.localdate().isoformat()}"
    response = csv_download(name, headings, [row for _, row in rows])
    response["Cache-Control"] = "private, no-store"
    return response


admin_pages.register(
    AdminPage(
        path="applications/inspection/<int:pk>/",
        name="applications_inspection_file",
        view=inspection_view,
        may_see=check_rules.can_print_inspection_file,
    ),
    AdminPage(
        path="applications/central-record/",
        name="applications_central_record",
        view=record_view,
        may_see=check_rules.can_print_inspection_file,
        title="Central record of checks",
    ),
    AdminPage(
        path="applications/central-record/download/",
        name="applications_central_record_download",
        view=record_download_view,
        may_see=check_rules.can_print_inspection_file,
    ),
)
