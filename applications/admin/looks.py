"""Who has looked at one application, for HR."""

from django.contrib import admin
from django.http import Http404
from django.shortcuts import render

from accounts.registries import AdminPage, admin_pages
from applications.models import Application
from applications.queries import looks_at


def looks_view(request, pk):
    """List each look at an application that was sent, the newest first."""
    application = Application.objects.sent().filter(pk=pk).first()
    if application is None:
        raise Http404
    context = {
        **admin.site.each_context(request),
        "title": f"Who has looked at {application}",
        "application": application,
        "looks": looks_at(application),
    }
    return render(request, "applications/admin/looks.html", context)


admin_pages.register(
    AdminPage(
        path="applications/looks/<int:pk>/",
        name="applications_looks",
        view=looks_view,
        may_see=lambda user: user.has_perm("applications.view_application"),
    )
)
