"""HR's reports, each a page of its own inside the admin and its tables as files."""

from functools import partial

from django.contrib import admin
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from accounts.registries import AdminPage, admin_pages
from design_system.downloads import csv_download
from vacancies.forms.reports import ReportForm
from vacancies.reports import REPORTS
from vacancies.rules import can_see_reports

TITLES = {
    "views": "Views of adverts",
    "interest": "Saves and applications",
    "time-to-fill": "Time to fill",
    "stalled": "Where adverts stall",
    "funded-posts": "Funded posts ending",
    "permanent-posts": "Posts made permanent",
}


def page_name(key):
    return f"vacancies_report_{key.replace('-', '_')}"


def report_view(request, key):
    """Show a report, or send one of its tables as the file that `download` names."""
    today = timezone.localdate()
    form = ReportForm(request.GET, on=today)
    filters = form.filters()
    report = REPORTS[key](filters, today)
    if "download" in request.GET:
        table = report.table(request.GET["download"])
        if table is None:
            raise Http404
        name = f"{report.title} {table.title} {today:%Y-%m-%d}"
        return csv_download(name, table.headings, table.rows)
    context = {
        **admin.site.each_context(request),
        "title": report.title,
        "report": report,
        "form": form,
        "filters": filters,
        "as_at": timezone.now(),
        "query": request.GET.urlencode(),
        "reports": [(f"admin:{page_name(name)}", TITLES[name], name == key) for name in REPORTS],
    }
    return render(request, "vacancies/admin/report.html", context)


admin_pages.register(
    *(
        AdminPage(
            path=f"vacancies/reports/{key}/",
            name=page_name(key),
            view=partial(report_view, key=key),
            may_see=can_see_reports,
            title=f"Report: {title}",
        )
        for key, title in TITLES.items()
    )
)
