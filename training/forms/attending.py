import re
from datetime import UTC, datetime

from django import forms
from django.core import signing
from django.utils import timezone

from design_system.layout import Question, Radios, Submit, form_helper
from design_system.lines import ParagraphsField
from training.models import Usefulness

OPENED = "training.sign-in-opened"
CELL = re.compile(r"([0-9]{1,12})-([0-9]{1,2})")
SEND_WORDS = "Send my answers"


class SignInForm(forms.Form):
    """The code from the trainer's screen, with when the page was opened, signed so that nobody sets it."""

    code = forms.CharField(
        label="Code on the trainer’s screen",
        help_text="Six letters and numbers, such as K7M-WPX. Small letters will do.",
        max_length=20,
        error_messages={
            "required": "Type the code that is on the trainer’s screen",
            "max_length": "A code has six letters and numbers",
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, session, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.owner = f"{session.pk}.{person.pk}"
        now = timezone.now().timestamp()
        self.fields["opened"].initial = signing.dumps([self.owner, now], salt=OPENED)
        self.helper = form_helper(
            Question("code", width="10"), "opened", Submit("Sign in", look="rose")
        )

    @property
    def opened_at(self):
        """When the person's page of this session was opened, or None for what we did not sign."""
        try:
            owner, moment = signing.loads(self.cleaned_data["opened"], salt=OPENED)
        except (signing.BadSignature, ValueError):
            return None
        if owner != self.owner:
            return None
        return datetime.fromtimestamp(moment, UTC)


def marks_changed(posted):
    """Return {(booking key, part): was there} for the boxes that differ from what the page showed.

    So what others have marked since the page was opened stays as it is.
    """
    ticked = {cell for cell in map(_cell, posted.getlist("there")) if cell}
    shown = {cell for cell in map(_cell, posted.getlist("shown")) if cell}
    return dict.fromkeys(ticked - shown, True) | dict.fromkeys(shown - ticked, False)


def _cell(text):
    found = CELL.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None


class EvaluationForm(forms.Form):
    """Three questions about a session."""

    useful = forms.TypedChoiceField(
        label="How useful was it for your work?",
        choices=Usefulness.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how useful it was"},
    )
    do_differently = ParagraphsField(
        label="What will you do differently?",
        help_text="A sentence is enough. You can leave this empty.",
        required=False,
        max_length=500,
        rows=3,
    )
    to_change = ParagraphsField(
        label="What should we change next time?",
        help_text="Do not name a child, a family or a colleague. You can leave this empty.",
        required=False,
        max_length=500,
        rows=3,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            Radios("useful"), "do_differently", "to_change", Submit(SEND_WORDS, look="rose")
        )


class CertificateForm(forms.Form):
    """The reference of a certificate to look up."""

    reference = forms.CharField(
        label="Reference on the certificate",
        help_text="For example 1042-K7MWPX.",
        max_length=30,
        error_messages={"required": "Type the reference that is on the certificate"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            Question("reference", width="20"), Submit("Look it up"), method="get"
        )
