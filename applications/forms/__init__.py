from django.forms import BooleanField, ChoiceField

from applications.forms.about import ContactForm, RegistrationForm, RightToWorkForm
from applications.forms.boxes import SectionForm
from applications.forms.evidence import EvidenceForm
from applications.forms.following import CopyForm, CVForm, EnterForm, StartForm, WithdrawForm
from applications.forms.places import PlacesForm
from applications.forms.referees import RefereesForm
from applications.forms.rows import (
    EducationForm,
    EmploymentForm,
    GapForm,
    QualificationForm,
    TrainingForm,
)
from applications.forms.support import AdjustmentsForm, SchemesForm
from applications.sections.evidence import PREFIX as EVIDENCE

__all__ = [
    "SECTION_FORMS",
    "TYPED",
    "CVForm",
    "CopyForm",
    "EnterForm",
    "SectionForm",
    "StartForm",
    "WithdrawForm",
    "form_of_section",
]

# The form of each section that is one form, by the section's name.
SECTION_FORMS = {
    "contact": ContactForm,
    "right-to-work": RightToWorkForm,
    "registration": RegistrationForm,
    "places": PlacesForm,
    "referees": RefereesForm,
    EVIDENCE: EvidenceForm,
    "adjustments": AdjustmentsForm,
    "schemes": SchemesForm,
}

# Forms of pages that add to a section or change a row of it.
ROW_FORMS = (EducationForm, QualificationForm, GapForm, EmploymentForm, TrainingForm)


def boxes_with_labels(name, field):
    """Return the boxes of a question with a label for each: a month has one for each of its parts."""
    parts = getattr(field.widget, "PARTS", ())
    return [(f"{name}_{part}", f"{field.label} ({part})") for part in parts] or [
        (name, field.label)
    ]


# What a person types, by the name of its box, for giving words back that came too late.
TYPED = {
    box: label
    for form in (*SECTION_FORMS.values(), *ROW_FORMS)
    for name, field in form.base_fields.items()
    for box, label in boxes_with_labels(name, field)
    if not field.widget.is_hidden and not isinstance(field, ChoiceField | BooleanField)
}


def form_of_section(name):
    """Return the form of a section, or None where it is not one form."""
    return SECTION_FORMS.get(EVIDENCE if name.startswith(EVIDENCE) else name)
