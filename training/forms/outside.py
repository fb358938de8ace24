"""What somebody is asked about a course elsewhere: before, and when it is over."""

from django import forms
from django.utils import timezone

from design_system.fields import DatePartsField
from design_system.forms import CreatesOnceMixin
from design_system.layout import (
    Buttons,
    Fieldset,
    Link,
    Question,
    Radios,
    Submit,
    form_helper,
)
from design_system.lines import LinkField, OneLineField, ParagraphsField
from organisation.half_days import AFTERNOON, MORNING, HalfDay
from training.forms.money import PoundsField
from training.models import CourseFormat, Topic
from training.models.outside import latest_day_to_ask_for

DEAREST = 20_000  # pounds
YES, NO = "yes", "no"


def _latest():
    return latest_day_to_ask_for(timezone.localdate())


class OutsideStartForm(forms.Form):
    """What it is called and about, so that the council's own courses like it can be shown first."""

    title = OneLineField(
        label="What is the course called?",
        max_length=150,
        error_messages={"required": "Enter what the course is called"},
    )
    topic = forms.ChoiceField(
        label="What is it about?",
        choices=[("", "Choose a topic"), *Topic.choices],
        error_messages={"required": "Choose what it is about"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper("title", "topic", Submit("Continue"), method="get")


class OutsideCourseForm(CreatesOnceMixin, OutsideStartForm):
    """Everything that the manager and workforce development need to decide about a course elsewhere."""

    why_not_own = ParagraphsField(
        label="Why does none of our own courses fit?",
        help_text="We list them above.",
        max_length=500,
        rows=3,
        error_messages={"required": "Say why none of our own courses fits"},
    )
    provider = OneLineField(
        label="Who runs it?",
        help_text="The name of the training provider or university.",
        max_length=120,
        error_messages={"required": "Enter who runs it"},
    )
    link = LinkField(
        label="A link to its page (you can leave this empty)",
        required=False,
        max_length=200,
        error_messages={"invalid": "Enter a link like https://www.example.org/course"},
    )
    format = forms.ChoiceField(
        label="How is it held?",
        choices=CourseFormat.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it is held"},
    )
    place_name = OneLineField(
        label="Where? (leave this empty for an online course)", required=False, max_length=120
    )
    first_day = DatePartsField(
        label="First day",
        thing="The first day",
        latest=_latest,
        help_text="Two years ahead at most.",
    )
    first_half = forms.TypedChoiceField(
        label="It begins",
        coerce=int,
        choices=[(MORNING, "In the morning"), (AFTERNOON, "At 1pm or later")],
        initial=MORNING,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when it begins"},
    )
    last_day = DatePartsField(label="Last day", thing="The last day", latest=_latest)
    last_half = forms.TypedChoiceField(
        label="It ends",
        coerce=int,
        choices=[(MORNING, "By 1pm"), (AFTERNOON, "In the afternoon")],
        initial=AFTERNOON,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when it ends"},
    )
    cost_pence = PoundsField(
        label="What does it cost, with travel?",
        help_text="Enter 0 if it is free.",
        most=DEAREST,
        error_messages={"required": "Enter what it costs, or 0 if it is free"},
    )
    reason = ParagraphsField(
        label="Why this course, and why now?",
        help_text="Your manager and workforce development read this.",
        max_length=1000,
        rows=4,
        error_messages={"required": "Say why, in a sentence or two"},
    )

    def __init__(self, *args, own_courses, **kwargs):
        super().__init__(*args, **kwargs)
        self.own_courses = own_courses
        self.asked_already = None  # the same course, where the person has asked for it before
        if not own_courses:
            del self.fields["why_not_own"]
        self.helper = form_helper(
            *(["why_not_own"] if own_courses else []),
            Fieldset("The course", "title", "topic", "provider", "link", "format", "place_name"),
            Fieldset(
                "When it is",
                "first_day",
                Radios("first_half", inline=True),
                "last_day",
                Radios("last_half", inline=True),
            ),
            Fieldset(
                "Why, and what it costs", Question("cost_pence", width="10", prefix="£"), "reason"
            ),
            Submit("Ask for this course", look="rose"),
        )

    def clean(self):
        given = super().clean()
        if given.get("format") == CourseFormat.IN_PERSON and not given.get("place_name"):
            self.add_error("place_name", "Enter where it is held")
        first, last = self._half_day("first"), self._half_day("last")
        if first and last and last < first:
            self.add_error("last_day", "It must end after it begins")
        given["first"], given["last"] = first, last
        return given

    @property
    def facts(self):
        """What was given, as `ask_for_outside_course` takes it."""
        given = self.cleaned_data
        names = ("title", "topic", "provider", "link", "format", "place_name", "cost_pence")
        return {
            **{name: given[name] for name in (*names, "reason", "one_time_key", "first", "last")},
            "why_not_own": given.get("why_not_own", ""),
            "own_courses": self.own_courses,
        }

    def _half_day(self, which):
        day, half = (self.cleaned_data.get(f"{which}_{part}") for part in ("day", "half"))
        return None if day is None or half is None else HalfDay(day, half)


class OutcomeForm(forms.Form):
    """How an outside course went, and what the person would tell a colleague about it.

    Whoever answers for somebody who has left (not `is_own`) writes no review.
    """

    took_place = forms.ChoiceField(
        label="Did it take place, with you there?",
        choices=[(YES, "Yes"), (NO, "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no"},
    )
    half_days = forms.IntegerField(
        label="How many half days were you there?",
        required=False,
        min_value=1,
        error_messages={"invalid": "Enter a whole number of half days"},
    )
    cost_pence = PoundsField(
        label="What did it cost in the end, with travel?",
        help_text="If it did not take place: what we have to pay anyway. Enter 0 for nothing.",
        most=DEAREST,
        error_messages={"required": "Enter what it cost, or 0 for nothing"},
    )
    cost_reason = ParagraphsField(
        label="If it cost more than was agreed: why?", required=False, max_length=500, rows=2
    )
    words = ParagraphsField(
        label="What would you tell a colleague about it? (you can leave this empty)",
        help_text="Everybody who works here can read this. Do not name a child or a family.",
        required=False,
        max_length=1500,
        rows=5,
    )
    recommends = forms.ChoiceField(
        label="Would you recommend it?",
        choices=[(YES, "Yes"), (NO, "No")],
        widget=forms.RadioSelect,
        required=False,
    )
    may_be_named = forms.BooleanField(
        label="Show my name with it", required=False, help_text="Without this, nobody is named."
    )

    def __init__(self, *args, outside, is_own=True, **kwargs):
        kwargs.setdefault(
            "initial", {"half_days": outside.half_days, "cost_pence": outside.cost_pence}
        )
        super().__init__(*args, **kwargs)
        review = ["words", Radios("recommends", inline=True), "may_be_named"]
        review = [Fieldset("For your colleagues", *review)]
        if not is_own:
            review = []
            for name in ("words", "recommends", "may_be_named"):
                del self.fields[name]
            self.fields["took_place"].label = f"Was {outside.person.full_name} there?"
            self.fields["half_days"].label = "For how many half days?"
        self.outside = outside
        self.fields["half_days"].help_text = f"At most {outside.half_days}. A whole day is 2."
        self.helper = form_helper(
            Radios(
                "took_place",
                inline=False,
                conditional={YES: [Question("half_days", width="3")]},
            ),
            Question("cost_pence", width="10", prefix="£"),
            "cost_reason",
            *review,
            Buttons(Submit("Send", look="rose"), Link("Cancel", outside.get_absolute_url())),
        )

    def clean(self):
        given = super().clean()
        half_days = given.get("half_days")
        if given.get("took_place") == YES and "half_days" not in self.errors:
            if half_days is None:
                self.add_error("half_days", "Enter how many half days you were there")
            elif half_days > self.outside.half_days:
                most = self.outside.half_days
                self.add_error("half_days", f"It was approved for {most} half days at most")
        cost = given.get("cost_pence")
        if cost is not None and cost > self.outside.cost_pence and not given.get("cost_reason"):
            words = f"{self.outside.cost_words} was agreed. Say why it cost more"
            self.add_error("cost_reason", words)
        if given.get("words") and not given.get("recommends"):
            self.add_error("recommends", "Choose if you would recommend it")
        return given

    @property
    def facts(self):
        """What was given, as `tell_outcome` takes it."""
        given = self.cleaned_data
        facts = {
            "half_days": given["half_days"] if given["took_place"] == YES else 0,
            "cost_pence": given["cost_pence"],
            "cost_reason": given["cost_reason"],
        }
        if given.get("words"):
            facts["review"] = {
                "words": given["words"],
                "recommends": given["recommends"] == YES,
                "may_be_named": given["may_be_named"],
            }
        return facts


class ReviewSearchForm(forms.Form):
    """What reviews of outside courses to look for."""

    q = OneLineField(label="Course, provider or words", required=False, max_length=100)
    topic = forms.ChoiceField(
        label="Topic", required=False, choices=[("", "Any topic"), *Topic.choices]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper("q", "topic", Submit("Search"), method="get")
