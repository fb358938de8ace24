from dataclasses import replace

from django import forms
from django.http import QueryDict

from design_system.forms import CreatesOnceMixin
from design_system.layout import Question, Radios, Submit, form_helper
from vacancies.forms.search import SearchForm
from vacancies.models import Frequency
from vacancies.queries.alerts import AlertSearch, search_address

# What depends on the day or on the reader's screen has no meaning for what is to come.
NOT_IN_ALERTS = ("closing_soon", "posted", "sort")
EVERY_JOB = "Every new job"


def alert_search(form):
    """Return the AlertSearch for what a SearchForm has understood."""
    filters = replace(form.filters(), closing_soon=False, posted_since=None, sort="")
    plain = SearchForm(QueryDict(search_address(filters)))
    plain.is_valid()
    words = ", ".join(chip["text"] for chip in plain.chips())
    return AlertSearch(filters, words or EVERY_JOB)


class MailboxForm(CreatesOnceMixin, forms.Form):
    """Asks for an e-mail address, and knows a form that is sent twice."""

    email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": "Enter an e-mail address, like name@example.org",
        },
    )


class FrequencyField(forms.ChoiceField):
    """Every day or once a week."""

    def __init__(self):
        super().__init__(
            label="How often shall we write?",
            choices=Frequency.choices,
            widget=forms.RadioSelect,
            error_messages={"required": "Choose how often we write"},
        )


class AlertForm(MailboxForm):
    """Where to send an alert, and how often."""

    frequency = FrequencyField()

    helper = form_helper(
        Question("email", width="30"),
        Radios("frequency", hints={Frequency.WEEKLY: "On the day of the week you confirm"}),
        Submit("Set up this alert", look="rose"),
    )


class AlertLinkForm(MailboxForm):
    """Where to send the link to somebody's alerts."""

    helper = form_helper(Question("email", width="30"), Submit("Send me the link"))


class AlertChangeForm(SearchForm):
    """The search of an alert as its own form, with how often it is sent."""

    frequency = FrequencyField()

    def __init__(self, data):
        super().__init__(data)
        for name in NOT_IN_ALERTS:
            self.fields.pop(name, None)
        for field in self.fields.values():
            field.widget.attrs.pop("form", None)  # They all stand in one form here.
