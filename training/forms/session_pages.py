"""What officers fill in to cancel sessions, decide about them later and send lists of people."""

from django import forms

from design_system.lines import OneLineField
from training.forms.files import LookedAtFileForm
from training.forms.sessions import DateInput
from training.session_files import from_text, read_list


class CancelForm(forms.Form):
    reason = OneLineField(
        label="Reason they are told",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text="Everybody listed reads it as you write it.",
    )


class PutOffForm(forms.Form):
    decide_on = forms.DateField(label="Decide on", widget=DateInput)


class PeopleListForm(LookedAtFileForm):
    """A list of people, of whose columns those in `needed` must be there."""

    waits_when_full = forms.BooleanField(
        label="Who finds no place waits for one", required=False, initial=True
    )

    def __init__(self, *args, needed, **kwargs):
        super().__init__(*args, **kwargs)
        self.needed = needed

    def read_file(self, file):
        return read_list(file, self.needed)

    def read_text(self, text):
        return from_text(text)
