"""After the first word: my applications, one application, withdrawing, and its files."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.states import InvalidTransition
from applications import pages, progress, queries, rules
from applications.actions import open_document, withdraw_application
from applications.forms import WithdrawForm
from applications.shortlist import result_for_applicant
from applications.views.access import own_application, posted

PER_PAGE = 25


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
    context = {"rows": rows, "page": page}
    return render(request, "applications/application_list.html", context)


@own_application
def application_detail(request, application):
    """One application: the task list of a draft, or where a sent one stands."""
    cv = application.cv()
    page = {"application": application, "cv": cv}
    if not application.is_draft:
        page |= {
            "progress": progress.of_state(application.state),
            "timeline": progress.timeline(application, application.moves.all()),
            "parts": pages.answers(application, cv),
            "shortlisting": result_for_applicant(application),
            "can_withdraw": rules.can_withdraw_application(request.user, application),
        }
        return render(request, "applications/application_detail.html", page)
    if application.vacancy.is_open(timezone.localdate()):
        page["tasks"] = pages.tasks(application, cv)
        return render(request, "applications/application_draft.html", page)
    page |= {
        "parts": pages.answers(application, cv),
        "closed_early": pages.closed_early(application.vacancy),
    }
    return render(request, "applications/application_draft_closed.html", page)


@own_application
def application_withdraw(request, application):
    """Ask once more, then withdraw."""
    form = WithdrawForm(posted(request), back=application.get_absolute_url())
    if request.method == "GET" and not rules.can_withdraw_application(request.user, application):
        return redirect(application)
    if request.method != "POST" or not form.is_valid():
        page = {"application": application, "form": form}
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
