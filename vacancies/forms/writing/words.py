from django import forms

from design_system.layout import Fieldset, Question, Radios
from vacancies.forms.writing.basics import pounds
from vacancies.forms.writing.parts import (
    MOST_LINES,
    StepForm,
    choice_field,
    lines_field,
    lines_of,
    long_field,
    save_or_stay,
    text_field,
    tick_field,
)
from vacancies.models import Criterion, CriterionKind, PaymentKind

LONGEST_CRITERION = 300
FEWEST_WORDS, MOST_WORDS = 50, 1_000
USUAL_WORDS = Criterion().max_words
FEWEST_PAYMENT_ROWS = 3
MOST_PAYMENT_ROWS = 12


class WordsForm(StepForm):
    step = "words"
    summary = long_field(
        "Summary",
        300,
        required="Write a summary of one or two sentences",
        hint="One or two sentences. They stand on the card in the list.",
        rows=3,
    )
    body = long_field(
        "The advert",
        10_000,
        required="Write what the job is, with whom, and what makes it good",
        hint="Start a heading with ## and a line of a list with a dash.",
        rows=18,
    )
    benefits = long_field("What we offer (optional)", 5_000, rows=8)

    def buttons(self):
        return [save_or_stay()]


class CriteriaForm(StepForm):
    step = "criteria"
    essential = lines_field(
        "What people need",
        required="Enter at least one thing that people need",
        hint="One on each line. People are shortlisted on these, so keep to what the job cannot "
        "be done without.",
        rows=8,
    )
    desirable = lines_field("What helps (optional)", hint="One on each line.", rows=5)

    max_words = forms.IntegerField(
        label="How many words may people write about each?",
        help_text=f"People write an example for each line above. Left empty, it is {USUAL_WORDS}.",
        required=False,
        min_value=FEWEST_WORDS,
        max_value=MOST_WORDS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ["invalid", "min_value", "max_value"],
            f"Enter how many words, from {FEWEST_WORDS} to {MOST_WORDS:,}",
        ),
    )
    takes_cv = tick_field(
        "People may add a CV",
        "The panel chooses by the examples. It sees a CV from the interview on.",
    )
    shows_employers = tick_field(
        "The panel reads the names of employers",
        "Otherwise they are hidden until the interview, like the names of schools.",
    )

    def shown(self, saved):
        lists = {kind.value: "\n".join(saved[kind.value]) for kind in CriterionKind}
        return {**saved, **lists}

    def questions(self):
        return [
            Question("essential", label_size="m"),
            Question("desirable", label_size="m"),
            Question("max_words", width="4", suffix="words"),
            Fieldset("How people apply", "takes_cv", "shows_employers"),
        ]

    def buttons(self):
        return [save_or_stay()]

    def clean_max_words(self):
        return self.cleaned_data["max_words"] or USUAL_WORDS

    def clean_essential(self):
        lines = self._lines(CriterionKind.ESSENTIAL)
        if not lines:
            raise forms.ValidationError(self.fields["essential"].error_messages["required"])
        return lines

    def clean_desirable(self):
        return self._lines(CriterionKind.DESIRABLE)

    def _lines(self, kind):
        lines = lines_of(self.cleaned_data[kind.value])
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"Enter {MOST_LINES} lines or fewer")
        if any(len(line) > LONGEST_CRITERION for line in lines):
            raise forms.ValidationError(
                f"Each line must be {LONGEST_CRITERION} characters or fewer"
            )
        return lines


class PaymentsForm(StepForm):
    """Payments one under another; a row without a name and an amount is none."""

    step = "payments"

    def __init__(self, data=None, *, vacancy, initial=None):
        self.rows = max(FEWEST_PAYMENT_ROWS, vacancy.payments.count() + 1)
        while data and f"name_{self.rows + 1}" in data and self.rows < MOST_PAYMENT_ROWS:
            self.rows += 1
        fields = {f"{name}_{row}": field for row in self._numbers() for name, field in _payment()}
        self.base_fields = {**type(self).base_fields, **fields}
        super().__init__(data, vacancy=vacancy, initial=initial)

    @classmethod
    def boxes(cls, posted):
        asked = {
            f"{name}_{row}" for row in range(1, MOST_PAYMENT_ROWS + 1) for name, _ in _payment()
        }
        return [name for name in posted if name in asked or name == "opened_at"]

    def _numbers(self):
        return range(1, self.rows + 1)

    def shown(self, saved):
        return {
            f"{name}_{row}": value
            for row, payment in enumerate(saved["payments"], 1)
            for name, value in payment.items()
        }

    def questions(self):
        return [
            Fieldset(
                f"Payment {row} (optional)",
                Question(f"name_{row}"),
                Question(f"amount_{row}", width="10", prefix="£"),
                Radios(f"kind_{row}", inline=True),
                Question(f"condition_{row}"),
            )
            for row in self._numbers()
        ]

    def clean(self):
        given = super().clean()
        for row in self._numbers():
            name, amount = given.get(f"name_{row}"), given.get(f"amount_{row}")
            nameless = not name and f"name_{row}" in given
            if nameless and (amount or given.get(f"condition_{row}")):
                self.add_error(f"name_{row}", "Say what this payment is for")
            elif name and not amount and f"amount_{row}" in given:
                self.add_error(f"amount_{row}", "Enter the amount in whole pounds, like 3000")
            elif amount:
                self._check_amount(row, amount)
        return given

    def add_error(self, field, error):
        """Say which payment is meant: the summary above lists the errors of all of them."""
        row = (field or "").rpartition("_")[2]
        if row.isdigit():
            said = forms.ValidationError(error).messages
            error = [f"Payment {row}: {words[0].lower()}{words[1:]}" for words in said]
        super().add_error(field, error)

    def _check_amount(self, row, amount):
        typed = amount.replace(",", "").replace("£", "").strip()
        if typed.isascii() and typed.isdigit() and len(typed) < 8 and int(typed):
            self.cleaned_data[f"amount_{row}"] = int(typed)
        else:
            self.add_error(f"amount_{row}", "The amount must be whole pounds, like 3000")

    def answers(self):
        given = self.cleaned_data
        rows = [
            {
                "kind": given[f"kind_{row}"] or PaymentKind.SUPPLEMENT.value,
                **{name: given[f"{name}_{row}"] for name in ("name", "amount", "condition")},
            }
            for row in self._numbers()
            if given[f"name_{row}"]
        ]
        # In the order in which they are shown: what is paid each year first.
        return {"payments": sorted(rows, key=lambda row: row["kind"], reverse=True)}


def _payment():
    """Return the fields of one payment, by name."""
    amount = pounds("Amount")
    amount.required = False
    kind = choice_field("How often?", PaymentKind.choices, "Select how often it is paid")
    kind.initial = PaymentKind.SUPPLEMENT
    kind.required = False
    return [
        ("name", text_field("What it is", 80, hint="For example, Golden hello.")),
        ("amount", amount),
        ("kind", kind),
        (
            "condition",
            text_field(
                "When it is paid", 200, hint="Also say if it must be paid back when people leave."
            ),
        ),
    ]
