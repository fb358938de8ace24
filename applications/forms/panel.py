"""What panel members and HR fill in around a shortlisting."""

from decimal import Decimal

from django import forms
from django.conf import settings

from applications.states import Outcome
from design_system.fields import LongTextField
from design_system.layout import Buttons, Link, Question, Radios, Submit, form_helper
from design_system.lines import LinesField

NO_NULLS = "Remove the invisible characters that were copied along, or type it again"
NOTHING_WRITTEN = "Nothing was written about this."
HIGHEST = max(settings.SHORTLIST_SCALE)


def scale_choices():
    """Return the points with what each of them says, the lowest first."""
    return [(points, f"{points}: {words}") for points, words in settings.SHORTLIST_SCALE.items()]


def points_field(**kwargs):
    return forms.TypedChoiceField(
        choices=scale_choices(),
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
        **kwargs,
    )


def line_field(label, longest, *, required="", hint=""):
    """A sentence or two, of which invisible characters and odd line ends are taken out."""
    return LinesField(
        label=label,
        help_text=hint,
        max_length=longest,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": required,
            "max_length": f"{label} must be {longest} characters or fewer",
            "null_characters_not_allowed": NO_NULLS,
        },
    )


class DeclareForm(forms.Form):
    """That a member will say whom they know, before they read anything."""

    agrees = forms.BooleanField(
        label="I will say so, and stop reading, when I know who wrote an application",
        error_messages={"required": "Tick the box to go on"},
    )
    helper = form_helper(Question("agrees"), Submit("Start reading"))


class ConflictForm(forms.Form):
    """That a member knows the person of an application, and how."""

    words = line_field(
        "How do you know this person?",
        500,
        required="Say in a sentence how you know this person",
        hint="Only the recruitment team reads this.",
    )

    def __init__(self, *args, back, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            Question("words", label_size="m"),
            Buttons(Submit("I know this person", look="warning"), Link("Go back", back)),
        )


class ScoreForm(forms.Form):
    """Points and notes for every criterion. A draft may leave gaps; what is sent may not.

    `unwritten` are the keys of criteria about which the applicant wrote nothing: no points for these need
    no note, and get one that says so.
    """

    noun = "criterion"
    notes_label = "Where you found the evidence"
    notes_missing = "Write where you found the evidence for criterion {}"

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, criteria, sending=False, unwritten=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria, self.sending, self.unwritten = criteria, sending, unwritten
        for row in criteria:
            self.fields[f"points_{row.pk}"] = points_field(
                label="Points",
                error_messages={"invalid_choice": f"Choose from 0 to {HIGHEST} points"},
            )
            self.fields[f"notes_{row.pk}"] = LongTextField(
                label=self.notes_label,
                rows=4,
                required=False,
                max_length=settings.SHORTLIST_NOTES_CHARACTERS,
                error_messages={
                    "max_length": f"Use {settings.SHORTLIST_NOTES_CHARACTERS} characters or fewer",
                    "null_characters_not_allowed": NO_NULLS,
                },
            )

    def clean_version(self):
        return self.cleaned_data["version"] or 0

    def clean(self):
        cleaned = super().clean()
        if self.sending:
            for number, row in enumerate(self.criteria, start=1):
                self._refuse_gaps(cleaned, number, row)
        return cleaned

    def _refuse_gaps(self, cleaned, number, row):
        points, notes = f"points_{row.pk}", f"notes_{row.pk}"
        if points not in self.errors and cleaned.get(points) is None:
            self.add_error(points, f"Choose the points for {self.noun} {number}")
        if notes in self.errors or cleaned.get(notes, "").strip():
            return
        if row.pk in self.unwritten and cleaned.get(points) == 0:
            cleaned[notes] = NOTHING_WRITTEN
        else:
            self.add_error(notes, self.notes_missing.format(number))

    def scores(self):
        """Return what the action takes: points and notes by the key of the criterion."""
        return {
            row.pk: (self.cleaned_data[f"points_{row.pk}"], self.cleaned_data[f"notes_{row.pk}"])
            for row in self.criteria
        }

    def parts(self):
        """Yield each criterion with its two boxes, for the page that shows them beside the evidence."""
        for row in self.criteria:
            yield row.pk, self[f"points_{row.pk}"], self[f"notes_{row.pk}"]

    def open_again_at(self, version):
        """Show the words that were typed once more, as a page opened at the version saved now."""
        self.data = self.data.copy()
        self.data["version"] = version
        self.add_error(
            None,
            "These scores were also saved in another tab or on another device. "
            "Save again to keep the ones in the boxes",
        )


class SecondReadForm(forms.Form):
    """The points after a second read of one criterion, and a word on why."""

    points = forms.TypedChoiceField(
        label="Your points now",
        choices=scale_choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose your points: the same as before, or others",
            "invalid_choice": f"Choose from 0 to {HIGHEST} points",
        },
    )
    words = line_field(
        "Why you stay with them, or change them", 300, required="Say in a few words why"
    )

    def __init__(self, *args, back, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            Radios("points"),
            Question("words"),
            Buttons(Submit("Send these points"), Link("Go back", back)),
        )


class MarkForm(forms.Form):
    """The pass mark to look at: it is in the address, and stored nowhere."""

    mark = forms.DecimalField(
        label="Pass mark",
        required=False,
        max_digits=5,
        decimal_places=1,
        min_value=Decimal(0),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 6}),
        error_messages={
            "invalid": "Enter a number, like 12 or 12.5",
            "max_digits": "Enter a number, like 12 or 12.5",
            "max_decimal_places": "Enter a number, like 12 or 12.5",
            "max_whole_digits": "Enter a number, like 12 or 12.5",
            "min_value": "The pass mark cannot be below 0",
        },
    )


class OutcomeForm(forms.Form):
    """What becomes of one application of the table: a row for the lead and for HR alike."""

    outcome = forms.ChoiceField(
        label="Outcome", choices=[("", "Not decided"), *Outcome.choices], required=False
    )
    words = line_field("One sentence to the applicant", 500)
    reason = line_field("Our reason, if it is otherwise than expected", 500)

    def __init__(self, *args, row, mark, compares=False, **kwargs):
        super().__init__(*args, prefix=row.code, **kwargs)
        self.row, self.mark, self.compares = row, mark, compares
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = f"{field.label}: {row.code}"
            if name != "outcome":
                field.widget.attrs["rows"] = 2

    def clean(self):
        cleaned = super().clean()
        outcome = cleaned.get("outcome")
        if not outcome:
            return cleaned
        if outcome == Outcome.NOT_TAKEN and not cleaned.get("words", "x").strip():
            self.add_error("words", "Write one sentence that the applicant reads")
        if self._is_otherwise(outcome) and not cleaned.get("reason", "x").strip():
            self.add_error("reason", "Say why this is otherwise than expected")
        return cleaned

    def has_changed_from(self, decision):
        """Say whether what was filled in differs from what is proposed."""
        names = ("outcome", "words", "reason")
        before = [getattr(decision, name) if decision else "" for name in names]
        return [self.cleaned_data[name] for name in names] != before

    def _is_otherwise(self, outcome):
        decision = self.row.decision
        proposed = decision.proposed_outcome if self.compares and decision else ""
        return self.row.needs_reason(outcome, self.mark) or proposed not in ("", outcome)


def outcome_forms(data, rows, mark, *, compares=False):
    """Return a form for each row that is not decided, with what is proposed, or what the mark speaks for.

    Who is below the mark is proposed for nothing: nobody is turned down by a number.
    """
    forms_by_code = {}
    for row in rows:
        if row.is_decided:
            continue
        decision = row.decision
        initial = {"outcome": Outcome.INTERVIEW if row.expected(mark) == Outcome.INTERVIEW else ""}
        if decision is not None:
            initial = {name: getattr(decision, name) for name in ("outcome", "words", "reason")}
        mine = data if data is not None and f"{row.code}-outcome" in data else None
        forms_by_code[row.code] = OutcomeForm(
            mine, row=row, mark=mark, compares=compares, initial=initial
        )
    return forms_by_code


class MemberForm(forms.Form):
    """Whom HR puts on a panel."""

    email = forms.EmailField(
        label="E-mail address of the panel member",
        error_messages={
            "required": "Enter their e-mail address",
            "invalid": "Enter an e-mail address, like name@example.org",
        },
    )
    is_lead = forms.BooleanField(label="Leads the panel", required=False)


class ReasonForm(forms.Form):
    """Why something is taken back. Somebody else may read it."""

    reason = line_field("Why?", 300, required="Say why")
