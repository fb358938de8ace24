"""What officers fill in to plan a session or a series of them."""

from datetime import date, timedelta

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from accounts.models import User
from design_system.lines import OneLineField
from training.actions.session_checks import (
    refuse_bad_plan,
    refuse_clashes,
    refuse_fewer_places_than_held,
)
from training.exceptions import (
    BookingRefused,
    CapacityBelowBookings,
    DecisionPutOffBadly,
    PlanRefused,
)
from training.forms.undoing import RefusesToUndoOthers
from training.models import Course, Room, Session
from training.queries.planning import (
    at,
    people_who_train,
    refuse_bad_times,
    refuse_trainer,
    series_dates,
    sessions_in_the_way,
)
from training.rules import last_day_to_plan

WEEKS_APART = [(1, "Every week"), (2, "Every two weeks"), (4, "Every four weeks")]
# Nothing was planned here before. What is typed with an earlier day is a slip of the key.
FIRST_DAY = date(2000, 1, 1)


class SessionForm(RefusesToUndoOthers, forms.ModelForm):
    """A session. What stands in its way is said beside the field that has to change."""

    class Meta:
        model = Session
        fields = [
            "course",
            "starts_at",
            "ends_at",
            "half_days",
            "trainer",
            "room",
            "place_name",
            "latitude",
            "longitude",
            "online_link",
            "capacity",
            "minimum_people",
            "decide_on",
        ]
        help_texts = {
            "place_name": "Left empty, the name of the room.",
            "minimum_people": "With fewer, you are asked on the decision date. Nothing is cancelled "
            "by itself.",
            "decide_on": "Before the day of the session, so that people can be told.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        keep_to_the_earth(self)

    def clean_starts_at(self):
        return day_within_reach(self.cleaned_data["starts_at"])

    def clean_ends_at(self):
        return day_within_reach(self.cleaned_data["ends_at"])

    def clean_trainer(self):
        trainer = self.cleaned_data["trainer"]
        if "trainer" in self.changed_data:
            said_beside(self, "trainer", refuse_trainer, trainer)
        return trainer

    def clean_decide_on(self):
        day = self.cleaned_data["decide_on"]
        if day and "decide_on" in self.changed_data and day <= timezone.localdate():
            raise forms.ValidationError(str(DecisionPutOffBadly()))
        return day

    def clean(self):
        given = super().clean()
        take_place_from_room(given)
        if self.errors or given["ends_at"] <= given["starts_at"]:
            return given
        # A copy, so that nothing of what was typed is taken for what is stored.
        wanted = Session(pk=self.instance.pk, **{name: given[name] for name in self.Meta.fields})
        wanted.requests_open_at = self.instance.requests_open_at
        wanted.requests_close_at = self.instance.requests_close_at
        refuse_on_fields(self, wanted)
        return given


class RoomForm(forms.ModelForm):
    class Meta:
        model = Room
        fields = ["name", "places", "latitude", "longitude"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        keep_to_the_earth(self)


def take_place_from_room(given):
    """Give a session without a place of its own the name and the point of its room."""
    room = given.get("room")
    if room and not given.get("place_name"):
        given |= {
            "place_name": room.name,
            "latitude": room.latitude,
            "longitude": room.longitude,
        }


def day_within_reach(moment):
    """Return a moment, or refuse it when its day is a slip of the key."""
    refuse_far_day(timezone.localdate(moment))
    return moment


def refuse_far_day(day):
    """Refuse a day that is years away either way."""
    last = last_day_to_plan(timezone.localdate())
    if day < FIRST_DAY:
        raise forms.ValidationError("Enter a real date")
    if day > last:
        years = settings.SESSIONS_WITHIN_MONTHS // 12
        raise forms.ValidationError(
            f"Choose a day by {last:%-d %B %Y}: {years} years ahead is the most."
        )


def keep_to_the_earth(form):
    """Let no latitude or longitude be that is nowhere."""
    for name, most in (("latitude", 90), ("longitude", 180)):
        if name in form.fields:  # Not for those who may only look.
            bounds = [MinValueValidator(-most), MaxValueValidator(most)]
            form.fields[name].validators = [*form.fields[name].validators, *bounds]


def said_beside(form, field, check, *given):
    """Run a check that may refuse a plan, and put what it says beside a field."""
    try:
        check(*given)
    except PlanRefused as refusal:
        form.add_error(field or refusal.field, str(refusal))


def refuse_on_fields(form, wanted):
    """Put what stands in the way of a session beside the fields of the form."""
    said_beside(form, None, refuse_bad_times, wanted)
    for field, other in sessions_in_the_way(wanted):
        who = other.trainer.full_name if field == "trainer" else other.room.name
        words = f"{who} has {other.course.title} in the same half day ({other.when})."
        form.add_error(field, words)
    if form.errors:
        return
    try:
        refuse_bad_plan(wanted, form.instance.starts_at)
        if wanted.pk:
            refuse_fewer_places_than_held(wanted)
            refuse_clashes(wanted)
    except CapacityBelowBookings as refusal:
        form.add_error("capacity", str(refusal))
    except PlanRefused as refusal:
        form.add_error(refusal.field, str(refusal))
    except BookingRefused as refusal:
        form.add_error("starts_at", str(refusal))


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self):
        super().__init__(format="%H:%M")


class TrainerField(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return user.full_name


class SeriesForm(forms.Form):
    """Sessions on one day of several weeks, at the same time of day."""

    course = forms.ModelChoiceField(Course.objects.filter(is_offered=True))
    name = OneLineField(
        label="Name of the series",
        max_length=120,
        help_text="Such as: Signs of Safety, spring 2027.",
    )
    first_on = forms.DateField(label="First date", widget=DateInput)
    starts = forms.TimeField(label="Begins at", widget=TimeInput)
    ends = forms.TimeField(label="Ends at", widget=TimeInput)
    half_days = forms.IntegerField(
        label="Half days each",
        min_value=1,
        max_value=2,
        help_text="How many half days attending one counts for: 1 for a morning, 2 for a day.",
    )
    every_weeks = forms.TypedChoiceField(label="How often", choices=WEEKS_APART, coerce=int)
    number = forms.IntegerField(label="How many sessions", min_value=2)
    leaves_out_holidays = forms.BooleanField(
        label="Leave out bank holidays", required=False, initial=True
    )
    trainer = TrainerField(User.objects.none(), required=False)
    room = forms.ModelChoiceField(Room.objects.all(), required=False)
    place_name = OneLineField(
        label="Place", max_length=120, required=False, help_text="Left empty, the name of the room."
    )
    online_link = forms.URLField(label="Online link", required=False, assume_scheme="https")
    capacity = forms.IntegerField(label="Places", min_value=1, max_value=1000)
    minimum_people = forms.IntegerField(
        label="Goes ahead with", min_value=1, required=False, help_text="Empty: with anybody."
    )
    decide_days_before = forms.IntegerField(
        label="Decided so many days before", min_value=1, max_value=90, required=False
    )

    SHARED = ["course", "half_days", "trainer", "room", "place_name", "online_link", "capacity",
              "minimum_people"]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].max_value = settings.SERIES_MOST_SESSIONS
        self.fields["trainer"].queryset = people_who_train()

    def clean_first_on(self):
        first = self.cleaned_data["first_on"]
        refuse_far_day(first)
        return first

    def clean_number(self):
        number = self.cleaned_data["number"]
        if number > settings.SERIES_MOST_SESSIONS:
            raise forms.ValidationError(
                f"A series has at most {settings.SERIES_MOST_SESSIONS} sessions."
            )
        return number

    def clean(self):
        given = super().clean()
        take_place_from_room(given)
        if self.errors:
            return given
        if not given["place_name"] and not given["online_link"]:
            self.add_error("place_name", "Give a room, a place or a link.")
        if bool(given["minimum_people"]) != bool(given["decide_days_before"]):
            self.add_error(
                "decide_days_before", "Give both the fewest people and when that is decided."
            )
        if given["minimum_people"] and given["minimum_people"] > given["capacity"]:
            self.add_error("minimum_people", "It cannot need more people than it has places.")
        if given["room"] and given["capacity"] > given["room"].places:
            room = given["room"]
            self.add_error("capacity", f"{room.name} holds {room.places} people.")
        self._refuse_times(given)
        return given

    def _refuse_times(self, given):
        first, before = given["first_on"], given.get("decide_days_before")
        if first <= timezone.localdate():
            self.add_error("first_on", "Choose a day after today.")
        elif before and first - timedelta(days=before) <= timezone.localdate():
            words = "Choose fewer days: the first would have to be decided on a day after today."
            self.add_error("decide_days_before", words)
        starts, ends = at(first, given["starts"]), at(first, given["ends"])
        if ends <= starts:
            self.add_error("ends", "It must end after it begins.")
            return
        try:
            refuse_bad_times(Session(starts_at=starts, ends_at=ends, half_days=given["half_days"]))
        except PlanRefused as refusal:
            self.add_error("ends" if refusal.field == "ends_at" else refusal.field, str(refusal))

    def dates(self):
        """Return the SeriesDates of what was filled in, each with what it clashes with."""
        given = self.cleaned_data
        dates = series_dates(
            given["first_on"],
            given["starts"],
            given["ends"],
            number=given["number"],
            every_weeks=given["every_weeks"],
            leaves_out_holidays=given["leaves_out_holidays"],
        )
        for row in dates:
            wanted = Session(
                starts_at=row.starts_at,
                ends_at=row.ends_at,
                trainer=given["trainer"],
                room=given["room"],
            )
            row.clashes = [] if row.holiday else sessions_in_the_way(wanted)
        return dates

    def shared(self):
        """Return what all sessions of the series share, as fields of Session."""
        given = self.cleaned_data
        room = given["room"]
        point = {"latitude": room.latitude, "longitude": room.longitude} if room else {}
        return {name: given[name] for name in self.SHARED} | point

    def times(self, dates):
        """Return the (start, end, decision date) of each of some dates."""
        before = self.cleaned_data["decide_days_before"]
        return [
            (row.starts_at, row.ends_at, row.on - timedelta(days=before) if before else None)
            for row in dates
        ]
