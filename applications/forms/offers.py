"""What an applicant says to an offer."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.utils import timezone

from applications.forms.boxes import paragraphs
from applications.states import OfferAnswer, WithdrawalReason
from design_system.fields import DatePartsField
from design_system.forms import CreatesOnceMixin
from design_system.layout import Buttons, Link, Question, Radios, Submit, form_helper

NO_REASON = ("", "I would rather not say")


def latest_start():
    """Return the last day that a first day can be planned for."""
    return timezone.localdate() + timedelta(days=30 * settings.OFFER_STARTS_WITHIN_MONTHS)


class AnswerForm(forms.Form):
    """Yes or no to the version of the offer that the page shows."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label="What is your answer?",
        choices=OfferAnswer.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose yes or no",
            "invalid_choice": "Choose yes or no",
        },
    )
    reason = forms.ChoiceField(
        label="Would you tell us why not?",
        help_text="You do not have to. It helps us do better.",
        required=False,
        choices=[NO_REASON, *WithdrawalReason.choices],
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": "Select one of the reasons, or that you would rather not say"
        },
    )

    def __init__(self, *args, back, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            "version",
            Radios("answer", conditional={OfferAnswer.NO: [Radios("reason")]}),
            Buttons(Submit("Send my answer"), Link("Not yet", back)),
        )


class AskForm(CreatesOnceMixin, forms.Form):
    """A question about an offer, or another start date, or both."""

    words = paragraphs(
        "What would you like to ask or tell us?",
        settings.OFFER_LONGEST_WORDS,
        hint="You can leave this empty if you only want another start date.",
    )
    start_on = DatePartsField(
        thing="The start date",
        label="Is there another start date that you would like?",
        help_text="You can leave this empty. We write back to you: the date changes only when we say so.",
        required=False,
        earliest=timezone.localdate,
        latest=latest_start,
    )

    def __init__(self, *args, back, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            Question("words", label_size="m"),
            Question("start_on", label_size="m"),
            "one_time_key",
            Buttons(Submit("Send to the recruitment team"), Link("Go back", back)),
        )

    def clean(self):
        cleaned = super().clean()
        nothing_said = not cleaned.get("words") and cleaned.get("start_on") is None
        if nothing_said and not self.errors:
            self.add_error("words", "Write what you would like to ask, or give a date")
        return cleaned
