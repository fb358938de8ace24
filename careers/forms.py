from django import forms

from careers.models import Route
from organisation.models import RoleFamily


class HomeSearchForm(forms.Form):
    """The search box of the home page; the list of vacancies answers it."""

    q = forms.CharField(label="Job title or keyword", required=False, max_length=100)
    place = forms.CharField(label="Town or postcode", required=False, max_length=80)


class StoryFilterForm(forms.Form):
    """Which stories to show. What is not on the lists is left out."""

    family = forms.ChoiceField(
        label="Kind of work", required=False, choices=[("", "Any"), *RoleFamily.choices]
    )
    route = forms.ChoiceField(
        label="How they got here", required=False, choices=[("", "Any way"), *Route.choices]
    )

    def chosen(self):
        """Return the filters that make sense, as arguments for `published_stories`."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
