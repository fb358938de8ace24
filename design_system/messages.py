"""What a form says of a wrong answer where its field has no words of its own.

Django's own sentences are replaced for every field and validator at once, so that a form which
forgets to say something still speaks as the rest of the portal does.
"""

from django import forms
from django.core import validators

SOME = "Choose one or more of the answers listed"
ONE = "Choose one of the answers listed"

MESSAGES_OF_FIELDS = {
    forms.Field: {"required": "Fill this in"},
    forms.IntegerField: {"invalid": "Enter a whole number, like 5"},
    forms.FloatField: {"invalid": "Enter a number, like 2.5"},
    forms.DecimalField: {"invalid": "Enter a number, like 2.5"},
    forms.DateField: {"invalid": "Enter a real date"},
    forms.TimeField: {"invalid": "Enter a time, like 9:30"},
    forms.DateTimeField: {"invalid": "Enter a real date and time"},
    forms.SplitDateTimeField: {
        "invalid_date": "Enter a real date",
        "invalid_time": "Enter a time, like 9:30",
    },
    forms.BooleanField: {"required": "Tick this box"},
    forms.FileField: {
        "required": "Choose a file",
        "invalid": "Choose the file again: it did not reach us",
        "missing": "Choose a file",
        "empty": "Choose another file: this one is empty",
        "contradiction": "Choose a new file or tick the box to remove it, not both",
    },
    forms.URLField: {"invalid": "Enter a web address, like https://www.example.org"},
    forms.ChoiceField: {"required": ONE, "invalid_choice": ONE},
    forms.MultipleChoiceField: {
        "required": SOME,
        "invalid_choice": SOME,
        "invalid_list": SOME,
    },
    forms.ModelChoiceField: {"invalid_choice": ONE},
    forms.ModelMultipleChoiceField: {
        "required": SOME,
        "invalid_choice": SOME,
        "invalid_list": SOME,
        "invalid_pk_value": SOME,
    },
}


class Counted(str):
    """A sentence whose numbers are written with commas between their thousands."""

    def __mod__(self, params):
        written = {
            name: f"{value:,}" if isinstance(value, int) else value
            for name, value in params.items()
        }
        return str.__mod__(self, written)


MESSAGES_OF_VALIDATORS = {
    validators.EmailValidator: "Enter an e-mail address, like name@example.org",
    validators.URLValidator: "Enter a web address, like https://www.example.org",
    validators.ProhibitNullCharactersValidator: (
        "Remove the invisible characters that were copied along, or type it again"
    ),
    validators.MinValueValidator: Counted("Enter %(limit_value)s or more"),
    validators.MaxValueValidator: Counted("Enter %(limit_value)s or less"),
    validators.MinLengthValidator: Counted(
        "Use %(limit_value)s characters or more (you have %(show_value)s)"
    ),
    validators.MaxLengthValidator: Counted(
        "Use %(limit_value)s characters or fewer (you have %(show_value)s)"
    ),
}


def speak_plainly():
    """Put our words where Django's stood; called once, when Django starts."""
    for field, words in MESSAGES_OF_FIELDS.items():
        field.default_error_messages = field.default_error_messages | words
    for validator, words in MESSAGES_OF_VALIDATORS.items():
        validator.message = words
