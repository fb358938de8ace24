from datetime import timedelta

from django import forms
from django.conf import settings
from django.utils import timezone

from design_system.fields import DatePartsField
from design_system.forms import CreatesOnceMixin
from design_system.layout import Buttons, Fieldset, Link, Question, Submit, form_helper
from design_system.lines import OneLineField, ParagraphsField
from training.models import CPDKind, PeerRole

WORDS = (
    "kind", "done_on", "title", "about", "learned", "impact", "peer_role", "peer_on", "peer_learned",
)  # fmt: skip
LONGEST = 6000
NO_NAMES = "Do not name a child, a family or a colleague."


def _earliest():
    return timezone.localdate() - timedelta(days=3 * 365)


def _box(label, hint=""):
    return ParagraphsField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONGEST,
        max_words=settings.CPD_LONGEST_WORDS,
        rows=5,
    )


class CPDPieceForm(CreatesOnceMixin, forms.Form):
    """A piece of CPD, in the order in which the regulator asks. Only its title and day cannot wait."""

    kind = forms.ChoiceField(label="What kind of CPD was it?", choices=CPDKind.choices)
    done_on = DatePartsField(
        label="When was it?",
        thing="The day",
        earliest=_earliest,
        latest=timezone.localdate,
        initial=timezone.localdate,
    )
    title = OneLineField(
        label="What was it?",
        max_length=150,
        error_messages={"required": "Say in a few words what it was"},
    )
    about = _box("Describe it shortly. Why does it matter for your work?", NO_NAMES)
    learned = _box("What did you learn?")
    impact = _box("What difference has it made to your practice, and to people?")
    peer_role = forms.ChoiceField(
        label="With whom did you discuss it?",
        help_text="What they are, not their name.",
        choices=[("", "Nobody yet"), *PeerRole.choices],
        required=False,
    )
    peer_on = DatePartsField(
        label="When did you discuss it?",
        thing="The day you discussed it",
        latest=timezone.localdate,
        required=False,
    )
    peer_learned = _box("What did you learn from discussing it?")
    seen_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, back, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            "kind",
            "done_on",
            "title",
            *(Question(name) for name in ("about", "learned", "impact")),
            Fieldset(
                "Peer reflection",
                "peer_role",
                "peer_on",
                "peer_learned",
                hint="One of your pieces needs this.",
            ),
            "seen_at",
            "one_time_key",
            Buttons(Submit("Save", look="rose"), Link("Back without saving", back)),
        )

    def clean(self):
        given = super().clean()
        done_on, peer_on = given.get("done_on"), given.get("peer_on")
        if done_on and peer_on and peer_on < done_on:
            words = f"The day you discussed it must be on or after {done_on:%-d %B %Y}, the day of the piece"
            self.add_error("peer_on", words)
        is_told = peer_on or given.get("peer_learned")
        if is_told and given.get("peer_role") == "":
            self.add_error(
                "peer_role", "Choose with whom you discussed it, or empty the boxes below"
            )
        return given

    @property
    def words(self):
        """What was said, by the names of the model's fields."""
        return {name: self.cleaned_data[name] for name in WORDS}
