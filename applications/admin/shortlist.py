"""HR's pages around a shortlisting, inside the admin: the panel, the table, one application's scores, undoing."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.registries import AdminPage, admin_pages
from applications import panel_pages
from applications.actions import (
    decide_outcome,
    put_on_panel,
    reopen_scores,
    take_off_panel,
    undo_outcome,
)
from applications.admin.ringing import please_ring
from applications.admin.undoing import say_if_undone, undo_and_tell
from applications.exceptions import (
    DecidedMeanwhile,
    NotForThePanel,
    NotReadYet,
    WordsMissing,
)
from applications.forms.panel import MarkForm, MemberForm, ReasonForm, outcome_forms
from applications.models import Application, PanelMember, ScoreSheet, ShortlistDecision
from applications.queries import panel as panel_queries
from applications.queries.shortlist import Shortlist
from applications.rules import panel as panel_rules
from applications.states import Outcome
from vacancies.models import Vacancy

NOBODY = "Nobody with this address has an account."


def _may_decide(user):
    return user.has_perm("applications.move_application")


def _vacancy(pk):
    return get_object_or_404(Vacancy.objects.without_search_columns(), pk=pk)


def _page(request, title, **context):
    return {**admin.site.each_context(request), "title": title, **context}


def panel_view(request, pk):
    """Who is on the panel of a vacancy, how far they are, and whom among the applicants they know."""
    vacancy = _vacancy(pk)
    form = MemberForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _put_on(request, vacancy, form):
        return redirect("admin:applications_panel", pk)
    shortlist = Shortlist(vacancy)
    context = _page(
        request,
        f"Panel: {vacancy}",
        vacancy=vacancy,
        form=form,
        members=shortlist.members,
        shortlist=shortlist,
        outstanding=dict(panel_pages.outstanding(shortlist)),
        conflicts=panel_queries.conflicts_of(vacancy),
        fewest_readers=settings.SHORTLIST_FEWEST_READERS,
        enough_members=panel_rules.enough_readers(len(shortlist.members)),
    )
    return render(request, "applications/admin/panel.html", context)


def _put_on(request, vacancy, form):
    email = form.cleaned_data["email"].lower()
    person = User.objects.filter(email=email, is_active=True).first()
    if person is None:
        form.add_error("email", NOBODY)
        return False
    try:
        is_lead = form.cleaned_data["is_lead"]
        put_on_panel(vacancy=vacancy, person=person, is_lead=is_lead, by=request.user)
    except NotForThePanel as problem:
        form.add_error("email", str(problem))
        return False
    messages.success(request, f"{person} is on the panel and has been told.")
    return True


@require_POST
def panel_remove_view(request, pk):
    """Take somebody off a panel."""
    member = get_object_or_404(PanelMember.objects.select_related("person"), pk=pk)
    take_off_panel(member=member, by=request.user)
    messages.success(request, f"{member.person} is off the panel and has been told.")
    return redirect("admin:applications_panel", member.vacancy_id)


def shortlist_view(request, pk):
    """The table of a vacancy: what each application came to. HR decides here, after a preview."""
    vacancy = _vacancy(pk)
    shortlist = Shortlist(vacancy)
    marks = MarkForm(request.GET or None)
    mark = marks.cleaned_data["mark"] if marks.is_valid() else None
    rows_per_page = settings.SHORTLIST_ROWS_PER_PAGE
    page = Paginator(shortlist.rows, rows_per_page).get_page(request.GET.get("page"))
    data = request.POST if request.method == "POST" else None
    forms = outcome_forms(data, page, mark, compares=True)
    is_asked = data is not None and shortlist.is_open
    chosen = _chosen(forms) if is_asked else []
    if chosen and "confirmed" in request.POST:
        _decide(request, chosen, mark)
        return redirect(request.get_full_path())
    context = panel_pages.table(vacancy, shortlist, page, forms, marks, mark)
    schemes = panel_queries.schemes_by_application(row.application for row in page)
    for line in context["rows"]:
        line["schemes"] = schemes.get(line["row"].application.pk, [])
    is_preview = bool(chosen) and "again" not in request.POST
    template = "shortlist_preview" if is_preview else "shortlist"
    title = f"Shortlisting: {vacancy}"
    context = _page(request, title, chosen=chosen, outcomes=_count(chosen), **context)
    return render(request, f"applications/admin/{template}.html", context)


def _chosen(forms):
    """Return the rows that HR has chosen an outcome for, or none while something is to be put right."""
    bound = [form for form in forms.values() if form.is_bound]
    if not all(form.is_valid() for form in bound):
        return []
    return [form for form in bound if form.cleaned_data["outcome"]]


def _count(chosen):
    """Return how many are invited and how many are not, in words."""
    made = [form.cleaned_data["outcome"] for form in chosen]
    return [(outcome.label, made.count(outcome)) for outcome in Outcome]


def _decide(request, chosen, mark):
    """Decide each by itself, so that one that was withdrawn keeps nobody else waiting."""
    done = told = 0
    for form in chosen:
        application = form.row.application
        try:
            decide_outcome(application=application, mark=mark, by=request.user, **form.cleaned_data)
        except (DecidedMeanwhile, NotReadYet, WordsMissing, PermissionDenied):
            words = f"{form.row.code} was left alone: something changed meanwhile, or it is yours."
            messages.warning(request, words)
            continue
        done += 1
        told += application.applicant.can_be_written_to
        if not application.applicant.can_be_written_to:
            ring = please_ring(application)
            messages.warning(request, f"{form.row.code} has no e-mail address. {ring}")
    if done:
        words = "The applicants have been told." if told == done else f"Told by e-mail: {told}."
        messages.success(request, f"Decided: {done}. {words}")


def scores_view(request, pk):
    """What the panel gave one application, member by member, and what was reopened and decided."""
    application = get_object_or_404(Application.objects.sent().select_related("vacancy"), pk=pk)
    sheets = panel_queries.sheets_of(application)
    context = _page(
        request,
        f"Scores of {application.code}",
        application=application,
        vacancy=application.vacancy,
        sheets=[(sheet, panel_rules.can_reopen_scores(request.user, sheet)) for sheet in sheets],
        conflicts=application.panel_conflicts.select_related("member__person"),
        decisions=[
            (decision, panel_rules.can_undo_outcome(request.user, decision))
            for decision in panel_queries.decisions_of(application)
        ],
    )
    return render(request, "applications/admin/scores.html", context)


def reopen_view(request, pk):
    """Give scores that were sent back to their writer, with a reason."""
    sheets = ScoreSheet.objects.select_related("application__vacancy", "member__person")
    sheet = get_object_or_404(sheets, pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            reopen_scores(sheet=sheet, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, f"{sheet.member.person} can change the scores again.")
        except PermissionDenied as problem:
            messages.error(request, str(problem))
        return redirect("admin:applications_scores", sheet.application_id)
    words = (
        f"{sheet.member.person} can change these scores again, and is told why. Write no name: they "
        "do not know whose application it is."
    )
    return _reason_page(request, "Reopen scores", sheet.application, form, words)


def undo_view(request, pk):
    """Take a decision of the shortlisting back, with a reason."""
    decisions = ShortlistDecision.objects.select_related("application__vacancy")
    decision = get_object_or_404(decisions, pk=pk)
    if request.method != "POST" and say_if_undone(request, decision):
        return redirect("admin:applications_scores", decision.application_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        undo_and_tell(request, undo_outcome, decision, form.cleaned_data["reason"])
        return redirect("admin:applications_scores", decision.application_id)
    words = (
        "The application goes back to shortlisting and waits for another decision. The applicant is told "
        "only if they have been told this one."
    )
    return _reason_page(request, "Undo the decision", decision.application, form, words)


def _reason_page(request, title, application, form, words):
    context = _page(
        request,
        f"{title}: {application.code}",
        application=application,
        vacancy=application.vacancy,
        form=form,
        words=words,
        button=title,
    )
    return render(request, "applications/admin/shortlist_reason.html", context)


def _may_undo(user):
    return user.has_perm("applications.undo_decision")


def _may_reopen(user):
    return user.has_perm("applications.reopen_scoresheet")


admin_pages.register(
    AdminPage(
        path="applications/panel/<int:pk>/",
        name="applications_panel",
        view=panel_view,
        may_see=panel_rules.can_manage_panel,
    ),
    AdminPage(
        path="applications/panel/<int:pk>/remove/",
        name="applications_panel_remove",
        view=panel_remove_view,
        may_see=panel_rules.can_manage_panel,
    ),
    AdminPage(
        path="applications/shortlist/<int:pk>/",
        name="applications_shortlist",
        view=shortlist_view,
        may_see=_may_decide,
    ),
    AdminPage(
        path="applications/scores/<int:pk>/",
        name="applications_scores",
        view=scores_view,
        may_see=_may_decide,
    ),
    AdminPage(
        path="applications/sheets/<int:pk>/reopen/",
        name="applications_sheet_reopen",
        view=reopen_view,
        may_see=_may_reopen,
    ),
    AdminPage(
        path="applications/decisions/<int:pk>/undo/",
        name="applications_decision_undo",
        view=undo_view,
        may_see=_may_undo,
    ),
)
