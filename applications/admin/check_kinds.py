"""Which checks there are and who needs them, for HR to set in the admin."""

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db import models
from django.forms import SlugField

from applications.forms.checks import RequiredCheckForm
from applications.models import CheckKind, RequiredCheck
from design_system.lines import OneLineField


@admin.register(CheckKind)
class CheckKindAdmin(admin.ModelAdmin):
    """The kinds of checks, with the words that applicants read."""

    formfield_overrides = {
        models.CharField: {"form_class": OneLineField, "widget": AdminTextInputWidget},
        models.SlugField: {"form_class": SlugField},
    }
    list_display = ["name", "nature", "lies_first_with", "position"]
    prepopulated_fields = {"slug": ["name"]}

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(RequiredCheck)
class RequiredCheckAdmin(admin.ModelAdmin):
    """Who needs which check, from when to when.

    A row that is over gets its last day and stays: people were checked by it.
    """

    form = RequiredCheckForm
    list_display = [
        "kind",
        "whose",
        "is_needed",
        "needs_second_person",
        "valid_months",
        "starts_on",
        "ends_on",
    ]
    list_filter = ["kind", "family"]
    list_select_related = ["kind", "role"]
    change_list_template = "applications/admin/required_check_list.html"

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="role or family")
    def whose(self, required):
        return str(required.role or required.get_family_display())
