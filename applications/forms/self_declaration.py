"""What an applicant fills in of a self-declaration, and answers to what the readers found."""

from django import forms
from django.conf import settings

from applications.forms.boxes import VersionedForm, line, paragraphs
from design_system.layout import (
    Buttons,
    Fieldset,
    Question,
    Radios,
    Submit,
    form_helper,
)

LONGEST = settings.DISCLOSURE_WORDS_CHARACTERS


YES_NO = [("yes", "Yes"), ("no", "No")]


SHORT = 100


# The boxes for one matter: name, question, hint, rows; without rows it is one line.
MATTER = [
    ("what", "What happened?", "For example the offence, and where you were.", 4),
    ("when", "When was it?", "The month and year are enough.", 0),
    ("outcome", "What came of it?", "For example a fine, a caution, or a sentence.", 2),
    ("since", "What has changed since?", "You can leave this empty.", 4),
]


NEEDED = {
    "what": "Say what happened",
    "when": "Say when it was",
    "outcome": "Say what came of it",
}


TRUTH = "What I have told here is true and complete, as far as I know"


def question(label, missing, choices=YES_NO, hint=""):
    """A question with radio buttons that a draft may leave open."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        required=False,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": missing},
    )


class DeclarationForm(VersionedForm):
    """The self-declaration. A draft may leave gaps; what is sent may not.

    `boxes` says how many matters the page has room for; `kept` is what a lost session left.
    """

    boxes = forms.IntegerField(required=False, widget=forms.HiddenInput)
    anything = question(
        "Is there anything to tell?",
        "Choose whether there is anything to tell",
        [("no", "No, there is nothing to tell"), ("yes", "Yes, there is something to tell")],
    )
    barred = question(
        "Are you on the list of people barred from work with children?",
        "Choose whether you are on the list",
        hint="The Disclosure and Barring Service keeps this list. Who is on it may not do this job by "
        "law, and we must not ask them to.",
    )
    safeguarding = question(
        "Was there ever a safeguarding matter about how you treated a child or an adult in your care?",
        "Choose whether there was a safeguarding matter",
        hint="Only what was found to be true, or is still being looked into. Not what happened to you, "
        "and nothing that was found to be untrue.",
    )
    safeguarding_words = paragraphs(
        "What was it, and what came of it?", LONGEST, hint="Only if you chose Yes.", rows=4
    )
    truth = forms.BooleanField(label=TRUTH, required=False)

    def __init__(self, data=None, *, saved, room, asks_barred, sending=False, kept=None):
        super().__init__(data, initial={**saved, **{name: kept.get(name) for name in kept or {}}})
        self.sending, self.asks_barred = sending, asks_barred
        posted = data if data is not None else kept
        self.room = _room(posted.get("boxes") if posted else room)
        self.initial["boxes"] = self.room
        if not asks_barred:
            del self.fields["barred"]
        for number in range(1, self.room + 1):
            for name, label, hint, rows in MATTER:
                self.fields[f"{name}_{number}"] = (
                    paragraphs(label, LONGEST, hint=hint, rows=rows)
                    if rows
                    else line(label, SHORT, hint=hint)
                )
        self.helper = form_helper(*self._questions())

    def _questions(self):
        yield Question("version")
        yield Question("boxes")
        yield Radios("anything", label_size="m")
        for number in range(1, self.room + 1):
            legend = f"Matter {number}" if self.room > 1 else "If there is something to tell"
            yield Fieldset(legend, *(Question(f"{name}_{number}") for name, *_ in MATTER))
        if self.room < settings.DISCLOSURE_MATTERS_MOST:
            yield Submit("Save and add another matter", name="another", value="1", look="secondary")
        if self.asks_barred:
            yield Radios("barred", label_size="m", inline=True)
        yield Radios("safeguarding", label_size="m", inline=True)
        yield Question("safeguarding_words")
        yield Fieldset("Before you send it", Question("truth"))
        yield Buttons(
            Submit("Send my self-declaration", name="send", value="1"),
            Submit("Save and come back later", name="save", value="1", look="secondary"),
        )

    def clean(self):
        cleaned = super().clean()
        if self.sending:
            self._refuse_gaps(cleaned)
        return cleaned

    def _refuse_gaps(self, cleaned):
        asked = ["anything", "safeguarding", *(["barred"] if self.asks_barred else [])]
        for name in asked:
            if name not in self.errors and not cleaned.get(name):
                self.add_error(name, self.fields[name].error_messages["invalid_choice"])
        if cleaned.get("anything") == "no" and self._matters(cleaned):
            self.add_error("anything", "Choose Yes, or clear the boxes below")
        if cleaned.get("anything") == "yes":
            self._refuse_half_matters(cleaned)
        if cleaned.get("safeguarding") == "yes" and not cleaned.get("safeguarding_words"):
            self.add_error("safeguarding_words", "Say what the matter was")
        if not cleaned.get("truth"):
            self.add_error("truth", "Tick the box to say that it is true")

    def _refuse_half_matters(self, cleaned):
        told = [number for number, _ in self._matters(cleaned)] or [1]
        for number in told:
            for name, missing in NEEDED.items():
                if f"{name}_{number}" not in self.errors and not cleaned.get(f"{name}_{number}"):
                    self.add_error(f"{name}_{number}", missing)

    def _matters(self, cleaned):
        rows = [
            (number, {name: cleaned.get(f"{name}_{number}", "") for name, *_ in MATTER})
            for number in range(1, self.room + 1)
        ]
        return [(number, row) for number, row in rows if any(row.values())]

    def answers(self):
        """Return what the action takes."""
        cleaned = self.cleaned_data
        says_safeguarding = cleaned["safeguarding"] == "yes" or not self.sending
        return {
            "anything": cleaned["anything"],
            "matters": [row for _, row in self._matters(cleaned)],
            "barred": cleaned.get("barred", ""),
            "safeguarding": cleaned["safeguarding"],
            "safeguarding_words": cleaned["safeguarding_words"] if says_safeguarding else "",
        }

    def typed(self):
        """Return what stands in the boxes, for reading, when it can no longer be sent."""
        shown = [box for box in self if not box.is_hidden and box.name != "truth"]
        return [{"key": box.label, "value": box.value()} for box in shown if box.value()]


def _room(number):
    try:
        number = int(number)
    except (TypeError, ValueError):
        number = 1
    return min(max(number, 1), settings.DISCLOSURE_MATTERS_MOST)


def boxes_of_declaration(posted, **kwargs):
    """Return the names of the boxes that are kept, sealed, when the session was lost."""
    names = ["boxes", "anything", "barred", "safeguarding", "safeguarding_words"]
    room = range(1, _room(posted.get("boxes")) + 1)
    return names + [f"{name}_{number}" for number in room for name, *_ in MATTER]


def saved_declaration(written):
    """Return what a version holds as the form begins with it."""
    if written is None:
        return {}
    names = ["anything", "barred", "safeguarding", "safeguarding_words"]
    saved = {name: getattr(written, name) for name in names}
    for number, matter in enumerate(written.matters, 1):
        saved |= {f"{name}_{number}": said for name, said in matter.items()}
    return saved


class ReplyForm(forms.Form):
    """What an applicant says to something that concerns them."""

    words = paragraphs("Your reply", LONGEST, required="Write your reply", rows=8)
    helper = form_helper(Question("words", label_size="m"), Submit("Send my reply"))
