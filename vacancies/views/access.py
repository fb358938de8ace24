"""How the pages of writing find the person's own advert."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404

from vacancies.models import Vacancy


def posted(request):
    """Return what a form was sent with, or None when the page is only asked for."""
    return request.POST if request.method == "POST" else None


def writer_required(view):
    """Let those in who may write adverts: visitors go to sign in, others get the 403 page."""

    @login_required
    @wraps(view)
    def guarded(request, **kwargs):
        if not request.user.has_perm("vacancies.draft_vacancy"):
            raise PermissionDenied
        return view(request, **kwargs)

    return guarded


def own_advert(view):
    """Give the view an advert that the person hires for: to anybody else it is not there."""

    @login_required
    @wraps(view)
    def found(request, reference, **kwargs):
        own = Vacancy.objects.hired_for_by(request.user).select_related(
            "role__grade", "team", "district", "grade", "submitted_by"
        )
        vacancy = own.filter(reference=reference).first()
        if vacancy is None or not request.user.has_perm("vacancies.draft_vacancy"):
            raise Http404
        return view(request, vacancy, **kwargs)

    return found
