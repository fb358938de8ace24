import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from design_system.fields import LongTextField
from design_system.forms import CreatesOnceMixin
from design_system.layout import Fieldset, Question, Radios, Submit, form_helper
from returners.models import Enquiry, RegistrationStatus

EARLIEST_YEAR = 1960
PHONE = re.compile(r"\+?[0-9]{9,15}")
# A name goes into an e-mail to the address given, so it cannot carry an address of its own.
NOT_IN_A_NAME = re.compile(r"[0-9@/\\<>]|www\.", re.IGNORECASE)


class EnquiryForm(CreatesOnceMixin, forms.ModelForm):
    """What we need to know to ring somebody back about returning to social work."""

    full_name = forms.CharField(
        label="Your name",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name"},
    )
    email = forms.EmailField(
        label="E-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": "Enter an e-mail address, like name@example.org",
        },
    )
    phone = forms.CharField(
        label="Phone number (optional)",
        help_text="Give one if you would rather talk",
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    lives_in = forms.CharField(
        label="Where do you live?",
        help_text="A town or village is enough. It helps us find a team near you",
        max_length=80,
        error_messages={"required": "Enter the town or village where you live"},
    )
    registration_status = forms.ChoiceField(
        label="Are you on the Social Work England register?",
        choices=RegistrationStatus.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the answer that is nearest"},
    )
    left_register_in = forms.IntegerField(
        label="In which year did you leave the register?",
        help_text="Your best guess is fine, for example 2019",
        required=False,
        error_messages={"invalid": "Enter a year with 4 numbers, for example 2019"},
    )
    message = LongTextField(
        label="Is there anything you would like us to know? (optional)",
        help_text="Where you worked before, what you hope for, or what worries you",
        max_length=2000,
        required=False,
    )
    agree = forms.BooleanField(
        label="You may write to me or ring me about coming back to social work",
        error_messages={"required": "Tick the box so that we may answer you"},
    )

    helper = form_helper(
        Fieldset(
            "About you",
            "full_name",
            Question("email", width="20"),
            Question("phone", width="20"),
            Question("lives_in", width="20"),
        ),
        Radios(
            "registration_status",
            label_size="m",
            conditional={"was_registered": Question("left_register_in", width="4")},
        ),
        Question("message", label_size="m"),
        "agree",
        Submit("Send enquiry", look="rose"),
    )

    class Meta:
        model = Enquiry
        fields = [
            "full_name",
            "email",
            "phone",
            "lives_in",
            "registration_status",
            "left_register_in",
            "message",
        ]

    def clean_full_name(self):
        name = " ".join(self.cleaned_data["full_name"].split())
        if NOT_IN_A_NAME.search(name):
            raise ValidationError("Enter your name with letters only, without numbers or links")
        return name

    def clean_phone(self):
        phone = self.cleaned_data["phone"].strip()
        if phone and not PHONE.fullmatch(re.sub(r"[\s().-]", "", phone)):
            raise ValidationError("Enter a phone number, like 01632 960 123")
        return phone

    def clean_left_register_in(self):
        year = self.cleaned_data["left_register_in"]
        if year is not None and not EARLIEST_YEAR <= year <= timezone.localdate().year:
            raise ValidationError("Enter a year in the past with 4 numbers, for example 2019")
        return year

    def clean(self):
        answers = super().clean()
        if answers.get("registration_status") != RegistrationStatus.WAS_REGISTERED:
            # An answer to a question that was folded away again is not an answer.
            answers["left_register_in"] = None
            self.errors.pop("left_register_in", None)
        return answers
