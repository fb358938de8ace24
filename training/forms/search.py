from django import forms
from django.conf import settings

from organisation.queries import find_place, nearest_spellings
from training.models import CourseFormat, Topic

BY_DATE, BY_DISTANCE = "date", "distance"
DATES = ["%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"]


class CourseSearchForm(forms.Form):
    """What is asked for on the list of courses. What makes no sense is told of and not searched for."""

    q = forms.CharField(label="Title or words", required=False, max_length=100)
    topic = forms.ChoiceField(
        label="Topic", required=False, choices=[("", "All topics"), *Topic.choices]
    )
    format = forms.ChoiceField(
        label="How it is held", required=False, choices=[("", "Any way"), *CourseFormat.choices]
    )
    place = forms.CharField(
        label="Near a town or postcode",
        help_text="Leaves out what is only online.",
        required=False,
        max_length=80,
    )
    radius = forms.TypedChoiceField(
        label="Within",
        required=False,
        coerce=int,
        empty_value=settings.DEFAULT_RADIUS,
        choices=[(miles, f"{miles} miles") for miles in settings.SEARCH_RADII],
    )
    counts = forms.BooleanField(label="Counts towards my five days", required=False)
    places = forms.BooleanField(label="Has places left", required=False)
    sort = forms.ChoiceField(
        label="Sort by",
        required=False,
        choices=[(BY_DATE, "Soonest first"), (BY_DISTANCE, "Nearest first")],
    )

    def __init__(self, query):
        """`query` is that of the address. What stands in it is shown again, right or wrong."""
        query = query.copy()
        query.setdefault("radius", str(settings.DEFAULT_RADIUS))
        super().__init__(query)
        # "from" cannot be the name of an attribute in Python.
        self.fields["from"] = _day("From", "Enter the first day like 27/3/2027")
        self.fields["to"] = _day("To", "Enter the last day like 27/3/2027")

    def clean_place(self):
        typed = self.cleaned_data["place"]
        if not typed:
            return None
        place = find_place(typed)
        if place is None:
            raise forms.ValidationError(_unknown(typed))
        return place

    def clean(self):
        given = super().clean()
        first, last = given.get("from"), given.get("to")
        if first and last and last < first:
            self.add_error("to", "This is before the first day. Give a later one.")
        if given.get("sort") == BY_DISTANCE and not given.get("place"):
            if "place" not in self.errors:
                self.add_error("place", "Give a town or postcode to sort by distance")
            given["sort"] = BY_DATE
        return given

    @property
    def asked(self):
        """What could be understood, as `find_courses` takes it."""
        given = self.cleaned_data
        return {
            "q": given.get("q", ""),
            "topic": given.get("topic", ""),
            "course_format": given.get("format", ""),
            "counts": given.get("counts", False),
            "first_day": given.get("from"),
            "last_day": given.get("to"),
            "near": given.get("place"),
            "radius": given.get("radius") or settings.DEFAULT_RADIUS,
            "with_places": given.get("places", False),
            "nearest_first": given.get("sort") == BY_DISTANCE,
        }


def _day(label, wrong):
    return forms.DateField(
        label=label,
        required=False,
        input_formats=DATES,
        # A text box shows again what was typed, right or wrong; a browser's own calendar would not.
        widget=forms.DateInput(format=DATES[0], attrs={"autocomplete": "off"}),
        help_text="Like 27/3/2027",
        error_messages={"invalid": wrong},
    )


def _unknown(typed):
    likely = nearest_spellings(typed)
    meant = f" Did you mean {' or '.join(likely)}?" if likely else ""
    return f"We do not know a place called “{typed}”.{meant}"
