from django import forms
from django.db import models
from django.urls import reverse

from design_system.forms import CreatesOnceMixin
from design_system.layout import Buttons, Link, Submit, form_helper
from training.models import Booking
from training.queries import named_waiting


class BookPlaceForm(CreatesOnceMixin, forms.Form):
    """The button that books a place. Several of them can be on one page."""

    def __init__(self, *args, session, words="Book a place", **kwargs):
        super().__init__(*args, auto_id=f"id_{session.pk}_%s", **kwargs)
        self.helper = form_helper(
            Submit(words, look="rose"),
            action=reverse("training:session-book", args=[session.pk]),
        )


class TellMeForm(CreatesOnceMixin, forms.Form):
    """The button of a full session, with the choice not to be named to those who have a place."""

    unnamed = forms.BooleanField(
        label="Do not show them my name",
        help_text=(
            "People with a place on this session see who waits for it, so that they can give you "
            "theirs if they cannot come."
        ),
        required=False,
    )

    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            "unnamed",
            Submit("Tell me when a place comes up"),
            action=reverse("training:session-wait", args=[session.pk]),
        )


class Calling(models.TextChoices):
    COURT = "court", "Court"
    DUTY = "duty", "Duty, or an emergency with a family"
    OTHER = "other", "Something else at work"


class CalledAwayForm(forms.Form):
    """What called somebody away, in one tap and a line if they like."""

    what = forms.ChoiceField(
        label="What came up?",
        choices=Calling.choices,
        initial=Calling.DUTY,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what came up"},
    )
    line = forms.CharField(
        label="Anything you want to add (you can leave this empty)",
        help_text="Do not name a child or a family.",
        required=False,
        max_length=200,
    )

    def __init__(self, *args, booking, manager_is_told, **kwargs):
        super().__init__(*args, **kwargs)
        self.manager_is_told = manager_is_told
        if manager_is_told:
            label = "Anything your manager should know (you can leave this empty)"
            self.fields["line"].label = label
        self.helper = form_helper(
            "what",
            "line",
            Buttons(
                Submit("Give my place back", look="warning"),
                Link("Keep my place", booking.get_absolute_url()),
            ),
        )

    @property
    def why(self):
        """What came up, in words, for the manager."""
        label = Calling(self.cleaned_data["what"]).label
        return ": ".join(filter(None, [label, self.cleaned_data["line"]]))


class ColleagueField(forms.ModelChoiceField):
    def label_from_instance(self, booking):
        return booking.person.full_name


class ProposeSwapForm(forms.Form):
    """Which of those who wait is to have the place."""

    waiting = ColleagueField(
        label="Who would you like to have it?",
        queryset=Booking.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": "Choose a colleague",
            "invalid_choice": "This colleague does not wait any more. Choose another.",
        },
    )

    def __init__(self, *args, booking, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["waiting"].queryset = named_waiting(booking.session)
        self.helper = form_helper(
            "waiting",
            Buttons(
                Submit("Ask them", look="rose"),
                Link("Keep my place", booking.get_absolute_url()),
            ),
        )
