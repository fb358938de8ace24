"""A file that is looked at first, and whose rows are then sent back to be done."""

from django import forms

from organisation.sheets.problems import UnfitFile


class LookedAtFileForm(forms.Form):
    """A file to look at, or the rows of one that was. Either is read anew each time.

    Each kind has its own `read_file(file)` and `read_text(text)`, which raise UnfitFile; what they
    return is `found`.
    """

    file = forms.FileField(
        label="File",
        required=False,
        allow_empty_file=True,  # The reader says what to do.
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    text = forms.CharField(
        required=False, widget=forms.HiddenInput, strip=False, max_length=2_000_000
    )

    def clean(self):
        given = super().clean()
        file = given.get("file")
        if self.errors:
            return given
        if not file and not given.get("text"):
            self.add_error("file", "Choose a file.")
            return given
        try:
            self.found = self.read_file(file) if file else self.read_text(given["text"])
        except UnfitFile as problem:
            self.add_error("file", str(problem))
        return given
