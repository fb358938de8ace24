from django import forms

from applications.forms.about import is_phone_number
from applications.forms.boxes import SectionForm, YesNoField, line
from applications.models import RefereeKind
from applications.sections.referees import POSITIONS
from design_system.layout import Fieldset, Question, Radios

A_PHONE_NUMBER = "Enter a phone number, like 01632 960 001, or leave it empty"
WHICH = {1: "first", 2: "second"}
LEGENDS = {1: "Your first referee", 2: "Your second referee"}
BOXES = [
    "kind",
    "full_name",
    "job_title",
    "organisation",
    "email",
    "phone",
    "ask_before_interview",
]
HINTS = {
    1: "Your manager in your present job, or in the last one you had.",
    2: "Another employer, a tutor, or somebody else who knows you well. Not somebody of your family.",
}


def _kind(which):
    problem = f"Select who your {which} referee is to you"
    return forms.ChoiceField(
        label="Who are they?",
        choices=RefereeKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": problem, "invalid_choice": problem},
    )


def _name(which):
    return line("Their full name", 150, required=f"Enter the {which} referee’s full name")


def _email(which):
    problem = f"Enter the {which} referee’s e-mail address, like name@example.org"
    return forms.EmailField(
        label="Their e-mail address",
        max_length=254,
        error_messages=dict.fromkeys(
            ["required", "invalid", "max_length", "null_characters_not_allowed"], problem
        ),
    )


def _ask(which):
    return YesNoField(
        "May we write to them before an interview?",
        hint="If you say no, we write to them only after we have offered you the job.",
        required=f"Select yes if we may write to the {which} referee before an interview",
    )


def _questions(position):
    return Fieldset(
        LEGENDS[position],
        Radios(f"kind_{position}"),
        Question(f"full_name_{position}"),
        Question(f"job_title_{position}"),
        Question(f"organisation_{position}"),
        Question(f"email_{position}"),
        Question(f"phone_{position}", width="20"),
        Radios(f"ask_before_interview_{position}", inline=True),
        hint=HINTS[position],
    )


class RefereesForm(SectionForm):
    """Two people, with the number of each at the end of the names of its boxes."""

    kind_1, kind_2 = (_kind(WHICH[number]) for number in POSITIONS)
    full_name_1, full_name_2 = (_name(WHICH[number]) for number in POSITIONS)
    job_title_1, job_title_2 = (line("Their job title", 150) for _ in POSITIONS)
    organisation_1, organisation_2 = (line("Where they work", 150) for _ in POSITIONS)
    email_1, email_2 = (_email(WHICH[number]) for number in POSITIONS)
    phone_1, phone_2 = (line("Their phone number", 30, widget=forms.TelInput) for _ in POSITIONS)
    ask_before_interview_1, ask_before_interview_2 = (_ask(WHICH[number]) for number in POSITIONS)
    # One person after the other, as the page shows them: so the list of problems is in that order too.
    field_order = [f"{name}_{position}" for position in POSITIONS for name in BOXES]

    def questions(self):
        return [_questions(position) for position in POSITIONS]

    def clean(self):
        cleaned = super().clean()
        for position in POSITIONS:
            self._check_one(position)
        if self.section.had_a_job and cleaned.get("kind_1", "employer") != RefereeKind.EMPLOYER:
            self.add_error(
                "kind_1",
                "Your first referee must be your present or last employer, as you have told us of jobs",
            )
        self._refuse_one_person_twice(cleaned)
        return cleaned

    def _check_one(self, position):
        told = {name: self.cleaned_data.get(f"{name}_{position}") for name in ("phone", "email")}
        if told["phone"] and not is_phone_number(told["phone"]):
            self.add_error(f"phone_{position}", A_PHONE_NUMBER)
        if _same(told["email"], self.section.application.applicant.email):
            self.add_error(f"email_{position}", "This is your own address. Enter the referee’s")
        works = self.cleaned_data.get(f"kind_{position}") not in (None, RefereeKind.CHARACTER)
        if works and self.cleaned_data.get(f"organisation_{position}") == "":
            self.add_error(f"organisation_{position}", "Enter where the referee works")

    def _refuse_one_person_twice(self, cleaned):
        for name, words in [
            ("email", "Both referees have this address. Give two different people"),
            ("full_name", "Both referees have this name. Give two different people"),
        ]:
            if _same(cleaned.get(f"{name}_1"), cleaned.get(f"{name}_2")):
                self.add_error(f"{name}_2", words)


def _same(one, other):
    return bool(one) and bool(other) and one.casefold() == other.casefold()
