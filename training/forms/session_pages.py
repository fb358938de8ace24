"""What officers fill in to cancel sessions, decide about them later and send lists of people."""

from django import forms

from design_system.lines import OneLineField
from organisation.sheets.problems import UnfitFile
from training.forms.sessions import DateInput
from training.session_files import from_text, read_list

LARGEST_TEXT = 1_000_000


class CancelForm(forms.Form):
    reason = OneLineField(
        label="Reason they are told",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text="Everybody listed reads it as you write it.",
    )


class PutOffForm(forms.Form):
    decide_on = forms.DateField(label="Decide on", widget=DateInput)


class PeopleListForm(forms.Form):
    """A list to look at, then its rows sent back to be applied. Either is read anew each time."""

    file = forms.FileField(
        label="File",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    text = forms.CharField(
        required=False, widget=forms.HiddenInput, strip=False, max_length=LARGEST_TEXT
    )
    waits_when_full = forms.BooleanField(
        label="Who finds no place waits for one", required=False, initial=True
    )

    def __init__(self, *args, needed, **kwargs):
        super().__init__(*args, **kwargs)
        self.needed = needed

    def clean(self):
        given = super().clean()
        file = given.get("file")
        if self.errors:
            return given
        if not file and not given.get("text"):
            raise forms.ValidationError("Choose a file.")
        try:
            self.rows = read_list(file, self.needed) if file else from_text(given["text"])
        except UnfitFile as problem:
            raise forms.ValidationError(str(problem)) from problem
        return given
