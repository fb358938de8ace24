"""What the council promises, in the admin: a policy that has begun stays, and a new year's day is said."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.shortcuts import redirect
from django.utils import timezone

from training.models import AllowancePolicy

HAS_BEGUN = (
    "A policy that has begun is kept: what people were promised hangs on it. To promise something "
    "else, add a policy that begins on another day."
)
CANNOT_BEGIN_LATER = (
    "This policy holds already, so it cannot begin later than today. Add a new policy for what holds "
    "from then."
)
CANNOT_BEGIN_SO_LATE = "Choose a day in the years from 2000 to 2100."


class AllowancePolicyForm(forms.ModelForm):
    class Meta:
        model = AllowancePolicy
        fields = [
            "starts_on",
            "days",
            "scope",
            "pro_rata_by_hours",
            "pro_rata_by_start",
            "full_time_hours",
            "long_absence_days",
            "short_notice_days",
            "outside_courses_count",
            "attended_elsewhere_counts",
            "source",
        ]
        error_messages = {
            "starts_on": {"unique": "There is a policy that begins on that day already."},
            "days": {
                "max_digits": "Enter days below 100, whole or half.",
                "max_whole_digits": "Enter days below 100.",
                "max_decimal_places": "Enter whole or half days, like 5 or 5.5.",
            },
            "full_time_hours": {
                "max_digits": "Enter hours below 100, with at most two figures after the point.",
                "max_whole_digits": "Enter hours below 100.",
                "max_decimal_places": "Enter hours with at most two figures after the point.",
            },
        }

    def clean_starts_on(self):
        starts_on, today = self.cleaned_data["starts_on"], timezone.localdate()
        if not 2000 <= starts_on.year <= 2100:
            raise forms.ValidationError(CANNOT_BEGIN_SO_LATE)
        held = self.instance.pk and self.initial["starts_on"] <= today
        if held and starts_on > today:
            raise forms.ValidationError(CANNOT_BEGIN_LATER)
        return starts_on


@admin.register(AllowancePolicy)
class AllowancePolicyAdmin(admin.ModelAdmin):
    """One row for each change of the promise. Only what begins in the future can be deleted."""

    form = AllowancePolicyForm
    list_display = [
        "starts_on",
        "days",
        "scope",
        "pro_rata_by_hours",
        "pro_rata_by_start",
        "long_absence_days",
        "short_notice_days",
        "outside_courses_count",
        "attended_elsewhere_counts",
    ]
    actions = ["delete_selected"]

    def has_delete_permission(self, request, obj=None):
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or not obj.has_begun(timezone.localdate()))

    def delete_view(self, request, object_id, extra_context=None):
        policy = self.get_object(request, object_id)
        may = super().has_delete_permission(request)
        if may and policy and policy.has_begun(timezone.localdate()):
            self.message_user(request, HAS_BEGUN, messages.ERROR)
            return redirect("admin:training_allowancepolicy_change", policy.pk)
        return super().delete_view(request, object_id, extra_context)

    @admin.action(description="Delete the selected policies", permissions=["delete"])
    def delete_selected(self, request, policies):
        if policies.begun(timezone.localdate()).exists():
            self.message_user(request, f"Nothing was deleted. {HAS_BEGUN}", messages.ERROR)
            return None
        return delete_selected(self, request, policies)

    def save_model(self, request, policy, form, change):
        super().save_model(request, policy, form, change)
        before = policy.before()
        if before and before.year_day != policy.year_day:
            words = (
                f"The year of the promise now begins on {policy.year_day}. Until {policy.starts_on:%Y} it "
                f"began on {before.year_day}, so one year is cut short. Look again if you did not mean that."
            )
            self.message_user(request, words, messages.WARNING)
