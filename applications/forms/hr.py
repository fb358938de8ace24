"""What HR fills in to write to applicants and to deal with several applications at once."""

from uuid import uuid4

from django import forms

from applications import rules
from applications.models import MessageTemplate
from applications.placeholders import fill, validate_placeholders
from applications.states import BULK_TARGETS, ApplicationState, BulkKind, WithdrawalReason
from design_system.lines import LinesField

WORDS_LONGEST = 4000
NO_NULLS = "Remove the invisible characters that were copied along, or type it again"
NO_WORDS = "Write at least one sentence: nobody is turned down without words."
MESSAGE = BulkKind.MESSAGE.value


def words_field(label, **kwargs):
    return LinesField(
        label=label,
        max_length=WORDS_LONGEST,
        validators=[validate_placeholders],
        widget=forms.Textarea(attrs={"rows": 9, "class": "vLargeTextField"}),
        error_messages={
            "required": "Write the message",
            "max_length": f"Write {WORDS_LONGEST} characters or fewer",
            "null_characters_not_allowed": NO_NULLS,
        },
        **kwargs,
    )


def subject_field(**kwargs):
    return forms.CharField(
        label="Subject",
        max_length=150,
        validators=[validate_placeholders],
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        error_messages={"required": "Write a subject", "null_characters_not_allowed": NO_NULLS},
        **kwargs,
    )


def template_field():
    return forms.ModelChoiceField(
        MessageTemplate.objects.in_use(),
        label="Begin with a template",
        required=False,
        empty_label="None",
    )


class MoveForm(forms.Form):
    """Where an application goes next, and what the applicant is told besides our usual words."""

    to_state = forms.ChoiceField(
        label="Move to",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where the application goes next."},
    )
    words = forms.CharField(
        label="Words to the applicant (they read this in the e-mail)",
        help_text="Whoever was considered or met and is turned down reads one sentence from you.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_state"].choices = [
            (state.value, state.label) for state in rules.moves_for_hr(application)
        ]


class NoteWithdrawalForm(forms.Form):
    """Why somebody withdraws, in the words that applicants choose from themselves."""

    reason = forms.ChoiceField(
        label="Why, if they told you",
        required=False,
        initial="",
        choices=[("", "They did not say"), *WithdrawalReason.choices],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the reasons, or that they did not say."},
    )


class TakeBackForm(forms.Form):
    """Nothing is filled in: what happens stands above the button."""


class MessageForm(forms.Form):
    """A message to one applicant. Its key makes sure that it goes once."""

    template = template_field()
    subject = subject_field()
    words = words_field("Message")
    one_time_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class BulkForm(forms.Form):
    """What is to be done with the applications that were chosen, and with which words."""

    what = forms.ChoiceField(
        label="What to do",
        widget=forms.RadioSelect,
        choices=[
            *((state.value, f"Move to “{state.label}”") for state in BULK_TARGETS),
            (MESSAGE, "Send a message, and leave them where they are"),
        ],
        error_messages={"required": "Choose what to do"},
    )
    template = template_field()
    subject = subject_field(required=False)
    words = words_field("Words to the applicants", required=False)

    def clean(self):
        given = super().clean()
        what, words = given.get("what"), given.get("words", "").strip()
        if what == ApplicationState.UNSUCCESSFUL and not words and "words" not in self.errors:
            self.add_error("words", NO_WORDS)
        if what == MESSAGE:
            for name, problem in (("subject", "Write a subject"), ("words", "Write the message")):
                if name not in self.errors and not given.get(name, "").strip():
                    self.add_error(name, problem)
        return given

    def facts(self):
        """Return what is given as `describe_bulk` takes it."""
        given = self.cleaned_data
        is_message = given["what"] == MESSAGE
        return {
            "kind": BulkKind.MESSAGE if is_message else BulkKind.MOVE,
            "to_state": "" if is_message else given["what"],
            "subject": given["subject"],
            "words": given["words"],
            "template": given["template"],
        }


class TemplateForm(forms.ModelForm):
    """A template: its name is free among those in use, and its placeholders are known."""

    words = words_field("Words")

    class Meta:
        model = MessageTemplate
        fields = ["name", "subject", "words"]

    def clean_name(self):
        name = self.cleaned_data["name"]
        others = MessageTemplate.objects.in_use().exclude(pk=self.instance.pk)
        if others.filter(name=name).exists():
            raise forms.ValidationError("A template that is in use has this name already.")
        return name


def with_template(data):
    """Return what was sent with subject and words replaced by those of the template that was chosen."""
    chosen = _template(data.get("template"))
    return {
        **{name: data.get(name, "") for name in ("what", "template", "subject", "words")},
        **({"subject": chosen.subject, "words": chosen.words} if chosen else {}),
    }


def words_of_template(text, application):
    """Return the words that a move begins with when a template was asked for, filled in."""
    chosen = _template(text)
    return {"words": fill(chosen.words, application)} if chosen else {}


def _template(text):
    is_number = text and text.isascii() and text.isdigit() and len(text) < 10
    return MessageTemplate.objects.in_use().filter(pk=text).first() if is_number else None
