"""The registration ledger: numbers to paste into the register's search, and its list taken back."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.registries import AdminPage, admin_pages
from accounts.states import InvalidTransition
from applications.actions import confirm_name, read_register, reject_name
from applications.admin.checks import page
from applications.forms.checks import RegisterListForm
from applications.models import RegistrationCheck
from applications.queries import ledger as ledger_queries
from applications.register_list import COLUMNS
from applications.rules import checks as check_rules
from organisation.sheets.problems import UnfitFile

LOOKS_SHOWN = 50
DECIDE = {"same": confirm_name, "another": reject_name}
SAID = {
    "same": "Kept: it is the same person.",
    "another": "Dropped: it is somebody else. Ask the applicant for their number.",
}


def ledger_view(request):
    """Numbers to copy, the list to take back, and what it said, row by row."""
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = RegisterListForm(*given)
    told = _read(request, form) if form.is_valid() else None
    today = timezone.localdate()
    numbers = ledger_queries.numbers_to_copy(today)
    context = page(
        request,
        "Registration ledger",
        form=form,
        told=told,
        numbers=settings.REGISTER_NUMBERS_BETWEEN.join(numbers),
        number=len(numbers),
        due=ledger_queries.due_to_look_up(today)[: settings.REGISTER_NUMBERS_MOST],
        most=settings.REGISTER_NUMBERS_MOST,
        days=settings.REGISTRATION_LOOK_DAYS,
        without_number=ledger_queries.without_number(),
        near=ledger_queries.names_to_confirm(),
        looks=ledger_queries.latest_looks(LOOKS_SHOWN),
        columns=COLUMNS,
    )
    return render(request, "applications/admin/ledger.html", context)


def _read(request, form):
    """Take the list back and return what became of its rows, or say what is wrong with the file."""
    try:
        told, unknown = read_register(by=request.user, **form.cleaned_data)
    except UnfitFile as problem:
        form.add_error("file", str(problem))
        return None
    good = sum(row.is_good for row in told)
    return {"rows": told, "unknown": unknown, "good": good}


def name_view(request, pk):
    """Say whether a near name is the applicant's."""
    answer = request.POST.get("answer")
    if request.method != "POST" or answer not in DECIDE:
        raise Http404
    looks = RegistrationCheck.objects.select_related("application")
    look = get_object_or_404(looks, pk=pk)
    try:
        DECIDE[answer](look=look, by=request.user)
        messages.success(request, SAID[answer])
    except (InvalidTransition, PermissionDenied):
        messages.error(request, "Nothing was changed: it was decided already, or it is yours.")
    return redirect("admin:applications_ledger")


admin_pages.register(
    AdminPage(
        path="applications/ledger/",
        name="applications_ledger",
        view=ledger_view,
        may_see=check_rules.can_keep_ledger,
        title="Registration ledger",
    ),
    AdminPage(
        path="applications/ledger/names/<int:pk>/",
        name="applications_ledger_name",
        view=name_view,
        may_see=check_rules.can_keep_ledger,
    ),
)
