"""How the views of this app find the person's own application."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.kept_words import words_kept
from applications import queries, rules
from applications.exceptions import AlreadySent, VacancyClosed
from applications.forms import DetailsForm, StatementForm

# What a person types, by the name of its box, for giving words back that came too late.
TYPED = {
    name: field.label
    for form in (DetailsForm, StatementForm)
    for name, field in form.base_fields.items()
    if not hasattr(field, "choices") and not field.widget.is_hidden
}


def posted(request):
    """Return what a form was sent with, or None when the page is only asked for."""
    return request.POST if request.method == "POST" else None


def uploaded(request):
    return request.FILES if request.method == "POST" else None


def own_application(view):
    """Give the view the person's own application: visitors go to sign in, strangers get 404."""

    @login_required
    @wraps(view)
    def found(request, reference, **kwargs):
        application = queries.application_for_applicant(request.user, reference)
        if application is None:
            raise Http404
        return view(request, application, **kwargs)

    return found


def step_of_draft(view):
    """For a page that changes answers. Words that come too late are shown again, never dropped."""

    @own_application
    @wraps(view)
    def step(request, application, **kwargs):
        can_change = rules.can_change_answers(request.user, application, on=timezone.localdate())
        if request.method != "POST" and not can_change:
            words = words_kept(request)
            if words:
                return _too_late(request, application, words, already_sent=not application.is_draft)
            return redirect(application)
        try:
            return view(request, application, **kwargs)
        except (AlreadySent, VacancyClosed) as problem:
            already_sent = isinstance(problem, AlreadySent)
            return _too_late(request, application, request.POST, already_sent=already_sent)

    return step


def _too_late(request, application, words, *, already_sent):
    typed = [(label, words.get(name)) for name, label in TYPED.items()]
    context = {
        "application": application,
        "already_sent": already_sent,
        "typed": [{"key": label, "value": words} for label, words in typed if words],
    }
    return render(request, "applications/application_too_late.html", context)
