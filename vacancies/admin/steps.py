"""What HR does with an advert besides changing it: one page for each, with the same actions as the site."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from design_system.forms import OneTimeKeyField
from design_system.lines import LinesField
from vacancies import rules
from vacancies.actions import (
    approve_vacancy,
    close_vacancy,
    copy_vacancy,
    extend_vacancy,
    publish_vacancy,
    relist_vacancy,
    return_vacancy,
    send_vacancy,
    unschedule_vacancy,
    withdraw_vacancy,
)
from vacancies.states import VacancyState


class NothingForm(forms.Form):
    """A step that needs no words."""

    def __init__(self, data=None, *, vacancy):
        super().__init__(data)
        self.vacancy = vacancy


class ReasonForm(NothingForm):
    reason = LinesField(
        label="Why?",
        max_length=300,
        help_text="Those who saved the job or are writing an application read this.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why: people are told."},
    )


class ClosingForm(NothingForm):
    """A new closing date, and a new interview date if there is one."""

    closes_on = forms.DateField(
        label="New closing date", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    interview_on = forms.DateField(
        label="New interview date",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    @property
    def opens_on(self):
        return self.vacancy.opens_on

    def clean_closes_on(self):
        return self._refuse_too_late(self.cleaned_data["closes_on"])

    def clean_interview_on(self):
        day = self.cleaned_data["interview_on"]
        if day and day < self.opens_on:
            raise forms.ValidationError("Interviews cannot be before the advert opens.")
        return self._refuse_too_late(day)

    def _refuse_too_late(self, day):
        today = timezone.localdate()
        if day and day > rules.last_day(today):
            raise forms.ValidationError(rules.too_late(today))
        return day


class ExtendForm(ClosingForm, ReasonForm):
    field_order = ["closes_on", "interview_on", "reason"]

    def __init__(self, data=None, *, vacancy):
        super().__init__(data, vacancy=vacancy)
        self.fields["reason"].help_text = "Those who are writing an application read this."
        self.fields["interview_on"].help_text = "Leave empty to keep the one there is."

    def clean_closes_on(self):
        day = super().clean_closes_on()
        if day <= self.vacancy.closes_on:
            now = date_format(self.vacancy.closes_on, "j F Y")
            raise forms.ValidationError(f"It closes on {now} now: choose a later day.")
        return day


class RelistForm(ClosingForm):
    one_time_key = OneTimeKeyField()

    @property
    def opens_on(self):
        return timezone.localdate()

    def clean_closes_on(self):
        day = super().clean_closes_on()
        if day < self.opens_on:
            raise forms.ValidationError("It opens today: choose today or a later day.")
        return day


class WithdrawForm(ReasonForm):
    """Nobody but us knows of an advert that was never seen, so there is nobody to tell why."""

    def __init__(self, data=None, *, vacancy):
        super().__init__(data, vacancy=vacancy)
        self.fields["reason"].required = vacancy.is_live(timezone.localdate())
        self.fields[
            "reason"
        ].help_text = (
            "Those who saved the job, are writing an application or have sent one read this."
        )


class CommentForm(NothingForm):
    comment = LinesField(
        label="What would you like changed?",
        max_length=2000,
        help_text="The writer gets these words by e-mail and sees them beside the advert.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Say what you would like changed."},
    )


class CopyForm(NothingForm):
    one_time_key = OneTimeKeyField()


@dataclass(frozen=True)
class Step:
    """One thing HR does: its button and page, who may when, and what is said afterwards."""

    button: str
    words: str
    action: Callable
    can: Callable
    done: str
    form: type = NothingForm


def _now(rule):
    """Make a rule that does not ask for the day look like one that does."""
    return lambda user, vacancy, on: rule(user, vacancy)


def _can_copy(user, vacancy, on):
    return rules.may_copy(user, vacancy)


def _can_send(user, vacancy, on):
    """HR sends for approval what it has written itself; it publishes what others have."""
    return rules.can_send_vacancy(user, vacancy)


STEPS = {
    "approve": Step(
        "Approve",
        "The writer is told by e-mail. You publish it when you are ready.",
        approve_vacancy,
        _now(rules.can_approve_vacancy),
        "is approved, and the writer has been told.",
    ),
    "return": Step(
        "Return with comments",
        "It becomes a draft again, which the writer can change and send once more.",
        return_vacancy,
        _now(rules.can_return_vacancy),
        "is returned, and the writer has been told.",
        CommentForm,
    ),
    "publish": Step(
        "Publish",
        "People see it from its opening date: at once, or by itself when the day comes.",
        publish_vacancy,
        _now(rules.can_publish_vacancy),
        "is published.",
    ),
    "send": Step(
        "Send for approval",
        "A colleague approves it: nobody approves their own.",
        send_vacancy,
        _can_send,
        "waits for approval.",
    ),
    "unschedule": Step(
        "Unschedule",
        "Nobody has seen it yet. It becomes a draft again.",
        unschedule_vacancy,
        rules.can_unschedule_vacancy,
        "is a draft again.",
    ),
    "extend": Step(
        "Extend",
        "Those who are writing an application are told by e-mail.",
        extend_vacancy,
        rules.can_extend_vacancy,
        "is open for longer. People are being told.",
        ExtendForm,
    ),
    "close": Step(
        "Close early",
        "Nobody can apply from now on. Those who saved it or are writing an application are told, and "
        "booked chats are cancelled.",
        close_vacancy,
        rules.can_close_vacancy,
        "is closed. People are being told.",
        ReasonForm,
    ),
    "relist": Step(
        "Relist",
        "A new advert with the same words opens today. People who come to the old one are led to it.",
        relist_vacancy,
        rules.can_relist_vacancy,
        "is published.",
        RelistForm,
    ),
    "copy": Step(
        "Copy into a new advert",
        "The copy is a draft with the same words, criteria, payments and places, and new dates.",
        copy_vacancy,
        _can_copy,
        "is the new draft. Choose its dates.",
        CopyForm,
    ),
    "withdraw": Step(
        "Withdraw",
        "It leaves the site at once, and this cannot be undone. Applicants are told by e-mail, the next "
        "page names whom to ring, and booked chats are cancelled.",
        withdraw_vacancy,
        _now(rules.can_withdraw_vacancy),
        "is withdrawn.",
        WithdrawForm,
    ),
}


def steps_for(user, vacancy, on):
    """Return (verb, button) of each thing `user` can do with the advert on the date `on`."""
    return [(verb, step.button) for verb, step in STEPS.items() if step.can(user, vacancy, on)]


def outcome(step, vacancy, on):
    """Say how it went; what is published ahead says from when people see it."""
    if vacancy.state == VacancyState.SCHEDULED and step.action == publish_vacancy:
        first_day = date_format(vacancy.opens_on, "j F Y")
        return f"is published. The public sees it from {first_day}."
    return step.done
