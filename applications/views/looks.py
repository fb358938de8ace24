"""Who has looked at an application, for the person who sent it."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications.queries import looks_at
from applications.views.access import own_application


@require_safe
@own_application
def application_looks(request, application):
    """Each look at an application that was sent, the newest first, by role and without names."""
    if application.is_draft:
        raise Http404
    page = {"application": application, "looks": looks_at(application)}
    return render(request, "applications/application_looks.html", page)
