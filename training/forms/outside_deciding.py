"""What managers and workforce development are asked when they decide about what is asked of them."""

from django import forms

from design_system.layout import Submit, form_helper
from design_system.lines import ParagraphsField
from training.models import BookedBy

CONFIRM, QUESTION, DECLINE = "confirm", "question", "decline"


class DeclineAskedForm(forms.Form):
    """Why not. The person reads it."""

    reason = ParagraphsField(
        label="Why not?",
        help_text="They read this.",
        max_length=500,
        rows=3,
        error_messages={"required": "Say why, in a sentence or two"},
    )

    def __init__(self, *args, words="Decline", **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            "reason", Submit(words, name="decision", value=DECLINE, look="secondary")
        )


class ConfirmForm(forms.Form):
    """The button that confirms."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            Submit("Yes, they were there", name="decision", value=CONFIRM, look="rose")
        )


class QuestionForm(forms.Form):
    """What the manager wants to know first."""

    question = ParagraphsField(
        label="What would you like to know?",
        max_length=500,
        rows=3,
        error_messages={"required": "Write your question"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            "question", Submit("Ask them", name="decision", value=QUESTION, look="secondary")
        )


class BudgetLineField(forms.ModelChoiceField):
    def label_from_instance(self, line):
        return f"{line}: {line.left_words} left of £{line.pounds:,}"


class ApproveOutsideForm(forms.Form):
    """Workforce development's yes: which money, who books it, whether it counts."""

    budget_line = BudgetLineField(
        label="Budget line", queryset=None, required=False, empty_label="Choose a budget line"
    )
    over_budget_reason = forms.CharField(
        label="Reason, if the line would be over by it",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    booked_by = forms.ChoiceField(label="Who books it", choices=BookedBy.choices)
    counts = forms.BooleanField(label="Counts towards the five days", required=False)
    cover_reason = forms.CharField(
        label="Reason to go below safe cover, where the team would",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, lines, is_free, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["budget_line"].queryset = lines
        if is_free:
            del self.fields["budget_line"], self.fields["over_budget_reason"]
