"""The pages of references outside the admin: the referee's by their link, the applicant's, the lead's."""

import json
from functools import wraps
from http import HTTPStatus

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from applications import reference_links
from applications.actions import (
    answer_reference,
    change_own_referee,
    explain_discrepancy,
    refuse_reference,
    save_reference_draft,
)
from applications.exceptions import DecidedMeanwhile, LinkIsOver
from applications.forms.reference_steps import CannotForm, ContactForm, ExplainForm
from applications.forms.references import ReferenceForm
from applications.models import Application
from applications.queries import references as reference_queries
from applications.rules import references as reference_rules
from applications.views.access import own_application, posted

TOO_LONG = "What you have typed is too long to be saved. Shorten what is marked below"


def by_link(view):
    """Give the view the ReferenceLetter of a link that works; any other link says only that it is over.

    Without a session there is nothing that another site could misuse: who has the link has all, so no
    CSRF token is asked for. (With no referrer a browser would not say where a form comes from, either.)
    """

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def found(request, token):
        letter = reference_queries.letter_of(token)
        is_good = letter is not None and reference_queries.works(letter, timezone.now())
        if not (is_good and request.method == "POST") and (refused := _too_often(request)):
            return _quiet(refused)
        if not is_good:
            return _quiet(_over(request, token))
        try:
            return _quiet(view(request, letter, token))
        except LinkIsOver:
            return _quiet(_over(request, token))

    return found


def _too_often(request):
    return ratelimit.consume_or_429(
        request, action="reference", config=settings.RATE_LIMITS, limit_get=True
    )


def _quiet(response):
    """Have no browser, cache or search engine keep the page or tell its address."""
    add_never_cache_headers(response)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _over(request, token):
    """Say that a link does nothing any more, never whom it was about. What was typed is shown once more."""
    boxes = {name: field.label for name, field in ReferenceForm.base_fields.items()}
    typed = [
        {"key": label, "value": request.POST[name]}
        for name, label in boxes.items()
        if name != "is_true" and request.POST.get(name)
    ]
    is_ours = reference_links.is_ours(token)
    status = HTTPStatus.GONE if is_ours else HTTPStatus.NOT_FOUND
    context = {"typed": typed, "is_ours": is_ours}
    return render(request, "applications/references/reference_over.html", context, status=status)


@by_link
def reference_form(request, letter, token):
    """What we ask a referee: to send, or to save and come back to by the same link."""
    asked = letter.request
    cannot_url = reference_links.path_of(token) + "cannot/"
    draft = json.loads(asked.draft) if asked.draft else None
    data = posted(request)
    form = ReferenceForm(data, kind=asked.referee.kind, cannot_url=cannot_url, draft=draft)
    if data is not None and "save" in data and form.fits():
        save_reference_draft(letter=letter, words=form.typed())
        return redirect(f"{request.path}?saved=1")
    if form.is_valid() and "save" not in data:
        answer_reference(letter=letter, answers=form.answers())
        return redirect("applications:reference-thanks")
    if form.is_bound and "save" in data:
        form.add_error(None, TOO_LONG)
    page = _about(asked) | {"form": form, "is_saved": "saved" in request.GET and asked.draft}
    return render(request, "applications/references/reference_form.html", page)


@by_link
def reference_cannot(request, letter, token):
    """Say that one cannot give a reference, and why."""
    form = CannotForm(posted(request), back=reference_links.path_of(token))
    if form.is_valid():
        refuse_reference(letter=letter, reason=form.cleaned_data["reason"])
        return redirect("applications:reference-thanks")
    page = _about(letter.request) | {"form": form, "back": reference_links.path_of(token)}
    return render(request, "applications/references/reference_cannot.html", page)


@require_safe
def reference_thanks(request):
    """Thank whoever has answered. It says nothing of whom, and anybody may open it."""
    return _quiet(render(request, "applications/references/reference_thanks.html"))


def _about(asked):
    return {
        "asked": asked,
        "applicant_name": asked.application.full_name,
        "vacancy_title": asked.application.vacancy.title,
    }


@own_application
def referee_change(request, application, position):
    """Let the applicant change how a referee is reached who does not answer."""
    referees = {row.position: row for row in reference_queries.referees_with_requests(application)}
    referee = referees.get(position)
    current = referee and referee.current
    can_change = current and reference_rules.can_change_own_referee(request.user, current)
    if application.is_for_another or not can_change:
        raise Http404
    form = ContactForm(
        posted(request),
        referee=referee,
        other=referees.get(3 - position),
        applicant=application.applicant,
        back=application.get_absolute_url(),
    )
    if not form.is_valid():
        page = {"application": application, "form": form, "referee": referee}
        return render(request, "applications/references/referee_change.html", page)
    try:
        change_own_referee(referee=referee, contact=form.contact(), by=request.user)
        messages.success(request, "Your referee’s details are saved.")
    except PermissionDenied:
        messages.error(request, "This referee has answered meanwhile, so nothing was changed.")
    return redirect(application)


@login_required
def discrepancy_list(request, code):
    """For the lead of a panel, before the interview: what does not agree, without a word of a reference."""
    application = get_object_or_404(Application.objects.sent().select_related("vacancy"), code=code)
    if not reference_rules.leads_interview(request.user, application):
        raise Http404
    rows = [
        {
            "discrepancy": row,
            "words": reference_queries.neutral(row),
            "form": ExplainForm(_of_this(request, row), prefix=f"d{row.pk}"),
        }
        for row in reference_queries.discrepancies_of(application)
    ]
    for row in rows:
        if row["form"].is_valid() and _explain(request, row):
            return redirect(request.path)
    page = {"application": application, "vacancy": application.vacancy, "rows": rows}
    return render(request, "applications/references/discrepancy_list.html", page)


def _of_this(request, row):
    """Return what was sent when it is about this row, else nothing."""
    is_this = request.method == "POST" and request.POST.get("discrepancy") == str(row.pk)
    return request.POST if is_this else None


def _explain(request, row):
    explanation = row["form"].cleaned_data["explanation"]
    try:
        explain_discrepancy(
            discrepancy=row["discrepancy"], explanation=explanation, by=request.user
        )
    except (DecidedMeanwhile, PermissionDenied):
        row["form"].add_error("explanation", "Somebody else has explained this meanwhile")
        return False
    messages.success(request, "The explanation is saved.")
    return True
