"""What becomes of people after their interviews: a row of the table for the lead and for HR."""

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from accounts.retention import months_before
from applications.forms.interviews import DAY_FORMATS, LIKE_THIS
from applications.forms.panel import line_field
from applications.states import InterviewOutcome


def reserve_until():
    """Return the day until which a place on the reserve list lasts, if nobody says otherwise."""
    return months_before(timezone.localdate(), -settings.RESERVE_LIST_MONTHS)


class InterviewOutcomeForm(forms.Form):
    """What becomes of one person of the table: a row for the lead and for HR alike."""

    outcome = forms.ChoiceField(
        label="Outcome", choices=[("", "Not decided"), *InterviewOutcome.choices], required=False
    )
    words = line_field("One sentence to the applicant", 500)
    reason = line_field("Our reason", 500)
    expires_on = forms.DateField(
        label="On the reserve list until",
        required=False,
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(attrs={"size": 12}, format="%d/%m/%Y"),
        error_messages={"invalid": LIKE_THIS},
    )

    def __init__(self, *args, row, decides=False, **kwargs):
        super().__init__(*args, prefix=row.code, **kwargs)
        self.row, self.decides = row, decides
        if not decides:
            del self.fields["expires_on"]
        for field_name, field in self.fields.items():
            field.widget.attrs["aria-label"] = f"{field.label}: {row.code}"
            if field_name in ("words", "reason"):
                field.widget.attrs["rows"] = 2

    def clean(self):
        cleaned = super().clean()
        outcome, decision = cleaned.get("outcome"), self.row.decision
        if outcome == InterviewOutcome.NOT_TAKEN and not cleaned.get("words", "x").strip():
            self.add_error("words", "Write one sentence that the applicant reads")
        proposed = decision.proposed_outcome if self.decides and decision else ""
        if outcome and proposed not in ("", outcome) and not cleaned.get("reason", "x").strip():
            self.add_error("reason", "Say why this is otherwise than the panel proposes")
        if self.decides and outcome == InterviewOutcome.RESERVE and "expires_on" not in self.errors:
            self._check_date(cleaned.get("expires_on"))
        return cleaned

    def _check_date(self, day):
        if day is None or not timezone.localdate() < day <= reserve_until():
            latest = date_format(reserve_until(), "j F Y")
            self.add_error("expires_on", f"Give a day after today, {latest} at the latest")

    def has_changed_from(self, decision):
        names = ("outcome", "words", "reason")
        before = [getattr(decision, name) if decision else "" for name in names]
        return [self.cleaned_data[name] for name in names] != before


def interview_outcome_forms(data, rows, *, decides=False):
    """Return a form for each row that is not decided, with what is proposed. Nobody is preselected."""
    found = {}
    for row in rows:
        if row.is_decided:
            continue
        names = ("outcome", "words", "reason")
        initial = {name: getattr(row.decision, name) for name in names} if row.decision else {}
        initial["expires_on"] = reserve_until()
        mine = data if data is not None and f"{row.code}-outcome" in data else None
        found[row.code] = InterviewOutcomeForm(mine, row=row, decides=decides, initial=initial)
    return found
