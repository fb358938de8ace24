"""Examples for the gallery: one form with every widget, and the data of every component."""

import datetime
from dataclasses import dataclass

from django import forms

from design_system.fields import DatePartsField, LongTextField, MonthField
from design_system.forms import CreatesOnceMixin
from design_system.gallery_figures import FIGURES
from design_system.layout import (
    Buttons,
    Checkboxes,
    Details,
    Fieldset,
    Link,
    Paragraph,
    Question,
    Radios,
    Submit,
    form_helper,
)
from design_system.widgets import DatePartsWidget


@dataclass(frozen=True)
class ExampleFile:
    """Stands where a stored file would."""

    name: str
    url: str

    def __str__(self):
        return self.name


INITIAL = {
    "reference_letter": ExampleFile("letter-from-placement.pdf", "#id_reference_letter_group")
}


class ApplicationExample(CreatesOnceMixin, forms.Form):
    full_name = forms.CharField(
        label="Full name", error_messages={"required": "Enter your full name"}
    )
    email = forms.EmailField(
        label="E-mail address",
        help_text="We write here about this application and nothing else",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Enter an e-mail address, like name@example.org"},
    )
    weekly_hours = forms.DecimalField(
        label="Hours a week",
        error_messages={"required": "Enter the hours you would like"},
    )
    salary_now = forms.IntegerField(label="Salary now (optional)", required=False)
    password = forms.CharField(
        label="Choose a password",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Choose a password of 12 characters or more"},
    )
    district = forms.ChoiceField(
        label="Where would you like to work?",
        choices=[
            ("", "Choose a district"),
            ("andover", "Test Valley"),
            ("havant", "Havant"),
            ("hart", "Hart"),
        ],
        error_messages={"required": "Choose a district"},
    )
    contact_by = forms.ChoiceField(
        label="How should we reach you about an interview?",
        widget=forms.RadioSelect,
        choices=[("email", "E-mail"), ("phone", "Phone"), ("either", "Either is fine")],
        error_messages={"required": "Choose how we should reach you"},
    )
    phone = forms.CharField(
        label="Phone number",
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    full_time = forms.ChoiceField(
        label="Do you want to work full time?",
        widget=forms.RadioSelect,
        choices=[("yes", "Yes"), ("no", "No")],
        error_messages={"required": "Choose yes or no"},
    )
    adjustments = forms.MultipleChoiceField(
        label="What would help you at an interview?",
        help_text="Choose all that apply",
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("questions", "Questions sent the day before"),
            ("parking", "A parking space by the door"),
            ("signer", "A sign language interpreter"),
            ("none", "None of these"),
        ],
        error_messages={"required": "Choose what would help, or “None of these”"},
    )
    qualified_on = DatePartsField(
        label="When did you qualify?",
        help_text="For example, 27 3 2019",
        thing="The date you qualified",
        latest=datetime.date(2026, 12, 31),
    )
    began_on = MonthField(
        label="When did you begin your present job? (optional)",
        help_text="For example, 3 2019 or March 2019",
        thing="The month you began",
        required=False,
        latest=datetime.date(2026, 12, 31),
    )
    born_on = DatePartsField(
        label="Date of birth (optional)",
        thing="Your date of birth",
        required=False,
        widget=DatePartsWidget(birthday=True),
    )
    cv = forms.FileField(
        label="Your CV",
        help_text="PDF, Word or OpenDocument, up to 5 MB",
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.odt"}),
        error_messages={"required": "Choose the file with your CV"},
    )
    reference_letter = forms.FileField(
        label="A letter from your placement (optional)", required=False
    )
    statement = LongTextField(
        label="Why this job?",
        help_text="Tell us about work you have done with children and families",
        max_words=150,
        error_messages={"required": "Tell us why you want this job"},
    )
    notes = LongTextField(label="Anything else? (optional)", max_length=300, rows=3, required=False)
    agree = forms.BooleanField(
        label="What I have written is true",
        error_messages={"required": "Tick to say that what you have written is true"},
    )

    helper = form_helper(
        Fieldset(
            "About you",
            "full_name",
            "email",
            Question("weekly_hours", width="5", suffix="hours"),
            Question("salary_now", width="10", prefix="£"),
            "password",
            size="l",
        ),
        Question("district", label_size="m"),
        Radios(
            "contact_by",
            label_size="m",
            hints={"email": "Usually within two working days"},
            conditional={"phone": Question("phone", width="20")},
            divider_before="either",
        ),
        Radios("full_time", label_size="m", inline=True),
        Checkboxes("adjustments", label_size="m", none_of_these="none"),
        "qualified_on",
        "began_on",
        "born_on",
        "cv",
        "reference_letter",
        Question("statement", label_size="m"),
        Details("Is there something else we should know?", "notes"),
        Paragraph("You can change your answers until you submit them."),
        "agree",
        Buttons(
            Submit("Submit application", look="rose"),
            Submit("Save for later", look="secondary", name="later", value="1"),
            Link("Cancel", "#content"),
        ),
    )


class SearchExample(forms.Form):
    q = forms.CharField(label="Job or keyword", required=False)
    place = forms.CharField(label="Town or postcode", required=False)


class JobExample(forms.Form):
    employer = forms.CharField(label="Employer")
    started_on = DatePartsField(label="When did you start?", thing="The start date")


JobFormSet = forms.formset_factory(JobExample, extra=1)
JobFormSet.item_name = "Job"

VACANCY_TAGS = [
    {"text": "Closes soon", "colour": "rose"},
    {"text": "Permanent", "colour": "teal"},
    {"text": "Full time"},
]
COMPONENTS = {
    "tags": [
        {"text": "Permanent", "colour": "teal"},
        {"text": "Closes soon", "colour": "rose"},
        {"text": "Booked", "colour": "green"},
        {"text": "Waiting", "colour": "gold"},
        {"text": "Withdrawn", "colour": "grey"},
        {"text": "Full time", "colour": ""},
    ],
    "cards": [
        {
            "title": "Social worker, children in care",
            "tags": VACANCY_TAGS,
            "words": "Walk beside young people in Basingstoke as they settle and thrive.",
            "facts": [
                {"key": "Salary", "value": "£37,200 to £41,800"},
                {"key": "Place", "value": "Basingstoke"},
                {"key": "Closes", "value": "25 November 2026"},
            ],
            "urgent": True,
        },
        {
            "title": "Team manager, family help",
            "tags": [{"text": "Permanent", "colour": "teal"}],
            "words": "Lead ten people who help families in Havant early, before trouble grows.",
            "facts": [
                {"key": "Salary", "value": "£60,000 to £68,500"},
                {"key": "Place", "value": "Havant"},
                {"key": "Closes", "value": "14 December 2026"},
            ],
        },
        {
            "title": "Children and families support worker",
            "tags": [{"text": "Fixed term", "colour": "gold"}, {"text": "Part time"}],
            "words": "Help parents in Andover keep small worries small.",
            "facts": [
                {"key": "Salary", "value": "£27,200 to £30,300"},
                {"key": "Place", "value": "Andover"},
                {"key": "Closes", "value": "6 January 2027"},
            ],
        },
    ],
    "stories": [
        {
            "initials": "PM",
            "title": "“I came for a year. That was in 2014.”",
            "who": "Priya Marsh, team manager in Fareham",
            "words": "She began as a support worker and was helped to train on the job.",
        },
        {
            "initials": "TO",
            "title": "Back at work after nine years",
            "who": "Tom Okafor, social worker in Winchester",
            "words": "How returning to the register felt, week by week.",
        },
    ],
    "events": [
        {
            "day": datetime.date(2026, 12, 3),
            "title": "Meet the family help teams",
            "when": "5pm to 7pm",
            "where": "Eastleigh",
            "words": "Talk with social workers over tea. No need to book.",
        },
        {
            "day": datetime.date(2027, 1, 14),
            "title": "Questions about the apprenticeship",
            "when": "12.30pm to 1.15pm",
            "where": "online",
            "words": "",
        },
    ],
    "rows": [
        {"key": "Name", "value": "Amira Holt", "url": "#content"},
        {"key": "Address", "value": "4 Mill Lane\nRomsey", "url": "#content"},
        {"key": "Phone", "value": "", "url": "#content", "change": "phone number"},
        {"key": "Reference", "value": "HCC-1042-7"},
    ],
    "tasks": [
        {"text": "Tell us about you", "url": "#content", "status": "Completed"},
        {
            "text": "Add your work history",
            "url": "#content",
            "status": "In progress",
            "colour": "teal",
            "hint": "Every job since school, with a word about any gap",
        },
        {
            "text": "Write your statement",
            "url": "#content",
            "status": "Not started",
            "colour": "grey",
        },
        {"text": "Check and submit", "status": "Cannot start yet"},
    ],
    "tiles": [
        {
            "number": "12",
            "text": "new applications",
            "url": "#content",
            "colour": "rose",
        },
        {
            "number": "4",
            "text": "vacancies close this week",
            "url": "#content",
            "colour": "gold",
        },
        {"number": "31", "text": "people booked this month", "colour": "green"},
        {"number": "2½", "text": "days booked on average"},
    ],
    "steps": [
        {
            "title": "Tell us you are interested",
            "text": "A short form. It takes about five minutes.",
        },
        {
            "title": "Talk with an officer",
            "text": "Someone who knows the scheme rings you within a week.",
        },
        {
            "title": "Start your plan",
            "text": "Together you agree what you will do, and when you start.",
        },
    ],
    "entries": [
        {
            "title": "Submitted",
            "when": "2 November 2026",
            "text": "We sent you an e-mail with your reference.",
        },
        {
            "title": "Shortlisting",
            "when": "since 16 November 2026",
            "text": "Two people read each application.",
            "state": "now",
        },
        {"title": "Interviews", "when": "7 to 11 December 2026", "state": "next"},
    ],
    "crumbs": [
        {"text": "Home", "url": "/"},
        {"text": "Working here", "url": "#content"},
    ],
    **FIGURES,
}
