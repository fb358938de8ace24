import uuid

from django import forms
from django.contrib import admin
from django.utils import timezone

from organisation.actions import (
    keep_absence,
    keep_opening_balance,
    keep_working_pattern,
    remove_absence,
    remove_opening_balance,
    remove_working_pattern,
)
from organisation.half_days import MOST_HALF_DAYS
from organisation.models import Absence, BankHoliday, OpeningBalance, WorkingPattern
from organisation.patterns import is_first_week, monday_of, parse_pattern, pattern_in_words
from organisation.sheets.problems import Unreadable


class PatternField(forms.CharField):
    """A working pattern as people write it; its value is the half-day numbers."""

    def prepare_value(self, value):
        return pattern_in_words(value) if isinstance(value, list) else value

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return []
        try:
            return parse_pattern(text)
        except Unreadable as problem:
            raise forms.ValidationError(str(problem)) from problem

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


class WorkingPatternForm(forms.ModelForm):
    slots = PatternField(label="Half days worked")

    class Meta:
        model = WorkingPattern
        fields = ["starts_on", "slots"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        week = "first" if is_first_week(today) else "second"
        self.fields["slots"].help_text = (
            "Mon-Fri, or Mon, Tue am, Thu-Fri / Mon-Wed for two weeks. "
            f"This week, the week of {monday_of(today):%-d %B}, is a {week} week."
        )


class WorkingPatternInline(admin.StackedInline):
    model = WorkingPattern
    form = WorkingPatternForm
    extra = 0
    verbose_name_plural = "working patterns (without one: Monday to Friday)"


class AbsenceInline(admin.StackedInline):
    model = Absence
    fields = ["starts_on", "ends_on", "part"]
    extra = 0
    verbose_name_plural = "absence (why is never kept)"


class OpeningBalanceForm(forms.ModelForm):
    half_days = forms.IntegerField(label="Half days used", min_value=0, max_value=MOST_HALF_DAYS)

    class Meta:
        model = OpeningBalance
        fields = ["as_at", "half_days"]


class OpeningBalanceInline(admin.StackedInline):
    model = OpeningBalance
    form = OpeningBalanceForm
    extra = 0
    verbose_name_plural = "half days of the five days used before the portal kept count"


def _keep_pattern(row, by):
    if row.pk:  # Its first day may have been moved: the row goes, and comes again.
        remove_working_pattern(pattern=WorkingPattern.objects.get(pk=row.pk), by=by)
    keep_working_pattern(member=row.member, starts_on=row.starts_on, slots=row.slots, by=by)


def _keep_absence(row, by):
    fields = {"starts_on": row.starts_on, "ends_on": row.ends_on, "part": row.part}
    # Typed in by hand: no list knows it, so no list changes it.
    keep_absence(key=row.key or f"typed-{uuid.uuid4()}", member=row.member, by=by, **fields)


def _keep_balance(row, by):
    if row.pk:
        remove_opening_balance(balance=OpeningBalance.objects.get(pk=row.pk), by=by)
    keep_opening_balance(member=row.member, as_at=row.as_at, half_days=row.half_days, by=by)


# What keeps and what removes a row of each of these inlines.
DONE_WITH = {
    WorkingPattern: (
        _keep_pattern,
        lambda row, by: remove_working_pattern(pattern=row, by=by),
    ),
    Absence: (_keep_absence, lambda row, by: remove_absence(absence=row, by=by)),
    OpeningBalance: (
        _keep_balance,
        lambda row, by: remove_opening_balance(balance=row, by=by),
    ),
}


@admin.register(Absence)
class AbsenceAdmin(admin.ModelAdmin):
    """Who is away when, to look up; it is changed on the page of the person or by a list."""

    list_display = ["member", "starts_on", "ends_on", "part"]
    list_select_related = ["member__user"]
    search_fields = ["member__user__full_name", "member__employee_number", "=key"]
    date_hierarchy = "starts_on"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class BankHolidayForm(forms.ModelForm):
    class Meta:
        model = BankHoliday
        fields = ["on", "name", "is_observed"]
        error_messages = {"on": {"unique": "There is a bank holiday on that day already."}}


@admin.register(BankHoliday)
class BankHolidayAdmin(admin.ModelAdmin):
    """Bank holidays. One that does not hold here is unticked, so that no load brings it back."""

    form = BankHolidayForm
    list_display = ["on", "name", "is_observed"]
    list_filter = ["is_observed"]
    date_hierarchy = "on"
    ordering = ["on"]

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return ["on"] if obj else []
