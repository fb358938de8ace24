"""HR's pages about how an application ended: a refusal taken back, a withdrawal noted for somebody, or undone."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.registries import AdminPage, admin_pages
from accounts.states import InvalidTransition
from applications import queries, rules
from applications.actions import take_withdrawal_back, undo_refusal, withdraw_application
from applications.admin.ringing import say_told
from applications.admin.undoing import say_undone
from applications.exceptions import (
    AlreadyApplied,
    PlaceTaken,
    TooLateToTakeBack,
    TooLateToUndo,
    WordsMissing,
)
from applications.forms.hr import NoteWithdrawalForm, TakeBackForm
from applications.forms.panel import ReasonForm
from applications.models import Application
from applications.queries.offers import offer_of
from applications.rules.offers import can_make_offer
from applications.views.access import posted

TOO_LATE = (
    "This cannot be undone: the application has gone further, or the job is filled or withdrawn."
)
NOT_BACK = (
    "The withdrawal cannot be taken back: it is too late, the job has gone to somebody else, or they have "
    "applied again."
)


def what_can_be_done(user, application):
    """Return what leads from the page of an application to its offer, and to how it ends."""
    if application is None:
        return {}
    refusal = queries.refusal_by_hand(application)
    found = {
        "can_undo_refusal": rules.can_undo_refusal(user, application, refusal),
        "can_note_withdrawal": rules.can_note_withdrawal(user, application),
        "can_take_back": rules.can_speak_for(user, application)
        and rules.can_take_withdrawal_back(user, application, now=timezone.now()),
    }
    if user.has_perm("applications.make_offer"):
        found |= {
            "offer": offer_of(application),
            "can_make_offer": can_make_offer(user, application),
        }
    return found


def _application(pk):
    found = Application.objects.sent().select_related("vacancy", "applicant")
    return get_object_or_404(found, pk=pk)


def _page(request, title, application, form, words):
    context = {
        **admin.site.each_context(request),
        "title": f"{title}: {application}",
        "application": application,
        "form": form,
        "words": words,
        "button": title,
    }
    return render(request, "applications/admin/application_end.html", context)


def undo_refusal_view(request, pk):
    """Take back that somebody was turned down by hand, with a reason."""
    application = _application(pk)
    refusal = queries.refusal_by_hand(application)
    if not rules.can_undo_refusal(request.user, application, refusal):
        messages.error(request, TOO_LATE)
        return redirect("admin:applications_application_change", pk)
    form = ReasonForm(posted(request))
    if form.is_valid():
        _undo(request, application, form.cleaned_data["reason"])
        return redirect("admin:applications_application_change", pk)
    words = (
        f"The application goes back to “{refusal.get_from_state_display()}”. The applicant is told only if "
        "they have been told the refusal."
    )
    return _page(request, "Undo this refusal", application, form, words)


def _undo(request, application, reason):
    try:
        was_told = undo_refusal(application=application, reason=reason, by=request.user)
    except (TooLateToUndo, PermissionDenied, WordsMissing):
        messages.error(request, TOO_LATE)
    else:
        told = "The applicant has been told." if was_told else "The applicant had not been told."
        say_undone(request, application, f"The refusal is undone. {told}")


def note_withdrawal_view(request, pk):
    """Note that somebody who applied by phone or on paper does not want to go on."""
    application = _application(pk)
    if not rules.can_note_withdrawal(request.user, application):
        raise Http404
    form = NoteWithdrawalForm(posted(request))
    if form.is_valid():
        _withdraw(request, application, form.cleaned_data["reason"])
        return redirect("admin:applications_application_change", pk)
    words = (
        f"For {application.full_name}, who told us so. What is open ends with it: a time for an interview, "
        "an offer, the requests for references."
    )
    return _page(request, "Note a withdrawal", application, form, words)


def _withdraw(request, application, reason):
    try:
        withdraw_application(application=application, reason=reason, by=request.user)
    except (InvalidTransition, PermissionDenied):
        messages.error(request, "This application can no longer be withdrawn.")
    else:
        say_told(request, application, "The withdrawal is noted.", "The applicant has been told.")


def take_back_view(request, pk):
    """Take back, for somebody who cannot sign in, a withdrawal that was a mistake."""
    application = _application(pk)
    if not rules.can_speak_for(request.user, application) or not (
        rules.can_take_withdrawal_back(request.user, application, now=timezone.now())
    ):
        raise Http404
    form = TakeBackForm(posted(request))
    if form.is_valid():
        try:
            take_withdrawal_back(application=application, by=request.user)
        except (TooLateToTakeBack, PlaceTaken, AlreadyApplied, InvalidTransition):
            messages.error(request, NOT_BACK)
        else:
            say_told(
                request, application, "The withdrawal is undone.", "The applicant has been told."
            )
        return redirect("admin:applications_application_change", pk)
    words = "The application goes back to where it was, with its offer if there was one."
    return _page(request, "Take the withdrawal back", application, form, words)


def _may_undo(user):
    return user.has_perm("applications.undo_decision")


def _may_move(user):
    return user.has_perm("applications.move_application")


admin_pages.register(
    AdminPage(
        path="applications/ends/<int:pk>/undo-refusal/",
        name="applications_refusal_undo",
        view=undo_refusal_view,
        may_see=_may_undo,
    ),
    AdminPage(
        path="applications/ends/<int:pk>/withdrawal/",
        name="applications_withdrawal_note",
        view=note_withdrawal_view,
        may_see=_may_move,
    ),
    AdminPage(
        path="applications/ends/<int:pk>/take-back/",
        name="applications_withdrawal_undo",
        view=take_back_view,
        may_see=_may_move,
    ),
)
