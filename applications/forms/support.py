from django import forms

from applications.forms.boxes import SectionForm, paragraphs
from design_system.layout import Checkboxes, Question

LONGEST = 2_000


class AdjustmentsForm(SectionForm):
    adjustments = paragraphs(
        "What would help you?", LONGEST, hint="Leave this empty if nothing comes to mind."
    )

    def questions(self):
        return [Question("adjustments", label_size="m")]


class SchemesForm(SectionForm):
    schemes = forms.TypedMultipleChoiceField(
        label="Is any of these true of you?",
        help_text="Leave all of them empty if none is, or if you would rather not say.",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Select only from the list"},
    )

    def __init__(self, *args, section, **kwargs):
        self.offered = {scheme.pk: scheme for scheme in section.choices}
        super().__init__(*args, section=section, **kwargs)
        self.fields["schemes"].choices = [
            (pk, scheme.question) for pk, scheme in self.offered.items()
        ]

    def questions(self):
        hints = {str(pk): scheme.name for pk, scheme in self.offered.items()}
        return [Checkboxes("schemes", hints=hints)]

    def clean_schemes(self):
        return sorted(self.cleaned_data["schemes"])
