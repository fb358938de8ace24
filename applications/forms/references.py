"""What a referee is asked, what HR writes down for one, and how a referee is reached.

Nobody is asked about health or absence (Equality Act 2010, section 60). Allegations that were found to be
false, malicious, unfounded or not substantiated are kept out in so many words ("Keeping children safe in
education", part 3 and 4, which councils follow by analogy).
"""

from django import forms
from django.conf import settings
from django.utils import timezone

from applications.forms.boxes import YesNoField, line, paragraphs
from applications.forms.rows import earliest, month, refuse_an_end_before_the_beginning
from applications.models import RefereeKind
from applications.states import TakenHow
from design_system.fields import DatePartsField
from design_system.forms import CreatesOnceMixin
from design_system.layout import Buttons, Fieldset, Link, Question, Radios, Submit, form_helper

LONGEST = settings.REFERENCE_LONGEST_ANSWER
# What a referee saved to come back to is no longer than every box together can be.
LONGEST_DRAFT = 12 * LONGEST
THEIR_WORK = {
    RefereeKind.EMPLOYER: ("Their work with you", "What was their job title?"),
    RefereeKind.EDUCATOR: ("Their time with you", "Which course or placement was it?"),
}
# Each question about safety, the answer that asks for more words, and what those are called.
MORE = {
    "would_employ_again": ("no", "not_again_why", "Say why you would not"),
    "has_disciplinary": ("yes", "disciplinary", "Say what it was about and what came of it"),
    "has_concern": ("yes", "concern", "Say what your concern is"),
    "has_allegation": ("yes", "allegation", "Say what was found, and what came of it"),
}
SAFEGUARDING_HINT = (
    "This job is with children. What you tell us is read by the recruitment team only, and weighed by "
    "people."
)


def said(label, *, required="", hint=""):
    return YesOrNo(label, required=required, hint=hint)


class YesOrNo(YesNoField):
    """A question whose answer is kept as the word yes or no, or as nothing."""

    def __init__(self, label, *, required, hint=""):
        super().__init__(label, required=required, hint=hint)
        self.required = bool(required)
        self.coerce = str

    def prepare_value(self, value):
        return value


def words(label, *, required="", hint="", rows=4):
    return paragraphs(label, LONGEST, required=required, hint=hint, rows=rows)


class AnswersForm(forms.Form):
    """What is asked about the applicant, whoever fills it in. `kind` is the RefereeKind.

    Somebody who only knows the applicant well is asked nothing about a job.
    """

    known_how = words("How do you know them, and for how long?", rows=3)
    job_title = line("What was their job title?", 150)
    began_on = month("When did they begin?", "The first month", required=False)
    is_present = said("Are they still with you?")
    ended_on = month("When did they leave?", "The last month", required=False)
    reason_for_leaving = line("Why did they leave?", 300)
    performance = words("How well did they do the work?")
    would_employ_again = said("Would you employ them again?")
    not_again_why = words("Why not?", rows=3)
    has_disciplinary = said("Was there disciplinary action that still counts?")
    disciplinary = words("What was it about, and what came of it?", rows=3)
    has_concern = said("Do you have any concern about them working with children?")
    concern = words("What is your concern?", rows=3)
    has_allegation = said("Was any allegation about children found to be substantiated?")
    allegation = words("What was found, and what came of it?", rows=3)
    anything_else = words("Is there anything else we should know? (optional)", rows=3)
    given_by = line("Your full name", 150)
    given_as = line("Your position", 150)

    # The boxes about a job, and those that are asked of somebody who employed or taught them.
    OF_WORK = ("job_title", "began_on", "is_present", "ended_on", "reason_for_leaving")
    OF_EMPLOYER = ("would_employ_again", "not_again_why", "has_disciplinary", "disciplinary")

    def __init__(self, data=None, *, kind, initial=None):
        super().__init__(data, initial=initial)
        self.kind = kind
        left_out = self.OF_WORK if kind == RefereeKind.CHARACTER else ()
        left_out += () if kind == RefereeKind.EMPLOYER else self.OF_EMPLOYER
        for name in left_out:
            del self.fields[name]
        if kind in THEIR_WORK:
            self.fields["job_title"].label = THEIR_WORK[kind][1]

    def clean(self):
        cleaned = super().clean()
        for question, (asks_more, box, complaint) in MORE.items():
            if cleaned.get(question) != asks_more and box in cleaned:
                cleaned[box] = ""  # it was not asked for
                self.errors.pop(box, None)
            elif cleaned.get(question) == asks_more and cleaned.get(box) == "":
                self.add_error(box, complaint)
        self._check_the_end(cleaned)
        return cleaned

    def _check_the_end(self, cleaned):
        if cleaned.get("is_present") == "yes":
            cleaned |= {"ended_on": None, "reason_for_leaving": ""}
            for name in ("ended_on", "reason_for_leaving"):
                self.errors.pop(name, None)
        elif cleaned.get("ended_on") and not cleaned.get("began_on") and "began_on" in cleaned:
            self.add_error("began_on", "Enter the first month")
        refuse_an_end_before_the_beginning(self, cleaned)

    def answers(self):
        """Return what was said by the names of the fields of a Reference."""
        own = {
            name: self.cleaned_data[name] for name in AnswersForm.base_fields if name in self.fields
        }
        if "is_present" in own:
            own["is_present"] = {"yes": True, "no": False}.get(own["is_present"])
        return own


class ReferenceForm(AnswersForm):
    """The page that a referee fills in. What they saved to come back to is its `initial`, as typed."""

    is_true = forms.BooleanField(
        label="What I have written is true and complete, as far as I know",
        error_messages={"required": "Tick the box to say that it is true"},
    )

    REQUIRED = {
        "known_how": "Say how you know them and for how long",
        "job_title": "Enter their job title, or the course",
        "began_on": "Enter the month in which they began",
        "is_present": "Select yes if they are still with you",
        "performance": "Say how well they did the work, or what you have seen of them",
        "would_employ_again": "Select yes if you would employ them again",
        "has_disciplinary": "Select yes if there was disciplinary action that still counts",
        "has_concern": "Select yes if you have a concern",
        "has_allegation": "Select yes if an allegation was substantiated",
        "given_by": "Enter your full name",
        "given_as": "Enter your position, or how you know them",
    }

    def __init__(self, data=None, *, kind, cannot_url, draft=None):
        super().__init__(data, kind=kind)
        for name, complaint in self.REQUIRED.items():
            if name in self.fields:
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = complaint
        for name, field in self.fields.items() if draft else ():
            self.initial[name] = field.widget.value_from_datadict(draft, {}, name)
        for name, hint in HINTS.items():
            if name in self.fields:
                self.fields[name].help_text = hint
        self.helper = form_helper(*self._questions(), self._buttons(cannot_url))
        self.helper.disable_csrf = True  # the link itself is the secret, and there is no session

    def _questions(self):
        yield Question("known_how")
        if "job_title" in self.fields:
            yield Fieldset(
                THEIR_WORK[self.kind][0],
                "job_title",
                "began_on",
                Radios("is_present", conditional={"no": ["ended_on", "reason_for_leaving"]}),
            )
        yield Fieldset("What they are like to work with", *self._about_work())
        yield Fieldset(
            "Keeping children safe",
            Radios("has_concern", conditional={"yes": ["concern"]}),
            Radios("has_allegation", conditional={"yes": ["allegation"]}),
            hint=SAFEGUARDING_HINT,
        )
        yield "anything_else"
        yield Fieldset("About you", "given_by", "given_as", "is_true")

    def _about_work(self):
        yield "performance"
        if "would_employ_again" in self.fields:
            yield Radios("would_employ_again", conditional={"no": ["not_again_why"]})
            yield Radios("has_disciplinary", conditional={"yes": ["disciplinary"]})

    @staticmethod
    def _buttons(cannot_url):
        return Buttons(
            Submit("Send the reference"),
            Submit("Save and come back later", name="save", value="1", look="secondary"),
            Link("I cannot give a reference", cannot_url),
        )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_present") == "no":
            for name, complaint in [
                ("ended_on", "Enter the month in which they left"),
                ("reason_for_leaving", "Say in a few words why they left, or that you do not know"),
            ]:
                if name in cleaned and not cleaned[name]:
                    self.add_error(name, complaint)
        return cleaned

    def answers(self):
        return super().answers() | {"is_true": self.cleaned_data["is_true"]}

    def typed(self):
        """Return what stands in the boxes, as it was sent: to be saved, or shown when it comes too late."""
        boxes = tuple(self.fields)
        return {
            name: value
            for name, value in self.data.items()
            if value and (name in boxes or name.rpartition("_")[0] in boxes)
        }

    def fits(self):
        """Say whether what was typed can be saved; what is far too long is shown with its errors instead."""
        return sum(len(value) for value in self.typed().values()) <= LONGEST_DRAFT


HINTS = {
    "known_how": "For example: I was her manager for three years.",
    "performance": (
        "What went well, and what was hard? Please write nothing about health or absence: we do not ask, "
        "and the law does not let us."
    ),
    "has_disciplinary": "Leave out warnings that have run out.",
    "has_concern": "Children, young people, or adults at risk. Tell us also of a concern that was small.",
    "has_allegation": (
        "Only what was found to be so. Leave out what was found to be false, malicious or unfounded, or "
        "was not substantiated."
    ),
    "given_as": "For example: team manager at Mill Lane School.",
}


class OutsideForm(CreatesOnceMixin, AnswersForm):
    """A reference that came by phone, on paper or by e-mail, as HR writes it down: what it says, and no more."""

    taken_how = forms.ChoiceField(
        label="How did it come?",
        choices=TakenHow.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how it came"},
    )
    received_on = DatePartsField(
        label="When did it come?",
        thing="The day it came",
        earliest=earliest,
        latest=timezone.localdate,
    )
    is_true = forms.BooleanField(
        label="I have written down what the referee said or wrote, and nothing else",
        error_messages={"required": "Tick the box to say that you wrote down what they said"},
    )
    field_order = ["taken_how", "received_on", "given_by", "given_as"]

    def __init__(self, data=None, *, kind):
        super().__init__(data, kind=kind)
        self.fields["given_by"].label = "Who gave it"
        self.fields["given_as"].label = "Their position"
        self.fields["given_by"].required = True
        self.fields["given_by"].error_messages["required"] = "Enter who gave it"
        for name, field in self.fields.items():
            if isinstance(field, YesOrNo):
                field.label, field.widget.choices = LABELS_OUTSIDE[name], CHOICES_OUTSIDE
                field.choices = CHOICES_OUTSIDE
            elif name in LABELS_OUTSIDE:
                field.label = LABELS_OUTSIDE[name]
            if isinstance(field, DatePartsField):
                _name_the_boxes(field)
        self.order_fields([*self.field_order, *AnswersForm.base_fields, "is_true"])

    def answers(self):
        apart = ("is_true", "taken_how", "received_on")
        return super().answers() | {name: self.cleaned_data[name] for name in apart}


def _name_the_boxes(field):
    """Say in each box of a date what belongs there: the admin writes no words over them."""
    for part, box in zip(field.widget.PARTS, field.widget.widgets, strict=True):
        box.attrs |= {"aria-label": f"{field.label}: {part}", "placeholder": part.capitalize()}


CHOICES_OUTSIDE = [("yes", "Yes"), ("no", "No"), ("", "Was not said")]
LABELS_OUTSIDE = {
    "known_how": "How they know the applicant, and for how long",
    "began_on": "First month",
    "is_present": "Still with them",
    "ended_on": "Last month",
    "reason_for_leaving": "Reason for leaving",
    "performance": "How well the applicant did the work",
    "would_employ_again": "Would employ them again",
    "not_again_why": "Why not",
    "has_disciplinary": "Disciplinary action that still counts",
    "disciplinary": "What it was about",
    "has_concern": "A concern about children or adults at risk",
    "concern": "What the concern is",
    "has_allegation": "An allegation that was substantiated",
    "allegation": "What was found",
    "anything_else": "Anything else",
}
