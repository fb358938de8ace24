"""How long things are kept, what the next run would delete, and what was deleted."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.shortcuts import render
from django.utils import timezone

from accounts.actions import decide_period, first_day_of_a_change, take_period_back
from accounts.models import DeletionRecord, RetentionPeriod
from accounts.queries import dry_run
from accounts.registries import AdminPage, admin_pages
from accounts.retention import is_dated


def categories():
    """The categories whose period HR decides, with their words."""
    return [(kind, row["what"]) for kind, row in settings.RETENTION.items() if is_dated(kind)]


class PeriodForm(forms.ModelForm):
    """How long a category is kept from a day on: the months or the days, and why."""

    category = forms.ChoiceField(choices=categories)

    class Meta:
        model = RetentionPeriod
        fields = ["category", "months", "days", "from_on", "why"]

    def clean_from_on(self):
        first = first_day_of_a_change()
        if self.cleaned_data["from_on"] < first:
            raise forms.ValidationError(
                f"A change holds from {first:%-d %B %Y} at the earliest: read its dry run before."
            )
        return self.cleaned_data["from_on"]


@admin.register(RetentionPeriod)
class RetentionPeriodAdmin(admin.ModelAdmin):
    """Periods from a day on. One that has begun stays as it is; the next one follows it."""

    form = PeriodForm
    list_display = ["words", "months", "days", "from_on", "why", "decided_by"]
    list_select_related = ["decided_by"]
    actions = None

    @admin.display(description="what", ordering="category")
    def words(self, period):
        return dict(categories()).get(period.category, period.category)

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and (obj is None or obj.from_on >= first_day_of_a_change())

    def has_delete_permission(self, request, obj=None):
        may = request.user.has_perm("accounts.change_retentionperiod")
        return may and (obj is None or obj.from_on > timezone.localdate())

    def get_readonly_fields(self, request, obj=None):
        return ["category", "from_on"] if obj else []

    def save_model(self, request, period, form, change):
        names = ["category", "months", "days", "from_on", "why"]
        said = {name: getattr(period, name) for name in names}
        period.pk = decide_period(**said, by=request.user).pk

    def delete_model(self, request, period):
        take_period_back(period=period, by=request.user)


@admin.register(DeletionRecord)
class DeletionRecordAdmin(admin.ModelAdmin):
    """What was deleted or blanked, read only. A person is known by the pseudonym alone."""

    list_display = ["deleted_at", "category", "number", "subject", "as_at", "deleted_by", "run"]
    list_filter = ["category"]
    list_select_related = ["deleted_by"]
    search_fields = ["=subject", "=run"]
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class DryRunForm(forms.Form):
    on = forms.DateField(
        label="What a run would do on",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Enter a date, such as 2027-01-31"},
    )

    def clean_on(self):
        on = self.cleaned_data["on"]
        if not 2000 <= on.year <= 2100:
            raise forms.ValidationError("Enter a year from 2000 to 2100")
        return on


def dry_run_view(request):
    """Show what the next run, or one on a day typed in, would delete or blank. Nothing is done."""
    today = timezone.localdate()
    form = DryRunForm(request.GET if "on" in request.GET else {"on": today.isoformat()})
    on = form.cleaned_data["on"] if form.is_valid() else today
    context = {
        **admin.site.each_context(request),
        "title": "What will be deleted: a dry run",
        "form": form,
        "on": on,
        "prospects": dry_run(on=on),
    }
    return render(request, "accounts/admin/dry_run.html", context)


admin_pages.register(
    AdminPage(
        path="accounts/dry-run/",
        name="accounts_dry_run",
        view=dry_run_view,
        may_see=lambda user: (
            user.has_perm("accounts.view_retentionperiod")
            and user.has_perm("accounts.change_retentionperiod")
        ),
        title="What will be deleted: a dry run",
    )
)
