"""For who runs a session: their sessions, the code on the screen, the list, and what people said."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from training import sign_in_codes
from training.actions import mark_half_days
from training.exceptions import AttendanceRefused
from training.forms import marks_changed
from training.models import Session
from training.models.attendance import parts_of
from training.queries import attendance_list, part_open_at, results_of, sessions_run_by
from training.rules import can_run_session

REFRESHED_SECONDS = 60


def session_to_run(user, pk):
    """Return a planned session that the user runs; to others it is not there."""
    sessions = Session.objects.planned().select_related("course", "trainer")
    session = get_object_or_404(sessions, pk=pk)
    if not can_run_session(user, session):
        raise Http404
    return session


@login_required
def session_run_list(request):
    """List the sessions that the person leads. Who leads none reads so."""
    context = sessions_run_by(request.user, timezone.now())
    return render(request, "training/session_run_list.html", context)


@login_required
def session_attendance(request, pk):
    """Show who was there in which half day, and mark it by hand."""
    session, now = session_to_run(request.user, pk), timezone.now()
    if request.method == "POST":
        mark(request, session)
        return redirect("training:session-attendance", pk)
    parts, lines = attendance_list(session)
    context = {
        "session": session,
        "parts": [(part, part.has_begun(now)) for part in parts],
        "lines": lines,
        "has_started": session.has_started(now),
        "is_over": session.ends_at <= now,
        "is_open": part_open_at(session, now) is not None,
    }
    return render(request, "training/session_attendance.html", context)


def mark(request, session):
    """Mark what was sent, and say what came of it."""
    is_complete = "complete" in request.POST
    changes = marks_changed(request.POST)
    try:
        number = mark_half_days(
            session=session, changes=changes, by=request.user, is_complete=is_complete
        )
    except AttendanceRefused as refusal:
        messages.warning(request, str(refusal))
    except PermissionDenied:
        messages.warning(request, "Attendance can be marked once the session has started.")
    else:
        people = f"{number} {'person' if number == 1 else 'people'}"
        messages.success(request, f"Saved. The half days of {people} have changed.")


@login_required
@never_cache
def session_code(request, pk):
    """Show the code to sign in with, large; the page asks for the next one by itself."""
    session, now = session_to_run(request.user, pk), timezone.now()
    part = part_open_at(session, now)
    context = {"session": session, "part": part, "parts": parts_of(session)}
    seconds = REFRESHED_SECONDS
    if part:
        code = sign_in_codes.code_at(session, part, now)
        address = settings.SITE_URL + reverse("training:session-sign-in", args=[pk])
        _, lines = attendance_list(session)
        there = [line for line in lines if line.cells[part.number][1]]
        context |= {
            "code": sign_in_codes.shown(code),
            "address": settings.SITE_URL + reverse("training:sign-in-list"),
            "qr_code": sign_in_codes.qr_code(f"{address}?code={code}"),
            "signed_in": len(there),
            "coming": len(lines),
        }
        seconds = max(int((sign_in_codes.changes_at(now) - now).total_seconds()) + 1, 1)
    response = render(request, "training/session_code.html", context)
    response["Refresh"] = str(seconds)
    return response


@login_required
def session_sheet(request, pk):
    """The list on paper: names in order and a box for each half day, and nothing else about anybody."""
    session = session_to_run(request.user, pk)
    parts, lines = attendance_list(session)
    context = {"session": session, "parts": parts, "lines": lines}
    return render(request, "training/session_sheet.html", context)


@login_required
def session_evaluations(request, pk):
    """What people said about the session, once enough have."""
    session = session_to_run(request.user, pk)
    context = {
        "session": session,
        "results": results_of(session),
        "fewest": settings.EVALUATION_FEWEST_ANSWERS,
    }
    return render(request, "training/session_evaluations.html", context)
