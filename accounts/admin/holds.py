"""Holding what must be kept for now, and releasing it."""

from django import forms
from django.contrib import admin, messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.actions import place_hold, release_hold
from accounts.actions.holds import MAY_HOLD
from accounts.exceptions import HeldAlready
from accounts.models import LegalHold, User
from accounts.registries import AdminPage, admin_pages, holdables


class HoldForm(forms.Form):
    """What is held, why, and when somebody looks at it again."""

    what = forms.ChoiceField(label="What must be kept")
    reason = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    review_on = forms.DateField(
        label="To be looked at again on", widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args, things, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(str(place), words) for place, (words, _) in enumerate(things)]
        self.fields["what"].choices = [("", "Everything about this person"), *choices]
        self.fields["what"].required = False

    def clean_review_on(self):
        review_on = self.cleaned_data["review_on"]
        if review_on <= timezone.localdate() or review_on.year > 2100:
            raise forms.ValidationError("Choose a day to come")
        return review_on


class ReleaseForm(forms.Form):
    reason = forms.CharField(
        label="Why it need not be kept any longer",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@admin.register(LegalHold)
class LegalHoldAdmin(admin.ModelAdmin):
    """What is held, to read: holds are placed from a person's page and released on a page of their own."""

    list_display = ["person", "what", "held_at", "held_by", "review_on", "released_at"]
    list_filter = [("released_at", admin.EmptyFieldListFilter)]
    list_select_related = ["person", "held_by"]
    change_form_template = "accounts/admin/hold_change.html"
    fields = [
        "person",
        "what",
        "reason",
        "held_at",
        "held_by",
        "review_on",
        "released_at",
        "released_by",
        "release_reason",
    ]

    @admin.display(description="what")
    def what(self, hold):
        return f"{hold.thing_type} {hold.thing_id}".strip() or "Everything"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def place_view(request, pk):
    """One page: what of a person is held, why, until when."""
    person = get_object_or_404(User, pk=pk, erased_at__isnull=True)
    things = [found for find in holdables for found in find(person)]
    form = HoldForm(request.POST or None, things=things)
    if form.is_valid() and _placed(request, person, things, form):
        return redirect("admin:accounts_legalhold_changelist")
    words = (
        "While it is held, nothing deletes, blanks or erases it, and the person cannot close their "
        "account. They read only that we must keep it for now."
    )
    page = {"person": person, "form": form, "words": words, "button": "Hold"}
    return _page(request, f"Hold: {person}", page)


def release_view(request, pk):
    """One page: why a hold ends."""
    hold = get_object_or_404(LegalHold.objects.in_force(), pk=pk)
    form = ReleaseForm(request.POST or None)
    if form.is_valid():
        release_hold(hold=hold, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "Released. The next run treats it like anything else.")
        return redirect("admin:accounts_legalhold_changelist")
    words = "What is past its time goes with the next run, tonight. See the dry run first."
    page = {"person": hold.person, "form": form, "words": words, "button": "Release"}
    return _page(request, f"Release: {hold.person}", page)


def _placed(request, person, things, form):
    said = form.cleaned_data
    thing = things[int(said["what"])][1] if said["what"] else None
    try:
        place_hold(
            person=person,
            thing=thing,
            reason=said["reason"],
            review_on=said["review_on"],
            by=request.user,
        )
    except HeldAlready:
        form.add_error("what", "This is held already")
        return False
    messages.success(request, "Held. Nothing of it is deleted until somebody releases it.")
    return True


def _page(request, title, page):
    context = {**admin.site.each_context(request), "title": title, **page}
    return render(request, "accounts/admin/hold.html", context)


def may_hold(user):
    return user.has_perm(MAY_HOLD)


admin_pages.register(
    AdminPage("accounts/holds/place/<int:pk>/", "accounts_hold_place", place_view, may_hold),
    AdminPage("accounts/holds/<int:pk>/release/", "accounts_hold_release", release_view, may_hold),
)
