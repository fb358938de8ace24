"""The interviewers' pages: the kit with the name, their scores, and the table of the lead.

A name stands here alone, and only for who interviews the person: each look at it is noted.
"""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render

from accounts import kept_words
from accounts.kept_words import keeps_words
from applications import interview_pages
from applications.actions import (
    answer_interview_second_read,
    propose_interview_outcome,
    reveal_name,
    save_interview_scores,
)
from applications.exceptions import (
    DecidedMeanwhile,
    NotMetYet,
    NotReadYet,
    SavedElsewhere,
    ScoresSent,
    WordsMissing,
)
from applications.forms.interview_outcomes import interview_outcome_forms
from applications.forms.panel import SecondReadForm
from applications.interview_pages import InterviewScoreForm
from applications.queries import interviews as interview_queries
from applications.queries.interview_table import InterviewTable
from applications.views.access import posted
from applications.views.panel import reading_page

TOO_SOON = "You can send your points once the interview has begun: it is on {}. Save them as a draft until then."


def interview_page(view):
    """Give the view one interview that the person holds, by the code. Others, and a conflict, get 404."""

    @reading_page
    @wraps(view)
    def found(request, member, code, **kwargs):
        bookings = interview_queries.interviews_of_member(member, code)
        booking = interview_pages.chosen_of(bookings, request.GET.get("round"))
        if booking is None:
            raise Http404
        try:
            reveal_name(member=member, booking=booking, by=request.user)
        except PermissionDenied as problem:
            raise Http404 from problem
        return view(request, member, booking, **kwargs)

    return found


@interview_page
def panel_interview(request, member, booking):
    """The kit of one interview, to read and to print: who comes, what they wrote, and what to ask."""
    bookings = interview_queries.interviews_of_member(member, booking.application.code)
    context = interview_pages.kit(member, booking, bookings)
    return render(request, "applications/panel/interview.html", context)


def _boxes(said, **kwargs):
    return [name for name in said if name.startswith(("points_", "notes_"))]


@keeps_words(_boxes)
@interview_page
def panel_interview_scores(request, member, booking):
    """My points for the answers, question by question: mine alone until I have sent them."""
    sheet = interview_queries.sheet_of(member, booking)
    questions = list(booking.round.questions.all())
    is_open = sheet is None or sheet.sent_at is None
    form = InterviewScoreForm(
        posted(request) if is_open else None,
        initial=kept_words.over(request, interview_pages.initial_scores(sheet)),
        criteria=questions,
        sending="send" in request.POST,
    )
    if is_open and form.is_valid() and _save(request, member, booking, form):
        return redirect(request.get_full_path())
    context = interview_pages.scores(member, booking, questions, form, sheet)
    return render(request, "applications/panel/interview_scores.html", context)


def _save(request, member, booking, form):
    """Save or send the scores; False when the page is to be shown again."""
    send = "send" in request.POST
    try:
        save_interview_scores(
            member=member,
            booking=booking,
            scores=form.scores(),
            version=form.cleaned_data["version"],
            by=request.user,
            send=send,
        )
    except SavedElsewhere as conflict:
        form.open_again_at(conflict.saved.version)
        return False
    except NotMetYet as problem:
        form.add_error(None, TOO_SOON.format(problem))
        return False
    except ScoresSent:
        messages.info(request, "These scores have been sent and are locked.")
        return True
    except PermissionDenied as problem:
        raise Http404 from problem
    messages.success(request, f"Your scores are {'sent' if send else 'saved as a draft'}.")
    return True


@interview_page
def panel_interview_again(request, member, booking, pk):
    """One question scored a second time, with what the others noted."""
    sheet = interview_queries.sheet_of(member, booking)
    score = interview_pages.score_to_read_again(sheet, pk)
    if score is None:
        raise Http404
    back = interview_pages.address("interview-scores", booking)
    form = SecondReadForm(posted(request), initial={"points": score.points}, back=back)
    if form.is_valid():
        try:
            answer_interview_second_read(
                member=member, booking=booking, score=score, by=request.user, **form.cleaned_data
            )
            messages.success(request, "Your points are sent. Both are kept.")
        except ScoresSent:
            messages.info(request, "You have answered this already.")
        return redirect(back)
    context = {"vacancy": member.vacancy, "booking": booking, "score": score, "back": back}
    context |= {"form": form, "others": interview_pages.others_of(member, score, booking)}
    return render(request, "applications/panel/interview_again.html", context)


@reading_page
def panel_interview_table(request, member):
    """The table, for the lead: what each interview came to, and what is proposed."""
    if not member.is_lead:
        raise Http404
    table = InterviewTable(member.vacancy, member=member)
    forms = interview_outcome_forms(posted(request), table.rows)
    bound = [form for form in forms.values() if form.is_bound]
    if request.method == "POST" and table.is_open and all(form.is_valid() for form in bound):
        _propose(request, member, bound)
        return redirect(request.path)
    lines = interview_pages.table_lines(table, forms)
    context = {"member": member, "vacancy": member.vacancy, "table": table, "lines": lines}
    return render(request, "applications/panel/interview_table.html", context)


def _propose(request, member, bound):
    """Store what was proposed and say how many changed."""
    proposed = 0
    for form in bound:
        if not form.has_changed_from(form.row.decision):
            continue
        application = form.row.application
        try:
            propose_interview_outcome(
                member=member, application=application, by=request.user, **form.cleaned_data
            )
            proposed += 1
        except (DecidedMeanwhile, NotReadYet, WordsMissing):
            words = f"{form.row.code} was left alone: something changed meanwhile."
            messages.warning(request, words)
    messages.success(request, f"Saved. Proposals changed: {proposed}.")
