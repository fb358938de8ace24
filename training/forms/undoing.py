"""A form of a row that others may change while it is open: it does not undo what they did in silence."""

import json
from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

UNDOES = (
    "Somebody else has changed this {what} since you opened it. Here is what they changed: {changes}. "
    "What you typed is still here. Put it right where you need to, then save again."
)


class RefusesToUndoOthers:
    """For a ModelForm. Its page sends `opened_with` back in a hidden input of that name."""

    def opened_with(self):
        """Return what is stored of the form's fields now, as text that the page keeps."""
        return json.dumps(self._texts(self._stored())) if self.instance.pk else ""

    def clean(self):
        given = super().clean()
        if self.instance.pk:
            self._refuse_to_undo()
        return given

    def _refuse_to_undo(self):
        stored = self._stored()
        opened = _read(self.data.get("opened_with", ""))
        changed = [
            f"{self.fields[name].label} is now {_words_of(getattr(stored, name))}"
            for name, text in self._texts(stored).items()
            if opened.get(name, text) != text
        ]
        if changed:
            what = self.instance._meta.verbose_name
            raise forms.ValidationError(UNDOES.format(what=what, changes="; ".join(changed)))

    def _stored(self):
        return type(self.instance)._default_manager.get(pk=self.instance.pk)

    def _texts(self, row):
        fields = [row._meta.get_field(name) for name in self.fields]
        return {field.name: field.value_to_string(row) for field in fields}


def _read(text):
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _words_of(value):
    if value in (None, ""):
        return "empty"
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    return str(value)
