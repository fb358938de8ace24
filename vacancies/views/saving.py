"""Saving jobs: to the account when signed in, else to a cookie of the visitor."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accounts.access import same_site_only
from vacancies import queries, rules, saved_cookie
from vacancies.actions import change_nudges, remove_saved, save_vacancy
from vacancies.models import SavedVacancy, Vacancy


@require_POST
@csrf_exempt
@same_site_only
def vacancy_save(request, reference):
    """Save a job. Its button stands on pages that visitors share, so the form has no token.

    Instead of a token the browser itself vouches for where the form was sent from (`same_site_only`);
    and a form of another site would come without the session, whose cookie is SameSite=Lax.
    """
    vacancy = _vacancy(reference)
    if not rules.can_save_vacancy(request.user, vacancy, timezone.localdate()):
        raise Http404
    response = redirect("vacancies:saved-list")
    if request.user.is_authenticated:
        save_vacancy(vacancy=vacancy, by=request.user)
        return saved_cookie.forget_in(response)
    return saved_cookie.keep_in(response, [reference, *saved_cookie.references_in(request)])


@require_POST
@csrf_exempt
@same_site_only
def vacancy_unsave(request, reference):
    """Take a job off the saved ones. It has no token for the same reason as `vacancy_save`."""
    response = redirect("vacancies:saved-list")
    if request.user.is_authenticated:
        remove_saved(vacancy=_vacancy(reference), by=request.user)
        return saved_cookie.forget_in(response)
    kept = [other for other in saved_cookie.references_in(request) if other != reference]
    return saved_cookie.keep_in(response, kept)


@login_required
@require_POST
def vacancy_nudges(request, reference):
    """Turn the letters before a saved job closes on or off."""
    wants = request.POST.get("nudges") == "on"
    if not change_nudges(vacancy=_vacancy(reference), wants_nudges=wants, by=request.user):
        raise Http404
    words = "We will write to you before it closes." if wants else "We will not write about it."
    messages.success(request, words)
    return redirect("vacancies:saved-list")


@never_cache
@require_safe
def saved_list(request):
    """The jobs a person saved: those still open, and those that have closed since."""
    signed_in = request.user.is_authenticated
    rows = queries.saved_by(request.user) if signed_in else _saved_in_cookie(request)
    today = timezone.localdate()
    seen = [row for row in rows if rules.can_see_vacancy(request.user, row.vacancy, today)]
    context = {
        "open": [row for row in seen if row.vacancy.is_open(today)],
        "closed": [row for row in seen if row.vacancy.is_gone(today)],
    }
    response = render(request, "vacancies/saved_list.html", context)
    return saved_cookie.forget_in(response) if signed_in else response


def _saved_in_cookie(request):
    references = saved_cookie.references_in(request)
    return [SavedVacancy(vacancy=vacancy) for vacancy in queries.vacancies_by_reference(references)]


def _vacancy(reference):
    return get_object_or_404(Vacancy.objects.without_search_columns(), reference=reference)
