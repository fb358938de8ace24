"""From "Apply for this job" to the confirmation, one part of the application at a time."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import kept_words
from accounts.exceptions import UnfitFile
from accounts.kept_words import boxes_of, keeps_words
from applications import pages, queries, rules
from applications.actions import (
    attach_cv,
    remove_cv,
    save_details,
    save_statement,
    start_application,
    submit_application,
)
from applications.exceptions import NotComplete, SavedElsewhere, VacancyClosed
from applications.forms import CVForm, DetailsForm, StartForm, StatementForm
from applications.panel_rules import is_on_panel
from applications.states import ApplicationState
from applications.views.access import own_application, posted, step_of_draft, uploaded
from vacancies.models import Vacancy
from vacancies.rules import can_see_vacancy


def application_start(request, reference):
    """Start an application for a vacancy, or go on with the one there is."""
    vacancy = get_object_or_404(Vacancy.objects.select_related("role", "team"), reference=reference)
    today = timezone.localdate()
    is_or_was_open = vacancy.is_open(today) or vacancy.is_gone(today)
    if not is_or_was_open or not can_see_vacancy(request.user, vacancy, today):
        raise Http404
    if not request.user.is_authenticated and vacancy.is_open(today):
        return redirect_to_login(request.get_full_path())
    existing = request.user.is_authenticated and queries.application_for(request.user, vacancy)
    if existing:
        return redirect(existing)
    if not vacancy.is_open(today):
        return _gone(request, vacancy)
    if is_on_panel(request.user, vacancy):
        return render(
            request, "applications/panel/cannot_apply.html", {"vacancy": vacancy}, status=403
        )
    return _start(request, vacancy)


def _start(request, vacancy):
    form = StartForm(posted(request))
    if not form.is_valid():
        context = {
            "form": form,
            "vacancy": vacancy,
            "statement_words": settings.APPLICATION_STATEMENT_WORDS,
        }
        return render(request, "applications/application_start.html", context)
    try:
        application = start_application(
            vacancy=vacancy,
            one_time_key=form.cleaned_data["one_time_key"],
            by=request.user,
        )
    except VacancyClosed:
        return _gone(request, vacancy)
    if not application.is_draft:
        return redirect(application)
    return redirect("applications:application-details", application.reference)


def _gone(request, vacancy):
    context = {"vacancy": vacancy, "closed_early": pages.closed_early(vacancy)}
    return render(request, "applications/vacancy_closed.html", context, status=410)


@keeps_words(boxes_of(DetailsForm))
@step_of_draft
def application_details(request, application):
    """The first part: who you are and how to reach you."""
    form = DetailsForm(
        posted(request),
        initial=kept_words.over(request, pages.answers_for_form(application)),
        needs_registration=application.vacancy.needs_registration,
    )
    page = {
        "form": form,
        "application": application,
        "back": pages.back(request, application, "details"),
    }
    if form.is_valid():
        try:
            save_details(application=application, by=request.user, **form.answers())
            return redirect(pages.onward(request, application, "details"))
        except SavedElsewhere as conflict:
            form.open_again_at(conflict.application.details_version)
            page["saved_elsewhere"] = {"rows": pages.detail_rows(conflict.application)}
    return render(request, "applications/application_details.html", page)


@keeps_words(boxes_of(StatementForm))
@step_of_draft
def application_statement(request, application):
    """The second part: the words the panel reads."""
    saved = {"statement": application.statement, "version": application.statement_version}
    form = StatementForm(posted(request), initial=kept_words.over(request, saved))
    page = {
        "form": form,
        "application": application,
        "criteria": queries.criteria_of(application.vacancy),
        "back": pages.back(request, application, "statement"),
    }
    if form.is_valid():
        try:
            save_statement(application=application, by=request.user, **form.cleaned_data)
            return redirect(pages.onward(request, application, "statement"))
        except SavedElsewhere as conflict:
            form.open_again_at(conflict.application.statement_version)
            page["saved_elsewhere"] = pages.statement_part(conflict.application)
    return render(request, "applications/application_statement.html", page)


@step_of_draft
def application_cv(request, application):
    """The third part, for those who want it: a CV."""
    onward = pages.onward(request, application, "cv")
    cv = application.cv()
    form = CVForm(posted(request), uploaded(request), onward=onward, has_cv=cv is not None)
    if form.is_valid():
        try:
            attach_cv(application=application, file=form.cleaned_data["cv"], by=request.user)
            return redirect(onward)
        except UnfitFile as problem:
            form.add_error("cv", str(problem))
    page = {
        "form": form,
        "application": application,
        "cv": cv,
        "onward": onward,
        "back": pages.back(request, application, "cv"),
    }
    return render(request, "applications/application_cv.html", page)


@step_of_draft
def application_cv_remove(request, application):
    """Remove the CV when told to. After signing in, the browser comes back without the form."""
    if request.method == "POST":
        remove_cv(application=application, by=request.user)
        messages.success(request, "Your CV has been removed.")
    return redirect("applications:application-cv", application.reference)


@own_application
def application_check(request, application):
    """Check the answers, and send them."""
    if request.method == "POST":
        limited = ratelimit.consume_or_429(
            request, action="application_submit", config=settings.RATE_LIMITS
        )
        return limited or _submit(request, application)
    if not rules.can_submit_application(request.user, application, on=timezone.localdate()):
        return redirect(application)
    page = {
        "application": application,
        "parts": pages.answers(application, application.cv(), change=True),
        "back": reverse("applications:application-cv", args=[application.reference]),
    }
    return render(request, "applications/application_check.html", page)


def _submit(request, application):
    try:
        submit_application(application=application, by=request.user)
    except VacancyClosed:
        words = "The job closed before your application was sent, so it has not been sent."
        messages.error(request, words)
        return redirect(application)
    except NotComplete:
        words = "Some parts are not finished yet, so your application has not been sent."
        messages.error(request, words)
        return redirect(application)
    return redirect("applications:application-submitted", application.reference)


@own_application
def application_submitted(request, application):
    """The confirmation, with the reference. It may be bookmarked."""
    if application.state in (ApplicationState.DRAFT, ApplicationState.WITHDRAWN):
        return redirect(application)
    return render(request, "applications/application_submitted.html", {"application": application})
