import re
from datetime import datetime, time, timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from design_system.fields import DatePartsField, LongTextField
from design_system.forms import CreatesOnceMixin
from design_system.layout import Fieldset, Question, Radios, Submit, form_helper

PHONE = re.compile(r"\+?[0-9]{9,15}")
# A name goes into an e-mail to the address given, so it cannot carry an address of its own.
NOT_IN_A_NAME = re.compile(r"[@/\\<>]|www\.", re.IGNORECASE)
CLOCK_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
NO_NULLS = "Remove the invisible characters that were copied along, or type it again"


class ChatForm(CreatesOnceMixin, forms.Form):
    """Booking a chat: when, a name to be called by, and how to be reached."""

    slot = forms.TypedChoiceField(
        label="When would suit you?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose a time",
            "invalid_choice": "Somebody was quicker. Choose another time",
        },
    )
    name = forms.CharField(
        label="What shall we call you?",
        help_text="It need not be your real name",
        max_length=80,
        error_messages={
            "required": "Enter a name that we can call you by",
            "null_characters_not_allowed": NO_NULLS,
        },
    )
    email = forms.EmailField(
        label="E-mail address",
        help_text="We send you the time for your calendar, and a link to cancel",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Enter an e-mail address, like name@example.org"},
    )
    phone = forms.CharField(
        label="Phone number",
        help_text="Then we ring you",
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    question = LongTextField(
        label="Is there something you would like to ask? (optional)",
        required=False,
        max_length=500,
        rows=4,
    )

    def __init__(self, *args, slots, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slot"].choices = [(slot.pk, slot.when) for slot in slots]
        self.helper = form_helper(
            Radios("slot", label_size="m"),
            Question("name", label_size="m", width="20"),
            Fieldset(
                "How do we reach you? Give one or both", "email", Question("phone", width="20")
            ),
            Question("question", label_size="m"),
            Submit("Book this chat", look="rose"),
        )

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if NOT_IN_A_NAME.search(name):
            raise ValidationError("Enter a name with letters only, without links")
        return name

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean_phone(self):
        phone = self.cleaned_data["phone"].strip()
        if phone and not PHONE.fullmatch(re.sub(r"[\s().-]", "", phone)):
            raise ValidationError("Enter a phone number, like 01632 960 123")
        return phone

    def clean(self):
        answers = super().clean()
        untouched = not {"email", "phone"} & set(self.errors)
        if untouched and not answers.get("email") and not answers.get("phone"):
            self.add_error("email", "Enter an e-mail address or a phone number")
        return answers


class OfferForm(forms.Form):
    """Offering chats: a day while people can apply, the first time, and how many follow each other."""

    day = DatePartsField(label="Day", thing="The day", earliest=timezone.localdate)
    first = forms.CharField(
        label="First chat at",
        help_text="On the clock of 24 hours, for example 14:30",
        max_length=5,
        error_messages={"required": "Enter a time, like 14:30"},
    )
    number = forms.TypedChoiceField(label="How many, one after the other", coerce=int, initial=4)

    def __init__(self, *args, vacancy, **kwargs):
        super().__init__(*args, **kwargs)
        self.last_day = vacancy.closes_on
        self.fields["day"].help_text = f"By {date_format(self.last_day, 'j F Y')}, the closing date"
        minutes = settings.CHAT_MINUTES
        most = range(1, settings.CHATS_OFFERED_AT_ONCE + 1)
        self.fields["number"].choices = [(n, f"{n} ({n * minutes} minutes)") for n in most]
        self.helper = form_helper(
            "day", Question("first", width="5"), "number", Submit("Offer these chats")
        )

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > self.last_day:
            closes_on = date_format(self.last_day, "j F Y")
            raise ValidationError(
                f"Nobody can apply after {closes_on}: choose that day or an earlier one"
            )
        return day

    def clean_first(self):
        match = CLOCK_TIME.fullmatch(self.cleaned_data["first"].strip())
        if not match:
            raise ValidationError("Enter a time, like 14:30")
        return time(int(match[1]), int(match[2]))

    def clean(self):
        given = super().clean()
        if given.get("day") and given.get("first"):
            first_at = timezone.make_aware(datetime.combine(given["day"], given["first"]))
            soonest = timezone.now() + timedelta(hours=settings.CHAT_NOTICE_HOURS)
            if first_at <= soonest:
                self.add_error("first", "Choose a later time: nobody could book this one any more")
            given["first_at"] = first_at
            self._refuse_chats_past_the_last_day(given)
        return given

    def _refuse_chats_past_the_last_day(self, given):
        before = timedelta(minutes=settings.CHAT_MINUTES * (given.get("number", 1) - 1))
        if timezone.localdate(given["first_at"] + before) > self.last_day:
            self.add_error("number", "Choose fewer: the last ones would be after the closing date")
