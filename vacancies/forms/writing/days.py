from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from design_system.fields import DatePartsField
from design_system.layout import Fieldset, Question, Radios
from vacancies import rules
from vacancies.forms.writing.parts import StepForm, choice_field, lines_field, lines_of, tick_field
from vacancies.models import Visibility

WAYS_TO_WRITE_A_DAY = (
    "%d %B %Y",
    "%d %b %Y",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%Y-%m-%d",
    "%d %m %Y",
)


def day_written(text):
    """Return the date somebody wrote, such as "3 March 2027" or "3/3/2027", or None."""
    for way in WAYS_TO_WRITE_A_DAY:
        try:
            return datetime.strptime(text, way).date()  # noqa: DTZ007 (only its day is used)
        except ValueError:
            continue
    return None


def last_day():
    return rules.last_day(timezone.localdate())


class DatesForm(StepForm):
    step = "dates"
    opens_on = DatePartsField(
        label="Opens on", thing="The opening date", help_text="The first day people see it."
    )
    closes_on = DatePartsField(
        label="Closes on",
        thing="The closing date",
        help_text="People can apply until 11:59pm.",
        earliest=timezone.localdate,
        latest=last_day,
    )
    interview_on = DatePartsField(
        label="Interviews on (optional)",
        thing="The interview date",
        required=False,
        help_text="People plan work and childcare by it.",
        latest=last_day,
    )
    rolling = tick_field(
        "This advert is always open",
        "You read applications on several days. The closing date is when we look at it again.",
    )
    sift_dates = lines_field(
        "Days on which you read applications (optional)",
        hint="For an advert that is always open. One on each line, like 3 March 2027.",
        rows=4,
    )
    visibility = choice_field("Who sees it?", Visibility.choices, "Select who sees the advert")
    public_from = DatePartsField(
        label="Everyone from", thing="The day everyone sees it", required=False
    )

    def shown(self, saved):
        days = [date_format(day, "j F Y") for day in saved["sift_dates"]]
        return {**saved, "sift_dates": "\n".join(days)}

    def questions(self):
        return [
            "opens_on",
            "closes_on",
            "interview_on",
            Fieldset("Always open", "rolling", Question("sift_dates")),
            Radios(
                "visibility",
                label_size="m",
                conditional={Visibility.STAFF_FIRST.value: Question("public_from")},
            ),
        ]

    def clean_sift_dates(self):
        days = []
        for line in lines_of(self.cleaned_data["sift_dates"]):
            day = day_written(line)
            if day is None:
                raise forms.ValidationError(
                    f"“{line[:40]}” is not a date. Write it like 3 March 2027"
                )
            days.append(day)
        return sorted(set(days))

    def clean(self):
        given = super().clean()
        opens_on, closes_on = given.get("opens_on"), given.get("closes_on")
        if opens_on and closes_on and closes_on < opens_on:
            self.add_error("closes_on", "The closing date must not be before the opening date")
        interview_on = given.get("interview_on")
        if opens_on and interview_on and interview_on < opens_on:
            self.add_error("interview_on", "The interview date must not be before the opening date")
        self._clean_visibility(given, opens_on, closes_on)
        self._clean_rolling(given, opens_on, closes_on)
        return given

    def _clean_visibility(self, given, opens_on, closes_on):
        if given.get("visibility") != Visibility.STAFF_FIRST:
            given["public_from"] = None
        elif "public_from" in given and given["public_from"] is None:
            self.add_error("public_from", "Enter the day from which everyone sees it")
        elif opens_on and given.get("public_from") and given["public_from"] <= opens_on:
            self.add_error("public_from", "This day must be after the opening date")
        elif closes_on and given.get("public_from") and given["public_from"] > closes_on:
            self.add_error("public_from", "This day must not be after the closing date")

    def _clean_rolling(self, given, opens_on, closes_on):
        if not given.get("rolling"):
            given["sift_dates"] = []
        outside = [
            day
            for day in given.get("sift_dates", [])
            if (opens_on and day < opens_on) or (closes_on and day > closes_on)
        ]
        if outside:
            day = date_format(outside[0], "j F Y")
            self.add_error("sift_dates", f"{day} is not between the opening and the closing date")
