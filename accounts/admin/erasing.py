"""Erasing people from the list: who, what goes, who is left out, a reason, and only then the erasing."""

from dataclasses import dataclass, field

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import render

from accounts.actions import erase_person, what_erasing_takes
from accounts.exceptions import Held
from accounts.models import User
from accounts.queries import is_held
from accounts.rules import why_not_erased
from accounts.states import ErasureReason

ERASED_AT_ONCE = 20
HELD = "A legal hold keeps something of theirs. Release it first."


class ReasonForm(forms.Form):
    """Why these people are erased."""

    reason = forms.ChoiceField(
        choices=ErasureReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why they are erased"},
    )


@dataclass
class Choice:
    """One person somebody chose: what would go of theirs, or why they are left out."""

    person: User
    reasons: list
    takes: list = field(default_factory=list)


def erase_chosen(model_admin, request, people):
    """Show who would be erased and ask why; erase them once somebody has read that and said so."""
    if people.count() > ERASED_AT_ONCE:
        words = (
            f"Choose {ERASED_AT_ONCE} people or fewer: each is looked at before they are erased."
        )
        model_admin.message_user(request, words, messages.ERROR)
        return None
    is_sent = "confirmed" in request.POST
    form = ReasonForm(request.POST if is_sent else None)
    if is_sent and form.is_valid():
        _erase(model_admin, request, people, form.cleaned_data["reason"])
        return None
    return _preview(model_admin, request, people, form)


def _preview(model_admin, request, people, form):
    choices = [_choice(person, request.user) for person in people]
    context = {
        **admin.site.each_context(request),
        "title": "Erase these people?",
        "opts": model_admin.model._meta,
        "form": form,
        "erased": [choice for choice in choices if not choice.reasons],
        "left_out": [choice for choice in choices if choice.reasons],
    }
    return render(request, "accounts/admin/erase.html", context)


def _choice(person, by):
    reasons = why_not_erased(person, by)
    if is_held(person):
        reasons.append(HELD)
    return Choice(person, reasons, [] if reasons else what_erasing_takes(person=person))


def _erase(model_admin, request, people, reason):
    erased = 0
    for person in people:
        try:
            erase_person(person=person, by=request.user, reason=reason)
        except Held:
            model_admin.message_user(request, f"{person} is not erased. {HELD}", messages.ERROR)
        except PermissionDenied as why:
            model_admin.message_user(request, f"{person} is not erased. {why}", messages.ERROR)
        else:
            erased += 1
    words = f"{erased} {'person' if erased == 1 else 'people'} erased."
    model_admin.message_user(request, words, messages.SUCCESS if erased else messages.WARNING)
