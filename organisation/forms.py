from django import forms

from organisation.models import RegisterImport
from organisation.register.columns import open_register
from organisation.sheets.files import check_sheet
from organisation.sheets.problems import UnfitFile


class RegisterUploadForm(forms.ModelForm):
    """A list of staff or of absence, looked into before it is checked row by row."""

    file = forms.FileField(
        label="File",
        help_text="CSV or Excel (.xlsx). Its first row names the columns.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    class Meta:
        model = RegisterImport
        fields = ["kind", "file"]

    def clean(self):
        given = super().clean()
        if given.get("file") and given.get("kind"):
            try:
                open_register(given["file"], check_sheet(given["file"]), given["kind"])
            except UnfitFile as problem:
                self.add_error("file", str(problem))
        return given
