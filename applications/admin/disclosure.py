"""HR's page around self-declarations: who reads for a vacancy, and how far each is. Never what was told."""

from django.contrib import admin, messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.registries import AdminPage, admin_pages
from applications.actions import name_reader, remove_reader
from applications.exceptions import NotAReader
from applications.forms.disclosure import ReaderForm
from applications.models import DisclosureReader
from applications.queries import disclosure as queries
from applications.rules import disclosure as rules
from vacancies.models import Vacancy

NOBODY = "Nobody with this address has an account."


def disclosure_view(request, pk):
    """Who reads the self-declarations for a vacancy, and whose has come."""
    vacancy = get_object_or_404(Vacancy.objects.without_search_columns(), pk=pk)
    form = ReaderForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _name(request, vacancy, form):
        return redirect("admin:applications_disclosure", pk)
    asked = vacancy.applications.filter(declaration__isnull=False, blanked_at__isnull=True)
    context = {
        **admin.site.each_context(request),
        "title": f"Readers of self-declarations: {vacancy}",
        "vacancy": vacancy,
        "is_exempt": rules.is_exempt(vacancy),
        "readers": queries.readers_of(vacancy),
        "form": form,
        "rows": [
            (application, queries.status_for_hr(application))
            for application in asked.select_related("vacancy", "online_search").order_by("pk")
        ],
    }
    return render(request, "applications/admin/disclosure.html", context)


def _name(request, vacancy, form):
    person = form.person()
    if person is None:
        form.add_error("email", NOBODY)
        return False
    job_title = form.cleaned_data["job_title"]
    try:
        name_reader(vacancy=vacancy, person=person, job_title=job_title, by=request.user)
    except NotAReader as problem:
        form.add_error("email", str(problem))
        return False
    messages.success(request, f"{person} reads the self-declarations for this job.")
    return True


@require_POST
def disclosure_remove_view(request, pk):
    """Take a reader off."""
    reader = get_object_or_404(DisclosureReader.objects.select_related("person"), pk=pk)
    remove_reader(reader=reader, by=request.user)
    messages.success(request, f"{reader.person} does not read for this job any more.")
    return redirect("admin:applications_disclosure", reader.vacancy_id)


admin_pages.register(
    AdminPage(
        path="applications/disclosure/<int:pk>/",
        name="applications_disclosure",
        view=disclosure_view,
        may_see=rules.can_manage_disclosure,
    ),
    AdminPage(
        path="applications/disclosure/readers/<int:pk>/remove/",
        name="applications_disclosure_remove",
        view=disclosure_remove_view,
        may_see=rules.can_manage_disclosure,
    ),
)
