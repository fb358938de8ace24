"""HR's reports about applications: an index, and a page for each with its tables as files."""

from functools import partial

from django.contrib import admin
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from accounts.registries import AdminPage, admin_pages
from applications.actions.exports import export_report
from applications.reports.pages import EQUALITY_PAGE
from applications.reports.recruitment import funnel, refusals, time_per_stage, withdrawals
from applications.rules import can_see_equality_report
from applications.rules.hr import can_see_recruitment_reports
from design_system.downloads import csv_download
from vacancies.forms.reports import ReportForm

REPORTS = {
    "funnel": (funnel, "Funnel", "How many came how far, by job and role family, with rates."),
    "time": (time_per_stage, "Time per stage", "How many days applications stay at each stage."),
    "withdrawals": (withdrawals, "Withdrawals", "Why people withdrew, those with an offer apart."),
    "refusals": (refusals, "Refusals by stage", "When applications were turned down."),
}
INDEX = "applications_reports"


def page_name(key):
    return f"applications_report_{key}"


def report_view(request, key):
    """Show a report, or send the table that `download` names as a file, which is noted."""
    today = timezone.localdate()
    form = ReportForm(request.GET, on=today)
    filters = form.filters()
    report = REPORTS[key][0](filters, today)
    if "download" in request.GET:
        table = report.table(request.GET["download"])
        if table is None:
            raise Http404
        export_report(report=key, table=table.key, number=len(table.rows), by=request.user)
        name = f"{report.title} {table.title} {today:%Y-%m-%d}"
        return csv_download(name, table.headings, table.rows)
    asked = request.GET.copy()
    context = {
        **admin.site.each_context(request),
        "title": report.title,
        "report": report,
        "form": form,
        "filters": filters,
        "as_at": timezone.now(),
        "query": asked.urlencode(),
        "reports": [
            (f"admin:{INDEX}", "All reports about applications", False),
            *((f"admin:{page_name(name)}", REPORTS[name][1], name == key) for name in REPORTS),
        ],
    }
    return render(request, "vacancies/admin/report.html", context)


def index_view(request):
    """All reports about applications, each with what it tells."""
    pages = [
        (f"admin:{page_name(key)}", title, words) for key, (_, title, words) in REPORTS.items()
    ]
    if can_see_equality_report(request.user):
        words = "Who came how far, by what people told about themselves. Small numbers are hidden."
        pages.append((f"admin:{EQUALITY_PAGE.name}", "Equality by stage", words))
    context = {
        **admin.site.each_context(request),
        "title": "Reports about applications",
        "pages": pages,
    }
    return render(request, "applications/admin/reports.html", context)


admin_pages.register(
    AdminPage(
        path="applications/reports/",
        name=INDEX,
        view=index_view,
        may_see=can_see_recruitment_reports,
        title="Reports about applications",
    ),
    *(
        AdminPage(
            path=f"applications/reports/{key}/",
            name=page_name(key),
            view=partial(report_view, key=key),
            may_see=can_see_recruitment_reports,
        )
        for key in REPORTS
    ),
)
