from django import forms

from organisation.sheets.files import check_sheet
from organisation.sheets.problems import UnfitFile
from vacancies.models import ImportRun
from vacancies.sheets.reading import open_adverts


class UploadForm(forms.ModelForm):
    """A file of adverts, looked into before it is kept."""

    file = forms.FileField(
        label="File",
        help_text="CSV or Excel (.xlsx), 20 MB at most. Its first row names the columns.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    class Meta:
        model = ImportRun
        fields = ["source", "file"]
        help_texts = {
            "source": "The system the file comes from, always by the same name: a second file from "
            "there then changes the adverts of the first and makes none twice."
        }

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            open_adverts(file, check_sheet(file))
        except UnfitFile as problem:
            raise forms.ValidationError(str(problem)) from problem
        return file


class ExportForm(forms.Form):
    """Which adverts to take away, and as what."""

    CSV, EXCEL = "csv", "xlsx"

    state = forms.ChoiceField(label="Adverts", required=False)
    file_format = forms.ChoiceField(
        label="As",
        choices=[(EXCEL, "Excel (.xlsx)"), (CSV, "CSV")],
        widget=forms.RadioSelect,
        initial=EXCEL,
    )
