from django import forms
from django.urls import reverse

from design_system.forms import CreatesOnceMixin
from design_system.layout import Submit, form_helper


class RequestPlaceForm(CreatesOnceMixin, forms.Form):
    """The button that asks for a place in a fair round."""

    def __init__(self, *args, fair_round, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            Submit("Ask for a place", look="rose"),
            action=reverse("training:round-request", args=[fair_round.pk]),
        )
