"""Taking adverts away as a file, from a page of its own inside the admin."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.shortcuts import render
from django.utils import timezone

from accounts.registries import AdminPage, admin_pages
from vacancies.actions import note_export
from vacancies.forms.imports import ExportForm
from vacancies.models import Vacancy
from vacancies.rules import can_see_reports
from vacancies.sheets.writing import csv_of, workbook_of
from vacancies.states import VacancyState


class VacancyExportForm(ExportForm):
    """The export with the states there are; Excel files are made whole, so they have a limit."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", "All of them"), *VacancyState.choices]

    def vacancies(self):
        state = self.cleaned_data["state"]
        found = Vacancy.objects.all()
        return found.filter(state=state) if state else found

    def clean(self):
        given = super().clean()
        most = settings.EXPORT_EXCEL_MOST_ROWS
        if given.get("file_format") == self.EXCEL and "state" in given:
            number = self.vacancies().count()
            if number > most:
                raise forms.ValidationError(
                    f"These are {number:,} adverts. Excel files hold up to {most:,}: choose CSV."
                )
        return given


def export_view(request):
    """Ask which adverts and as what, and send the file."""
    form = VacancyExportForm(request.GET if "file_format" in request.GET else None)
    if form.is_valid():
        file_format = form.cleaned_data["file_format"]
        vacancies = form.vacancies()
        note_export(number=vacancies.count(), file_format=file_format, by=request.user)
        write = workbook_of if file_format == form.EXCEL else csv_of
        return write(vacancies, f"adverts-{timezone.localdate():%Y-%m-%d}")
    context = {**admin.site.each_context(request), "title": "Export adverts", "form": form}
    return render(request, "vacancies/admin/export.html", context)


admin_pages.register(
    AdminPage(
        path="vacancies/export/",
        name="vacancies_export",
        view=export_view,
        may_see=can_see_reports,
        title="Export adverts",
    )
)
