"""What officers fill in to plan sessions, decide about them and send lists of people."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from design_system.lines import OneLineField
from organisation.sheets.problems import UnfitFile
from training.actions.session_checks import (
    refuse_bad_plan,
    refuse_clashes,
    refuse_fewer_places_than_held,
)
from training.exceptions import BookingRefused, CapacityBelowBookings, PlanRefused
from training.models import Course, Room, Session
from training.queries.planning import series_dates, sessions_in_the_way
from training.session_files import from_text, read_list

WEEKS_APART = [(1, "Every week"), (2, "Every two weeks"), (4, "Every four weeks")]
LARGEST_TEXT = 1_000_000


class SessionForm(forms.ModelForm):
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


def take_place_from_room(given):
    """Give a session without a place of its own the name and the point of its room."""
    room = given.get("room")
    if room and not given.get("place_name"):
        given |= {
            "place_name": room.name,
            "latitude": room.latitude,
            "longitude": room.longitude,
        }


def refuse_on_fields(form, wanted):
    """Put what stands in the way of a session beside the fields of the form."""
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
        if given["ends"] <= given["starts"]:
            self.add_error("ends", "It must end after it begins.")
        if given["first_on"] <= timezone.localdate():
            self.add_error("first_on", "Choose a day after today.")
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
        return given

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


def people_who_train():
    """Return who may be asked to lead a session: trainers, practice educators and who has led one."""
    roles = Q(roles__contains=["trainer"]) | Q(roles__contains=["practice_educator"])
    led = Q(pk__in=Session.objects.filter(trainer__isnull=False).order_by().values("trainer"))
    left = Q(staff_member__left_on__lt=timezone.localdate())
    return (
        User.objects.filter(roles | led, is_active=True).exclude(left).order_by("full_name", "pk")
    )


class CancelForm(forms.Form):
    reason = OneLineField(
        label="Reason they are told",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text="Everybody listed reads it as you write it.",
    )


class PutOffForm(forms.Form):
    decide_on = forms.DateField(label="Decide on", widget=DateInput)


class PeopleListForm(forms.Form):
    """A list to look at, then its rows sent back to be applied. Either is read anew each time."""

    file = forms.FileField(
        label="File",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    text = forms.CharField(
        required=False, widget=forms.HiddenInput, strip=False, max_length=LARGEST_TEXT
    )
    waits_when_full = forms.BooleanField(
        label="Who finds no place waits for one", required=False, initial=True
    )

    def __init__(self, *args, needed, **kwargs):
        super().__init__(*args, **kwargs)
        self.needed = needed

    def clean(self):
        given = super().clean()
        file = given.get("file")
        if self.errors:
            return given
        if not file and not given.get("text"):
            raise forms.ValidationError("Choose a file.")
        try:
            self.rows = read_list(file, self.needed) if file else from_text(given["text"])
        except UnfitFile as problem:
            raise forms.ValidationError(str(problem)) from problem
        return given
