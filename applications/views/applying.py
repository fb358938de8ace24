"""From "Apply for this job" to the confirmation. The sections between have views/sections.py."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.exceptions import UnfitFile
from applications import pages, progress, queries, rules
from applications.actions import attach_cv, begin_application, remove_cv
from applications.exceptions import VacancyClosed
from applications.forms import CVForm, StartForm
from applications.rules.panel import is_on_panel
from applications.sections import Held
from applications.states import ApplicationState
from applications.views.access import own_application, posted, step_of_draft, uploaded
from applications.views.monitoring import after_checking
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
    form = StartForm(posted(request), earlier=queries.earlier_applications(request.user))
    if not form.is_valid():
        context = {
            "form": form,
            "vacancy": vacancy,
            "criteria": vacancy.criteria.all(),
            "works_here": queries.works_here(request.user),
        }
        return render(request, "applications/application_start.html", context)
    try:
        application = begin_application(
            vacancy=vacancy,
            one_time_key=form.cleaned_data["one_time_key"],
            earlier=form.chosen(),
            by=request.user,
        )
    except VacancyClosed:
        return _gone(request, vacancy)
    return redirect(application)


def _gone(request, vacancy):
    context = {"vacancy": vacancy, "closed_early": pages.closed_early(vacancy)}
    return render(request, "applications/vacancy_closed.html", context, status=410)


@step_of_draft
def application_cv(request, application):
    """The section of the file, for those who want it, where the job takes one."""
    onward = pages.onward(request, application)
    cv = application.cv()
    if not application.vacancy.takes_cv and (cv is None or request.method == "POST"):
        raise Http404
    form = CVForm(posted(request), uploaded(request), onward=onward, has_cv=cv is not None)
    if form.is_valid():
        try:
            attach_cv(application=application, file=form.cleaned_data["cv"], by=request.user)
            return redirect(onward)
        except UnfitFile as problem:
            form.add_error("cv", str(problem))
    page = {"form": form, "application": application, "cv": cv, "onward": onward}
    return render(request, "applications/application_cv.html", page)


@step_of_draft
def application_cv_remove(request, application):
    """Remove the CV when told to. After signing in, the browser comes back without the form."""
    if request.method == "POST":
        remove_cv(application=application, by=request.user)
        messages.success(request, "Your CV has been removed.")
    if application.vacancy.takes_cv:
        return redirect("applications:application-cv", application.reference)
    return redirect(application)


@own_application
def application_check(request, application):
    """Check the answers, and go on to sending them."""
    if request.method == "POST":
        return after_checking(request, application)
    held = Held(application)
    today = timezone.localdate()
    waits = pages.only_copied(held)
    can_change = rules.can_change_answers(request.user, application, on=today)
    if not ((waits and can_change) or rules.can_submit_application(request.user, held, on=today)):
        return redirect(application)
    page = {
        "application": application,
        "parts": pages.parts(held, change=True),
        "to_check": waits,
    }
    return render(request, "applications/application_check.html", page)


@own_application
def application_submitted(request, application):
    """The confirmation, with the reference. It may be bookmarked."""
    if application.state in (ApplicationState.DRAFT, ApplicationState.WITHDRAWN):
        return redirect(application)
    since = timezone.localdate(application.submitted_at)
    words = progress.what_next(application, since=since, now=timezone.now())
    page = {"application": application, "what_next": words}
    return render(request, "applications/application_submitted.html", page)
