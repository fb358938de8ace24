"""Deleting a draft that was never sent."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html

from accounts.exceptions import Held
from accounts.queries import is_held
from applications import queries, rules
from applications.actions import delete_draft
from applications.exceptions import AlreadySent
from applications.views.access import own_application

SENT_ALREADY = "This application has been sent, so it is no draft any more."
GONE = "The draft has been deleted."
GONE_AND_BACK = (
    'The draft has been deleted. You can now <a class="govuk-link" href="{}">take the withdrawal of '
    "application {} back</a>."
)


@own_application
def draft_delete(request, application):
    """Say what is lost, then delete the draft for good."""
    if not rules.can_delete_draft(request.user, application):
        messages.error(request, SENT_ALREADY)
        return redirect(application)
    waits = _to_take_back(request.user, application)
    if request.method == "POST":
        return _delete(request, application, waits)
    page = {
        "application": application,
        "cv": application.cv(),
        "has_typed": queries.typed_words_of(application).exists(),
        "is_open": application.vacancy.is_open(timezone.localdate()),
        "is_held": is_held(application.applicant, application),
        "waits": waits,
    }
    return render(request, "applications/draft_delete.html", page)


def _delete(request, application, waits):
    try:
        delete_draft(application=application, by=request.user)
    except AlreadySent:  # from another tab
        messages.error(request, SENT_ALREADY)
        return redirect(application)
    except Held:
        return redirect("applications:draft-delete", application.reference)
    words = GONE
    if waits:
        words = format_html(GONE_AND_BACK, waits.get_absolute_url(), waits.reference)
    messages.success(request, words)
    return redirect("applications:application-list")


def _to_take_back(person, draft):
    """Return the application withdrawn from the same job that can come back without the draft, or None."""
    withdrawn = queries.withdrawn_of(person, draft.vacancy)
    if withdrawn is None or rules.is_gone_for_good(draft.vacancy):
        return None
    can = rules.can_take_withdrawal_back(person, withdrawn, now=timezone.now())
    return withdrawn if can else None
