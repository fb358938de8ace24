"""What the forms of an application share: boxes for words, yes or no, and which version a page shows."""

from django import forms

from design_system.layout import Submit, form_helper
from design_system.lines import OneLineField, ParagraphsField

YES_NO = [("yes", "Yes"), ("no", "No")]
NO_NULLS = "Remove the invisible characters that were copied along, or type it again"


def messages(thing, longest, *, required=""):
    """Return the error messages of a text box, in plain words."""
    return {
        "required": required,
        "max_length": _too_long(thing.removesuffix(" (optional)"), longest),
        "null_characters_not_allowed": NO_NULLS,
    }


def _too_long(thing, longest):
    words = f"{longest:,} characters or fewer"
    return f"Use {words}" if thing.endswith("?") else f"{thing} must be {words}"


def line(label, longest, *, required="", hint="", widget=forms.TextInput, **attributes):
    """A box for one line of words."""
    return OneLineField(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=longest,
        widget=widget(attrs=attributes),
        error_messages=messages(label, longest, required=required),
    )


def paragraphs(label, longest, *, required="", hint="", rows=6, max_words=None):
    """A box for several lines of words, with a counter under it."""
    return ParagraphsField(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=longest,
        max_words=max_words,
        rows=rows,
        error_messages=messages(label, longest, required=required),
    )


class YesNoField(forms.TypedChoiceField):
    """A question whose answer is True or False."""

    def __init__(self, label, *, required, hint=""):
        super().__init__(
            label=label,
            help_text=hint,
            choices=YES_NO,
            coerce=lambda answer: answer == "yes",
            widget=forms.RadioSelect,
            error_messages={"required": required, "invalid_choice": required},
        )

    def prepare_value(self, value):
        return {True: "yes", False: "no"}.get(value, value)


class VersionedForm(forms.Form):
    """A page of an application, and which version of its section it was opened at."""

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean_version(self):
        return self.cleaned_data["version"] or 0

    def open_again_at(self, version):
        """Show the words that were typed once more, as a page opened at the version saved now."""
        self.data = self.data.copy()
        self.data["version"] = version
        self.add_error(
            None,
            "These answers were also saved in another tab or on another device. "
            "Both are below: save again to keep the ones in the boxes",
        )


class SectionForm(VersionedForm):
    """A section that is one form. It begins with what is saved, under the `kept` words if there are any.

    `kept` is what was sent after the session was lost, as a form is sent. `questions` gives the layout.
    """

    def __init__(self, data=None, *, section, kept=None):
        self.section = section
        super().__init__(data, initial={"version": section.version})
        self.initial |= self.begin_with()
        if kept:
            self.initial |= {
                name: field.widget.value_from_datadict(kept, {}, name)
                for name, field in self.fields.items()
            }
        self.helper = form_helper(*self.questions(), Submit("Save and continue"))

    @classmethod
    def boxes(cls, posted):
        """Return the names of the boxes that are kept when the session was lost."""
        return list(cls.base_fields)

    def begin_with(self):
        return self.section.saved()

    def questions(self):
        raise NotImplementedError

    def answers(self):
        """Return the answers as the section's own `saved` gives them."""
        return {name: answer for name, answer in self.cleaned_data.items() if name != "version"}

    @property
    def version_shown(self):
        return self.cleaned_data["version"]
