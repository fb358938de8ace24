from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from careers.feeds import PageSitemap, StorySitemap
from hampshire_portal import health
from vacancies.feeds import VacancySitemap

sitemaps = {"pages": PageSitemap, "stories": StorySitemap, "vacancies": VacancySitemap}

urlpatterns = [
    path("", include("careers.urls")),
    path("vacancies/", include("vacancies.urls")),
    path("api/", include("vacancies.api.urls")),
    path("", include("applications.urls")),
    path("training/", include("training.urls")),
    path("return-to-social-work/", include("returners.urls")),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("sitemap.xml", require_safe(sitemap), {"sitemaps": sitemaps}, name="sitemap"),
    path(
        "robots.txt",
        TemplateView.as_view(template_name="robots.txt", content_type="text/plain"),
        name="robots",
    ),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
]

if settings.DEMO_MODE:
    urlpatterns += [
        path("demo/", include("notifications.urls")),
        path("components/", include("design_system.urls")),
    ]

handler500 = "hampshire_portal.errors.server_error"
