"""What somebody is asked about a seminar or conference that they have been to."""

from django import forms
from django.conf import settings
from django.utils import timezone

from design_system.fields import DatePartsField
from design_system.forms import CreatesOnceMixin
from design_system.layout import Question, Submit, form_helper
from design_system.lines import LinkField, OneLineField, ParagraphsField
from training.models import Topic
from training.models.attended import MOST_HALF_DAYS


class AttendedForm(CreatesOnceMixin, forms.Form):
    """What it was, when, how long, what was learned, and what shows it."""

    title = OneLineField(
        label="What was it?",
        help_text="Its name, like “Winter conference on foster care”.",
        max_length=150,
        error_messages={"required": "Enter what it was"},
    )
    organiser = OneLineField(
        label="Who held it?",
        max_length=120,
        error_messages={"required": "Enter who held it"},
    )
    topic = forms.ChoiceField(
        label="What was it about?",
        choices=[("", "Choose a topic"), *Topic.choices],
        error_messages={"required": "Choose what it was about"},
    )
    on = DatePartsField(
        label="When was it?",
        thing="The day",
        latest=timezone.localdate,
        help_text="The first day, if it was more than one. This year or last.",
    )
    half_days = forms.IntegerField(
        label="How many half days were you there?",
        help_text="A whole day is 2. We count from Monday to Friday. Log a weekend on its own.",
        min_value=1,
        max_value=MOST_HALF_DAYS,
        error_messages={
            "required": "Enter how many half days you were there",
            "invalid": "Enter a whole number of half days",
            "max_value": f"Enter {MOST_HALF_DAYS} half days at most. Log a longer one week by week",
        },
    )
    learned = ParagraphsField(
        label="What did you learn?",
        help_text="A few sentences. Your manager reads them. Do not name a child or a family.",
        max_length=1500,
        rows=5,
        error_messages={"required": "Say what you learned, in a sentence or two"},
    )
    link = LinkField(
        label="A link to its page (you can leave this empty)",
        required=False,
        max_length=200,
        error_messages={"invalid": "Enter a link like https://www.example.org/conference"},
    )
    file = forms.FileField(
        label="A file that shows you were there (you can leave this empty)",
        required=False,
        allow_empty_file=True,  # our own words say that it is empty
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.odt,.jpg,.jpeg,.png"}),
        error_messages={"max_length": "The file’s name is too long. Give it a shorter one"},
        max_length=200,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        largest = settings.EVIDENCE_LARGEST_BYTES / 1024 / 1024
        self.fields[
            "file"
        ].help_text = f"A certificate or a ticket: a PDF, a Word document, or a photo of it, up to {largest:g} MB."
        self.helper = form_helper(
            "title",
            "organiser",
            "topic",
            "on",
            Question("half_days", width="3"),
            "learned",
            "link",
            "file",
            Submit("Send to my manager", look="rose"),
        )


class AnswerForm(forms.Form):
    """The answer to what the manager asked."""

    answer = ParagraphsField(
        label="Your answer",
        max_length=1000,
        rows=4,
        error_messages={"required": "Write an answer"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper("answer", Submit("Send", look="rose"))
