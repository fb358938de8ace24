"""What a manager is asked when they decide about somebody's place."""

from django import forms

from design_system.fields import LongTextField
from design_system.layout import Paragraph, Radios, Submit, form_helper

APPROVE, DECLINE = "approve", "decline"
NO_OTHER_DATE = (
    "There is no other date of this course now that they could go to. "
    "We tell them to look for a new one."
)


class ApproveForm(forms.Form):
    """The button that approves; where the team falls below its minimum, with the reason."""

    cover_reason = LongTextField(
        label="Why should they go, though too few people would be at work?",
        help_text="We keep this with the booking.",
        max_length=500,
        rows=3,
        error_messages={"required": "Say why they should go, though cover falls below the minimum"},
    )

    def __init__(self, *args, is_short, **kwargs):
        super().__init__(*args, **kwargs)
        asked = ["cover_reason"] if is_short else []
        if not is_short:
            del self.fields["cover_reason"]
        self.helper = form_helper(
            *asked, Submit("Approve", name="decision", value=APPROVE, look="rose")
        )


class DeclineForm(forms.Form):
    """Why not, and which other date. `dates` are sessions with `places_left` and `keeps_cover`."""

    other_date = forms.TypedChoiceField(
        label="Which other date do you suggest?",
        widget=forms.RadioSelect,
        coerce=int,
        error_messages={
            "required": "Choose another date for them",
            "invalid_choice": "This date has gone. Choose another",
        },
    )
    reason = LongTextField(
        label="Why not this date?",
        help_text="They read this.",
        max_length=500,
        rows=3,
        error_messages={"required": "Say why, in a sentence or two"},
    )

    def __init__(self, *args, dates, objects, **kwargs):
        super().__init__(*args, **kwargs)
        self.dates = {session.pk: session for session in dates}
        self.fields["other_date"].choices = [(row.pk, row.when) for row in dates]
        asked = Radios("other_date", hints={str(row.pk): _hint(row) for row in dates})
        if not dates:
            del self.fields["other_date"]
            asked = Paragraph(NO_OTHER_DATE)
        words, look = "Decline", "secondary"  # Beside "Approve", which is red.
        if objects:
            words, look = "Object, and free the place", "warning"
        self.helper = form_helper(
            "reason", asked, Submit(words, name="decision", value=DECLINE, look=look)
        )

    @property
    def suggested(self):
        """The Session that was chosen, or None where there was none to choose."""
        return self.dates.get(self.cleaned_data.get("other_date"))


def _hint(session):
    cover = "Keeps safe cover" if session.keeps_cover else "Too few people would be at work"
    places = f"{session.places_left} place{'' if session.places_left == 1 else 's'} left"
    return f"{session.where}. {places}. {cover}."
