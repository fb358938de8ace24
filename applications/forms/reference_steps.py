"""What is filled in around a reference: how a referee is reached, why not, and how something is explained."""

from django import forms

from applications.forms.about import is_phone_number
from applications.forms.boxes import line, paragraphs
from applications.forms.panel import line_field
from design_system.layout import Buttons, Link, Question, Submit, form_helper

AN_ADDRESS = "Enter the referee’s e-mail address, like name@example.org"
A_PHONE_NUMBER = "Enter a phone number, like 01632 960 001, or leave it empty"


class CannotForm(forms.Form):
    """Why a referee cannot give a reference."""

    reason = paragraphs(
        "Why can you not give a reference?",
        1_000,
        required="Say in a few words why you cannot",
        hint="For example: I do not know them, or our rules let only the HR team answer. Tell us whom to ask.",
        rows=4,
    )

    def __init__(self, data=None, *, back):
        super().__init__(data)
        buttons = Buttons(Submit("I cannot give a reference"), Link("Go back", back))
        self.helper = form_helper(Question("reason", label_size="m"), buttons)
        self.helper.disable_csrf = True


class ContactForm(forms.Form):
    """How a referee is named and reached. `applicant` is whose address it cannot be."""

    full_name = line("Their full name", 150, required="Enter the referee’s full name")
    job_title = line("Their job title", 150)
    email = forms.EmailField(
        label="Their e-mail address",
        max_length=254,
        error_messages=dict.fromkeys(
            ("required", "invalid", "max_length", "null_characters_not_allowed"), AN_ADDRESS
        ),
    )
    phone = line("Their phone number", 30, widget=forms.TelInput)

    def __init__(self, data=None, *, referee, other, applicant, back=""):
        names = ("full_name", "job_title", "email", "phone")
        super().__init__(data, initial={name: getattr(referee, name) for name in names})
        self.other, self.applicant = other, applicant
        buttons = Buttons(Submit("Save and write to them"), Link("Cancel", back))
        self.helper = form_helper(*names, buttons)

    def clean_email(self):
        email = self.cleaned_data["email"]
        if email.casefold() == self.applicant.email.casefold():
            raise forms.ValidationError("This is the applicant’s own address. Enter the referee’s")
        if self.other is not None and email.casefold() == self.other.email.casefold():
            raise forms.ValidationError(
                "The other referee has this address. Give two different people"
            )
        return email

    def clean_phone(self):
        phone = self.cleaned_data["phone"]
        if phone and not is_phone_number(phone):
            raise forms.ValidationError(A_PHONE_NUMBER)
        return phone

    def contact(self):
        """Return what the actions take."""
        return {
            name: self.cleaned_data[name] for name in ("full_name", "email", "phone", "job_title")
        }


class CorrectForm(ContactForm):
    """The same for HR, with the reason."""

    reason = line_field("Why is it changed?", 500, required="Say why you change it")


class WhyForm(forms.Form):
    """Why HR stops a request or sets a reference aside."""

    reason = line_field("Why?", 500, required="Say why")


class ExplainForm(forms.Form):
    """How something that does not agree is explained."""

    explanation = line_field("How is it explained?", 1_000, required="Write how this is explained")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        submit = Submit("Save the explanation", look="secondary")
        self.helper = form_helper("explanation", submit, form_tag=False)
        self.helper.disable_csrf = True  # each of several forms on a page has its own
