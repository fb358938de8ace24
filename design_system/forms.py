"""Ways of asking that several apps' forms share."""

import uuid

from django import forms


class OneTimeKeyField(forms.UUIDField):
    """A hidden key made once for each form shown. A missing or spoiled key becomes a fresh one."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs):
        super().__init__(required=False, initial=uuid.uuid4, **kwargs)

    def clean(self, value):
        try:
            return super().clean(value) or uuid.uuid4()
        except forms.ValidationError:
            return uuid.uuid4()


class CreatesOnceMixin:
    """For a form that creates something: sending it twice must not create two.

    The action receives `cleaned_data["one_time_key"]`, stores it under a unique constraint,
    and gives back the row that is already there when the same person sends the same key again.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["one_time_key"] = OneTimeKeyField()
