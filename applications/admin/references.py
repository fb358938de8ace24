"""HR's pages of references, inside the admin: asking, correcting, writing down, reading and comparing."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.registries import AdminPage, admin_pages
from accounts.states import InvalidTransition
from applications import reference_pages
from applications.actions import (
    accept_reference,
    ask_for_reference,
    correct_referee,
    explain_discrepancy,
    open_reference,
    record_reference,
    send_reference_link_again,
    set_reference_aside,
    stop_reference_request,
)
from applications.exceptions import CannotAsk, DecidedMeanwhile
from applications.forms.reference_steps import CorrectForm, ExplainForm, WhyForm
from applications.forms.references import OutsideForm
from applications.models import Application, Referee, ReferenceRequest
from applications.queries import references as reference_queries
from applications.rules import references as reference_rules

SEES = "applications.view_reference"


def _may_see(user):
    return user.has_perm(SEES)


def _application(request, pk):
    """Return a sent application, but nobody's own."""
    applications = Application.objects.sent().select_related("vacancy", "applicant")
    application = get_object_or_404(applications, pk=pk)
    if not reference_rules.can_view_reference(request.user, application):
        raise Http404
    return application


def _request(request, pk):
    found = ReferenceRequest.objects.select_related("referee", "reference", "judged_by")
    asked = get_object_or_404(found, pk=pk)
    asked.application = _application(request, asked.application_id)
    return asked


def _referee(request, pk):
    referee = get_object_or_404(Referee.objects.all(), pk=pk)
    referee.application = _application(request, referee.application_id)
    return referee


def _page(request, title, application, **context):
    return {
        **admin.site.each_context(request),
        "title": title,
        "application": application,
        **context,
    }


def _to_the_references(application_pk):
    return redirect("admin:applications_references", application_pk)


@never_cache
def references_view(request, pk):
    """The referees of an application: whom we asked, what came, and what can be done next."""
    application = _application(request, pk)
    now = timezone.now()
    rows = [
        _row(request.user, application, referee, now)
        for referee in reference_queries.referees_with_requests(application)
    ]
    context = _page(
        request,
        f"References: {application}",
        application,
        rows=rows,
        open_discrepancies=reference_queries.open_discrepancies(application).count(),
        has_enough=reference_queries.has_enough_references(application),
        needed=settings.REFERENCES_NEEDED,
    )
    return render(request, "applications/admin/references.html", context)


def _row(user, application, referee, now):
    current = referee.current
    waits = current is not None and current.is_open
    return {
        "referee": referee,
        "current": current,
        "asked": [(asked, asked.is_expired(now)) for asked in referee.asked],
        "waits": waits,
        "why_not": ""
        if waits
        else reference_rules.why_not_now(user, application, referee, current),
        "why_not_again": reference_rules.why_not_sent_again(user, current) if waits else "",
        "can_change": reference_rules.can_change_referee(user, application),
        "can_record": reference_rules.can_record_reference(user, application, current),
        "changes": referee.changes.select_related("changed_by"),
    }


@require_POST
def ask_view(request, pk):
    """Ask a referee."""
    referee = _referee(request, pk)
    try:
        ask_for_reference(referee=referee, by=request.user)
        messages.success(request, f"{referee} is asked by e-mail.")
    except CannotAsk as problem:
        messages.error(request, str(problem))
    return _to_the_references(referee.application_id)


@require_POST
def again_view(request, pk):
    """Send a referee a new link."""
    asked = _request(request, pk)
    try:
        send_reference_link_again(request=asked, by=request.user)
        messages.success(request, "A new link is on its way. Those before it no longer work.")
    except CannotAsk as problem:
        messages.error(request, str(problem))
    return _to_the_references(asked.application_id)


def stop_view(request, pk):
    """Stop asking a referee, with a reason."""
    asked = _request(request, pk)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            stop_reference_request(
                request=asked, reason=form.cleaned_data["reason"], by=request.user
            )
            messages.success(request, f"{asked.referee} is no longer asked, and is told so.")
        except (InvalidTransition, PermissionDenied):
            messages.error(request, "This request is no longer open.")
        return _to_the_references(asked.application_id)
    words = "The link no longer works, and the referee reads that there is nothing to do for them."
    return _form_page(request, "Stop asking", asked, form, words)


def correct_view(request, pk):
    """Correct how a referee is named and reached, with a reason."""
    referee = _referee(request, pk)
    if not reference_rules.can_change_referee(request.user, referee.application):
        raise Http404
    form = CorrectForm(
        request.POST if request.method == "POST" else None,
        referee=referee,
        other=referee.application.referees.exclude(pk=referee.pk).first(),
        applicant=referee.application.applicant,
    )
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        changed = correct_referee(
            referee=referee, contact=form.contact(), reason=reason, by=request.user
        )
        messages.success(request, "The referee is changed." if changed else "Nothing was changed.")
        return _to_the_references(referee.application_id)
    words = (
        "If the name or the e-mail address changes while we wait for an answer, the link we sent no "
        "longer works, and a new one goes to the new address."
    )
    return _form_page(request, "Correct the referee", referee, form, words)


def record_view(request, pk):
    """Write down a reference that came by phone, on paper or by e-mail."""
    referee = _referee(request, pk)
    current = referee.requests.in_the_way().first()
    application = referee.application
    data = request.POST if request.method == "POST" else None
    form = OutsideForm(data, kind=referee.kind)
    # A form that comes twice finds its reference written down, and is answered all the same.
    if data is None and not reference_rules.can_record_reference(
        request.user, application, current
    ):
        raise Http404
    if form.is_valid() and _record(request, referee, form):
        return _to_the_references(application.pk)
    words = "Write down what the referee said or wrote, and who took it down is kept with it: you."
    return _form_page(request, "Write a reference down", referee, form, words)


def _record(request, referee, form):
    try:
        record_reference(
            referee=referee,
            answers=form.answers(),
            one_time_key=form.cleaned_data["one_time_key"],
            by=request.user,
        )
    except (PermissionDenied, IntegrityError):
        form.add_error(None, "The reference of this referee has come meanwhile.")
        return False
    messages.success(request, "The reference is written down. Read it once more and accept it.")
    return True


def _form_page(request, title, thing, form, words):
    application = thing.application
    referee = getattr(thing, "referee", thing)
    context = _page(
        request,
        f"{title}: {referee}",
        application,
        form=form,
        words=words,
        button=title,
    )
    return render(request, "applications/admin/reference_form.html", context)


@never_cache
def read_view(request, pk):
    """One reference. That it was opened, and by whom, is recorded; here it is accepted or set aside."""
    asked = _request(request, pk)
    if not reference_queries.has_reference(asked):
        raise Http404
    form = WhyForm(request.POST if "aside" in request.POST else None)
    if request.method == "POST" and _judged(request, asked, form):
        return _to_the_references(asked.application_id)
    reference = open_reference(request=asked, by=request.user)
    context = _page(
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
    application = _application(request, pk)
    found = list(reference_queries.discrepancies_of(application))
    rows = [_explainable(request, row) for row in found]
    for row in rows:
        if row["form"].is_valid() and _explained(request, row):
            return redirect("admin:applications_compare", pk)
    references = reference_queries.references_of(application)
    for reference in references:
        reference.request.application = application
        open_reference(request=reference.request, by=request.user)
    context = _page(
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


def overview_view(request):
    """All references that wait for somebody, one list at a time."""
    show = request.GET.get("show", "open")
    show = show if show in reference_queries.SHOWN else "open"
    found = reference_queries.requests_shown(show, timezone.now())
    found = found.exclude(application__applicant=request.user)
    page = Paginator(found, settings.REFERENCES_PER_PAGE).get_page(request.GET.get("page"))
    context = _page(
        request, "References", None, shown=reference_queries.SHOWN.items(), show=show, page=page
    )
    return render(request, "applications/admin/reference_overview.html", context)


_may_ask = reference_rules.can_manage_references
PAGES = {
    "references": ("references/<int:pk>/", references_view, _may_see),
    "compare": ("references/<int:pk>/compare/", compare_view, _may_see),
    "reference_read": ("references/asked/<int:pk>/read/", read_view, _may_see),
    "reference_again": ("references/asked/<int:pk>/again/", again_view, _may_ask),
    "reference_stop": ("references/asked/<int:pk>/stop/", stop_view, _may_ask),
    "reference_record": ("referees/<int:pk>/record/", record_view, _may_ask),
    "referee_ask": ("referees/<int:pk>/ask/", ask_view, _may_ask),
    "referee_correct": ("referees/<int:pk>/correct/", correct_view, _may_ask),
}
admin_pages.register(
    AdminPage(
        path="applications/references/",
        name="applications_reference_overview",
        view=overview_view,
        may_see=_may_see,
        title="References",
    ),
    *(
        AdminPage(
            path=f"applications/{path}", name=f"applications_{name}", view=view, may_see=may_see
        )
        for name, (path, view, may_see) in PAGES.items()
    ),
)
