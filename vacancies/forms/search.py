import re
from functools import cached_property

from django import forms
from django.conf import settings

from organisation.models import District, Role, RoleFamily
from organisation.queries import find_place, nearest_spellings
from vacancies.models import Contract, Pattern
from vacancies.queries import VacancyFilters

SORTS = [
    ("", "Best match"),
    ("newest", "Newest"),
    ("closing", "Closing first"),
    ("salary", "Highest salary"),
    ("distance", "Nearest"),
    ("relevance", "Closest to your words"),
]
REGISTRATION = [("", "Either"), ("needed", "Needed"), ("not_needed", "Not needed")]
DRIVING = [
    ("", "Either"),
    ("not_essential", "You need not drive"),
    ("essential", "You need to drive"),
]
CHOOSE_FROM_LIST = {"invalid_choice": "Choose one from the list"}


CHIP_WORDS = {
    "newly_qualified": {True: "Newly qualified welcome"},
    "registration": {"needed": "Registration needed", "not_needed": "No registration needed"},
    "driving": dict(DRIVING),
    "sponsorship": {True: "Visa sponsorship possible"},
    "closing_soon": {True: "Closing soon"},
}


def posted_in_words(days):
    return "since yesterday" if days == 1 else f"in the past {days} days"


class WordsField(forms.CharField):
    """One line of text. What cannot be printed, such as a control character, counts as a space."""

    def to_python(self, value):
        value = super().to_python(value)
        return " ".join("".join(c if c.isprintable() else " " for c in value).split())


class PoundsField(forms.IntegerField):
    """Whole pounds, however they are typed: 35000, 35,000 or £35,000."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value):
        return super().to_python(re.sub(r"[£,\s]", "", value or ""))


class SearchForm(forms.Form):
    """The search of `/vacancies/`. What cannot be used is told of and left out; the rest is searched."""

    q = WordsField(
        label="Job title or keyword",
        required=False,
        max_length=100,
        error_messages={"max_length": "Search for 100 characters or fewer"},
    )
    place = WordsField(
        label="Town or postcode",
        required=False,
        max_length=80,
        error_messages={"max_length": "Give the name of a town or a postcode"},
    )
    radius = forms.TypedChoiceField(
        label="Distance",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Choose a distance from the list"},
    )
    family = forms.MultipleChoiceField(
        label="Kind of work",
        required=False,
        choices=RoleFamily.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE_FROM_LIST,
    )
    role = forms.ChoiceField(label="Role", required=False, error_messages=CHOOSE_FROM_LIST)
    district = forms.MultipleChoiceField(
        label="District",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE_FROM_LIST,
    )
    contract = forms.MultipleChoiceField(
        label="Contract",
        required=False,
        choices=Contract.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE_FROM_LIST,
    )
    pattern = forms.MultipleChoiceField(
        label="Working pattern",
        required=False,
        choices=Pattern.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE_FROM_LIST,
    )
    salary_min = PoundsField(
        label="Lowest salary",
        required=False,
        min_value=1,
        max_value=500_000,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Enter a yearly salary in pounds, like 35,000"
        ),
    )
    newly_qualified = forms.BooleanField(label="Newly qualified welcome", required=False)
    registration = forms.ChoiceField(
        label="Registration with Social Work England",
        required=False,
        choices=REGISTRATION,
        error_messages=CHOOSE_FROM_LIST,
    )
    driving = forms.ChoiceField(
        label="Driving", required=False, choices=DRIVING, error_messages=CHOOSE_FROM_LIST
    )
    sponsorship = forms.BooleanField(label="Visa sponsorship possible", required=False)
    closing_soon = forms.BooleanField(label="Closing soon", required=False)
    posted = forms.TypedChoiceField(
        label="Posted",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages=CHOOSE_FROM_LIST,
    )
    sort = forms.ChoiceField(
        label="Order", required=False, choices=SORTS, error_messages=CHOOSE_FROM_LIST
    )

    def __init__(self, data):
        data = data.copy()
        data.setdefault("radius", str(settings.DEFAULT_RADIUS))
        super().__init__(data)
        self.fields["radius"].choices = [
            (miles, f"Within {miles} miles") for miles in settings.SEARCH_RADII
        ]
        self.fields["role"].choices = [
            ("", "Any role"),
            *Role.objects.values_list("slug", "name"),
        ]
        self.fields["district"].choices = [*District.objects.values_list("slug", "name")]
        self.fields["posted"].choices = [
            ("", "At any time"),
            *((days, posted_in_words(days)) for days in settings.POSTED_SINCE_DAYS),
        ]
        for name, field in self.fields.items():
            if name not in ("q", "place", "radius"):
                field.widget.attrs["form"] = "search"  # They stand beside the form.

    @cached_property
    def found_place(self):
        place = self.cleaned_data.get("place")
        return find_place(place) if place else None

    @cached_property
    def spellings(self):
        """Names of places like the one that was not found."""
        return nearest_spellings(self.data.get("place", "")) if self.place_unknown else []

    @property
    def place_unknown(self):
        return self.has_error("place")

    def clean(self):
        place = self.cleaned_data.get("place")
        if place and not self.found_place:
            self.add_error("place", f"We do not know a place called “{place}”")

    def filters(self, *, for_staff=False):
        """What to search for: every part of the form that could be understood.

        `for_staff` finds what only staff may see, too.
        """
        self.is_valid()  # What is not valid is missing from the cleaned data.
        given = self.cleaned_data
        return VacancyFilters(
            words=given.get("q", ""),
            near=self.found_place,
            place_unknown=self.place_unknown,
            radius=given.get("radius") or settings.DEFAULT_RADIUS,
            families=tuple(given.get("family", ())),
            role=given.get("role", ""),
            districts=tuple(given.get("district", ())),
            contracts=tuple(given.get("contract", ())),
            patterns=tuple(given.get("pattern", ())),
            salary_min=given.get("salary_min"),
            newly_qualified=given.get("newly_qualified", False),
            registration=given.get("registration", ""),
            driving=given.get("driving", ""),
            sponsorship=given.get("sponsorship", False),
            closing_soon=given.get("closing_soon", False),
            posted_since=given.get("posted"),
            sort=given.get("sort", ""),
            for_staff=for_staff,
        )

    def chips(self):
        """The filters in use, each with the name and value in the address and words for the person."""
        given = self.cleaned_data
        chips = []
        if given.get("q"):
            chips.append(("q", self.data.get("q"), f"“{given['q']}”"))
        if self.found_place:
            words = f"Within {self.filters().radius} miles of {self.found_place.name}"
            chips.append(("place", self.data.get("place"), words))
        for name in ("family", "role", "district", "contract", "pattern"):
            labels = dict(self.fields[name].choices)
            values = given.get(name) or []
            values = [values] if isinstance(values, str) else values
            chips += [(name, value, labels[value]) for value in values]
        if given.get("salary_min"):
            chips.append(("salary_min", None, f"From £{given['salary_min']:,}"))
        chips += [
            (name, None, words[given[name]])
            for name, words in CHIP_WORDS.items()
            if given.get(name)
        ]
        if given.get("posted"):
            chips.append(("posted", None, f"Posted {posted_in_words(given['posted'])}"))
        return [{"name": name, "value": value, "text": text} for name, value, text in chips]
