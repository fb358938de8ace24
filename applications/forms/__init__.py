import re

from django import forms
from django.conf import settings

from applications.registration import tidy_registration_number
from applications.states import Registration, WithdrawalReason
from design_system.fields import LongTextField
from design_system.forms import CreatesOnceMixin
from design_system.layout import Buttons, Fieldset, Link, Question, Radios, Submit, form_helper

YES_NO = [("yes", "Yes"), ("no", "No")]
POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
NO_NULLS = "Remove the invisible characters that were copied along, or type it again"


def messages(thing, longest, *, required=""):
    """Return the error messages of a text box, in plain words."""
    return {
        "required": required,
        "max_length": f"{thing} must be {longest} characters or fewer",
        "null_characters_not_allowed": NO_NULLS,
    }


def text_field(label, longest, *, required="", hint="", widget=forms.TextInput, **attributes):
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=longest,
        widget=widget(attrs=attributes),
        error_messages=messages(label, longest, required=required),
    )


def yes_no_field(label, required, hint=""):
    return forms.TypedChoiceField(
        label=label,
        help_text=hint,
        choices=YES_NO,
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": required, "invalid_choice": required},
    )


class VersionedForm(forms.Form):
    """A part of an application, and which version of it this page was opened at."""

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


class StartForm(CreatesOnceMixin, forms.Form):
    helper = form_helper(Submit("Start your application"))


class DetailsForm(VersionedForm):
    full_name = text_field("Full name", 150, required="Enter your full name", autocomplete="name")
    phone = text_field(
        "Phone number",
        30,
        required="Enter a phone number, like 01632 960 001 or 07700 900 982",
        widget=forms.TelInput,
        autocomplete="tel",
    )
    address = text_field("Address", 200, autocomplete="address-line1")
    town = text_field(
        "Town or city",
        80,
        required="Enter your town or city",
        autocomplete="address-level2",
    )
    postcode = text_field(
        "Postcode",
        10,
        hint="Leave this empty if you live outside the UK.",
        autocomplete="postal-code",
    )
    right_to_work = yes_no_field(
        "Do you have the right to work in the UK?",
        "Select yes if you have the right to work in the UK",
        "We ask everyone the same. You show us proof only if we offer you the job.",
    )
    needs_sponsorship = yes_no_field(
        "Do you need us to sponsor a visa, now or later?",
        "Select yes if you need us to sponsor a visa",
    )
    registration = forms.ChoiceField(
        label="Are you registered with Social Work England?",
        choices=Registration.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Select whether you are registered with Social Work England",
            "invalid_choice": "Select whether you are registered with Social Work England",
        },
    )
    registration_number = text_field(
        "Registration number", 20, hint="For example, SW12345.", spellcheck="false"
    )

    def __init__(self, *args, needs_registration, **kwargs):
        super().__init__(*args, **kwargs)
        if not needs_registration:
            del self.fields["registration"], self.fields["registration_number"]
        self.helper = form_helper(*self._questions(needs_registration))

    def _questions(self, needs_registration):
        yield Fieldset(
            "How to reach you",
            Question("full_name"),
            Question("phone", width="20"),
            Question("address"),
            Question("town", width="20"),
            Question("postcode", width="10"),
        )
        yield Fieldset(
            "Working in the UK",
            Radios("right_to_work", inline=True),
            Radios("needs_sponsorship", inline=True),
        )
        if needs_registration:
            yield Fieldset(
                "Your registration",
                Radios(
                    "registration",
                    conditional={"registered": [Question("registration_number", width="10")]},
                    hints={
                        "awaiting": "For example, you finish your degree this year, "
                        "or you have asked to go back on the register."
                    },
                ),
            )
        yield Submit("Save and continue")

    def clean_phone(self):
        phone = self.cleaned_data["phone"]
        digits = re.sub(r"[^0-9]", "", phone)
        if not 7 <= len(digits) <= 15 or re.search(r"[^0-9+().\-\s]", phone):
            raise forms.ValidationError(self.fields["phone"].error_messages["required"])
        return phone

    def clean_postcode(self):
        typed = self.cleaned_data["postcode"]
        match = POSTCODE.fullmatch(re.sub(r"[^0-9A-Z]", "", typed.upper()))
        if typed and not match:
            raise forms.ValidationError("Enter a full UK postcode, like SO23 8UJ")
        return f"{match[1]} {match[2]}" if match else ""

    def clean(self):
        cleaned = super().clean()
        if "registration_number" not in self.fields:
            return cleaned
        if cleaned.get("registration") != Registration.REGISTERED:
            cleaned["registration_number"] = ""
        elif "registration_number" in cleaned:
            number = tidy_registration_number(cleaned["registration_number"])
            cleaned["registration_number"] = number or ""
            if number is None:
                self.add_error(
                    "registration_number",
                    "Enter your registration number: SW and up to 6 numbers, like SW12345",
                )
        return cleaned

    def answers(self):
        """Return what the action takes. A question that is not asked is answered with nothing."""
        details = {"registration": "", "registration_number": "", **self.cleaned_data}
        return {"version": details.pop("version"), "details": details}


class PhoneForm(CreatesOnceMixin, DetailsForm):
    """What HR asks somebody who applies by phone: the same as everybody tells."""

    email = forms.EmailField(
        label="E-mail address",
        help_text="Leave this empty if they have none: then we ring them with news.",
        required=False,
        error_messages={"invalid": "Enter an e-mail address, like name@example.org"},
    )
    statement = text_field(
        "Statement, in their words",
        settings.APPLICATION_STATEMENT_CHARACTERS,
        required="Write down how their experience meets what the job asks for",
        widget=forms.Textarea,
        rows=16,
    )
    field_order = ["full_name", "email"]

    def entered(self):
        """Return what the action takes."""
        given = {"registration": "", "registration_number": "", **self.cleaned_data}
        given.pop("version")
        apart = {name: given.pop(name) for name in ("email", "statement", "one_time_key")}
        return {**apart, "details": given}


class StatementForm(VersionedForm):
    statement = LongTextField(
        label="Your statement",
        rows=16,
        max_length=settings.APPLICATION_STATEMENT_CHARACTERS,
        max_words=settings.APPLICATION_STATEMENT_WORDS,
        error_messages=messages(
            "Your statement",
            settings.APPLICATION_STATEMENT_CHARACTERS,
            required="Write your statement: how your experience meets what the job asks for",
        ),
    )
    helper = form_helper(Question("statement", label_size="m"), Submit("Save and continue"))


class CVForm(forms.Form):
    cv = forms.FileField(
        label="Choose a file",
        max_length=255,
        allow_empty_file=True,  # our own words say that it is empty
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.odt"}),
        error_messages={
            "required": "Choose a file, or continue without a CV",
            "missing": "Choose a file, or continue without a CV",
            "max_length": "The file's name is too long. Give it a shorter one",
        },
    )

    def __init__(self, *args, onward, has_cv, **kwargs):
        super().__init__(*args, **kwargs)
        largest = settings.CV_LARGEST_BYTES / 1024 / 1024
        self.fields[
            "cv"
        ].help_text = (
            f"A PDF, a Word document (.docx) or an OpenDocument text (.odt), up to {largest:g} MB."
        )
        self.helper = form_helper(
            Question("cv", label_size="m"),
            Submit("Upload this one instead")
            if has_cv
            else Buttons(Submit("Upload and continue"), Link("Continue without a CV", onward)),
        )


class WithdrawForm(forms.Form):
    reason = forms.ChoiceField(
        label="Would you tell us why?",
        help_text="You do not have to. It helps us do better.",
        required=False,
        initial="",
        choices=[("", "I would rather not say"), *WithdrawalReason.choices],
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": "Select one of the reasons, or that you would rather not say"
        },
    )

    def __init__(self, *args, back, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            Radios("reason"),
            Buttons(
                Submit("Withdraw application", look="warning"),
                Link("Keep my application", back),
            ),
        )
