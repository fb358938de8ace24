from datetime import timedelta

from django import forms

from organisation.models import District, RoleFamily
from vacancies.queries.reporting import ReportFilters

USUAL_DAYS = 90
MOST_YEARS = 10  # a chart has a bar for each week


class ReportForm(forms.Form):
    """The period and the part of the county's adverts that a report is about. Every field may be empty."""

    since = forms.DateField(
        label="From",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label="To",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    district = forms.ChoiceField(label="District", required=False)
    family = forms.ChoiceField(
        label="Role family", required=False, choices=[("", "All"), *RoleFamily.choices]
    )

    def __init__(self, data, *, on):
        self.usual = {"since": on - timedelta(days=USUAL_DAYS - 1), "until": on}
        data = data.copy()
        for name, day in self.usual.items():
            data.setdefault(name, day.isoformat())
        super().__init__(data)
        self.fields["district"].choices = [
            ("", "All"),
            *District.objects.values_list("slug", "name"),
        ]

    def clean(self):
        given = super().clean()
        since, until = given.get("since"), given.get("until")
        if since and until and since > until:
            self.add_error("until", "The last day must not be before the first.")
        elif since and until and (until - since).days > MOST_YEARS * 366:
            self.add_error("since", f"Choose a period of {MOST_YEARS} years at most.")
        return given

    def filters(self):
        """Return what can be used of the form; the rest is as usual."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        wanted = {**self.usual, **given}
        if not 0 <= (wanted["until"] - wanted["since"]).days <= MOST_YEARS * 366:
            wanted |= self.usual
        return ReportFilters(**wanted)
