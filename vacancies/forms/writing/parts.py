"""What the forms of all parts share."""

from django import forms

from design_system.layout import Buttons, Submit, form_helper
from design_system.lines import LinesField, OneLineField, ParagraphsField
from design_system.widgets import DatePartsWidget
from vacancies.drafts import answers_of, fingerprint

NO_NULLS = "Remove the invisible characters that were copied along, or type it again"
MOST_LINES = 20


def text_field(label, longest, *, required="", hint="", **attributes):
    """A box for one line. `required` is what is said when it is empty; without it, it may be."""
    return OneLineField(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=longest,
        widget=forms.TextInput(attrs=attributes),
        error_messages=_messages(label, longest, required),
    )


def long_field(label, longest, *, required="", hint="", rows=6):
    return ParagraphsField(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=longest,
        rows=rows,
        error_messages=_messages(label, longest, required),
    )


def lines_field(label, *, hint, required="", rows=5):
    """A box for several things, one on each line."""
    messages = {"required": required, "null_characters_not_allowed": NO_NULLS}
    return LinesField(
        label=label,
        help_text=hint,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages=messages,
    )


def lines_of(text):
    """Return the lines of a box that hold something, each once, in their order."""
    lines = (" ".join(line.split()).lstrip("-*• ") for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def choice_field(label, choices, required, hint="", widget=forms.RadioSelect):
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        widget=widget,
        error_messages={"required": required, "invalid_choice": required},
    )


def tick_field(label, hint=""):
    return forms.BooleanField(label=label, help_text=hint, required=False)


def _messages(label, longest, required):
    return {
        "required": required,
        "max_length": f"{label.removesuffix(' (optional)')} must be {longest:,} characters or fewer",
        "null_characters_not_allowed": NO_NULLS,
    }


class StepForm(forms.Form):
    """One part of an advert, and the mark of what it held when its page was opened.

    `shown` gives what is saved as the boxes show it, and `answers` what was typed as it is saved.
    """

    opened_at = forms.CharField(required=False, widget=forms.HiddenInput)
    step = ""

    def __init__(self, data=None, *, vacancy, initial=None):
        self.vacancy = vacancy
        self.saved = answers_of(vacancy, self.step)
        shown = {**self.shown(self.saved), "opened_at": fingerprint(vacancy, self.step)}
        super().__init__(data, initial={**shown, **(initial or {})})
        self.helper = form_helper(*self.questions(), *self.buttons())

    @classmethod
    def boxes(cls, posted):
        """Return the names of the boxes of this part that were sent: those of a date are three."""
        names = tuple(cls.base_fields)
        return [name for name in posted if name in names or _without_part(name) in names]

    def begin_with(self, typed):
        """Show what was `typed` before the writer was signed out, if anything, over what is saved."""
        for name, field in self.fields.items() if typed else ():
            self.initial[name] = field.widget.value_from_datadict(typed, {}, name)

    def shown(self, saved):
        return saved

    def questions(self):
        return [name for name in self.fields if name != "opened_at"]

    def buttons(self):
        return [Submit("Save and continue")]

    def answers(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "opened_at"}

    def open_again_at(self, mark):
        """Show what was typed once more, as a page opened at what is saved now."""
        self.data = self.data.copy()
        self.data["opened_at"] = mark
        self.add_error(
            None,
            "This part was also changed in another tab or by somebody else. "
            "Both are below: save again to keep what is in the boxes",
        )


def _without_part(name):
    stem, _, part = name.rpartition("_")
    return stem if part in DatePartsWidget.PARTS else name


def save_or_stay():
    """Two buttons: on to the next part, or back to this page with its hints."""
    return Buttons(
        Submit("Save and continue"),
        Submit("Save and check the wording", name="stay", value="yes", look="secondary"),
    )
