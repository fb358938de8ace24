"""What applicants, HR and interviewers fill in around an interview."""

import re
from datetime import datetime, time, timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from applications.forms.boxes import line, paragraphs
from applications.forms.panel import line_field
from design_system.layout import Buttons, Link, Question, Radios, Submit, form_helper

CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
DAY_FORMATS = ["%d/%m/%Y", "%Y-%m-%d", "%d %B %Y"]
LIKE_THIS = "Enter a date like 31/12/2027"
NOT_THEN = "The day must be from today on, {} at the latest"
QUICKER = "Somebody else has chosen this time. Choose another one: these are still free"


class ChooseForm(forms.Form):
    """One of the free slots of a round or the one they hold, and what must be ready on the day."""

    slot = forms.TypedChoiceField(
        label="When would you like to come?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a time", "invalid_choice": QUICKER},
    )
    make_ready = paragraphs(
        "What should be ready for you? (optional)",
        1_000,
        hint="The people who interview you read this, so that it is there when you come. Write only what "
        "you are happy for them to know: for example a room without steps, or the questions on paper.",
        rows=4,
    )

    def __init__(self, *args, slots, held=None, button, **kwargs):
        super().__init__(*args, **kwargs)
        own = [(held.pk, f"Keep {held.when} to {held.until}")] if held else []
        free = [(slot.pk, f"{slot.when} to {slot.until}") for slot in slots]
        self.fields["slot"].choices = own + free
        if held:
            self.initial.setdefault("slot", held.pk)
        where = {str(slot.pk): slot.where for slot in [*([held] if held else []), *slots]}
        self.helper = form_helper(
            Radios("slot", label_size="m", hints=where),
            Question("make_ready", label_size="m"),
            Submit(button),
        )


class AnotherTimeForm(forms.Form):
    """Why none of the times suits."""

    words = paragraphs(
        "Which days and times would suit you?",
        1_000,
        required="Write which days and times would suit you",
        hint="Only the recruitment team reads this.",
        rows=5,
    )

    def __init__(self, *args, back, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            Question("words", label_size="m"),
            Buttons(Submit("Ask for another time"), Link("Go back", back)),
        )


class ClockField(forms.CharField):
    """A time of day such as 09:30."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"size": 6, "inputmode": "numeric"}))
        super().__init__(**kwargs)

    def to_python(self, value):
        text = (super().to_python(value) or "").strip()
        if not text:
            return None
        found = CLOCK.fullmatch(text)
        if found is None:
            raise ValidationError("Enter a time like 09:30")
        return time(int(found[1]), int(found[2]))

    def prepare_value(self, value):
        return f"{value:%H:%M}" if isinstance(value, time) else value


class DayField(forms.DateField):
    """A day from today on, typed as in 31/12/2027, within what can be arranged."""

    def __init__(self, label, *, from_today=True, **kwargs):
        self.from_today = from_today
        super().__init__(
            label=label,
            input_formats=DAY_FORMATS,
            widget=forms.DateInput(attrs={"size": 12}, format="%d/%m/%Y"),
            error_messages={"required": "Enter a day", "invalid": LIKE_THIS},
            **kwargs,
        )

    def clean(self, value):
        day = super().clean(value)
        latest = timezone.localdate() + timedelta(days=settings.INTERVIEW_WITHIN_DAYS)
        is_past = self.from_today and day is not None and day < timezone.localdate()
        if day is not None and (is_past or day > latest):
            raise ValidationError(NOT_THEN.format(date_format(latest, "j F Y")))
        return day


def moment(day, at):
    """Return the moment of a London day and clock time."""
    return timezone.make_aware(datetime.combine(day, at))


class RoundForm(forms.Form):
    """A round of interviews: its questions are one box for each criterion and one for the free ones."""

    name = line("Name of the round", 80, required="Give the round a name, such as First interview")
    position = forms.IntegerField(label="Order", min_value=1, max_value=9, initial=1)
    interviewers = forms.ModelMultipleChoiceField(
        queryset=None,
        label="Interviewers",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose who interviews"},
    )
    minutes = forms.IntegerField(label="Length in minutes", min_value=5, max_value=480, initial=45)
    place = line("Place", 200)
    video_link = forms.URLField(
        label="Video link", required=False, max_length=200, assume_scheme="https"
    )
    bring = paragraphs("What to bring", 1_000, rows=3)
    last_day = DayField("The last day on which a time can be chosen", from_today=False)

    def __init__(self, *args, vacancy, criteria, **kwargs):
        super().__init__(*args, **kwargs)
        members = vacancy.panel_members.serving().select_related("person")
        self.fields["interviewers"].queryset = members
        self.fields["interviewers"].label_from_instance = lambda member: str(member.person)
        self.criteria = criteria
        for row in criteria:
            self.fields[f"about_{row.pk}"] = paragraphs(
                f"Questions about: {row.text}", 2_000, hint="One on each line", rows=2
            )
        self.fields["free"] = paragraphs("Other questions", 2_000, hint="One on each line", rows=2)

    def clean_interviewers(self):
        chosen = list(self.cleaned_data["interviewers"])
        fewest = settings.INTERVIEW_FEWEST_INTERVIEWERS
        if len(chosen) < fewest:
            raise ValidationError(f"Choose at least {fewest} people")
        return chosen

    def clean_last_day(self):
        """A round whose last day is over may be changed without opening it again."""
        day = self.cleaned_data["last_day"]
        if day < timezone.localdate() and day != self.initial.get("last_day"):
            raise ValidationError("The day must be from today on")
        return day

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("place") and not cleaned.get("video_link") and not self.errors:
            self.add_error("place", "Give a place or a video link")
        boxes = ["free", *(f"about_{row.pk}" for row in self.criteria)]
        if not self.errors and not any(_lines(cleaned.get(name, "")) for name in boxes):
            self.add_error("free", "Write at least one question")
        for name in boxes:
            if any(len(text) > 500 for text in _lines(cleaned.get(name, ""))):
                self.add_error(name, "A question must be 500 characters or fewer")
        return cleaned

    def questions(self):
        """Return the questions as (criterion or None, text), in their order."""
        boxes = [(row, f"about_{row.pk}") for row in self.criteria] + [(None, "free")]
        return [(row, text) for row, name in boxes for text in _lines(self.cleaned_data[name])]

    def of_round(self):
        """Return the fields of the round. A time can be chosen to the end of the last day."""
        names = ("name", "position", "minutes", "place", "video_link", "bring")
        end = moment(self.cleaned_data["last_day"] + timedelta(days=1), time(0))
        return {name: self.cleaned_data[name] for name in names} | {"choose_until": end}


def initial_of_round(found):
    """Return what the form of a round begins with."""
    names = ("name", "position", "minutes", "place", "video_link", "bring")
    initial = {name: getattr(found, name) for name in names}
    initial["interviewers"] = [member.pk for member in found.interviewers.all()]
    initial["last_day"] = timezone.localdate(found.choose_until - timedelta(minutes=1))
    for question in found.questions.all():
        name = f"about_{question.criterion_id}" if question.criterion_id else "free"
        initial[name] = f"{initial[name]}\n{question.text}" if name in initial else question.text
    return initial


def _lines(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


class SeriesForm(forms.Form):
    """Slots one after another on one day."""

    first_day = DayField("The day")
    first_at = ClockField(label="The first one begins at", initial="09:30")
    how_many = forms.IntegerField(label="How many", min_value=1, initial=4)
    pause = forms.IntegerField(label="Minutes between them", min_value=0, max_value=240, initial=15)

    def __init__(self, *args, minutes, **kwargs):
        super().__init__(*args, **kwargs)
        self.minutes = minutes
        self.fields["how_many"].max_value = settings.INTERVIEW_SERIES_MOST

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        begins = self.begins()
        if begins[0] <= timezone.now():
            self.add_error("first_at", "The first one must begin in the future")
        if cleaned["how_many"] > settings.INTERVIEW_SERIES_MOST:
            self.add_error("how_many", f"Make {settings.INTERVIEW_SERIES_MOST} at most")
        elif (
            timezone.localdate(begins[-1] + timedelta(minutes=self.minutes)) != cleaned["first_day"]
        ):
            self.add_error("how_many", "The last one would end on another day")
        return cleaned

    def begins(self):
        first = moment(self.cleaned_data["first_day"], self.cleaned_data["first_at"])
        step = timedelta(minutes=self.minutes + self.cleaned_data["pause"])
        return [first + number * step for number in range(self.cleaned_data["how_many"])]


class MoveSlotForm(forms.Form):
    """Another time or place for one slot, and why."""

    day = DayField("The day")
    at = ClockField(label="Begins at")
    place = line("Place, if it is another than the round's", 200)
    video_link = forms.URLField(
        label="Video link, if it is another than the round's",
        required=False,
        max_length=200,
        assume_scheme="https",
    )
    reason = line_field("Why? Everybody concerned reads it: write no name", 300, required="Say why")

    def clean(self):
        cleaned = super().clean()
        if not self.errors and self.begins_at() <= timezone.now():
            self.add_error("at", "It must begin in the future")
        return cleaned

    def begins_at(self):
        return moment(self.cleaned_data["day"], self.cleaned_data["at"])


class InviteForm(forms.Form):
    """Whom HR asks to choose a time: everybody who is in interview and was not asked, unless unticked."""

    applications = forms.ModelMultipleChoiceField(
        queryset=None,
        label="Who is invited",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose whom to invite"},
    )

    def __init__(self, *args, waiting, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["applications"]
        field.queryset, field.initial = waiting, [row.pk for row in waiting]
        field.label_from_instance = lambda row: f"{row.full_name} ({row.reference})"


class ForSomebodyForm(forms.Form):
    """The slot that HR chooses for an invited person who rang."""

    slot = forms.TypedChoiceField(
        label="Time", coerce=int, error_messages={"invalid_choice": "This time is gone"}
    )

    def __init__(self, *args, slots, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slot"].choices = [(slot.pk, slot.when) for slot in slots]


class CallOffForm(forms.Form):
    """Why a slot is called off."""

    reason = line_field("Why? Everybody concerned reads it: write no name", 300, required="Say why")
