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
    reason = forms.CharField(
        max_length=300,
        error_messages={
            "required": "Say why in a sentence",
            "max_length": "Use 300 characters or fewer",
        },
    )

    def is_begun(self):
        """Say whether anything was chosen or written."""
        return bool(self["choice"].value() or (self["reason"].value() or "").strip())


def pack_view(request, pk):
    """The packs of a person, a button for another, and what others wrote, to be reviewed."""
    person = get_object_or_404(User, pk=pk, erased_at__isnull=True)
    if request.method == "POST":
        _ask(request, person)
        return redirect("admin:accounts_packs", pk)
    return _show(request, person, {})


def review_view(request, pk):
    """Keep what HR says of the texts by others. One that is half filled in is shown again with what is missing."""
    person = get_object_or_404(User, pk=pk, erased_at__isnull=True)
    if request.method != "POST" or request.user == person:
        raise Http404
    parts = [found.part for found, _ in parts_to_review(person)]
    sent = [ReviewForm(request.POST, prefix=str(place)) for place in range(len(parts))]
    begun = [form for form in sent if form.is_begun() and form["part"].value() in parts]
    for form in begun:
        if form.is_valid():
            said = form.cleaned_data
            review_part(
                person=person,
                part=said["part"],
                is_included=said["choice"] == "in",
                reason=said["reason"],
                by=request.user,
            )
    half = {form["part"].value(): form for form in begun if not form.is_valid()}
    messages.success(request, f"{len(begun) - len(half)} reviewed.")
    if half:
        messages.error(request, f"{len(half)} not kept yet: see what is missing below.")
        return _show(request, person, half)
    return redirect("admin:accounts_packs", pk)


def _show(request, person, half):
    """Show the page, with the forms of `half`, by their part, as they were sent."""
    reviews = parts_to_review(person)
    context = {
        **admin.site.each_context(request),
        "title": f"What we hold about {person}",
        "person": person,
        "packs": person.access_packs.filter(is_own=False),
        "own_packs": person.access_packs.filter(is_own=True).count(),
        "reviews": [
            (found, choice, _form(found, choice, half, place))
            for place, (found, choice) in enumerate(reviews)
        ],
    }
    return render(request, "accounts/admin/packs.html", context)


def _form(found, choice, half, place):
    form = half.get(found.part)
    if form is None:
        return ReviewForm(initial=_said(found, choice), prefix=str(place))
    form.prefix = str(place)
    return form


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
