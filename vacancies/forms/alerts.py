from dataclasses import replace
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import QueryDict

from design_system.forms import CreatesOnceMixin
from design_system.layout import Question, Radios, Submit, form_helper
from organisation.models import RoleFamily
from vacancies.forms.search import DRIVING, REGISTRATION, YES, SearchForm
from vacancies.models import Contract, Frequency, Pattern
from vacancies.queries import find
from vacancies.queries.alerts import AlertSearch

# What depends on the day or on the reader's screen has no meaning for what is to come.
NOT_IN_ALERTS = {"closing_soon", "posted", "sort"}
EVERY_JOB = "Every new job"


def alert_search(form, on):
    """Return the AlertSearch for what a SearchForm has understood on the date `on`."""
    address = _address(form)
    plain = SearchForm(QueryDict(address), form.catalogue)
    filters = replace(form.filters(), closing_soon=False, posted_since=None, sort="")
    return AlertSearch(
        filters=filters,
        address=address,
        in_words=", ".join(chip["text"] for chip in plain.chips()) or EVERY_JOB,
        in_text=bool(filters.words) and find(filters, on, form.catalogue.synonyms).shows_text,
    )


def _address(form):
    """The query of the address of a search, the same however the search was typed."""
    pairs = [pair for pair in form.pairs() if pair[0] not in NOT_IN_ALERTS]
    several = {}
    for name, value in pairs:
        several.setdefault(name, []).append(value)
    if form.place:
        several |= {"place": [form.place.name], "radius": [str(form.radius)]}
    return urlencode({name: sorted(values) for name, values in several.items()}, doseq=True)


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


def _line(label, **attrs):
    return forms.CharField(label=label, required=False, widget=forms.TextInput(attrs=attrs))


def _one_of(label, choices=()):
    return forms.ChoiceField(label=label, required=False, choices=choices)


def _several_of(label, choices=()):
    return forms.MultipleChoiceField(
        label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple
    )


class AlertChangeForm(forms.Form):
    """An alert as a form. What is filled in is read by SearchForm, which also says what is wrong."""

    frequency = FrequencyField()
    q = _line("Job title or keyword")
    place = _line("Town or postcode")
    radius = _one_of("Distance")
    family = _several_of("Kind of work", RoleFamily.choices)
    role = _one_of("Role")
    district = _several_of("District")
    contract = _several_of("Contract", Contract.choices)
    pattern = _several_of("Working pattern", Pattern.choices)
    salary_min = _line("Lowest salary", inputmode="numeric")
    registration = _one_of(
        "Registration with Social Work England", [("", "Either"), *REGISTRATION.items()]
    )
    driving = _one_of("Driving", [("", "Either"), *DRIVING.items()])
    newly_qualified = forms.BooleanField(label=YES["newly_qualified"], required=False)
    sponsorship = forms.BooleanField(label=YES["sponsorship"], required=False)

    def __init__(self, data):
        super().__init__(data)
        self.search_form = SearchForm(data)
        known = self.search_form.catalogue
        self.fields["role"].choices = [("", "Any role"), *known.roles.items()]
        self.fields["district"].choices = list(known.districts.items())
        self.fields["radius"].choices = [
            (miles, f"Within {miles} miles") for miles in settings.SEARCH_RADII
        ]

    def clean(self):
        for name, words in self.search_form.errors.items():
            if name in self.fields and not self.has_error(name):
                self.add_error(name, f"{words}{self._meant() if name == 'place' else ''}")

    def _meant(self):
        """Ask whether a place that is spelled like the unknown one was meant."""
        names = [spelling["text"] for spelling in self.search_form.spellings]
        return f". Did you mean {' or '.join(names)}?" if names else ""
