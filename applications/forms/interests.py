"""Joining the register of interest, and inviting people from it."""

from django import forms
from django.conf import settings
from django.utils import timezone

from applications.consent import CONSENT, VERSION
from applications.forms.about import is_phone_number
from applications.forms.boxes import line, paragraphs
from applications.models import HoursWanted
from applications.states import Registration
from design_system.layout import Checkboxes, Question, Radios, Submit, form_helper
from organisation.models import District, RoleFamily
from vacancies.models import Vacancy

CHOOSE_WORK = "Choose at least one kind of work"
CHOOSE_AREA = "Choose at least one area"
CHOOSE_HOURS = "Choose the hours you look for"
NONE = "none"


class InterestForm(forms.Form):
    """What somebody would like to hear of, and how to reach them."""

    families = forms.MultipleChoiceField(
        label="What kind of work would you like?",
        choices=RoleFamily.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": CHOOSE_WORK, "invalid_choice": CHOOSE_WORK},
    )
    districts = forms.ModelMultipleChoiceField(
        label="Where could you work?",
        queryset=District.objects.order_by("name"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": CHOOSE_AREA,
            "invalid_choice": CHOOSE_AREA,
            "invalid_pk_value": CHOOSE_AREA,
        },
    )
    hours = forms.ChoiceField(
        label="Which hours?",
        choices=HoursWanted.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_HOURS, "invalid_choice": CHOOSE_HOURS},
    )
    registration = forms.ChoiceField(
        label="Are you registered with Social Work England?",
        choices=[*Registration.choices, (NONE, "No, and I am not waiting to be")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Say whether you are registered",
            "invalid_choice": "Say whether you are registered",
        },
    )
    phone = line("Phone number (optional)", 30, hint="If we may ring you.", widget=forms.TelInput)
    note = paragraphs(
        "Anything else? (optional)",
        settings.JOB_INTEREST_NOTE_CHARACTERS,
        hint="What you have done, or from when you could start. Nothing about your health, please.",
        rows=4,
    )
    consent = forms.BooleanField(
        label="I agree to this",
        error_messages={"required": "Tick the box if you agree. Without it we cannot keep this"},
    )

    def __init__(self, *args, interest=None, **kwargs):
        super().__init__(*args, initial=_saved(interest), **kwargs)
        button = "Save" if interest else "Join the register"
        self.fields["consent"].help_text = CONSENT[VERSION]
        self.helper = form_helper(
            Checkboxes("families"),
            Checkboxes("districts"),
            Radios("hours"),
            Radios("registration"),
            Question("phone", width="20"),
            Question("note"),
            Question("consent"),
            Submit(button),
        )

    def clean_phone(self):
        phone = self.cleaned_data["phone"]
        if phone and not is_phone_number(phone):
            raise forms.ValidationError(
                "Enter a phone number, like 01632 960 001, or leave it empty"
            )
        return phone

    def answers(self):
        """Return the answers as `register_interest` takes them."""
        told = {name: self.cleaned_data[name] for name in self.fields if name != "consent"}
        return told | {"registration": told["registration"].replace(NONE, "")}


def _saved(interest):
    if interest is None:
        return {}
    names = ("families", "hours", "phone", "note")
    return {name: getattr(interest, name) for name in names} | {
        "districts": list(interest.districts.all()),
        "registration": interest.registration or NONE,
    }


class InviteForm(forms.Form):
    """The vacancy that people of the register are invited to apply for."""

    vacancy = forms.ModelChoiceField(
        label="Invite them to apply for",
        queryset=Vacancy.objects.none(),
        error_messages={
            "required": "Choose a job that is open.",
            "invalid_choice": "Choose a job that is open.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["vacancy"].queryset = Vacancy.objects.open_to_staff(today).order_by("title")
