import re

from django import forms

from design_system.layout import Question, Radios
from vacancies.forms.writing.parts import (
    NO_NULLS,
    StepForm,
    choice_field,
    text_field,
    tick_field,
)
from vacancies.models import DBSLevel, Driving


class PeopleForm(StepForm):
    step = "people"
    newly_qualified_welcome = tick_field("Newly qualified people are welcome")
    driving = choice_field(
        "Does the person need to drive?", Driving.choices, "Select whether they do"
    )
    driving_alternatives = text_field(
        "What else would do for somebody who cannot drive? (optional)",
        200,
        hint="For example, a paid driver, buses or lifts from colleagues.",
    )
    sponsorship_possible = tick_field("We could sponsor a Skilled Worker visa")
    dbs_level = choice_field(
        "Criminal record check",
        DBSLevel.choices,
        "Select the criminal record check",
        hint="By the Disclosure and Barring Service. Work with children mostly needs the last one.",
    )

    def questions(self):
        return [
            "newly_qualified_welcome",
            Radios(
                "driving",
                conditional={Driving.ESSENTIAL.value: Question("driving_alternatives")},
            ),
            "sponsorship_possible",
            Radios("dbs_level"),
        ]

    def clean(self):
        given = super().clean()
        if given.get("driving") == Driving.NOT_NEEDED:
            given["driving_alternatives"] = ""
        return given


class ContactForm(StepForm):
    step = "contact"
    contact_name = text_field(
        "Name (optional)",
        150,
        hint="Who is happy to talk about the job before people apply. Without a name, the advert "
        "gives the recruitment team.",
    )
    contact_email = forms.EmailField(
        label="E-mail (optional)",
        required=False,
        error_messages={
            "invalid": "Enter an e-mail address, like name@example.org",
            "null_characters_not_allowed": NO_NULLS,
        },
    )
    contact_phone = text_field("Phone number (optional)", 20)

    def questions(self):
        return ["contact_name", "contact_email", Question("contact_phone", width="20")]

    def clean_contact_phone(self):
        phone = self.cleaned_data["contact_phone"]
        digits = re.sub(r"[^0-9]", "", phone)
        if phone and (len(digits) < 7 or re.search(r"[^0-9+().\-\s]", phone)):
            raise forms.ValidationError("Enter a phone number, like 01632 960 001")
        return phone
