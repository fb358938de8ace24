"""What HR fills in about the checks before somebody starts, and the number that the applicant gives."""

from datetime import date, timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from applications.forms.panel import line_field
from applications.models import RequiredCheck
from applications.registration import tidy_registration_number
from applications.rules.checks import missing_facts
from applications.states import CheckHolder, CheckNature, DbsLevel, DbsOutcome, RightToWorkWay
from design_system.layout import Buttons, Link, Question, Submit, form_helper
from design_system.lines import OneLineField

# Nobody's document is older than this, and no permission runs longer than so many years.
FIRST_DAY = date(1940, 1, 1)
YEARS_AHEAD = 30
FIRST_NEED, NEED_YEARS_AHEAD, MOST_MONTHS = date(2000, 1, 1), 10, 120
NOT_A_DATE = "Enter a real date, like 3 November 2026."
MISSING = {
    "seen_on": "Enter the day on which it was seen.",
    "what_was_seen": "Say what was seen.",
    "number": "Enter the number of the certificate.",
    "issued_on": "Enter the day on which it was issued.",
    "level": "Choose the level of the certificate.",
    "outcome": "Choose what was decided.",
    "way": "Choose which of the three ways was taken.",
    "follow_up_on": "Enter the day on which it is looked at again, before the permission ends.",
}


IN_WORDS = "In words: what was seen, and from whom it came. It is encrypted."
DOCUMENT = "In words: which document, and that the name and the photo agree with the person. It is encrypted."
SEEN_HINTS = {
    CheckNature.IDENTITY: DOCUMENT,
    CheckNature.RIGHT_TO_WORK: DOCUMENT,
    CheckNature.DBS: (
        "Never what the certificate says: only that it was seen, and by what it was recognised. It is "
        f"encrypted, and goes with the number after {settings.DBS_DETAILS_KEPT_MONTHS} months."
    ),
    CheckNature.HEALTH: "Only whether they are fit for the post, and with which adjustments. It is encrypted.",
}


def day_field(label, *, hint="", required=""):
    return forms.DateField(
        label=label,
        help_text=hint,
        required=bool(required),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": NOT_A_DATE, "required": required or NOT_A_DATE},
    )


def choice_field(label, choices, hint=""):
    return forms.ChoiceField(
        label=label, help_text=hint, choices=[("", "Choose one"), *choices], required=False
    )


def _refuse_before(day, first, words):
    if day and day < first:
        raise ValidationError(f"{words} {date_format(first, 'j F Y')}.")


def _refuse_after(day, last, words):
    if day and day > last:
        raise ValidationError(f"{words} {date_format(last, 'j F Y')}.")


class HandOnForm(forms.Form):
    """With whom a check lies now, and what they do next."""

    holder = forms.ChoiceField(
        label="It lies with",
        choices=CheckHolder.choices,
        error_messages={"invalid_choice": "Choose somebody from the list."},
    )
    next_step = OneLineField(
        label="What they do next",
        max_length=200,
        help_text="For us. The applicant reads only who has it.",
        error_messages={
            "required": "Say what happens next.",
            "max_length": "Use 200 characters or fewer.",
        },
    )


class SeenForm(forms.Form):
    """What was seen of a check and when, with the facts that its kind has."""

    what_was_seen = line_field(
        "What was seen",
        settings.CHECK_WORDS_CHARACTERS,
        required=MISSING["what_was_seen"],
    )
    seen_on = day_field("Seen on", required=MISSING["seen_on"])
    number = OneLineField(
        max_length=40, required=False, error_messages={"max_length": "Use 40 characters or fewer."}
    )
    way = choice_field(
        "Which way",
        RightToWorkWay.choices,
        "The online check is not for British and Irish citizens. The identity provider is for them only.",
    )
    level = choice_field("Level", DbsLevel.choices)
    outcome = choice_field("What was decided", DbsOutcome.choices)
    issued_on = day_field("Issued on")
    expires_on = day_field("Runs out on", hint="Leave this empty if it does not run out.")
    follow_up_on = day_field("Look at it again on", hint="Before a permission ends.")

    # Which facts a check of each nature has; any other has none of these but its own number.
    OF_NATURE = {
        CheckNature.DBS: {"number", "level", "outcome", "issued_on"},
        CheckNature.RIGHT_TO_WORK: {"way", "expires_on", "follow_up_on"},
        CheckNature.IDENTITY: {"number", "expires_on"},
        CheckNature.OVERSEAS: {"issued_on"},
        CheckNature.OTHER: {"number", "issued_on", "expires_on"},
    }
    SPECIAL = {"number", "way", "level", "outcome", "issued_on", "expires_on", "follow_up_on"}

    def __init__(self, *args, check, **kwargs):
        super().__init__(*args, **kwargs)
        self.check_seen = check
        nature = check.kind.nature
        for name in self.SPECIAL - self.OF_NATURE.get(nature, set()):
            del self.fields[name]
        if "number" in self.fields:
            self.fields["number"].label = check.kind.number_is or "Number"
        self.fields["what_was_seen"].help_text = SEEN_HINTS.get(nature, IN_WORDS)
        self.initial.setdefault("seen_on", timezone.localdate())

    def clean_seen_on(self):
        day, today = self.cleaned_data["seen_on"], timezone.localdate()
        _refuse_before(day, today - timedelta(days=365), "It must be on or after")
        _refuse_after(day, today, "It must be on or before")
        return day

    def clean_issued_on(self):
        day = self.cleaned_data["issued_on"]
        _refuse_before(day, FIRST_DAY, "It must be on or after")
        _refuse_after(day, timezone.localdate(), "It must be on or before")
        return day

    def clean_expires_on(self):
        return self._ahead("expires_on")

    def clean_follow_up_on(self):
        return self._ahead("follow_up_on")

    def _ahead(self, name):
        day, today = self.cleaned_data[name], timezone.localdate()
        _refuse_before(day, today, "It must be on or after")
        _refuse_after(day, today + timedelta(days=365 * YEARS_AHEAD), "It must be on or before")
        return day

    def clean(self):
        given = super().clean()
        for name in missing_facts(self.check_seen.kind.nature, given):
            if name in self.fields and name not in self.errors:
                self.add_error(name, MISSING[name])
        again, ends = given.get("follow_up_on"), given.get("expires_on")
        if again and ends and again > ends:
            self.add_error("follow_up_on", MISSING["follow_up_on"])
        if (
            given.get("issued_on")
            and given.get("seen_on")
            and given["issued_on"] > given["seen_on"]
        ):
            self.add_error("issued_on", "It was seen before it was issued.")
        return given


class ConfirmForm(forms.Form):
    """Nothing is filled in: what is confirmed stands above the button."""


class WhyForm(forms.Form):
    """Why there is a problem with a check, it is not needed, or it is open again."""

    reason = line_field(
        "Why",
        500,
        required="Say why in a sentence.",
        hint="Only the recruitment team reads this. It is encrypted.",
    )


class RequiredCheckForm(forms.ModelForm):
    """Who needs a check, from when to when: no day that is a slip of the key."""

    class Meta:
        model = RequiredCheck
        fields = [
            "role",
            "family",
            "kind",
            "is_needed",
            "needs_second_person",
            "valid_months",
            "starts_on",
            "ends_on",
        ]

    def clean_starts_on(self):
        return self._likely(self.cleaned_data["starts_on"])

    def clean_ends_on(self):
        return self._likely(self.cleaned_data["ends_on"])

    def _likely(self, day):
        _refuse_before(day, FIRST_NEED, "It must be on or after")
        last = timezone.localdate() + timedelta(days=365 * NEED_YEARS_AHEAD)
        _refuse_after(day, last, "It must be on or before")
        return day

    def clean_valid_months(self):
        months = self.cleaned_data["valid_months"]
        if months is not None and not 1 <= months <= MOST_MONTHS:
            raise ValidationError(f"Enter a number from 1 to {MOST_MONTHS}, or leave it empty.")
        return months


class RegisterListForm(forms.Form):
    """The list that the register's search gave, and the day on which it did."""

    file = forms.FileField(
        label="The list from the register",
        help_text="CSV or Excel (.xlsx). Its first row names the columns.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={
            "required": "Choose the list.",
            "empty": "The file is empty. Choose another one.",
        },
    )
    looked_on = day_field("Looked up on", required="Enter the day on which the list was made.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("looked_on", timezone.localdate())

    def clean_looked_on(self):
        day, today = self.cleaned_data["looked_on"], timezone.localdate()
        first = today - timedelta(days=settings.REGISTRATION_LOOK_DAYS)
        _refuse_before(day, first, "A list older than this no longer counts:")
        _refuse_after(day, today, "It must be on or before")
        return day


class RegistrationNumberForm(forms.Form):
    """The Social Work England number of an applicant, given or put right."""

    number = OneLineField(
        label="Your Social Work England number",
        help_text="For example, SW12345.",
        max_length=20,
        widget=forms.TextInput(attrs={"spellcheck": "false"}),
        error_messages={
            "required": "Enter your registration number, like SW12345",
            "max_length": "Enter your registration number: SW and up to 6 numbers, like SW12345",
        },
    )

    def __init__(self, *args, back, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            Question("number", width="10"), Buttons(Submit("Save my number"), Link("Go back", back))
        )

    def clean_number(self):
        number = tidy_registration_number(self.cleaned_data["number"])
        if number is None:
            raise ValidationError(
                "Enter your registration number: SW and up to 6 numbers, like SW12345"
            )
        return number
