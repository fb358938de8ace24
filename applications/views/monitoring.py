"""Between checking the answers and the confirmation: the questions of equality monitoring.

Whatever the person does here is posted to one address, so that what the history notes of the request
that sends an application does not tell whether they answered.
"""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms.models import model_to_dict
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.retention import period_of
from applications import queries, rules
from applications.actions import save_monitoring, send_with_monitoring, submit_application
from applications.equality import NAMES
from applications.exceptions import NotComplete, VacancyClosed
from applications.forms.monitoring import MonitoringForm
from applications.sections import Held
from applications.views.access import own_application

NOT_SENT = {
    VacancyClosed: "The job closed before your application was sent, so it has not been sent.",
    NotComplete: "Some parts are not finished yet, so your application has not been sent.",
}


def after_checking(request, application):
    """Go on from "Check your answers": the applicant to the questions, who wrote it for them to sending."""
    today = timezone.localdate()
    is_theirs = request.user == application.applicant
    if is_theirs and rules.can_submit_application(request.user, Held(application), on=today):
        return redirect("applications:application-equality", application.reference)
    return _send(request, application)


@own_application
def application_equality(request, application):
    """Why we ask, and one button that goes on without answering. What is chosen comes back here."""
    if not _may_answer(request, application):
        return redirect(application)
    if request.method == "POST":
        return _done(request, application)
    kept = not application.is_draft and queries.monitoring_answers_of(application)
    page = {
        "application": application,
        "kept": kept,
        "back": _back(application),
        "smallest": settings.EQUALITY_SMALLEST_GROUP,
        "how_long": period_of("equality_answers", on=timezone.localdate()),
    }
    return render(request, "applications/application_equality.html", page)


@own_application
def application_equality_questions(request, application):
    """The questions, with what the person answered before."""
    if request.method == "POST" or not _may_answer(request, application):
        return redirect(application)
    return _questions(request, application, MonitoringForm(**_of(application)))


def _may_answer(request, application):
    if request.user != application.applicant:
        raise Http404
    # Sending twice is no mistake: the second time the confirmation is shown again.
    today = timezone.localdate()
    return (
        request.POST.get("do") in ("send", "skip")
        or rules.can_submit_application(request.user, Held(application), on=today)
        or rules.can_answer_monitoring(request.user, application, on=today)
    )


def _done(request, application):
    if request.POST.get("do") == "skip":
        return _send(request, application)
    form = MonitoringForm(request.POST, **_of(application))
    if request.POST.get("do") == "clear":
        return _save(request, application, {}, "Your answers are cleared. We keep none of them.")
    if not form.is_valid():
        return _questions(request, application, form)
    if request.POST.get("do") == "send":
        return _send(request, application, form.answers())
    return _save(request, application, form.answers(), "Your answers are saved.")


def _send(request, application, answers=None):
    limited = ratelimit.consume_or_429(
        request, action="application_submit", config=settings.RATE_LIMITS
    )
    if limited:
        return limited
    try:
        if answers is None:
            submit_application(application=application, by=request.user)
        else:
            send_with_monitoring(application=application, answers=answers, by=request.user)
    except (VacancyClosed, NotComplete) as problem:
        messages.error(request, NOT_SENT[type(problem)])
        return redirect(application)
    if application.is_for_another:
        words = f"Application {application} is sent and marked “{application.get_entered_how_display()}”."
        messages.success(request, words)
        return redirect("admin:applications_application_change", application.pk)
    return redirect("applications:application-submitted", application.reference)


def _save(request, application, answers, words):
    try:
        save_monitoring(application=application, answers=answers, by=request.user)
        messages.success(request, words)
    except PermissionDenied:
        messages.error(request, "These answers can no longer be changed.")
    return redirect(application)


def _questions(request, application, form):
    page = {
        "application": application,
        "form": form,
        "back": reverse("applications:application-equality", args=[application.reference]),
    }
    return render(request, "applications/application_equality_questions.html", page)


def _of(application):
    kept = queries.monitoring_answers_of(application)
    return {"application": application, "kept": model_to_dict(kept, NAMES) if kept else {}}


def _back(application):
    if application.is_draft:
        return reverse("applications:application-check", args=[application.reference])
    return application.get_absolute_url()
