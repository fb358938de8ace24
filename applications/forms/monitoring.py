"""The form of the equality questions, made from the data of `applications.equality`."""

from django import forms
from django.urls import reverse

from applications.equality import QUESTIONS
from design_system.layout import Buttons, Radios, Submit, form_helper

NOT_ON_THE_LIST = "Select one of the answers, or leave the question out"


def _radios(words, answers, hint=""):
    return forms.ChoiceField(
        label=words,
        help_text=hint,
        required=False,
        choices=[(answer.code, answer.label) for answer in answers],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": NOT_ON_THE_LIST},
    )


class MonitoringForm(forms.Form):
    """Every question may be left out. `kept` are the answers given before, by the name of the question."""

    def __init__(self, *args, application, kept, **kwargs):
        super().__init__(*args, initial=dict(_as_chosen(kept)), **kwargs)
        for question in QUESTIONS:
            self.fields[question.name] = _radios(question.words, question.answers, question.hint)
            for answer in question.answers:
                if answer.closer:
                    closer = _radios(answer.closer_question, answer.closer)
                    self.fields[_closer_name(question, answer)] = closer
        address = reverse("applications:application-equality", args=[application.reference])
        buttons = SENDING if application.is_draft else CHANGING
        self.helper = form_helper(*map(_asked, QUESTIONS), buttons, action=address)

    def answers(self):
        """Return the code that is kept for each question: the closest one told, or nothing."""
        return {question.name: self._told(question) for question in QUESTIONS}

    def _told(self, question):
        code = self.cleaned_data[question.name]
        closer = {
            answer.code: self.cleaned_data[_closer_name(question, answer)]
            for answer in question.answers
            if answer.closer
        }
        return closer.get(code) or code


SENDING = Buttons(
    Submit("Save these answers and send application", name="do", value="send"),
    Submit("Send without answering", name="do", value="skip", look="secondary"),
)
CHANGING = Buttons(
    Submit("Save these answers", name="do", value="save"),
    Submit("Clear my answers", name="do", value="clear", look="secondary"),
)


def _asked(question):
    conditional = {
        answer.code: [Radios(_closer_name(question, answer))]
        for answer in question.answers
        if answer.closer
    }
    return Radios(question.name, label_size="m", conditional=conditional)


def _closer_name(question, answer):
    return f"{question.name}_{answer.code}"


def _as_chosen(kept):
    """Yield (name of a field, code) for the answers that were kept."""
    for question in QUESTIONS:
        code = kept.get(question.name, "")
        yield question.name, code
        for answer in question.answers:
            if code in {closer.code for closer in answer.closer}:
                yield question.name, answer.code
                yield _closer_name(question, answer), code
