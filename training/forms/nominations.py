from django import forms

from design_system.forms import CreatesOnceMixin
from design_system.layout import Checkboxes, Question, Radios, Submit, form_helper
from design_system.lines import ParagraphsField
from training.actions import Choice
from training.exceptions import BelowSafeCover
from training.models import Intake
from training.queries import intakes_to_join, people_managed_by, sessions_to_book

FOR_A_SESSION = "session"
FOR_AN_INTAKE = "intake"


class SessionField(forms.ModelChoiceField):
    def label_from_instance(self, session):
        left = max(session.places_left, 0)
        return f"{session.course.title}, {session.when} ({f'{left} left' if left else 'full'})"


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
    """A manager nominates people they manage, for a session or for an intake of the graduate scheme.

    Each person who is ticked has a reason of their own and a place in the manager's order.
    """

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
        help_text="When it is full, whoever the officer says yes to waits for a place.",
        queryset=Intake.objects.none(),
        required=False,
        empty_label="Choose a session",
        error_messages={"invalid_choice": "This session cannot be booked now. Choose another."},
    )
    intake = IntakeField(
        label="Which intake?",
        queryset=Intake.objects.none(),
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
    )
    people = forms.MultipleChoiceField(
        label="Who do you want to nominate?",
        help_text="Tick as many as you like, and say for each why they and why now.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose who you want to nominate",
            "invalid_choice": "Choose people you manage.",
        },
    )

    def __init__(self, *args, manager, at, on, **kwargs):
        super().__init__(*args, **kwargs)
        intakes = list(intakes_to_join(on))
        self.members = {str(row.pk): row for row in people_managed_by(manager, on)}
        self.fields["session"].queryset = sessions_to_book(at).filter(requests_close_at=None)
        offer_intakes(self.fields["intake"], intakes)
        self.fields["people"].choices = [
            (key, f"{row.user.full_name}, {row.role.name.lower()}")
            for key, row in self.members.items()
        ]
        for key, row in self.members.items():
            self.fields |= _fields_for(key, row.user.full_name)
        self.helper = form_helper(
            Radios(
                "what_for",
                conditional={
                    FOR_A_SESSION: Question("session"),
                    FOR_AN_INTAKE: Radios("intake", hints=intake_hints(intakes)),
                },
            ),
            Checkboxes("people", conditional={key: _asked_of(key) for key in self.members}),
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
        self._check_chosen(cleaned)
        return cleaned

    @property
    def choices(self):
        """The Choices that were made, the first choice first."""
        given = self.cleaned_data
        chosen = sorted(given["people"], key=lambda key: given[f"rank_{key}"] or 1)
        return [
            Choice(self.members[key].user, given[f"reason_{key}"], given[f"cover_reason_{key}"])
            for key in chosen
        ]

    def refuse(self, refusals):
        """Show what stands in the way of each person beside them; below safe cover, ask why."""
        for key, row in self.members.items():
            refusal = refusals.get(row.user_id)
            if isinstance(refusal, BelowSafeCover):
                self.add_error(f"cover_reason_{key}", str(refusal))
            elif refusal:
                self.add_error(f"reason_{key}", str(refusal))

    def _check_chosen(self, cleaned):
        chosen = cleaned.get("people", [])
        taken = {}
        for key in chosen:
            name = self.members[key].user.full_name
            if f"reason_{key}" not in self.errors and not cleaned.get(f"reason_{key}"):
                self.add_error(f"reason_{key}", f"Say why {name}, in a sentence or two")
            rank = cleaned.get(f"rank_{key}")
            if len(chosen) == 1 or f"rank_{key}" in self.errors:
                continue
            if rank is None or rank > len(chosen):
                words = f"Give {name} a number from 1 to {len(chosen)}"
                self.add_error(f"rank_{key}", words)
            elif rank in taken:
                self.add_error(f"rank_{key}", f"{name} and {taken[rank]} have the same number")
            taken[rank] = name


def _fields_for(key, name):
    """The questions about one person, who is ticked or not. The last is asked only when it is needed."""
    return {
        f"reason_{key}": ParagraphsField(
            label=f"Why {name}, and why now?",
            help_text="A workforce development officer reads this, and so does the person.",
            max_length=1000,
            rows=3,
            required=False,
        ),
        f"rank_{key}": forms.IntegerField(
            label="Their place in your order",
            help_text="1 is your first choice. Leave it empty if you nominate one person.",
            required=False,
            min_value=1,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            error_messages={
                "invalid": f"Give {name} a whole number",
                "min_value": f"Give {name} a number from 1",
            },
        ),
        f"cover_reason_{key}": ParagraphsField(
            label="Why this session, though too few people would be at work?",
            help_text="Only when we ask for it. We keep this with the booking.",
            max_length=500,
            rows=2,
            required=False,
        ),
    }


def _asked_of(key):
    return [
        Question(f"reason_{key}"),
        Question(f"rank_{key}", width="2"),
        AskedWhenNeeded(f"cover_reason_{key}"),
    ]


class AskedWhenNeeded(Question):
    """A question that nobody is asked before it was refused without an answer, or answered."""

    def render(self, form, context, template_pack=None, **kwargs):
        if form[self.name].errors or form[self.name].value():
            return super().render(form, context, template_pack, **kwargs)
        form.rendered_fields.add(self.name)
        return ""


class PutForwardForm(CreatesOnceMixin, forms.Form):
    """A graduate puts themselves forward for an intake."""

    intake = IntakeField(
        label="When would you like to start?",
        queryset=Intake.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when you would like to start"},
    )
    reason = ParagraphsField(
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
