"""How the views of this app find an application for who may write it."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.kept_words import words_kept
from applications import queries, rules
from applications.exceptions import AlreadySent, VacancyClosed
from applications.forms import TYPED
from applications.models import Application


def posted(request):
    """Return what a form was sent with, or None when the page is only asked for."""
    return request.POST if request.method == "POST" else None


def uploaded(request):
    return request.FILES if request.method == "POST" else None


def own_application(view):
    """Give the view an application of which the person is a writer: visitors sign in, strangers get 404.

    Who wrote one down for somebody else finds it in the admin once it is sent.
    """

    @login_required
    @wraps(view)
    def found(request, reference, **kwargs):
        application = queries.application_for_writer(request.user, reference)
        if application is None or not rules.is_writer(request.user, application):
            raise Http404
        application.is_for_another = request.user != application.applicant
        is_over_to_hr = application.is_for_another and not application.is_draft
        if is_over_to_hr and request.method != "POST":
            return redirect("admin:applications_application_change", application.pk)
        try:
            return view(request, application, **kwargs)
        except Application.DoesNotExist as gone:  # a draft, deleted meanwhile in another tab
            raise Http404 from gone

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
