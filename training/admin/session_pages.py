"""Pages of the admin about sessions: a series, cancelling, deciding, and lists of people."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from design_system.numbers import whole_number
from training.actions import (
    book_from_list,
    cancel_session,
    mark_from_list,
    plan_series,
    put_off_decision,
    run_session_anyway,
)
from training.actions.from_lists import DONE, ERROR, SAME
from training.actions.sessions import refuse_to_cancel
from training.exceptions import (
    BegunAlready,
    CancelledAlready,
    DecisionPutOffBadly,
    NothingToDecide,
    PlanRefused,
)
from training.forms.session_pages import CancelForm, PeopleListForm, PutOffForm
from training.forms.sessions import SeriesForm
from training.models import Session
from training.queries.cancelling import who_is_told
from training.queries.deciding import sessions_to_decide, what_stands
from training.rules import can_plan_sessions
from training.session_files import (
    ATTENDANCE_COLUMNS,
    BOOKING_COLUMNS,
    CAME,
    HEADINGS,
    NUMBER,
    as_text,
)

MOST_CANCELLED_AT_ONCE = 50


def series_view(request):
    """Show the dates of a series with what is left out and what clashes, then plan those chosen."""
    context = _page(request, "Plan a series")
    form = SeriesForm(request.POST if request.method == "POST" else None)
    dates = form.dates() if form.is_valid() else []
    free = [row for row in dates if row.is_free]
    chosen = set(request.POST.getlist("dates"))
    if "plan" in request.POST and dates:
        wanted = [row for row in free if row.on.isoformat() in chosen]
        if len(wanted) == len(chosen) and wanted and _plan(request, form, wanted):
            return redirect("admin:training_session_changelist")
        messages.warning(request, "Nothing was planned. Look at the dates again, and choose some.")
    context |= {"form": form, "dates": dates, "number_free": len(free)}
    return render(request, "training/admin/session_series.html", context)


def _plan(request, form, dates):
    try:
        sessions = plan_series(
            by=request.user,
            name=form.cleaned_data["name"],
            times=form.times(dates),
            **form.shared(),
        )
    except PlanRefused as refusal:
        messages.warning(request, str(refusal))
        return False
    messages.success(request, f"{len(sessions)} sessions planned.")
    return True


def cancel_view(request):
    """Show who is told what when sessions are cancelled, then cancel them with a reason."""
    context = _page(request, "Cancel and tell everybody")
    keys = set(map(whole_number, request.GET.getlist("pk"))) - {None}
    chosen = Session.objects.filter(pk__in=sorted(keys)[:MOST_CANCELLED_AT_ONCE])
    sessions = list(chosen.select_related("course", "trainer").order_by("starts_at", "pk"))
    form = CancelForm(request.POST if request.method == "POST" else None)
    too_many = too_many_to_cancel(len(keys))
    if form.is_valid() and not too_many:
        reason = form.cleaned_data["reason"]
        if sum([_cancel(request, session, reason) for session in sessions]):
            return redirect("admin:training_session_changelist")
        sessions = []  # Each has been said to be cancelled already, or begun.
    previews, left_out = _to_cancel([] if too_many else sessions)
    context |= {"form": form, "previews": previews, "left_out": left_out, "too_many": too_many}
    return render(request, "training/admin/session_cancel.html", context)


def too_many_to_cancel(number):
    """Return the words that ask for fewer sessions to cancel at once, or nothing."""
    if number <= MOST_CANCELLED_AT_ONCE:
        return ""
    return (
        f"You chose {number} sessions. Choose {MOST_CANCELLED_AT_ONCE} at most at a time, so that "
        "you can read who is told. Nothing was cancelled."
    )


def _to_cancel(sessions):
    """Return (Previews of those that can be cancelled, words about each that cannot)."""
    now = timezone.now()
    previews, left_out = [], []
    for session in sessions:
        try:
            refuse_to_cancel(session, now)
        except (BegunAlready, CancelledAlready) as refusal:
            left_out.append(str(refusal))
        else:
            previews.append(who_is_told(session, now))
    return previews, left_out


def _cancel(request, session, reason):
    """Cancel a session, and return whether it was this that did."""
    try:
        cancel_session(session=session, reason=reason, by=request.user)
    except (BegunAlready, CancelledAlready) as refusal:
        messages.warning(request, str(refusal))
        return False
    messages.success(request, f"{session} is cancelled, and everybody is told.")
    return True


def decide_view(request, pk):
    """Show how many have booked of how many, and decide: run it anyway, later, or go and cancel it."""
    context = _page(request, "Does it go ahead?")
    session = get_object_or_404(Session.objects.select_related("course", "trainer"), pk=pk)
    form = PutOffForm(request.POST if "later" in request.POST else None)
    is_decided = form.is_valid() if form.is_bound else "run" in request.POST
    if is_decided and _decide(request, session, form):
        return redirect("admin:training_session_changelist")
    context |= {
        "session": session,
        "stands": what_stands(session),
        "form": form,
        "is_to_decide": sessions_to_decide(timezone.now()).filter(pk=pk).exists(),
    }
    return render(request, "training/admin/session_decide.html", context)


def _decide(request, session, form):
    """Carry out the decision, and say whether that settles it."""
    try:
        if form.is_bound:
            day = form.cleaned_data["decide_on"]
            put_off_decision(session=session, decide_on=day, by=request.user)
            messages.success(request, f"You are asked again on {day:%-d %B %Y}.")
        else:
            run_session_anyway(session=session, by=request.user)
            messages.success(request, f"{session} goes ahead.")
    except DecisionPutOffBadly as refusal:
        form.add_error(refusal.field, str(refusal))
        return False
    except NothingToDecide as refusal:
        messages.warning(request, str(refusal))
    return True


def book_list_view(request, pk):
    """Say what a list of people to book would do to each, then book them."""

    def apply(session, form, is_trial):
        return book_from_list(
            session=session,
            rows=form.found,
            waits_when_full=form.cleaned_data["waits_when_full"],
            by=request.user,
            is_trial=is_trial,
        )

    return _list_page(request, pk, "Book people from a list", apply, BOOKING_COLUMNS, [NUMBER])


def attendance_list_view(request, pk):
    """Say what a list of who came would mark, then mark them."""

    def apply(session, form, is_trial):
        return mark_from_list(session=session, rows=form.found, by=request.user, is_trial=is_trial)

    columns = ATTENDANCE_COLUMNS
    return _list_page(request, pk, "Attendance from a list", apply, columns, [NUMBER, CAME])


def _list_page(request, pk, title, apply, columns, needed):
    context = _page(request, title)
    session = get_object_or_404(Session.objects.select_related("course"), pk=pk)
    is_sent = request.method == "POST"
    sent = [request.POST, request.FILES] if is_sent else []
    form = PeopleListForm(*sent, needed=needed)
    is_applied = is_sent and "apply" in request.POST
    outcomes, text = [], ""
    if is_sent and form.is_valid():
        text = as_text(form.found)
        outcomes = apply(session, form, is_trial=not is_applied)
    context |= {
        "session": session,
        "form": form,
        "text": text,
        "outcomes": outcomes,
        "counts": [sum(row.kind == kind for row in outcomes) for kind in (DONE, SAME, ERROR)],
        "is_applied": is_applied,
        "columns": [HEADINGS[key] for key in columns],
        "is_booking": CAME not in columns,
        "waits": is_sent and form.is_valid() and form.cleaned_data["waits_when_full"],
    }
    return render(request, "training/admin/session_list_of_people.html", context)


def _page(request, title):
    """Return the context that every page of the admin has, for those who plan sessions."""
    if not can_plan_sessions(request.user):
        raise PermissionDenied
    return {**admin.site.each_context(request), "title": title, "opts": Session._meta}
