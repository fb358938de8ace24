from django import forms

from design_system.fields import LongTextField
from design_system.forms import CreatesOnceMixin
from design_system.layout import Question, Radios, Submit, form_helper
from training.models import Intake
from training.queries import intakes_to_join, people_managed_by, sessions_with_a_place

FOR_A_SESSION = "session"
FOR_AN_INTAKE = "intake"


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, member):
        return f"{member.user.full_name}, {member.role.name.lower()}"


class SessionField(forms.ModelChoiceField):
    def label_from_instance(self, session):
        return f"{session.course.title}, {session.when} ({session.places_left} left)"


class IntakeField(forms.ModelChoiceField):
    def label_from_instance(self, intake):
        return f"{intake.starts_on:%-d %B %Y}"


def intake_hints(intakes):
    """Return a hint for each intake: when nominations close and what is left."""
    return {
        str(intake.pk): f"Nominations close on {intake.closes_on:%-d %B %Y}. "
        f"{max(intake.places_left, 0)} of {intake.places} places left."
        for intake in intakes
    }


class NominationForm(CreatesOnceMixin, forms.Form):
    """A manager nominates somebody they manage, for a session or for an intake of the graduate scheme."""

    person = PersonField(
        label="Who do you want to nominate?",
        queryset=Intake.objects.none(),
        empty_label="Choose a person",
        error_messages={"required": "Choose who you want to nominate"},
    )
    what_for = forms.ChoiceField(
        label="What for?",
        choices=[
            (FOR_A_SESSION, "A training session"),
            (FOR_AN_INTAKE, "The graduate scheme (GETS)"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a session or the graduate scheme"},
    )
    session = SessionField(
        label="Which session?",
        help_text="Sessions that are full are not listed.",
        queryset=Intake.objects.none(),
        required=False,
        empty_label="Choose a session",
        error_messages={"invalid_choice": "This session has no place any more. Choose another."},
    )
    intake = IntakeField(
        label="Which intake?",
        queryset=Intake.objects.none(),
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
    )
    reason = LongTextField(
        label="Why this person, and why now?",
        help_text="A workforce development officer reads this, and so does the person.",
        max_length=1000,
        rows=4,
        error_messages={"required": "Say why, in a sentence or two"},
    )

    cover_reason = LongTextField(
        label="Why this session, though too few people would be at work?",
        help_text="We keep this with the booking.",
        max_length=500,
        rows=3,
        required=False,
    )

    def __init__(self, *args, manager, at, on, **kwargs):
        super().__init__(*args, **kwargs)
        intakes = list(intakes_to_join(on))
        self.fields["person"].queryset = people_managed_by(manager, on)
        self.fields["session"].queryset = sessions_with_a_place(at)
        offer_intakes(self.fields["intake"], intakes)
        self.helper = form_helper(
            "person",
            Radios(
                "what_for",
                conditional={
                    FOR_A_SESSION: Question("session"),
                    FOR_AN_INTAKE: Radios("intake", hints=intake_hints(intakes)),
                },
            ),
            "reason",
            Submit("Nominate", look="rose"),
        )

    def clean(self):
        cleaned = super().clean()
        wanted = cleaned.get("what_for")
        if wanted and not self.errors.get(wanted) and not cleaned.get(wanted):
            self.add_error(
                wanted, f"Choose {'a session' if wanted == FOR_A_SESSION else 'an intake'}"
            )
        for other in {FOR_A_SESSION, FOR_AN_INTAKE} - {wanted}:
            cleaned[other] = None
        if cleaned.get("cover_reason"):
            self._show_cover_reason()
        return cleaned

    def ask_about_cover(self, words):
        """Ask for the reason to go below safe cover, which nobody is asked before they need one."""
        self._show_cover_reason()
        self.add_error("cover_reason", words)

    def _show_cover_reason(self):
        self.helper.layout.fields.insert(-1, "cover_reason")


class PutForwardForm(CreatesOnceMixin, forms.Form):
    """A graduate puts themselves forward for an intake."""

    intake = IntakeField(
        label="When would you like to start?",
        queryset=Intake.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when you would like to start"},
    )
    reason = LongTextField(
        label="Why would you like to join?",
        help_text="A workforce development officer reads this, and so does your manager.",
        max_length=1000,
        rows=4,
        error_messages={"required": "Say why, in a sentence or two"},
    )

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        intakes = list(intakes_to_join(on))
        offer_intakes(self.fields["intake"], intakes)
        self.helper = form_helper(
            Radios("intake", hints=intake_hints(intakes)),
            "reason",
            Submit("Put yourself forward", look="rose"),
        )


def offer_intakes(field, rows):
    """Offer these intakes and no others."""
    field.queryset = Intake.objects.filter(pk__in=[row.pk for row in rows])
    field.choices = [(row.pk, field.label_from_instance(row)) for row in rows]
