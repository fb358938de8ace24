"""Workforce development's side of outside courses: deciding, the money, reviews, and what is asked for."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone

from accounts.registries import AdminPage, admin_pages
from training.actions import (
    hide_review,
    keep_budget_line,
    keep_review,
)
from training.admin.acting import CallsActions, ReasonForm
from training.admin.outside_deciding import (
    answer_forms,
    carry_out,
    half_days_short,
    why_not_now,
)
from training.exceptions import AskingRefused
from training.models import (
    AttendedElsewhere,
    BudgetLine,
    OutsideCourse,
    OutsideReview,
)
from training.queries import (
    five_days,
    outside_requests_by_provider,
    outside_requests_by_topic,
)
from training.rules import can_decide_for_workforce, can_tell_outcome, decides_for_workforce

# `when` says both ends.
SHOWN_AS = {"starts_at": "when", "cost_pence": "cost", "final_cost_pence": "final_cost"}


class ReadOnlyAdmin(CallsActions, admin.ModelAdmin):
    """Rows that people make on the site: to be looked at here, never written."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class LeftOpenFilter(admin.SimpleListFilter):
    title = "how it went"
    parameter_name = "how"

    def lookups(self, request, model_admin):
        return [("unsaid", "Not said by somebody who has left")]

    def queryset(self, request, queryset):
        return queryset.left_open_by_leavers(timezone.now()) if self.value() else queryset


@admin.register(OutsideCourse)
class OutsideCourseAdmin(ReadOnlyAdmin):
    list_display = ["person", "title", "provider", "when", "cost", "state", "made_at"]
    list_filter = [
        "state",
        LeftOpenFilter,
        "topic",
        "counts_towards_five",
        "budget_line",
        "starts_at",
    ]
    list_select_related = ["person"]
    search_fields = ["title", "provider", "person__full_name", "person__email"]
    change_form_template = "training/admin/outside_change.html"
    readonly_fields = ["when", "cost", "final_cost"]

    @admin.display(ordering="starts_at")
    def when(self, outside):
        return outside.when

    @admin.display(ordering="cost_pence")
    def cost(self, outside):
        return outside.cost_words

    @admin.display(description="cost in the end")
    def final_cost(self, outside):
        return outside.final_cost_words or None

    def get_fields(self, request, obj=None):
        """Show times and money as people read them, in the place of what is stored."""
        left_out = {"ends_at", *SHOWN_AS.values()}
        names = [name for name in super().get_fields(request, obj) if name not in left_out]
        return [SHOWN_AS.get(name, name) for name in names]

    def get_urls(self):
        page = path(
            "<int:pk>/decide/",
            self.admin_site.admin_view(self.decide_view),
            name="training_outsidecourse_decide",
        )
        return [page, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        outside = self.get_object(request, object_id)
        facts = dict(extra_context or {})
        if outside is not None:
            facts["can_decide"] = can_decide_for_workforce(request.user, outside)
            facts["can_tell_outcome"] = can_tell_outcome(request.user, outside, timezone.now())
        return super().change_view(request, object_id, form_url, facts)

    def decide_view(self, request, pk):
        """One page: what is asked for, the cover and the money beside it, and the two answers."""
        if not decides_for_workforce(request.user):
            raise PermissionDenied
        rows = OutsideCourse.objects.with_people().prefetch_related("own_courses")
        outside = get_object_or_404(rows, pk=pk)
        approve, decline = answer_forms(outside, request.POST)
        if carry_out(request, outside, approve, decline):
            return redirect("admin:training_outsidecourse_change", pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Decide: {outside.title}",
            "opts": self.opts,
            "original": outside,
            "can_decide": can_decide_for_workforce(request.user, outside),
            "why_not": why_not_now(request.user, outside),
            "approve_form": approve,
            "decline_form": decline,
            "promise": five_days(outside.person, outside.starts_on),
            "short": half_days_short(outside),
        }
        return render(request, "training/admin/outside_decide.html", context)


class BudgetLineForm(forms.ModelForm):
    reason = forms.CharField(
        label="Reason, if it is less than is committed", required=False, max_length=500
    )

    class Meta:
        model = BudgetLine
        fields = ["name", "financial_year", "pounds"]


@admin.register(BudgetLine)
class BudgetLineAdmin(CallsActions, admin.ModelAdmin):
    """The money for outside courses, with what is committed and left of it."""

    form = BudgetLineForm
    list_display = ["name", "year", "pounds", "committed", "left"]
    list_filter = ["financial_year"]
    search_fields = ["name"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_committed()

    @admin.display(description="financial year", ordering="financial_year")
    def year(self, line):
        return line.year_words

    @admin.display(ordering="committed_pence")
    def committed(self, line):
        return line.committed_words

    @admin.display(description="left")
    def left(self, line):
        return line.left_words

    def save_model(self, request, line, form, change):
        keep_budget_line(line=line, by=request.user, reason=form.cleaned_data["reason"])

    def changeform_view(self, request, *args, **kwargs):
        try:
            return super().changeform_view(request, *args, **kwargs)
        except AskingRefused as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
            return redirect(request.get_full_path())


class OfLeaversFilter(admin.SimpleListFilter):
    title = "author"
    parameter_name = "author"

    def lookups(self, request, model_admin):
        return [("left", "Has left, and nobody has looked at it since")]

    def queryset(self, request, reviews):
        if self.value() != "left":
            return reviews
        return reviews & OutsideReview.objects.of_leavers(timezone.localdate())


@admin.register(OutsideReview)
class OutsideReviewAdmin(ReadOnlyAdmin):
    """Reviews as colleagues read them: an officer can hide one with a reason, and show it again."""

    action_form = ReasonForm
    list_display = ["course", "recommends", "may_be_named", "state", "written_at", "looked_at"]
    list_filter = ["state", OfLeaversFilter, "recommends", "course__topic"]
    list_select_related = ["course__person"]
    search_fields = ["words", "course__title", "course__provider"]
    actions = ["hide_selected", "keep_selected"]

    def has_look_permission(self, request):
        return decides_for_workforce(request.user)

    @admin.action(description="Hide the selected reviews", permissions=["look"])
    def hide_selected(self, request, reviews):
        reason = self.reason_given(request)
        if reason:
            self.for_each(
                request,
                reviews,
                lambda row: hide_review(review=row, by=request.user, reason=reason),
                "hidden",
            )

    @admin.action(description="Show the selected reviews, or go on showing", permissions=["look"])
    def keep_selected(self, request, reviews):
        self.for_each(
            request, reviews, lambda row: keep_review(review=row, by=request.user), "shown"
        )


@admin.register(AttendedElsewhere)
class AttendedElsewhereAdmin(ReadOnlyAdmin):
    list_display = ["person", "title", "organiser", "on", "half_days", "state", "decided_by"]
    list_filter = ["state", "topic", "counts_towards_five", "on"]
    list_select_related = ["person", "decided_by"]
    search_fields = ["title", "organiser", "person__full_name", "person__email"]


def outside_demand_view(request):
    """What is asked for elsewhere, by topic and by provider: what could be run at home."""
    since = timezone.now() - timedelta(days=settings.OUTSIDE_DEMAND_DAYS)
    context = {
        **admin.site.each_context(request),
        "title": "What people ask for elsewhere",
        "since": since,
        "topics": outside_requests_by_topic(since),
        "providers": outside_requests_by_provider(since),
    }
    return render(request, "training/admin/outside_demand.html", context)


admin_pages.register(
    AdminPage(
        path="training/outside-demand/",
        name="training_outside_demand",
        view=outside_demand_view,
        may_see=decides_for_workforce,
        title="What people ask for elsewhere: outside courses by topic and provider",
    ),
)
