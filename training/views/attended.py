"""What somebody has attended elsewhere: logged, answered for, taken back, and the file that shows it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render

from accounts.exceptions import UnfitFile
from training.actions import answer_question, log_attended, open_evidence, withdraw_attended
from training.exceptions import (
    AskingRefused,
    EndsAfterToday,
    OutOfTheYears,
    RecordedAlready,
)
from training.forms import AnswerForm, AttendedForm
from training.models import AttendedElsewhere, Evidence
from training.rules import decides_for_workforce
from training.states import AttendedState
from training.views.access import staff_only

SENT = (
    "Thank you. Your manager has been asked to confirm it, and you get an e-mail when they answer."
)
ANSWERED = "Your answer is with your manager."


@staff_only
def attended_create(request):
    """Log a seminar or conference that one has been to."""
    is_sent = request.method == "POST"
    form = AttendedForm(request.POST, request.FILES) if is_sent else AttendedForm()
    attended = _log(request, form) if form.is_valid() else None
    if attended:
        return redirect(attended)
    return render(request, "training/attended_create.html", {"form": form})


def _log(request, form):
    try:
        attended = log_attended(by=request.user, **form.cleaned_data)
    except UnfitFile as problem:
        form.add_error("file", str(problem))
    except OutOfTheYears as refusal:
        form.add_error("on", str(refusal))
    except EndsAfterToday as refusal:
        form.add_error("half_days", refusal.own)
    except RecordedAlready as refusal:
        form.add_error("on", refusal.own)
    except AskingRefused as refusal:
        form.add_error("title", str(refusal))
    else:
        messages.success(request, SENT)
        return attended
    return None


@staff_only
def attended_detail(request, pk):
    """One thing that was attended elsewhere, for the person and for officers; a question is answered here."""
    attended = get_object_or_404(AttendedElsewhere.objects.with_people(), pk=pk)
    is_own = attended.person == request.user
    if not is_own and not decides_for_workforce(request.user):
        raise Http404
    form = None
    if is_own and attended.state == AttendedState.QUESTIONED:
        form = AnswerForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            return _answer(request, attended, form)
    context = {"attended": attended, "is_own": is_own, "form": form}
    return render(request, "training/attended_detail.html", context)


def _answer(request, attended, form):
    try:
        answer_question(attended=attended, by=request.user, answer=form.cleaned_data["answer"])
    except AskingRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, ANSWERED)
    return redirect(attended)


@login_required
def attended_withdraw(request, pk):
    """Take it back when told to. After signing in, the browser comes back without the form."""
    attended = get_object_or_404(AttendedElsewhere, pk=pk, person=request.user)
    if request.method == "POST":
        try:
            withdraw_attended(attended=attended, by=request.user)
        except PermissionDenied as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, "Taken back. What you sent to show it is deleted.")
            return redirect("training:outside-list")
    return redirect(attended)


@login_required
def attended_evidence(request, pk):
    """Give a file to who may see it; to anyone else it does not exist."""
    evidence = get_object_or_404(Evidence.objects.select_related("attended__person"), pk=pk)
    try:
        stream = open_evidence(evidence=evidence, by=request.user)
    except (PermissionDenied, FileNotFoundError) as problem:
        raise Http404 from problem
    return FileResponse(
        stream,
        as_attachment=True,
        filename=evidence.original_name,
        content_type=evidence.content_type,
        headers={"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"},
    )
