"""What the admin pages of training share: their rows are written by actions only."""

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import PermissionDenied
from django.db import models
from django.shortcuts import redirect

from accounts.states import InvalidTransition
from training.exceptions import (
    AttendanceRefused,
    BookingCannotBeCancelled,
    BookingRefused,
    CancelledAlready,
    CapacityBelowBookings,
    NominationRefused,
    PlanRefused,
)

CLOCKS_CHANGE = "The clocks change that night: choose another time"

REFUSALS = (
    AttendanceRefused,
    BookingCannotBeCancelled,
    BookingRefused,
    CancelledAlready,
    CapacityBelowBookings,
    InvalidTransition,
    NominationRefused,
    PermissionDenied,
    PlanRefused,
)


class ReasonForm(ActionForm):
    reason = forms.CharField(label="Reason they are told", required=False, max_length=500)


class AttendanceForm(ActionForm):
    half_days = forms.IntegerField(
        label="Half days",
        required=False,
        min_value=0,
        max_value=40,
        widget=forms.NumberInput(attrs={"placeholder": "all"}),
    )


class MomentField(forms.SplitDateTimeField):
    """A date and a time of day in London, which has one hour twice a year that is not told apart."""

    def compress(self, data_list):
        try:
            return super().compress(data_list)
        except forms.ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            raise forms.ValidationError(CLOCKS_CHANGE, code=error.code) from error


class CallsActions:
    """For a ModelAdmin whose rows are written by actions only, never by the admin itself."""

    formfield_overrides = {
        models.DateTimeField: {"form_class": MomentField, "widget": AdminSplitDateTime}
    }

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name in self.raw_id_fields:
            words = f"There is no {db_field.verbose_name} with that number"
            field.error_messages["invalid_choice"] = words
        return field

    def response_action(self, request, queryset):
        """Say what is wrong beside the action, where Django says that nothing was selected."""
        form = self.action_form(request.POST)
        wrong = [(name, words) for name, words in form.errors.items() if name != "action"]
        for name, words in wrong:
            label = form.fields[name].label
            self.message_user(request, f"{label}: {words[0]}. Nothing was done.", messages.WARNING)
        return None if wrong else super().response_action(request, queryset)

    def has_delete_permission(self, request, obj=None):
        return False

    def for_each(self, request, rows, action, done):
        """Run `action` on each row and say how many went through and why the others did not."""
        count = 0
        for row in rows:
            try:
                action(row)
                count += 1
            except REFUSALS as refusal:
                self.message_user(request, f"{row}: {refusal}", messages.WARNING)
        if count:
            self.message_user(request, f"{count} {done}.", messages.SUCCESS)

    def reason_given(self, request):
        reason = request.POST.get("reason", "").strip()
        if not reason:
            self.message_user(
                request,
                "Give the reason that people are told, beside the action.",
                messages.WARNING,
            )
        return reason

    def changeform_view(self, request, *args, **kwargs):
        # What the form could not see yet, such as a place that went meanwhile, is said here.
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (BookingRefused, CancelledAlready, CapacityBelowBookings, PlanRefused) as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
            return redirect(request.get_full_path())
