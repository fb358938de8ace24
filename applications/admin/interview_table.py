"""HR's pages after the interviews: the table, deciding, one person's scores, reopening and undoing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from accounts.registries import AdminPage, admin_pages
from applications import interview_pages
from applications.actions import (
    decide_interview_outcome,
    reopen_interview_scores,
    undo_interview_outcome,
)
from applications.admin.interviews import data_of, find_vacancy, page
from applications.admin.ringing import please_ring
from applications.admin.undoing import say_if_undone, undo_and_tell
from applications.exceptions import DecidedMeanwhile, NotReadYet, WordsMissing
from applications.forms.interview_outcomes import interview_outcome_forms
from applications.forms.panel import ReasonForm
from applications.models import Application, InterviewDecision, InterviewSheet
from applications.queries import interviews as interview_queries
from applications.queries.interview_table import InterviewTable
from applications.rules import interviews as interview_rules
from applications.states import InterviewOutcome


def interview_table_view(request, pk):
    """What each interview came to. HR decides here, after a preview."""
    vacancy = find_vacancy(pk)
    table = InterviewTable(vacancy)
    forms = interview_outcome_forms(data_of(request), table.rows, decides=True)
    chosen = _chosen(forms)
    if chosen and "confirmed" in request.POST:
        _decide(request, chosen)
        return redirect(request.path)
    preview = bool(chosen) and "again" not in request.POST
    context = page(
        request,
        f"After the interviews: {vacancy}",
        vacancy,
        table=table,
        lines=interview_pages.table_lines(table, forms),
        chosen=chosen,
    )
    template = "interview_preview" if preview else "interview_table"
    return render(request, f"applications/admin/{template}.html", context)


def _chosen(forms):
    """Return the rows that HR has chosen an outcome for, or none while something is to be put right."""
    bound = [form for form in forms.values() if form.is_bound]
    if not all(form.is_valid() for form in bound):
        return []
    found = [form for form in bound if form.cleaned_data["outcome"]]
    for form in found:
        form.outcome_words = InterviewOutcome(form.cleaned_data["outcome"]).label
    return found


def _decide(request, chosen):
    """Decide each by itself, so that one that was withdrawn keeps nobody else waiting."""
    done = 0
    for form in chosen:
        application, given = form.row.application, form.cleaned_data
        try:
            decide_interview_outcome(application=application, by=request.user, **given)
        except (DecidedMeanwhile, NotReadYet, WordsMissing, PermissionDenied):
            words = f"{form.row.code} was left alone: something changed meanwhile, or it is yours."
            messages.warning(request, words)
            continue
        done += 1
        told = given["outcome"] != InterviewOutcome.OFFER
        if told and not application.applicant.can_be_written_to:
            ring = please_ring(application)
            messages.warning(request, f"{form.row.code} has no e-mail address. {ring}")
    if done:
        messages.success(request, f"Decided: {done}.")


def interview_scores_view(request, pk):
    """What the interviewers gave one application, and what was proposed, decided and undone."""
    application = get_object_or_404(Application.objects.sent().select_related("vacancy"), pk=pk)
    sheets = interview_queries.sheets_of(application)
    context = page(
        request,
        f"Interview scores of {application.code}",
        application.vacancy,
        application=application,
        sheets=[(row, interview_rules.can_reopen_interview(request.user, row)) for row in sheets],
        decisions=[
            (row, interview_rules.can_undo_interview_outcome(request.user, row))
            for row in interview_queries.decisions_of(application)
        ],
        reserves=application.reserve_entries.select_related("entered_by"),
    )
    return render(request, "applications/admin/interview_scores.html", context)


def interview_reopen_view(request, pk):
    """Give scores that were sent back to their writer, with a reason."""
    sheets = InterviewSheet.objects.select_related("application__vacancy", "member__person")
    sheet = get_object_or_404(sheets, pk=pk)
    form = ReasonForm(data_of(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            reopen_interview_scores(sheet=sheet, reason=reason, by=request.user)
            messages.success(request, f"{sheet.member.person} can change the points again.")
        except PermissionDenied as problem:
            messages.error(request, str(problem))
        return redirect("admin:applications_interview_scores", sheet.application_id)
    words = f"{sheet.member.person} can change these points again, and is told why."
    return _reason_page(request, "Reopen points", sheet.application, form, words)


def interview_undo_view(request, pk):
    """Take a decision after the interviews back, with a reason."""
    decisions = InterviewDecision.objects.select_related("application__vacancy")
    decision = get_object_or_404(decisions, pk=pk)
    if request.method != "POST" and say_if_undone(request, decision):
        return redirect("admin:applications_interview_scores", decision.application_id)
    form = ReasonForm(data_of(request))
    if form.is_valid():
        undo_and_tell(request, undo_interview_outcome, decision, form.cleaned_data["reason"])
        return redirect("admin:applications_interview_scores", decision.application_id)
    words = (
        "The application waits for another decision in interview. The applicant is told only if they have "
        "been told this one."
    )
    return _reason_page(request, "Undo the decision", decision.application, form, words)


def _reason_page(request, title, application, form, words):
    context = page(
        request,
        f"{title}: {application.code}",
        application.vacancy,
        application=application,
        form=form,
        words=words,
        button=title,
    )
    return render(request, "applications/admin/interview_form.html", context)


def _may_decide(user):
    return user.has_perm("applications.move_application")


def _may_reopen(user):
    return user.has_perm("applications.reopen_scoresheet")


def _may_undo(user):
    return user.has_perm("applications.undo_decision")


admin_pages.register(
    AdminPage(
        path="applications/interview-table/<int:pk>/",
        name="applications_interview_table",
        view=interview_table_view,
        may_see=_may_decide,
    ),
    AdminPage(
        path="applications/interview-scores/<int:pk>/",
        name="applications_interview_scores",
        view=interview_scores_view,
        may_see=_may_decide,
    ),
    AdminPage(
        path="applications/interview-sheets/<int:pk>/reopen/",
        name="applications_interview_reopen",
        view=interview_reopen_view,
        may_see=_may_reopen,
    ),
    AdminPage(
        path="applications/interview-decisions/<int:pk>/undo/",
        name="applications_interview_undo",
        view=interview_undo_view,
        may_see=_may_undo,
    ),
)
