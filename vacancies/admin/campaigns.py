from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone

from design_system.downloads import csv_download
from vacancies.admin.forms import SEEN
from vacancies.models import Campaign
from vacancies.reports.campaigns import campaign_report


@admin.register(Campaign)
class CampaignAdmin(admin.ModelAdmin):
    """Recruitment campaigns, and a page on which each shows how it stands."""

    formfield_overrides = SEEN
    list_display = ["name", "posts_wanted", "starts_on", "ends_on", "as_at"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    change_form_template = "vacancies/admin/campaign_change.html"

    def has_delete_permission(self, request, obj=None):
        return False  # Adverts belong to it; what it aimed at stays on record.

    def get_urls(self):
        figures = path(
            "<int:pk>/figures/",
            self.admin_site.admin_view(self.figures_view),
            name="vacancies_campaign_figures",
        )
        return [figures, *super().get_urls()]

    def figures_view(self, request, pk):
        """How the campaign stands today, or the table of its adverts as a file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        campaign = get_object_or_404(Campaign, pk=pk)
        today = timezone.localdate()
        report = campaign_report(campaign, today)
        if "download" in request.GET:
            if request.GET["download"] != report.table.key:
                raise Http404
            name = f"{campaign.slug} {today:%Y-%m-%d}"
            return csv_download(name, report.table.headings, report.table.rows)
        context = {
            **self.admin_site.each_context(request),
            "title": campaign.name,
            "opts": self.opts,
            "campaign": campaign,
            "report": report,
            "table": report.table,
            "each": settings.SOCIAL_WORKERS_TO_AN_ASSISTANT,
        }
        return render(request, "vacancies/admin/campaign_figures.html", context)
