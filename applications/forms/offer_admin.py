"""What HR fills in to make an offer, to end it, and to set the first day."""

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from applications.forms.boxes import NO_NULLS, line
from applications.forms.offers import latest_start
from applications.forms.panel import line_field
from applications.queries import offers as offer_queries
from applications.states import OfferAnswer, WithdrawalReason
from design_system.forms import CreatesOnceMixin
from organisation.models import Grade, GradeRange, Role, StaffMember, Team
from organisation.patterns import parse_pattern, pattern_in_words
from organisation.sheets.problems import Unreadable
from vacancies.models import Contract

WHOLE_WEEK = "Mon-Fri"
HOURS = "Hours a week must be from 1 to 48"


def day_field(label, **kwargs):
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose a date", "invalid": "Enter a real date"},
        **kwargs,
    )


def words_field(label, hint=""):
    return line_field(label, settings.OFFER_LONGEST_WORDS, hint=hint)


def refuse_past(form, name):
    """Say so when a day is before today, or further off than a first day can be planned."""
    day = form.cleaned_data[name]
    if day < timezone.localdate():
        raise forms.ValidationError("Choose today or a later day")
    if day > latest_start():
        raise forms.ValidationError(
            f"Choose a day within {settings.OFFER_STARTS_WITHIN_MONTHS} months"
        )
    return day


class OfferForm(CreatesOnceMixin, forms.Form):
    """The terms of an offer, beginning with what the advert says or what the offer says now."""

    team = forms.ModelChoiceField(Team.objects.order_by("name"), label="Team")
    post = forms.ModelChoiceField(
        None,
        label="Post of the establishment",
        required=False,
        empty_label="None chosen yet",
        error_messages={"invalid_choice": "Somebody else has this post, or is offered it"},
    )
    place_name = line("Place", 80, required="Enter the place")
    grade = forms.ModelChoiceField(Grade.objects.order_by("letter"), label="Grade")
    salary = forms.IntegerField(
        label="Salary for full time, all year (£)",
        min_value=1,
        max_value=1_000_000,
        error_messages={
            "required": "Enter the salary in pounds",
            "invalid": "Enter whole pounds, like 38400",
        },
    )
    weekly_hours = forms.DecimalField(
        label="Hours a week",
        max_digits=4,
        decimal_places=2,
        validators=[MinValueValidator(1, HOURS), MaxValueValidator(48, HOURS)],
    )
    paid_weeks = forms.DecimalField(
        label="Paid weeks a year, for a term-time job",
        required=False,
        min_value=1,
        max_value=53,
        max_digits=4,
        decimal_places=2,
    )
    pattern = line(
        "Days worked",
        120,
        required="Enter the days",
        hint="Like Mon-Fri, or Mon, Tue am, Thu-Fri / Mon-Wed for two weeks.",
    )
    contract = forms.ChoiceField(label="Contract", choices=Contract.choices)
    contract_months = forms.IntegerField(
        label="Length in months, if it is not permanent",
        required=False,
        min_value=1,
        max_value=120,
    )
    proposed_start_on = day_field("Start date we propose")
    answer_by = day_field(
        "Answer by",
        help_text="Nothing happens by itself on that day: you are told who has not answered.",
    )
    usual = forms.MultipleChoiceField(
        label="The offer depends on",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    own = line_field("Other conditions, one on each line", 2_000)

    def __init__(self, *args, application, offer=None, **kwargs):
        vacancy = application.vacancy
        kwargs["initial"] = terms_of(offer) if offer else terms_of_advert(vacancy)
        super().__init__(*args, **kwargs)
        self.vacancy = vacancy
        self.fields["post"].queryset = offer_queries.free_posts(vacancy, but=offer)
        self.fields["usual"].choices = [
            (name, text)
            for name, text in settings.OFFER_CONDITIONS.items()
            if name != "registration" or vacancy.needs_registration
        ]

    def clean_pattern(self):
        try:
            return pattern_in_words(parse_pattern(self.cleaned_data["pattern"]))
        except Unreadable as problem:
            raise forms.ValidationError(str(problem)) from problem

    def clean_proposed_start_on(self):
        return refuse_past(self, "proposed_start_on")

    def clean_answer_by(self):
        return refuse_past(self, "answer_by")

    def clean_own(self):
        lines = [text.strip() for text in self.cleaned_data["own"].splitlines() if text.strip()]
        if any(len(text) > 300 for text in lines):
            raise forms.ValidationError("Each condition must be 300 characters or fewer")
        return "\n".join(lines)

    def clean(self):
        cleaned = super().clean()
        permanent = cleaned.get("contract") == Contract.PERMANENT
        if permanent and cleaned.get("contract_months"):
            self.add_error("contract_months", "A permanent job has no length in months")
        post, team = cleaned.get("post"), cleaned.get("team")
        if post and team and post.team_id != team.pk:
            self.add_error("post", f"This post is in {post.team}")
        self._refuse_other_pay(cleaned.get("grade"), cleaned.get("salary"))
        start, answer_by = cleaned.get("proposed_start_on"), cleaned.get("answer_by")
        if start and answer_by and start <= answer_by:
            self.add_error("proposed_start_on", "They can answer until then: propose a later day")
        return cleaned

    def _refuse_other_pay(self, grade, salary):
        """Refuse a salary outside what both the advert and the grade say."""
        if not grade or not salary:
            return
        found = GradeRange.objects.in_force(timezone.localdate()).filter(grade=grade).first()
        lowest, highest = self.vacancy.salary_from, self.vacancy.salary_to
        if found:
            lowest, highest = min(lowest, found.lowest), max(highest, found.highest)
        if not lowest <= salary <= highest:
            self.add_error("salary", f"{grade} and the advert pay £{lowest:,} to £{highest:,}")

    def conditions(self):
        """Return what the offer depends on, as the actions take it."""
        usual = dict(self.fields["usual"].choices)
        chosen = [(name, usual[name]) for name in usual if name in self.cleaned_data["usual"]]
        return chosen + [("", text) for text in self.cleaned_data["own"].splitlines()]

    def terms(self):
        """Return the fields of the offer."""
        names = [
            "team", "post", "place_name", "grade", "salary", "weekly_hours", "paid_weeks", "contract",
            "contract_months", "proposed_start_on", "answer_by",
        ]  # fmt: skip
        terms = {name: self.cleaned_data[name] for name in names}
        slots = parse_pattern(self.cleaned_data["pattern"])
        return {**terms, "role": self.vacancy.role, "slots": slots}


def terms_of_advert(vacancy):
    """Return what the form of a new offer begins with."""
    usual = [
        name
        for name in settings.OFFER_CONDITIONS
        if name != "registration" or vacancy.needs_registration
    ]
    return {
        "team": vacancy.team_id,
        "place_name": vacancy.place_name,
        "grade": vacancy.grade_id,
        "salary": vacancy.salary_from,
        "weekly_hours": vacancy.weekly_hours,
        "paid_weeks": vacancy.paid_weeks,
        "pattern": WHOLE_WEEK,
        "contract": vacancy.contract,
        "contract_months": vacancy.contract_months,
        "answer_by": offer_queries.answer_by_from(timezone.localdate()),
        "usual": usual,
    }


def terms_of(offer):
    """Return what the form of a correction begins with."""
    names = [
        "place_name", "salary", "weekly_hours", "paid_weeks", "contract", "contract_months",
        "proposed_start_on", "answer_by",
    ]  # fmt: skip
    conditions = list(offer.conditions.all())
    return {
        **{name: getattr(offer, name) for name in names},
        "team": offer.team_id,
        "post": offer.post_id,
        "grade": offer.grade_id,
        "pattern": offer.pattern_words,
        "usual": [row.name for row in conditions if row.name],
        "own": "\n".join(row.text for row in conditions if not row.name),
    }


class EndForm(forms.Form):
    """Why an offer ends, for us and for the applicant."""

    reason = line_field("Our reason, which the applicant does not read", 500, required="Say why")
    words = words_field("Words to the applicant", "They read this in the e-mail and on their page.")


class NoteAnswerForm(forms.Form):
    """What the applicant told HR, as by phone."""

    answer = forms.ChoiceField(
        label="Their answer",
        choices=[(OfferAnswer.YES, "Yes, they accept it"), (OfferAnswer.NO, "No, they do not")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no"},
    )
    reason = forms.ChoiceField(
        label="Why not, if they said so",
        required=False,
        choices=[("", "They gave no reason"), *WithdrawalReason.choices],
    )


class QuestionForm(forms.Form):
    """What HR answers to a question about an offer."""

    answer = line_field("Your answer", settings.OFFER_LONGEST_WORDS, required="Write an answer")


class FirstDayForm(forms.Form):
    """When and where somebody comes on their first day, whom to ask for and what to bring."""

    starts_on = day_field("First day")
    arrive_at = forms.TimeField(
        label="Time to arrive",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Enter a time", "invalid": "Enter a time, like 09:30"},
    )
    arrive_where = line("Where to come", 300, required="Enter the address and the desk")
    line_manager = forms.EmailField(
        label="Line manager's e-mail address",
        error_messages={"required": "Enter the manager's e-mail address"},
    )
    bring = line_field("What to bring", 1_000)
    post = forms.ModelChoiceField(
        None, label="Post of the establishment", required=False, empty_label="None"
    )
    employee_number = forms.CharField(
        label="Employee number",
        required=False,
        max_length=20,
        help_text="As payroll has given it.",
        error_messages={"null_characters_not_allowed": NO_NULLS},
    )

    def __init__(self, *args, offer, **kwargs):
        manager = offer.line_manager or offer.team.manager
        kwargs["initial"] = {
            "starts_on": offer.early_starts_on or offer.proposed_start_on,
            "arrive_at": offer.arrive_at,
            "arrive_where": offer.arrive_where or f"{offer.team}, {offer.place_name}",
            "bring": offer.bring or settings.OFFER_BRING,
            "line_manager": manager.user.email if manager else "",
            "post": offer.post_id,
            "employee_number": offer.employee_number,
        }
        super().__init__(*args, **kwargs)
        self.offer = offer
        self.fields["post"].queryset = offer_queries.free_posts(
            offer.application.vacancy, but=offer
        )
        if StaffMember.objects.filter(user=offer.application.applicant).exists():
            del self.fields["employee_number"]

    def clean_starts_on(self):
        return refuse_past(self, "starts_on")

    def clean_line_manager(self):
        email = self.cleaned_data["line_manager"].lower()
        staff = StaffMember.objects.working(timezone.localdate()).select_related("user")
        manager = staff.filter(user__email=email).first()
        if manager is None:
            raise forms.ValidationError("Nobody who works here has this address")
        return manager

    def clean_employee_number(self):
        return self.cleaned_data["employee_number"].strip()


class EarlyForm(FirstDayForm):
    """A start before registration: in which other role, and why."""

    role = forms.ModelChoiceField(
        Role.objects.filter(protected_title=False).order_by("name"),
        label="Role until they are registered",
        help_text="Only roles without the protected title are listed.",
        error_messages={"required": "Choose a role"},
    )
    reason = line_field("Why they start before they are registered", 500, required="Say why")
    field_order = ["role", "reason"]


class MoveStartForm(forms.Form):
    """Another first day, and why."""

    starts_on = day_field("New first day")
    reason = line_field("Our reason, which the applicant does not read", 500, required="Say why")
    words = words_field("Words to the applicant", "They read this in the e-mail.")

    def clean_starts_on(self):
        return refuse_past(self, "starts_on")


class CancelStartForm(EndForm):
    """Why somebody does not start after all, and whose wish it is."""

    wish = forms.ChoiceField(
        label="Who does not want it any more?",
        choices=[("theirs", "The person"), ("ours", "The council")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whose wish it is"},
    )
    field_order = ["wish"]

    def clean(self):
        cleaned = super().clean()
        cleaned["is_their_wish"] = cleaned.pop("wish", "") == "theirs"
        return cleaned
