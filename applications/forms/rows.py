"""The forms of the rows of an application: a qualification, a job, an explanation, a course."""

from django.conf import settings
from django.utils import timezone

from applications.forms.boxes import VersionedForm, YesNoField, line, paragraphs
from applications.history import Span
from design_system.fields import MonthField
from design_system.forms import CreatesOnceMixin
from design_system.layout import Buttons, Fieldset, Link, Question, Radios, Submit, form_helper

LIKE_THIS = "For example, 3 2019 or March 2019."


def earliest():
    today = timezone.localdate()
    return today.replace(year=today.year - settings.HISTORY_YEARS_BACK, month=1, day=1)


def latest_result():
    today = timezone.localdate()
    return today.replace(year=today.year + settings.RESULT_EXPECTED_YEARS, month=12, day=31)


def month(label, thing, *, hint=LIKE_THIS, latest=timezone.localdate, required=True):
    return MonthField(
        label=label,
        thing=thing,
        help_text=hint,
        required=required,
        earliest=earliest,
        latest=latest,
    )


class RowForm(CreatesOnceMixin, VersionedForm):
    """A page about one row. `saved` is what it begins with, `kept` what was sent after the session was lost.

    `back` is the address of the list.
    """

    def __init__(self, data=None, *, saved, version, back, kept=None):
        super().__init__(data, initial={**self.begin_with(saved), "version": version})
        for name in self.base_fields if kept else ():
            self.initial[name] = self.fields[name].widget.value_from_datadict(kept, {}, name)
        buttons = Buttons(Submit("Save and continue"), Link("Cancel", back))
        self.helper = form_helper(*self.questions(), buttons)

    @classmethod
    def boxes(cls, posted):
        """Return the names of the boxes that are kept when the session was lost: a month has two."""
        names = tuple(cls.base_fields)
        return [name for name in posted if name.rpartition("_")[0] in names or name in names]

    def begin_with(self, saved):
        return saved

    def questions(self):
        return list(self.base_fields)

    def answers(self):
        """Return the answers by the names of the row's fields."""
        apart = ("version", "one_time_key")
        return {name: said for name, said in self.cleaned_data.items() if name not in apart}


class QualificationForm(RowForm):
    title = line(
        "Qualification and subject",
        150,
        required="Enter the qualification and its subject",
        hint="For example, BA (Hons) Social Work, or GCSE English.",
    )
    awarded_by = line(
        "School, college or university",
        150,
        required="Enter the school, college or university",
    )
    finished_on = month(
        "When did you get the result?",
        "The month of the result",
        hint=f"If you do not have it yet, give the month in which you expect it. {LIKE_THIS}",
        latest=latest_result,
    )
    result = line(
        "Grade or result (optional)", 60, hint="Leave this empty if you do not have it yet."
    )

    def questions(self):
        return ["title", "awarded_by", "finished_on", Question("result", width="20")]


class EmploymentForm(RowForm):
    job_title = line("Job title", 150, required="Enter what your job was called")
    employer = line(
        "Employer",
        150,
        required="Enter the employer, or say that you worked for yourself",
        hint="An agency, a charity or a family count too, and so do you if you worked for yourself.",
    )
    began_on = month("When did you begin?", "The first month")
    is_present = YesNoField(
        "Do you still have this job?", required="Select yes if you still have this job"
    )
    ended_on = month("When did it end?", "The last month", required=False)
    reason_for_leaving = line("Why did you leave?", 300)
    with_children = YesNoField(
        "Did you work with children, young people or vulnerable adults?",
        required="Select yes if you worked with children, young people or vulnerable adults",
    )
    duties = paragraphs("What did you do there? (optional)", 2000, rows=4)

    def begin_with(self, saved):
        return {**saved, "is_present": saved.get("ended_on") is None} if saved else {}

    def questions(self):
        ended = ["ended_on", "reason_for_leaving"]
        return [
            "job_title",
            "employer",
            "began_on",
            Radios("is_present", conditional={"no": ended}),
            Radios("with_children", inline=True),
            "duties",
        ]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_present"):
            cleaned |= {"ended_on": None, "reason_for_leaving": ""}
            for name in ("ended_on", "reason_for_leaving"):
                self.errors.pop(name, None)  # it was not asked for
        elif "is_present" in cleaned:
            self._ask_for_the_end(cleaned)
        return cleaned

    def _ask_for_the_end(self, cleaned):
        if "ended_on" in cleaned and cleaned["ended_on"] is None:
            self.add_error("ended_on", "Enter the last month")
        if "reason_for_leaving" in cleaned and not cleaned["reason_for_leaving"]:
            self.add_error("reason_for_leaving", "Enter why you left, in a few words")
        refuse_an_end_before_the_beginning(self, cleaned)

    def answers(self):
        return {name: said for name, said in super().answers().items() if name != "is_present"}


class GapForm(RowForm):
    words = paragraphs(
        "What did you do in these months?",
        500,
        required="Enter in a few words what you did",
        rows=3,
        hint="For example: I looked after my children. I was ill. I looked for work. You need not "
        "say more than you wish.",
    )
    began_on = month("First month", "The first month", hint="")
    ended_on = month("Last month", "The last month", hint="")

    def questions(self):
        return [
            "words",
            Fieldset(
                "Which months is this about?",
                "began_on",
                "ended_on",
                hint="Change them if you did different things: you explain the other months after this.",
            ),
        ]

    def clean(self):
        cleaned = super().clean()
        refuse_an_end_before_the_beginning(self, cleaned)
        return cleaned


class TrainingForm(RowForm):
    course = line("Course", 150, required="Enter the name of the course")
    provider = line("Who ran it? (optional)", 150)
    taken_on = month("When did you finish it?", "The month you finished")

    # No box has the name of another form's: words that came too late are shown by it.
    FIELDS = {"course": "title", "provider": "provider", "taken_on": "finished_on"}

    def begin_with(self, saved):
        return {box: saved[field] for box, field in self.FIELDS.items()} if saved else {}

    def answers(self):
        return {self.FIELDS[box]: said for box, said in super().answers().items()}


class EducationForm(RowForm):
    left_education_on = month(
        "When did you leave full-time education?",
        "The month you left",
        hint="The first time: after school, college or university. If you have not left yet, give the "
        f"month in which you will. {LIKE_THIS}",
        latest=latest_result,
    )

    def questions(self):
        return [Question("left_education_on", label_size="xl", page_heading=True)]


def refuse_an_end_before_the_beginning(form, cleaned):
    began_on, ended_on = cleaned.get("began_on"), cleaned.get("ended_on")
    if began_on and ended_on and ended_on < began_on:
        first = Span(began_on, began_on)
        form.add_error("ended_on", f"The last month must be {first} or later, as the first is")
