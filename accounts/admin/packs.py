"""Answering somebody who asks what we hold about them."""

from django import forms
from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from accounts.actions import ask_for_pack, open_pack, review_part
from accounts.downloads import pack_response
from accounts.exceptions import PackIsBeingMade
from accounts.models import AccessPack, User
from accounts.queries.packs import parts_to_review
from accounts.registries import AdminPage, admin_pages
from accounts.rules import can_open_pack


class ReviewForm(forms.Form):
    """Whether one text by somebody else goes into the pack, and why."""

    part = forms.CharField(widget=forms.HiddenInput)
    choice = forms.ChoiceField(
        choices=[("in", "Goes into the pack"), ("out", "Stays out")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose in or out"},
    )
    reason = forms.CharField(max_length=300)


def pack_view(request, pk):
    """The packs of a person, a button for another, and what others wrote, to be reviewed."""
    person = get_object_or_404(User, pk=pk, erased_at__isnull=True)
    if request.method == "POST":
        _ask(request, person)
        return redirect("admin:accounts_packs", pk)
    context = {
        **admin.site.each_context(request),
        "title": f"What we hold about {person}",
        "person": person,
        "packs": person.access_packs.filter(is_own=False),
        "own_packs": person.access_packs.filter(is_own=True).count(),
        "reviews": [
            (found, choice, ReviewForm(initial=_said(found, choice), prefix=str(place)))
            for place, (found, choice) in enumerate(parts_to_review(person))
        ],
    }
    return render(request, "accounts/admin/packs.html", context)


def review_view(request, pk):
    """Keep what HR says of the texts by others; one without a choice stays as it was."""
    person = get_object_or_404(User, pk=pk, erased_at__isnull=True)
    if request.method != "POST" or request.user == person:
        raise Http404
    parts = {found.part for found, _ in parts_to_review(person)}
    forms_sent = [ReviewForm(request.POST, prefix=str(place)) for place in range(len(parts))]
    kept = 0
    for form in forms_sent:
        if form.is_valid() and form.cleaned_data["part"] in parts:
            said = form.cleaned_data
            review_part(
                person=person,
                part=said["part"],
                is_included=said["choice"] == "in",
                reason=said["reason"],
                by=request.user,
            )
            kept += 1
    messages.success(request, f"{kept} reviewed. Each needs a choice and a reason.")
    return redirect("admin:accounts_packs", pk)


def download_view(request, pk):
    """Send a pack that HR asked for."""
    pack = get_object_or_404(AccessPack, pk=pk, is_own=False)
    if not can_open_pack(request.user, pack):
        raise Http404
    return pack_response(open_pack(pack=pack, by=request.user))


def _ask(request, person):
    try:
        ask_for_pack(person=person, by=request.user)
    except PackIsBeingMade:
        messages.warning(request, "One is being made already.")
    else:
        messages.success(request, "It is being made. It is here in a minute or two.")


def _said(found, choice):
    said = {"part": found.part}
    if choice:
        said |= {"choice": "in" if choice.is_included else "out", "reason": choice.reason}
    return said


def may_make_packs(user):
    return user.has_perm("accounts.make_accesspack")


admin_pages.register(
    AdminPage("accounts/packs/<int:pk>/", "accounts_packs", pack_view, may_make_packs),
    AdminPage(
        "accounts/packs/<int:pk>/review/", "accounts_packs_review", review_view, may_make_packs
    ),
    AdminPage(
        "accounts/packs/<int:pk>/download/", "accounts_pack_download", download_view, may_make_packs
    ),
)
