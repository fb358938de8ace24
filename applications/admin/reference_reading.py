"""HR's pages of what referees wrote, inside the admin: one reference, and all beside the application."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from accounts.registries import AdminPage, admin_pages
from applications import reference_pages
from applications.actions import (
    accept_reference,
    explain_discrepancy,
    open_reference,
    set_reference_aside,
)
from applications.admin.references import (
    find_application,
    find_request,
    may_see,
    page,
    to_the_references,
)
from applications.exceptions import DecidedMeanwhile
from applications.forms.reference_steps import ExplainForm, WhyForm
from applications.queries import references as reference_queries
from applications.rules import references as reference_rules


@never_cache
def read_view(request, pk):
    """One reference. That it was opened, and by whom, is recorded; here it is accepted or set aside."""
    asked = find_request(request, pk)
    if not reference_queries.has_reference(asked):
        raise Http404
    form = WhyForm(request.POST if "aside" in request.POST else None)
    if request.method == "POST" and _judged(request, asked, form):
        return to_the_references(asked.application_id)
    reference = open_reference(request=asked, by=request.user)
    context = page(
        request,
        f"Reference {asked.referee.position} of {asked.application}",
        asked.application,
        asked=asked,
        reference=reference,
        rows=reference_pages.rows_of(reference),
        received_on=reference_queries.received_on(reference),
        form=form,
        can_judge=reference_rules.can_judge_reference(request.user, asked),
        is_last_employer=reference_rules.is_last_employer(asked.referee),
    )
    return render(request, "applications/admin/reference_read.html", context)


def _judged(request, asked, form):
    """Accept a reference or set it aside. Returns whether that was done or cannot be."""
    try:
        if "accept" in request.POST:
            accept_reference(request=asked, by=request.user)
            messages.success(request, "The reference is accepted, and counts.")
        elif form.is_valid():
            reason = form.cleaned_data["reason"]
            set_reference_aside(request=asked, reason=reason, by=request.user)
            messages.success(request, "The reference does not count. You can ask the referee anew.")
        else:
            return False
    except (DecidedMeanwhile, PermissionDenied):
        messages.error(request, "This can no longer be done: the referee was asked again since.")
    return True


@never_cache
def compare_view(request, pk):
    """The application against the references, month by month: what does not agree, and why.

    It quotes the references, so that they were opened is recorded.
    """
    application = find_application(request, pk)
    found = list(reference_queries.discrepancies_of(application))
    rows = [_explainable(request, row) for row in found]
    for row in rows:
        if row["form"].is_valid() and _explained(request, row):
            return redirect("admin:applications_compare", pk)
    references = reference_queries.references_of(application)
    for reference in references:
        reference.request.application = application
        open_reference(request=reference.request, by=request.user)
    context = page(
        request,
        f"Application and references: {application}",
        application,
        rows=rows,
        chart=reference_pages.chart(application, references, found),
        jobs=reference_pages.jobs_in_words(application, references),
    )
    return render(request, "applications/admin/reference_compare.html", context)


def _explainable(request, row):
    is_this = request.method == "POST" and request.POST.get("discrepancy") == str(row.pk)
    return {
        "row": row,
        "span": reference_queries.span_of(row),
        "can_explain": reference_rules.can_explain_discrepancy(request.user, row),
        "form": ExplainForm(request.POST if is_this else None, prefix=f"d{row.pk}"),
    }


def _explained(request, row):
    explanation = row["form"].cleaned_data["explanation"]
    try:
        explain_discrepancy(discrepancy=row["row"], explanation=explanation, by=request.user)
    except (DecidedMeanwhile, PermissionDenied):
        row["form"].add_error("explanation", "Somebody else has explained this meanwhile.")
        return False
    messages.success(request, "The explanation is saved.")
    return True


admin_pages.register(
    AdminPage(
        path="applications/references/<int:pk>/compare/",
        name="applications_compare",
        view=compare_view,
        may_see=may_see,
    ),
    AdminPage(
        path="applications/references/asked/<int:pk>/read/",
        name="applications_reference_read",
        view=read_view,
        may_see=may_see,
    ),
)
