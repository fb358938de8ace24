import re

from django import forms

from applications.forms.boxes import SectionForm, YesNoField, line
from applications.registration import tidy_registration_number
from applications.states import Registration
from design_system.layout import Question, Radios

POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
WHETHER_REGISTERED = "Select whether you are registered with Social Work England"


def is_phone_number(text):
    digits = re.sub(r"[^0-9]", "", text)
    return 7 <= len(digits) <= 15 and not re.search(r"[^0-9+().\-\s]", text)


class ContactForm(SectionForm):
    full_name = line("Full name", 150, required="Enter your full name", autocomplete="name")
    phone = line(
        "Phone number",
        30,
        required="Enter a phone number, like 01632 960 001 or 07700 900 982",
        widget=forms.TelInput,
        autocomplete="tel",
    )
    address = line("Address", 200, autocomplete="address-line1")
    town = line(
        "Town or city", 80, required="Enter your town or city", autocomplete="address-level2"
    )
    postcode = line(
        "Postcode",
        10,
        hint="Leave this empty if you live outside the UK.",
        autocomplete="postal-code",
    )

    def questions(self):
        return [
            Question("full_name"),
            Question("phone", width="20"),
            Question("address"),
            Question("town", width="20"),
            Question("postcode", width="10"),
        ]

    def clean_phone(self):
        phone = self.cleaned_data["phone"]
        if not is_phone_number(phone):
            raise forms.ValidationError(self.fields["phone"].error_messages["required"])
        return phone

    def clean_postcode(self):
        typed = self.cleaned_data["postcode"]
        match = POSTCODE.fullmatch(re.sub(r"[^0-9A-Z]", "", typed.upper()))
        if typed and not match:
            raise forms.ValidationError("Enter a full UK postcode, like SO23 8UJ")
        return f"{match[1]} {match[2]}" if match else ""


class RightToWorkForm(SectionForm):
    right_to_work = YesNoField(
        "Do you have the right to work in the UK?",
        required="Select yes if you have the right to work in the UK",
    )
    needs_sponsorship = YesNoField(
        "Do you need us to sponsor a visa, now or later?",
        required="Select yes if you need us to sponsor a visa",
    )

    def questions(self):
        return [Radios("right_to_work", inline=True), Radios("needs_sponsorship", inline=True)]


class RegistrationForm(SectionForm):
    registration = forms.ChoiceField(
        label="Are you registered with Social Work England?",
        choices=Registration.choices,
        widget=forms.RadioSelect,
        error_messages={"required": WHETHER_REGISTERED, "invalid_choice": WHETHER_REGISTERED},
    )
    registration_number = line(
        "Registration number", 20, hint="For example, SW12345.", spellcheck="false"
    )

    def questions(self):
        return [
            Radios(
                "registration",
                conditional={"registered": [Question("registration_number", width="10")]},
                hints={
                    "awaiting": "For example, you finish your degree this year, "
                    "or you have asked to go back on the register."
                },
            )
        ]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("registration") != Registration.REGISTERED:
            cleaned["registration_number"] = ""
            self.errors.pop("registration_number", None)  # it was not asked for
        elif "registration_number" in cleaned:
            number = tidy_registration_number(cleaned["registration_number"])
            cleaned["registration_number"] = number or ""
            if number is None:
                self.add_error(
                    "registration_number",
                    "Enter your registration number: SW and up to 6 numbers, like SW12345",
                )
        return cleaned
