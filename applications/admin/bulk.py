"""HR deals with several applications at once: say what, look at the preview, confirm, see the result."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render

from accounts.registries import AdminPage, admin_pages
from applications.actions import begin_bulk, carry_out_bulk, describe_bulk
from applications.exceptions import PreviewIsOld
from applications.forms.hr import MESSAGE, BulkForm, with_template
from applications.models import BulkAction
from applications.placeholders import PLACEHOLDERS, fill
from applications.rules import hr
from applications.states import BulkKind, BulkOutcome, BulkState

OLD = "This preview was not the latest, so nothing was done. Look at it once more."


def bulk_view(request, pk):
    """One bulk action: being prepared by who began it, or what became of it for everybody of HR."""
    bulk = get_object_or_404(BulkAction.objects.select_related("made_by", "template"), pk=pk)
    if bulk.state != BulkState.PREPARED:
        return _result(request, bulk)
    if bulk.made_by_id != request.user.pk:
        return _page(request, bulk, "bulk_others")
    if request.method == "POST" and "confirmed" in request.POST:
        return _confirm(request, bulk)
    if request.method == "POST" and "use_template" not in request.POST:
        form = BulkForm(request.POST)
        if form.is_valid():
            describe_bulk(bulk=bulk, by=request.user, **form.facts())
            return redirect(f"{request.path}?preview=1")
    else:
        form = BulkForm(initial=_begun(request, bulk))
    if bulk.kind and request.method == "GET" and "preview" in request.GET:
        return _preview(request, bulk)
    return _page(
        request,
        bulk,
        "bulk_form",
        form=form,
        number=bulk.rows.count(),
        placeholders=PLACEHOLDERS.items(),
    )


def _begun(request, bulk):
    """Return what the form begins with: the template that was asked for, or what it said before."""
    if request.method == "POST":
        return with_template(request.POST)
    if not bulk.kind:
        return {}
    what = MESSAGE if bulk.kind == BulkKind.MESSAGE else bulk.to_state
    given = {"what": what, "template": bulk.template_id}
    return {**given, "subject": bulk.subject, "words": bulk.words}


def _preview(request, bulk):
    """Show for each application what will happen, those that are left out first. Nothing is done."""
    lines = [_line(request.user, bulk, row) for row in _rows(bulk)]
    lines.sort(key=lambda line: not line["why"])
    done = [line for line in lines if not line["why"]]
    return _page(
        request,
        bulk,
        "bulk_preview",
        page=_paged(request, lines),
        done=len(done),
        left_out=len(lines) - len(done),
        letters=sum(line["is_told"] for line in done),
        example=fill(bulk.words, done[0]["application"]) if done else "",
        example_of=done[0]["application"] if done else None,
    )


def _line(user, bulk, row):
    application = row.application
    return {
        "application": application,
        "why": hr.why_left_out(user, bulk, application, row.from_state),
        "is_told": application.applicant.can_be_written_to,
    }


def _confirm(request, bulk):
    try:
        bulk = begin_bulk(
            bulk=bulk, one_time_key=request.POST.get("one_time_key", ""), by=request.user
        )
    except PreviewIsOld:
        messages.warning(request, OLD)
        return redirect(f"{request.path}?preview=1")
    if bulk.rows.count() <= settings.BULK_AT_ONCE:
        carry_out_bulk(bulk=bulk)
    return redirect(request.path)


def _result(request, bulk):
    """Show what was done and what was not: the latter first."""
    counts = bulk.counts()
    order = [BulkOutcome.FAILED, BulkOutcome.LEFT_OUT, BulkOutcome.DONE, BulkOutcome.WAITING]
    rows = sorted(_rows(bulk), key=lambda row: (order.index(row.outcome), not row.why))
    return _page(
        request,
        bulk,
        "bulk_result",
        page=_paged(request, rows),
        counts=counts,
        total=len(rows),
        is_busy=bulk.state == BulkState.RUNNING,
        dealt_with=len(rows) - counts[BulkOutcome.WAITING],
    )


def _rows(bulk):
    """Return the rows with what a line shows of each, in one query."""
    found = bulk.rows.select_related("application__applicant", "application__vacancy")
    return found.only(
        "bulk",
        "from_state",
        "outcome",
        "why",
        "done_at",
        "application__reference",
        "application__full_name",
        "application__phone",
        "application__state",
        "application__blanked_at",
        "application__applicant__email",
        "application__vacancy__title",
        "application__vacancy__reference",
        "application__vacancy__closes_on",
    )


def _paged(request, rows):
    return Paginator(rows, settings.BULK_ROWS_PER_PAGE).get_page(request.GET.get("page"))


def _page(request, bulk, template, **context):
    context = {
        **admin.site.each_context(request),
        "title": "Several applications at once",
        "bulk": bulk,
        **context,
    }
    return render(request, f"applications/admin/{template}.html", context)


admin_pages.register(
    AdminPage(
        path="applications/bulk/<int:pk>/",
        name="applications_bulk",
        view=bulk_view,
        may_see=hr.can_use_bulk,
    )
)
