"""The ledger in the admin: each person's entries, made and corrected by hand or from a file, never changed."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from training.actions import import_ledger_entries, make_ledger_entry
from training.exceptions import LedgerRefused
from training.forms.files import LookedAtFileForm
from training.ledger_files import COLUMNS, as_text, from_text, judge, read_file
from training.models import LedgerEntry


class LedgerEntryForm(forms.ModelForm):
    class Meta:
        model = LedgerEntry
        fields = ["person", "on", "half_days", "kind", "words"]


class LedgerFileForm(LookedAtFileForm):
    """A file of ledger entries."""

    def read_file(self, file):
        return judge(read_file(file), timezone.localdate())

    def read_text(self, text):
        return judge(from_text(text), timezone.localdate())


@admin.register(LedgerEntry)
class LedgerEntryAdmin(admin.ModelAdmin):
    form = LedgerEntryForm
    list_display = ["person", "on", "half_days", "kind", "words", "made_by", "made_at"]
    list_filter = ["kind", "on"]
    list_select_related = ["person", "made_by"]
    search_fields = ["person__full_name", "person__email", "person__staff_member__employee_number"]
    raw_id_fields = ["person"]
    date_hierarchy = "on"
    change_list_template = "training/admin/ledger_list.html"

    def has_change_permission(self, request, obj=None):
        return False  # A wrong entry is taken back by a correction.

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, entry, form, change):
        given = {name: form.cleaned_data[name] for name in form.Meta.fields}
        entry.pk = make_ledger_entry(by=request.user, **given).pk

    def changeform_view(self, request, *args, **kwargs):
        try:
            return super().changeform_view(request, *args, **kwargs)
        except LedgerRefused as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
            return redirect(request.get_full_path())

    def get_urls(self):
        page = path(
            "import/",
            self.admin_site.admin_view(self.import_view),
            name="training_ledgerentry_import",
        )
        return [page, *super().get_urls()]

    def import_view(self, request):
        """Say what a file would enter, then enter it: the rows in order, and not those with a problem."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        is_sent = request.method == "POST"
        form = LedgerFileForm(request.POST, request.FILES) if is_sent else LedgerFileForm()
        found = form.found if form.is_valid() else None
        if found and "enter" in request.POST:
            self._enter(request, found)
            return redirect("admin:training_ledgerentry_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": "Opening balances and past attendance",
            "opts": self.opts,
            "form": form,
            "found": found,
            "shown": found.rows[: settings.LEDGER_FILE_ROWS_SHOWN] if found else [],
            "text": as_text(found.rows) if found else "",
            "columns": COLUMNS,
        }
        return render(request, "training/admin/ledger_import.html", context)

    def _enter(self, request, found):
        number = import_ledger_entries(rows=found.rows, by=request.user)
        self.message_user(request, f"{number} entered.", messages.SUCCESS)
        for line, words in found.problems:  # What has changed since the file was looked at.
            self.message_user(request, f"Line {line} was not entered: {words}", messages.WARNING)
