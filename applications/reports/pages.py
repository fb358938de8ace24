from django.conf import settings
from django.contrib import admin
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from accounts.registries import AdminPage
from applications.reports.equality import STAGES, equality_report
from applications.rules import can_see_equality_report
from design_system.downloads import csv_download

TITLE = "Equality by stage"


def equality_view(request):
    """Show the equality report, or send the table that `download` names as a file."""
    today = timezone.localdate()
    jobs, totals, parts = equality_report(today)
    if "download" in request.GET:
        wanted = request.GET["download"]
        table = next((part.table for part in parts if part.table.key == wanted), None)
        if table is None:
            raise Http404
        return csv_download(f"{TITLE} {table.title} {today}", table.headings, table.rows)
    context = {
        **admin.site.each_context(request),
        "title": TITLE,
        "jobs": jobs,
        "figures": [(total, name) for total, (name, _) in zip(totals, STAGES, strict=True)],
        "parts": parts,
        "months": settings.EQUALITY_REPORT_MONTHS,
        "smallest": settings.EQUALITY_SMALLEST_GROUP,
        "ratio": settings.EQUALITY_RATIO_TO_LOOK_AT,
        "as_at": timezone.now(),
    }
    return render(request, "applications/admin/equality_report.html", context)


EQUALITY_PAGE = AdminPage(
    path="applications/reports/equality/",
    name="applications_report_equality",
    view=equality_view,
    may_see=can_see_equality_report,
    title=f"Report: {TITLE}",
)
