"""The form of an advert in the admin, and of the rows that belong to one."""

from django import forms
from django.contrib import admin
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from design_system.lines import LinesField, OneLineField
from organisation.queries import district_near, find_place, nearest_spellings
from vacancies import rules
from vacancies.drafts import STEPS, fingerprint
from vacancies.exceptions import StillNeeded
from vacancies.models import (
    Contract,
    Criterion,
    OtherPlace,
    Pattern,
    Payment,
    SiftDate,
    Vacancy,
    Visibility,
)

FIELDSETS = [
    ("Advert", {"fields": ["title", "role", "team", "campaign", "summary", "body", "benefits"]}),
    ("Pay and hours", {"fields": [
        "grade", "salary_from", "salary_to", "contract", "contract_months", "patterns",
        "weekly_hours", "paid_weeks", "number_of_posts",
    ]}),
    ("Place", {"fields": ["place_name", "postcode", "latitude", "longitude", "district"]}),
    ("Dates and who sees it", {"fields": [
        "opens_on", "closes_on", "interview_on", "rolling", "visibility", "public_from",
    ]}),
    ("Who it suits", {"fields": [
        "newly_qualified_welcome", "driving", "driving_alternatives", "sponsorship_possible",
        "dbs_level",
    ]}),
    ("How people apply", {"fields": ["takes_cv", "shows_employers"]}),
    ("People", {"fields": [
        "hiring_manager", "contact_name", "contact_email", "contact_phone",
    ]}),
]  # fmt: skip
# What cannot be seen is taken out of every box for words.
SEEN = {
    models.CharField: {"form_class": OneLineField},
    models.TextField: {"form_class": LinesField},
    models.SlugField: {},
}
CHANGED_MEANWHILE = (
    "Somebody else has changed this advert since you opened it. Your words are below, theirs are in "
    "the history: save again to keep yours."
)


class PlaceForm(forms.ModelForm):
    """Something with a place: the point is looked up from the postcode or the name."""

    def _look_up(self, given):
        if given.get("place_name") and self._point_is_stale(given):
            self._look_up_point(given)

    def _point_is_stale(self, given):
        if given.get("latitude") is None or given.get("longitude") is None:
            return True
        changed = set(self.changed_data)
        return bool(changed & {"place_name", "postcode"}) and not changed & {
            "latitude",
            "longitude",
        }

    def _look_up_point(self, given):
        name = "postcode" if given.get("postcode") else "place_name"
        place = find_place(given[name])
        if place is None:
            near = nearest_spellings(given["place_name"])
            hint = f" Did you mean {', '.join(near)}?" if near and name == "place_name" else ""
            words = (
                f"We do not know where “{given[name]}” is.{hint} You can also give both numbers."
            )
            self.add_error(name, words)
        else:
            given["latitude"], given["longitude"] = place.latitude, place.longitude


class VacancyForm(PlaceForm):
    """An advert as HR writes it. A place left empty is the team's; its point is looked up.

    `opened_at` remembers what the advert held when the page was opened.
    """

    patterns = forms.MultipleChoiceField(
        label="Working patterns", choices=Pattern.choices, widget=forms.CheckboxSelectMultiple
    )
    hiring_manager = forms.ModelChoiceField(
        User.objects.with_role("hiring_manager"), required=False
    )
    opened_at = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Vacancy
        fields = [name for _, part in FIELDSETS for name in part["fields"]]
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        }
        help_texts = {
            "place_name": "Leave empty to use where the team sits.",
            "latitude": "Leave empty: it is looked up from the postcode or the place.",
            "district": "Leave empty to use the team's.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "hiring_manager" in self.fields and self.instance.hiring_manager_id:
            # Whoever it is now stays a choice, also when they no longer hire.
            field = self.fields["hiring_manager"]
            field.queryset |= User.objects.filter(pk=self.instance.hiring_manager_id)
        for name in ("place_name", "latitude", "longitude", "district"):
            if name in self.fields:  # Someone who may only look has no fields.
                self.fields[name].required = False
        if self.instance.pk and "opened_at" in self.fields:
            self.initial["opened_at"] = self._mark()

    def _mark(self):
        return fingerprint(Vacancy.objects.get(pk=self.instance.pk), *STEPS)

    def clean(self):
        given = super().clean()
        team = given.get("team")
        if team and not given.get("place_name"):
            for name in ("place_name", "latitude", "longitude"):
                given[name] = getattr(team, name)
        else:
            self._look_up(given)
        if team and not given.get("district"):
            given["district"] = team.district
        if given.get("contract") == Contract.FIXED_TERM and not given.get("contract_months"):
            self.add_error("contract_months", "Say how many months the fixed term lasts.")
        self._clean_days(given)
        self._refuse_what_is_stale(given)
        return given

    def _clean_days(self, given):
        """Say beside the box what a constraint says of days that are not all on this form."""
        opens_on = given.get("opens_on") or self.instance.opens_on
        interview_on, public_from = given.get("interview_on"), given.get("public_from")
        today = timezone.localdate()
        for name in ("closes_on", "interview_on"):
            if given.get(name) and given[name] > rules.last_day(today):
                self.add_error(name, rules.too_late(today))
        if not opens_on:
            return
        first_day = date_format(opens_on, "j F Y")
        if interview_on and interview_on < opens_on:
            self.add_error("interview_on", f"It opens on {first_day}: interviews are later.")
        if given.get("visibility") != Visibility.STAFF_FIRST:
            given["public_from"] = None
        elif "public_from" in given and (public_from is None or public_from <= opens_on):
            self.add_error("public_from", f"Give a day after {first_day}, when it opens.")
        else:
            self._refuse_too_late(given, public_from)

    def _refuse_too_late(self, given, public_from):
        closes_on = given.get("closes_on") or self.instance.closes_on
        if public_from and closes_on and public_from > closes_on:
            last_day = date_format(closes_on, "j F Y")
            self.add_error("public_from", f"It closes on {last_day}: nobody outside would see it.")

    def _refuse_what_is_stale(self, given):
        opened_at = given.get("opened_at")
        if self.instance.pk and opened_at and opened_at != self._mark():
            self.add_error(None, CHANGED_MEANWHILE)
            self.data = self.data.copy()
            self.data["opened_at"] = self._mark()


class OtherPlaceForm(PlaceForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("latitude", "longitude", "district"):
            self.fields[name].required = False

    def clean(self):
        given = super().clean()
        self._look_up(given)
        if not given.get("district") and given.get("latitude") is not None:
            given["district"] = district_near(given["latitude"], given["longitude"])
            if given["district"] is None:
                self.add_error("district", "Choose the district: we know none near this place.")
        return given


class RowsInUseFormSet(forms.BaseInlineFormSet):
    """Rows that applicants may have written about: one that they have cannot be removed."""

    def clean(self):
        """Refuse it in our own words, beside the row too: Django's name the applications."""
        going = [form for form in self.forms if self._should_delete_form(form)]
        needed = [form for form in going if form.instance.pk and rules.is_needed(form.instance)]
        for form in needed:
            form.add_error(None, str(StillNeeded(form.instance)))
        if needed:
            raise forms.ValidationError([str(StillNeeded(form.instance)) for form in needed])
        super().clean()


class CriterionForm(forms.ModelForm):
    """A line of the person specification; how much people may write about it has a usual answer."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "max_words" in self.fields:
            self.fields["max_words"].required = False

    def clean_max_words(self):
        return self.cleaned_data["max_words"] or Criterion().max_words


class CriterionInline(admin.StackedInline):
    """One under another: in Django's table of inlines the boxes have no labels."""

    model = Criterion
    form = CriterionForm
    formset = RowsInUseFormSet
    extra = 3
    fields = [("kind", "position", "max_words"), "text"]
    formfield_overrides = {
        models.CharField: {
            "form_class": OneLineField,
            "widget": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        }
    }


class OtherPlaceInline(admin.StackedInline):
    model = OtherPlace
    formset = RowsInUseFormSet
    formfield_overrides = SEEN
    form = OtherPlaceForm
    extra = 1
    fields = [("place_name", "postcode"), ("latitude", "longitude", "district")]


class PaymentInline(admin.StackedInline):
    model = Payment
    formfield_overrides = SEEN
    extra = 1
    fields = [("kind", "name", "amount"), "condition"]


class SiftDateInline(admin.StackedInline):
    model = SiftDate
    extra = 2
    fields = ["sift_on"]
