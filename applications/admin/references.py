"""HR's pages of references, inside the admin: asking, correcting, stopping and writing down."""

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
from applications.actions import (
    ask_for_reference,
    correct_referee,
    record_reference,
    send_reference_link_again,
    stop_reference_request,
)
from applications.exceptions import CannotAsk
from applications.forms.reference_steps import CorrectForm, WhyForm
from applications.forms.references import OutsideForm
from applications.models import Application, Referee, ReferenceRequest
from applications.queries import references as reference_queries
from applications.rules import references as reference_rules

SEES = "applications.view_reference"


def may_see(user):
    return user.has_perm(SEES)


def find_application(request, pk):
    """Return a sent application, but nobody's own."""
    applications = Application.objects.sent().select_related("vacancy", "applicant")
    application = get_object_or_404(applications, pk=pk)
    if not reference_rules.can_view_reference(request.user, application):
        raise Http404
    return application


def find_request(request, pk):
    found = ReferenceRequest.objects.select_related("referee", "reference", "judged_by")
    asked = get_object_or_404(found, pk=pk)
    asked.application = find_application(request, asked.application_id)
    return asked


def _referee(request, pk):
    referee = get_object_or_404(Referee.objects.all(), pk=pk)
    referee.application = find_application(request, referee.application_id)
    return referee


def page(request, title, application, **context):
    return {
        **admin.site.each_context(request),
        "title": title,
        "application": application,
        **context,
    }


def to_the_references(application_pk):
    return redirect("admin:applications_references", application_pk)


@never_cache
def references_view(request, pk):
    """The referees of an application: whom we asked, what came, and what can be done next."""
    application = find_application(request, pk)
    now = timezone.now()
    rows = [
        _row(request.user, application, referee, now)
        for referee in reference_queries.referees_with_requests(application)
    ]
    context = page(
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
    return to_the_references(referee.application_id)


@require_POST
def again_view(request, pk):
    """Send a referee a new link."""
    asked = find_request(request, pk)
    try:
        send_reference_link_again(request=asked, by=request.user)
        messages.success(request, "A new link is on its way. Those before it no longer work.")
    except CannotAsk as problem:
        messages.error(request, str(problem))
    return to_the_references(asked.application_id)


def stop_view(request, pk):
    """Stop asking a referee, with a reason."""
    asked = find_request(request, pk)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            stop_reference_request(
                request=asked, reason=form.cleaned_data["reason"], by=request.user
            )
            messages.success(request, f"{asked.referee} is no longer asked, and is told so.")
        except (InvalidTransition, PermissionDenied):
            messages.error(request, "This request is no longer open.")
        return to_the_references(asked.application_id)
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
        return to_the_references(referee.application_id)
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
        return to_the_references(application.pk)
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
    context = page(
        request,
        f"{title}: {referee}",
        application,
        form=form,
        words=words,
        button=title,
    )
    return render(request, "applications/admin/reference_form.html", context)


def overview_view(request):
    """All references that wait for somebody, one list at a time."""
    show = request.GET.get("show", "open")
    show = show if show in reference_queries.SHOWN else "open"
    found = reference_queries.requests_shown(show, timezone.now())
    found = found.exclude(application__applicant=request.user)
    shown = Paginator(found, settings.REFERENCES_PER_PAGE).get_page(request.GET.get("page"))
    context = page(
        request, "References", None, shown=reference_queries.SHOWN.items(), show=show, page=shown
    )
    return render(request, "applications/admin/reference_overview.html", context)


_may_ask = reference_rules.can_manage_references
PAGES = {
    "references": ("references/<int:pk>/", references_view, may_see),
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
        may_see=may_see,
        title="References",
    ),
    *(
        AdminPage(
            path=f"applications/{path}", name=f"applications_{name}", view=view, may_see=may_see
        )
        for name, (path, view, may_see) in PAGES.items()
    ),
)
