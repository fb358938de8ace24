"""After the first word: my applications, one application, withdrawing, and its files."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.states import InvalidTransition
from applications import check_pages, disclosure_pages, pages, progress, queries, rules
from applications.actions import open_document, withdraw_application
from applications.forms import WithdrawForm
from applications.queries.hr import messages_for
from applications.queries.interview_table import interview_result
from applications.queries.offers import offer_of
from applications.queries.references import for_applicant
from applications.queries.shortlist import result_for_applicant
from applications.sections import Held
from applications.states import ApplicationState
from applications.views.access import own_application, posted
from applications.views.copying import may_copy
from applications.views.interviews import card_of
from applications.views.typed import all_typed

PER_PAGE = 25
NOTHING_TO_WITHDRAW = (
    "A draft cannot be withdrawn, because it has not been sent. You can delete it here."
)


@login_required
def application_list(request):
    """My applications: where each one stands and what happens next."""
    found = Paginator(queries.applications_of(request.user), PER_PAGE)
    page = found.get_page(request.GET.get("page"))
    today = timezone.localdate()
    rows = [
        {
            "application": application,
            "progress": progress.of_state(application.state),
            "too_late": application.is_draft and not application.vacancy.is_open(today),
            "closed_early": application.is_draft and pages.closed_early(application.vacancy),
        }
        for application in page
    ]
    context = {"rows": rows, "page": page, "for_others": _drafts_for_others(request.user)}
    return render(request, "applications/application_list.html", context)


def _drafts_for_others(person):
    if not person.has_perm("applications.enter_application"):
        return []
    return queries.drafts_for_others(person)


@own_application
def application_detail(request, application):
    """One application: the task list of a draft, or where a sent one stands."""
    held = Held(application)
    page = {"application": application}
    if not application.is_draft:
        page |= _sent(request.user, held)
        return render(request, "applications/application_detail.html", page)
    if application.vacancy.is_open(timezone.localdate()):
        page["groups"] = pages.task_groups(held)
        page["can_copy"] = may_copy(request.user, held)
        return render(request, "applications/application_draft.html", page)
    page |= {
        "parts": pages.parts(held),
        "cv": held.cv,
        "closed_early": pages.closed_early(application.vacancy),
        "typed": all_typed(held),
    }
    return render(request, "applications/application_draft_closed.html", page)


def _sent(person, held):
    """Return what the page of a sent application shows, and what the person can do there."""
    application, today = held.application, timezone.localdate()
    moves = list(application.moves.all())
    page = {
        "checks": check_pages.card(application, person),
        "cv": held.cv,
        "progress": progress.of_state(application.state),
        "timeline": progress.timeline(application, moves),
        "parts": pages.parts(held),
        "shortlisting": result_for_applicant(application),
        "offer": offer_of(application),
        "interviews": card_of(application),
        "interviewed": interview_result(application),
        "referees": for_applicant(application),
        "disclosure": disclosure_pages.card(application),
        "can_withdraw": rules.can_withdraw_application(person, application),
        "can_send_cv_again": rules.can_send_cv_again(person, application),
        "can_answer_monitoring": rules.can_answer_monitoring(person, application, on=today),
        "messages_to_me": messages_for(application),
        "can_take_back": rules.can_take_withdrawal_back(person, application, now=timezone.now()),
    }
    page["what_next"] = _what_next(application, moves, page)
    if page["can_take_back"]:
        page["in_the_way"] = queries.in_the_way_of_taking_back(application)
        page["job_is_gone"] = rules.is_gone_for_good(application.vacancy)
    return page


def _what_next(application, moves, page):
    interviewed, has_another = page["interviewed"], False
    if application.state == ApplicationState.WITHDRAWN:
        other = queries.application_for(application.applicant, application.vacancy)
        has_another = other is not None
    return progress.what_next(
        application,
        since=timezone.localdate(moves[-1].moved_at),
        now=timezone.now(),
        interviews=page["interviews"],
        on_reserve_list=bool(interviewed and interviewed["reserve"]),
        has_another=has_another,
    )


@own_application
def application_answers(request, application):
    """The answers as a file to keep or to print."""
    if application.blanked_at:
        return redirect(application)
    held = Held(application)
    page = {"application": application, "parts": pages.parts(held)}
    if application.is_draft:
        page["typed"] = all_typed(held)
    response = render(request, "applications/application_answers.html", page)
    response["Content-Disposition"] = f'attachment; filename="{application.reference}.html"'
    response["Cache-Control"] = "private, no-store"
    return response


@own_application
def application_withdraw(request, application):
    """Ask once more, then withdraw: the applicant's own doing, whoever wrote it down. A draft is deleted."""
    if application.is_draft:
        messages.info(request, NOTHING_TO_WITHDRAW)
        return redirect("applications:draft-delete", application.reference)
    if application.is_for_another:
        raise Http404
    form = WithdrawForm(posted(request), back=application.get_absolute_url())
    if request.method == "GET" and not rules.can_withdraw_application(request.user, application):
        return redirect(application)
    if request.method != "POST" or not form.is_valid():
        page = {
            "application": application,
            "form": form,
            "undo_hours": settings.WITHDRAWAL_UNDO_HOURS,
            "can_apply_again": application.vacancy.is_open(timezone.localdate()),
            "booked": application.interview_bookings.to_come(timezone.now()).first(),
        }
        return render(request, "applications/application_withdraw.html", page)
    try:
        withdraw_application(
            application=application, by=request.user, reason=form.cleaned_data["reason"]
        )
        messages.success(request, "Your application has been withdrawn.")
    except InvalidTransition:
        messages.error(request, "This application can no longer be withdrawn.")
    return redirect(application)


@login_required
def document_download(request, reference, pk):
    """Give a file to the applicant or to HR; to anyone else it does not exist."""
    document = queries.document_of(reference, pk)
    if document is None:
        raise Http404
    try:
        stream = open_document(document=document, by=request.user)
    except (PermissionDenied, FileNotFoundError) as problem:
        raise Http404 from problem
    return FileResponse(
        stream,
        as_attachment=True,
        filename=document.original_name,
        content_type=document.content_type,
        headers={"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"},
    )
