"""Fair rounds in the admin: announced, looked at with the names, and called off while they run."""

from datetime import datetime, time, timedelta

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from training.actions import announce_round, call_off_round
from training.actions.rounds import refuse_round
from training.admin.acting import CallsActions
from training.exceptions import RoundRefused
from training.models import Booking, FairRound, RoundLine
from training.rules import can_run_rounds
from training.states import BookingState


class FairRoundForm(forms.ModelForm):
    class Meta:
        model = FairRound
        fields = ["session", "opens_at", "closes_at"]

    def clean(self):
        given = super().clean()
        if {"session", "opens_at", "closes_at"} <= given.keys():
            try:
                refuse_round(given["session"], given["opens_at"], given["closes_at"])
            except RoundRefused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return given


class CallOffForm(forms.Form):
    reason = forms.CharField(
        label="Reason they are told",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Give the reason that people are told."},
    )


class LineInline(admin.TabularInline):
    """What each request came to. The seed and the draws are shown to everybody on the round's page."""

    model = RoundLine
    fields = readonly_fields = [
        "rank",
        "number",
        "who",
        "half_days_left",
        "taken_by_service",
        "rounds_missed",
        "years_without",
        "points",
        "outcome",
        "passed_over",
    ]
    extra = 0
    can_delete = False
    ordering = ["rank"]

    @admin.display(description="person")
    def who(self, line):
        return line.booking.person.full_name if line.booking else "–"

    def has_add_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("booking__person", "round")


@admin.register(FairRound)
class FairRoundAdmin(CallsActions, admin.ModelAdmin):
    """Announcing one closes the session for booking; its places are given by the clock."""

    form = FairRoundForm
    list_display = ["session", "opens_at", "closes_at", "state", "places"]
    list_filter = ["state", "closes_at"]
    list_select_related = ["session__course"]
    search_fields = ["session__course__title"]
    raw_id_fields = ["session"]
    change_form_template = "training/admin/round_change.html"

    def has_change_permission(self, request, obj=None):
        return False

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["session", "opens_at", "closes_at"]
        return [
            "session",
            "state",
            "opens_at",
            "closes_at",
            "seed_hash",
            "announced_by",
            "places",
            "end_reason",
            "asked",
            "page",
        ]

    def get_readonly_fields(self, request, obj=None):
        return [] if obj is None else self.get_fields(request, obj)

    def get_inlines(self, request, obj):
        return [LineInline] if obj and obj.is_settled else []

    def get_changeform_initial_data(self, request):
        """Propose a week from nine tomorrow to five in the afternoon."""
        tomorrow = timezone.localdate() + timedelta(days=1)
        last = tomorrow + timedelta(days=settings.FAIR_ROUND_DAYS)
        return {
            "opens_at": timezone.make_aware(datetime.combine(tomorrow, time(9))),
            "closes_at": timezone.make_aware(datetime.combine(last, time(17))),
            **super().get_changeform_initial_data(request),
        }

    @admin.display(description="who has asked")
    def asked(self, fair_round):
        asked = Booking.objects.filter(
            session=fair_round.session_id, state=BookingState.REQUESTED
        ).select_related("person")
        names = [booking.person.full_name for booking in asked.order_by("person__full_name")]
        return f"{len(names)}: {', '.join(names)}" if names else "Nobody waits for this round."

    @admin.display(description="what everybody sees")
    def page(self, fair_round):
        return format_html('<a href="{}">The page of this round</a>', fair_round.get_absolute_url())

    def save_model(self, request, fair_round, form, change):
        given = {name: form.cleaned_data[name] for name in FairRoundForm.Meta.fields}
        fair_round.pk = announce_round(by=request.user, **given).pk

    def changeform_view(self, request, *args, **kwargs):
        try:
            return super().changeform_view(request, *args, **kwargs)
        except RoundRefused as refusal:  # What changed after the form was checked.
            self.message_user(request, str(refusal), messages.WARNING)
            return redirect(request.get_full_path())

    def change_view(self, request, object_id, form_url="", extra_context=None):
        fair_round = self.get_object(request, object_id)
        may_end = fair_round is not None and fair_round.is_running and can_run_rounds(request.user)
        extra = {**(extra_context or {}), "can_call_off": may_end}
        return super().change_view(request, object_id, form_url, extra)

    def get_urls(self):
        view = self.admin_site.admin_view(self.call_off_view)
        name = "training_fairround_call_off"
        return [path("<int:pk>/call-off/", view, name=name), *super().get_urls()]

    def call_off_view(self, request, pk):
        """One page that asks why, and says what follows."""
        if not can_run_rounds(request.user):
            raise PermissionDenied
        fair_round = get_object_or_404(FairRound.objects.with_sessions(), pk=pk)
        form = CallOffForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            self._call_off(request, fair_round, form.cleaned_data["reason"])
            return redirect("admin:training_fairround_change", pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Call off: {fair_round}",
            "round": fair_round,
            "back": reverse("admin:training_fairround_change", args=[pk]),
            "form": form,
        }
        return render(request, "training/admin/round_call_off.html", context)

    def _call_off(self, request, fair_round, reason):
        try:
            call_off_round(fair_round=fair_round, by=request.user, reason=reason)
        except RoundRefused as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
        else:
            words = f"{fair_round} is called off; everybody who had asked is told."
            self.message_user(request, words, messages.SUCCESS)
