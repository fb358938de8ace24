"""What the readers fill in around a self-declaration, and HR to name them."""

from django import forms
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from applications.forms.boxes import VersionedForm, line, paragraphs
from applications.forms.self_declaration import LONGEST
from applications.states import AssessmentAbout, AssessmentOutcome, SearchOutcome
from design_system.fields import DatePartsField
from design_system.layout import (
    Buttons,
    Fieldset,
    Paragraph,
    Question,
    Radios,
    Submit,
    form_helper,
)


class SearchForm(forms.Form):
    """What a reader searched online, where and for what, and what came of it."""

    searched_on = DatePartsField(thing="The day of the search", label="When did you search?")
    places = paragraphs(
        "Where did you search?",
        LONGEST,
        required="Say where you searched",
        hint="For example a search engine, and which sites.",
        rows=3,
    )
    terms = paragraphs(
        "What did you search for?", LONGEST, required="Say what you searched for", rows=2
    )
    outcome = forms.ChoiceField(
        label="What came of it?",
        choices=SearchOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what came of it"},
    )
    finding = paragraphs(
        "What must be talked about?",
        LONGEST,
        hint="The applicant reads these words. Write only what matters for safety in this job, and "
        "nothing about religion, health, family, politics or the like.",
    )

    def __init__(self, *args, told_on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["searched_on"].earliest = told_on
        self.fields["searched_on"].latest = timezone.localdate()
        talk = {SearchOutcome.TO_TALK_ABOUT.value: [Question("finding")]}
        self.helper = form_helper(
            Question("searched_on"),
            Question("places"),
            Question("terms"),
            Radios("outcome", conditional=talk),
            Submit("Record the search"),
        )

    def clean(self):
        cleaned = super().clean()
        to_talk = cleaned.get("outcome") == SearchOutcome.TO_TALK_ABOUT
        if to_talk and "finding" not in self.errors and not cleaned.get("finding"):
            self.add_error("finding", "Say what must be talked about")
        return cleaned


class AboutForm(forms.Form):
    """What a risk assessment is about."""

    about = forms.ChoiceField(choices=AssessmentAbout.choices)


class AssessmentForm(VersionedForm):
    """What each factor comes to, and the summary the applicant reads."""

    def __init__(self, data=None, *, assessment, sharing=False):
        notes = {f"factor_{name}": said for name, said in assessment.notes.items()}
        saved = {"version": assessment.version, "summary": assessment.summary, **notes}
        super().__init__(data, initial=saved)
        for name, label in settings.DISCLOSURE_FACTORS.items():
            missing = "Write something, if only that it does not matter here" if sharing else ""
            self.fields[f"factor_{name}"] = paragraphs(label, LONGEST, required=missing, rows=3)
        self.fields["summary"] = paragraphs(
            "What the applicant reads",
            LONGEST,
            required="Write what the applicant reads" if sharing else "",
            hint="What we look at, and what we would like to hear about. Nothing about anybody else.",
        )
        factors = [Question(f"factor_{name}") for name in settings.DISCLOSURE_FACTORS]
        self.helper = form_helper(
            Question("version"),
            Fieldset("What each factor comes to", *factors),
            Question("summary", label_size="m"),
            Paragraph(
                "The applicant reads only the last box, and can reply to it. The factors are not in the "
                "file we give them of what we hold: our data protection officer is asked for them."
            ),
            Buttons(
                Submit("Save", name="save", value="1", look="secondary"),
                Submit("Give it to the applicant", name="share", value="1"),
            ),
        )

    def answers(self):
        """Return what the action takes."""
        cleaned = self.cleaned_data
        notes = {name: cleaned[f"factor_{name}"] for name in settings.DISCLOSURE_FACTORS}
        return {
            "notes": {name: said for name, said in notes.items() if said},
            "summary": cleaned["summary"],
            "version": cleaned["version"],
        }


READERS_ALONE = (
    "Readers alone see this. It is not in the file we give the applicant of what we hold: our data "
    "protection officer is asked for it."
)


class DecisionForm(forms.Form):
    """What the first of the two readers proposes and signs."""

    outcome = forms.ChoiceField(
        label="What does it come to?",
        choices=AssessmentOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it comes to"},
    )
    measures = paragraphs(
        "Which measures?", LONGEST, hint=f"Who does what, until when. {READERS_ALONE}", rows=4
    )
    reason = paragraphs("Why?", LONGEST, required="Say why", hint=READERS_ALONE, rows=4)
    sentence = paragraphs(
        "The sentence for the applicant",
        500,
        required="Write the sentence for the applicant",
        hint="HR reads it too, so it says nothing of what was told.",
        rows=3,
    )
    review_on = DatePartsField(
        thing="The date of the review",
        label="When do you look at it again?",
        earliest=timezone.localdate,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        measures = {AssessmentOutcome.WITH_MEASURES.value: [Question("measures")]}
        self.fields["review_on"].latest = _latest_review
        self.helper = form_helper(
            Radios("outcome", conditional=measures),
            Question("reason"),
            Question("sentence"),
            Question("review_on"),
            Submit("Propose and sign", name="propose", value="1"),
        )

    def clean(self):
        cleaned = super().clean()
        with_measures = cleaned.get("outcome") == AssessmentOutcome.WITH_MEASURES
        if with_measures and "measures" not in self.errors and not cleaned.get("measures"):
            self.add_error("measures", "Say which measures")
        return cleaned


def _latest_review():
    today = timezone.localdate()
    year = today.year + settings.DISCLOSURE_REVIEW_YEARS
    return today.replace(year=year, day=min(today.day, 28))


class ReaderForm(forms.Form):
    """Whom HR names to read, and what they do here: the applicant sees both."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        error_messages={
            "required": "Type the e-mail address of a colleague.",
            "invalid": "Type an e-mail address, like name@example.org.",
        },
    )
    job_title = line(
        "What they do here (applicants see it)", 100, required="Say what they do here."
    )

    def person(self):
        """Return whom the address belongs to, or None."""
        email = self.cleaned_data["email"].lower()
        return User.objects.filter(email=email, is_active=True).first()
