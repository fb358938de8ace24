"""HR's pages about the checks before somebody starts, inside the admin."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.registries import AdminPage, admin_pages
from accounts.states import InvalidTransition
from applications import check_pages
from applications.actions import (
    begin_missing_checks,
    confirm_check,
    confirm_left_out,
    doubt_check,
    hand_check_on,
    leave_check_out,
    note_what_was_seen,
    take_check_up,
    undo_confirmation,
)
from applications.actions.checks import SEEN_FACTS
from applications.exceptions import (
    CannotBeLeftOut,
    FactsMissing,
    ReferencesMissing,
    SamePerson,
    WordsMissing,
)
from applications.forms.checks import ConfirmForm, HandOnForm, SeenForm, WhyForm
from applications.models import Check
from applications.queries import checks as check_queries
from applications.rules import checks as check_rules

SHOWN = {
    "open": "Open checks",
    "running-out": "Right to work to look at again",
    "past": "Certificate details past their date",
}
MEANWHILE = (
    "Nothing was changed: somebody else has done something about this check, or it is yours."
)
TOO_FEW_REFERENCES = (
    f"This waits until {settings.REFERENCES_NEEDED} references are accepted, the last employer’s among "
    "them. Read and accept them under References of the application."
)
SAME_PERSON = "You saw this yourself. Somebody else must confirm it."
SAID_IT = "You said yourself that it is not needed. Somebody else must confirm it."


@dataclass(frozen=True)
class Step:
    """Something HR does about a check: its page's words, what is filled in, and the action."""

    title: str
    words: str
    button: str
    form: type
    action: object
    same_person: str = SAME_PERSON


STEPS = {
    "hand-on": Step(
        "Say who has it now",
        "The applicant reads who has it and since when.",
        "Save",
        HandOnForm,
        hand_check_on,
    ),
    "seen": Step(
        "Note what was seen",
        "Write what you saw, so that somebody who was not there can follow it. It still has to be confirmed.",
        "Save",
        SeenForm,
        note_what_was_seen,
    ),
    "confirm": Step(
        "Confirm it",
        "You confirm that what is noted was seen and is enough.",
        "Confirm",
        ConfirmForm,
        confirm_check,
    ),
    "problem": Step(
        "There is a problem",
        "The check stays open until the problem is settled. The applicant reads that we look into it.",
        "Save",
        WhyForm,
        doubt_check,
    ),
    "not-needed": Step(
        "Not needed",
        "It stands in the way no longer, and the reason stays in the file. Where a second person confirms "
        "the check, somebody else confirms this too.",
        "Save",
        WhyForm,
        leave_check_out,
    ),
    "confirm-not-needed": Step(
        "Confirm that it is not needed",
        "Somebody else said so, for the reason below. If you do not agree, say who has the check now.",
        "Confirm",
        ConfirmForm,
        confirm_left_out,
        same_person=SAID_IT,
    ),
    "take-up": Step(
        "Take it up again",
        "The check is open again and lies with us. It stands in the way of a firm offer until it is done.",
        "Take it up again",
        WhyForm,
        take_check_up,
    ),
    "undo": Step(
        "Take the confirmation back",
        "The check is open again and lies with us. What was noted stays, to be put right.",
        "Take it back",
        WhyForm,
        undo_confirmation,
    ),
}


def page(request, title, **context):
    return {**admin.site.each_context(request), "title": title, **context}


def checks_view(request):
    """All open checks, the one that has lain longest first; or what runs out, or should be gone."""
    show = request.GET.get("show")
    show = show if show in SHOWN else "open"
    today = timezone.localdate()
    found = {
        "open": check_queries.open_checks,
        "running-out": lambda: check_queries.right_to_work_running_out(today),
        "past": lambda: check_queries.details_past_their_date(today),
    }[show]()
    rows = Paginator(found, settings.CHECKS_PER_PAGE).get_page(request.GET.get("page"))
    for check in rows:
        check.days = check_pages.days_since(check, today)
    context = page(request, "Checks before people start", rows=rows, page=rows, show=show)
    return render(request, "applications/admin/checks.html", context | {"shown": SHOWN.items()})


def matrix_view(request):
    """Which role needs which check today."""
    today = timezone.localdate()
    kinds, lines = check_queries.matrix(today)
    context = page(request, "Who needs which check", kinds=kinds, lines=lines, today=today)
    return render(request, "applications/admin/check_matrix.html", context)


def application_of(request, pk):
    """Return an application that has checks, unless it is the person's own."""
    application = get_object_or_404(check_queries.with_or_past_checks(), pk=pk)
    if application.applicant == request.user:
        raise Http404
    return application


def checks_of_view(request, pk):
    """The checks of one application: what is open, who has each, and what can be done about it."""
    application = application_of(request, pk)
    if request.method == "POST":
        _begin_missing(request, application)
        return redirect("admin:applications_checks_of", pk)
    today = timezone.localdate()
    needed = check_queries.needs_of(application.vacancy.role, today)
    lines = check_pages.lines(application, request.user, today, needed)
    begun = {line.check.kind_id for line in lines}
    is_under_way = application.state in check_queries.WITH_CHECKS
    context = page(
        request,
        f"Checks: {application.full_name}",
        application=application,
        lines=lines,
        open=check_queries.what_is_open(application, today),
        missing=[need.kind for need in needed if need.kind.pk not in begun],
        can_begin=check_rules.can_record_checks(request.user, application),
        is_under_way=is_under_way,
        may_start_early=check_queries.may_start_without_title(application),
        is_awaiting=application.registration == "awaiting" and is_under_way,
        look=check_queries.latest_look(application),
        can_print=check_rules.can_print_inspection_file(request.user),
    )
    return render(request, "applications/admin/checks_of.html", context)


def _begin_missing(request, application):
    try:
        number = begin_missing_checks(application=application, by=request.user)
        messages.success(request, f"Checks begun: {number}.")
    except PermissionDenied:
        messages.error(request, "The checks of this application cannot be recorded now.")


def step_view(request, pk, step):
    """One thing that is done about a check."""
    if step not in STEPS:
        raise Http404
    check = get_object_or_404(Check.objects.select_related("kind", "seen_by"), pk=pk)
    check.application = application_of(request, check.application_id)
    form = _form(STEPS[step].form, check, request.POST if request.method == "POST" else None)
    if form.is_valid() and _take(request, STEPS[step], check, form):
        return redirect("admin:applications_checks_of", check.application_id)
    context = page(
        request,
        f"{STEPS[step].title}: {check.kind}",
        check=check,
        application=check.application,
        step=STEPS[step],
        form=form,
        facts=check_pages.facts_of(check),
    )
    return render(request, "applications/admin/check_step.html", context)


def _form(kind, check, data):
    if kind is SeenForm:
        known = {name: getattr(check, name) for name in SEEN_FACTS if getattr(check, name)}
        return SeenForm(data, check=check, initial=known)
    if kind is HandOnForm:
        return HandOnForm(data, initial={"holder": check.holder, "next_step": check.next_step})
    return kind(data)


def _take(request, step, check, form):
    """Do it and say so; False where the person can put it right on the same page."""
    try:
        step.action(check=check, by=request.user, **form.cleaned_data)
    except SamePerson:
        form.add_error(None, step.same_person)
        return False
    except ReferencesMissing:
        form.add_error(None, TOO_FEW_REFERENCES)
        return False
    except CannotBeLeftOut as problem:
        form.add_error(None, str(problem))
        return False
    except (FactsMissing, WordsMissing):
        form.add_error(None, "Something that must be noted is missing.")
        return False
    except (InvalidTransition, PermissionDenied):
        messages.error(request, MEANWHILE)
    else:
        messages.success(request, f"{check.kind}: saved.")
    return True


admin_pages.register(
    AdminPage(
        path="applications/checks/",
        name="applications_checks",
        view=checks_view,
        may_see=check_rules.can_see_checks,
        title="Checks before people start",
    ),
    AdminPage(
        path="applications/checks/matrix/",
        name="applications_check_matrix",
        view=matrix_view,
        may_see=check_rules.can_see_checks,
        title="Who needs which check",
    ),
    AdminPage(
        path="applications/checks/<int:pk>/",
        name="applications_checks_of",
        view=checks_of_view,
        may_see=check_rules.can_see_checks,
    ),
    AdminPage(
        path="applications/checks/step/<int:pk>/<slug:step>/",
        name="applications_check_step",
        view=step_view,
        may_see=check_rules.can_see_checks,
    ),
)
