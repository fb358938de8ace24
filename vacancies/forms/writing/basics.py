from django import forms
from django.conf import settings

from design_system.forms import CreatesOnceMixin
from design_system.layout import Checkboxes, Fieldset, Question, Radios, Submit, form_helper
from organisation.models import Grade, Role, Team
from vacancies.forms.writing.parts import StepForm, choice_field, text_field
from vacancies.models import Contract, Pattern


def role_field():
    words = "Choose the role"
    return forms.ModelChoiceField(
        Role.objects.select_related("grade"),
        label="Role",
        empty_label="Choose a role",
        help_text="The grade and its pay follow from it. You can change both.",
        error_messages={"required": words, "invalid_choice": words},
    )


def team_field():
    words = "Choose the team"
    return forms.ModelChoiceField(
        Team.objects.all(),
        label="Team",
        empty_label="Choose a team",
        error_messages={"required": words, "invalid_choice": words},
    )


def title_field():
    return text_field(
        "Title",
        120,
        required="Enter a title, like “Social worker, family help”",
        hint="The words people search for. For example, “Social worker, family help”.",
    )


class StartForm(CreatesOnceMixin, forms.Form):
    role = role_field()
    team = team_field()
    title = title_field()
    helper = form_helper("role", "team", "title", Submit("Start the advert"))


class JobForm(StepForm):
    step = "job"
    role = role_field()
    team = team_field()
    title = title_field()

    def shown(self, saved):
        return {"title": saved["title"], "role": saved["role_id"], "team": saved["team_id"]}

    def answers(self):
        given = self.cleaned_data
        return {
            "title": given["title"],
            "role_id": given["role"].pk,
            "team_id": given["team"].pk,
        }


def pounds(label):
    words = f"{label} must be whole pounds a year, like 37200"
    return forms.CharField(
        label=label,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": f"Enter the {label[0].lower()}{label[1:]}", "invalid": words},
    )


def number_field(label, required="", hint="", **limits):
    words = f"{label.partition(' (')[0]} must be a whole number from 1 to {limits['max_value']}"
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=bool(required),
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": required,
            "invalid": words,
            "min_value": words,
            "max_value": words,
        },
        **limits,
    )


def decimal_field(label, words, *, required=True, hint="", **limits):
    return forms.DecimalField(
        label=label,
        help_text=hint,
        required=required,
        decimal_places=2,
        max_digits=4,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages=dict.fromkeys(
            [
                "required",
                "invalid",
                "min_value",
                "max_value",
                "max_digits",
                "max_decimal_places",
                "max_whole_digits",
            ],
            words,
        ),
        **limits,
    )


def plain_number(number):
    """37.00 -> "37", 18.50 -> "18.5", None -> ""."""
    return "" if number is None else f"{number.normalize():f}"


class PayForm(StepForm):
    step = "pay"
    grade = forms.ModelChoiceField(
        Grade.objects.all(),
        label="Grade",
        empty_label=None,
        error_messages={"required": "Choose the grade", "invalid_choice": "Choose the grade"},
    )
    salary_from = pounds("Lowest salary")
    salary_to = pounds("Highest salary")
    contract = choice_field("Contract", Contract.choices, "Select the contract")
    contract_months = number_field(
        "Length in months (if not permanent)",
        hint="A fixed term needs one. A secondment may have one.",
        max_value=120,
    )
    patterns = forms.MultipleChoiceField(
        label="Working patterns",
        help_text="Tick all that you would agree to.",
        choices=Pattern.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Select at least one working pattern",
            "invalid_choice": "Select one of the working patterns",
        },
    )
    weekly_hours = decimal_field(
        "Hours a week",
        "Enter the hours a week, from 1 to 48, like 37 or 18.5",
        hint=f"Full time is {settings.FULL_TIME_WEEKLY_HOURS}.",
        min_value=1,
        max_value=48,
    )
    paid_weeks = decimal_field(
        "Paid weeks a year (optional)",
        "Enter the paid weeks, from 1 to 53, like 43.5",
        required=False,
        hint="For term time only, holidays included.",
        min_value=1,
        max_value=53,
    )
    number_of_posts = number_field(
        "Number of posts", required="Enter how many people you are looking for", max_value=200
    )

    def shown(self, saved):
        numbers = {name: plain_number(saved[name]) for name in ("weekly_hours", "paid_weeks")}
        return {**saved, **numbers, "grade": saved["grade_id"]}

    def questions(self):
        return [
            Fieldset(
                "Pay",
                Question("grade"),
                Question("salary_from", width="10", prefix="£"),
                Question("salary_to", width="10", prefix="£"),
            ),
            Fieldset("Contract", Radios("contract"), Question("contract_months", width="3")),
            Fieldset(
                "Hours",
                Checkboxes("patterns"),
                Question("weekly_hours", width="5", suffix="hours"),
                Question("paid_weeks", width="5", suffix="weeks"),
            ),
            Question("number_of_posts", width="3", label_size="m"),
        ]

    def clean_salary_from(self):
        return self._pounds("salary_from")

    def clean_salary_to(self):
        return self._pounds("salary_to")

    def _pounds(self, name):
        typed = self.cleaned_data[name].replace(",", "").replace("£", "").strip()
        if not (typed.isascii() and typed.isdigit() and int(typed[:9]) > 0 and len(typed) < 8):
            raise forms.ValidationError(self.fields[name].error_messages["invalid"])
        return int(typed)

    def clean(self):
        given = super().clean()
        lowest, highest = given.get("salary_from"), given.get("salary_to")
        if lowest and highest and highest < lowest:
            self.add_error("salary_to", "The highest salary must not be below the lowest")
        contract = given.get("contract")
        if contract == Contract.PERMANENT:
            given["contract_months"] = None
        missing = "contract_months" in given and given["contract_months"] is None
        if contract == Contract.FIXED_TERM and missing:
            self.add_error("contract_months", "Enter how many months the fixed term lasts")
        if Pattern.TERM_TIME not in given.get("patterns", [Pattern.TERM_TIME]):
            given["paid_weeks"] = None
        return given

    def answers(self):
        answers = super().answers()
        answers["grade_id"] = answers.pop("grade").pk
        return answers
