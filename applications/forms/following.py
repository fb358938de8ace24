"""Beginning an application, its CV, writing one down for somebody, and withdrawing."""

from django import forms
from django.conf import settings
from django.utils.formats import date_format

from applications.forms.boxes import line
from applications.states import EnteredHow, WithdrawalReason
from design_system.forms import CreatesOnceMixin
from design_system.layout import Buttons, Link, Question, Radios, Submit, form_helper

EMPTY = "empty"
CHOOSE_WHAT = "Choose what to start from"


class StartForm(CreatesOnceMixin, forms.Form):
    """Starting an application: from one of the `earlier` ones, or empty."""

    start_from = forms.ChoiceField(
        label="What would you like to start from?",
        help_text="We copy what both jobs ask for, but not a CV. You look at each part before you send it.",
        required=False,
        initial=EMPTY,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_WHAT, "invalid_choice": CHOOSE_WHAT},
    )

    def __init__(self, *args, earlier, **kwargs):
        super().__init__(*args, **kwargs)
        self.earlier = {application.reference: application for application in earlier}
        if not earlier:
            del self.fields["start_from"]
            self.helper = form_helper(Submit("Start your application"))
            return
        self.fields["start_from"].choices = [
            *((row.reference, in_words(row)) for row in earlier),
            (EMPTY, "An empty form"),
        ]
        self.helper = form_helper(
            Radios("start_from", label_size="m"), Submit("Start your application")
        )

    def chosen(self):
        """Return the earlier application that was chosen, or None."""
        return self.earlier.get(self.cleaned_data.get("start_from"))


class CopyForm(StartForm):
    """Taking the answers of an earlier application into a draft that has nothing yet."""

    def __init__(self, *args, earlier, back, **kwargs):
        super().__init__(*args, earlier=earlier, **kwargs)
        field = self.fields["start_from"]
        field.label, field.required, field.initial = "Which one shall we copy?", True, None
        field.choices = [choice for choice in field.choices if choice[0] != EMPTY]
        buttons = Buttons(Submit("Copy the answers"), Link("Go back without copying", back))
        self.helper = form_helper(Radios("start_from", label_size="m"), buttons)


def in_words(application):
    """Return an earlier application as a choice: "A-7KQ4XP (Social worker, sent on 3 May 2026)"."""
    told = "begun" if application.is_draft else "sent"
    on = date_format(application.told_on, "j F Y")
    return f"{application.reference} ({application.vacancy.title}, {told} on {on})"


class EnterForm(CreatesOnceMixin, forms.Form):
    """Whose application HR writes down, and how it came. The answers are given section by section."""

    full_name = line("Full name", 150, required="Enter their full name")
    email = forms.EmailField(
        label="E-mail address",
        help_text="Leave this empty if they have none: then we ring them with news.",
        required=False,
        max_length=254,
        error_messages={
            "invalid": "Enter an e-mail address, like name@example.org",
            "max_length": "Enter an e-mail address, like name@example.org",
            "null_characters_not_allowed": "Enter an e-mail address, like name@example.org",
        },
    )
    how = forms.ChoiceField(
        label="How did it come?",
        choices=EnteredHow.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose whether it came by phone or on paper",
            "invalid_choice": "Choose whether it came by phone or on paper",
        },
    )


class CVForm(forms.Form):
    cv = forms.FileField(
        label="Choose a file",
        max_length=255,
        allow_empty_file=True,  # our own words say that it is empty
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.odt"}),
        error_messages={
            "required": "Choose a file, or continue without a CV",
            "missing": "Choose a file, or continue without a CV",
            "max_length": "The file's name is too long. Give it a shorter one",
        },
    )

    def __init__(self, *args, onward, has_cv, **kwargs):
        super().__init__(*args, **kwargs)
        largest = settings.CV_LARGEST_BYTES / 1024 / 1024
        self.fields[
            "cv"
        ].help_text = (
            f"A PDF, a Word document (.docx) or an OpenDocument text (.odt), up to {largest:g} MB."
        )
        self.helper = form_helper(
            Question("cv", label_size="m"),
            Submit("Upload this one instead")
            if has_cv
            else Buttons(Submit("Upload and continue"), Link("Continue without a CV", onward)),
        )


class WithdrawForm(forms.Form):
    reason = forms.ChoiceField(
        label="Would you tell us why?",
        help_text="You do not have to. It helps us do better.",
        required=False,
        initial="",
        choices=[("", "I would rather not say"), *WithdrawalReason.choices],
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": "Select one of the reasons, or that you would rather not say"
        },
    )

    def __init__(self, *args, back, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            Radios("reason"),
            Buttons(
                Submit("Withdraw application", look="warning"),
                Link("Keep my application", back),
            ),
        )
