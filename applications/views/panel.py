"""The panel's own pages: which vacancies, which applications, one application, and the table of the lead.

Every one of them is made of applications.blind and carries codes only, in its address too.
"""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control

from accounts import kept_words
from accounts.access import role_required
from accounts.kept_words import keeps_words
from applications import panel_pages, queries
from applications.actions import (
    answer_second_read,
    declare_conflict,
    declare_interests,
    export_applications,
    propose_outcome,
    read_application,
    save_scores,
)
from applications.blind import BlindApplication
from applications.exceptions import (
    DecidedMeanwhile,
    NotReadYet,
    SavedElsewhere,
    ScoresSent,
    WordsMissing,
)
from applications.forms.panel import (
    ConflictForm,
    DeclareForm,
    MarkForm,
    ScoreForm,
    SecondReadForm,
    outcome_forms,
)
from applications.queries import panel as panel_queries
from applications.queries.interviews import codes_to_interview
from applications.queries.shortlist import Shortlist
from applications.rules import panel as panel_rules
from applications.views.access import posted
from design_system.downloads import csv_download

PER_PAGE = 50
NOT_KEPT = cache_control(private=True, no_store=True)


def panel_page(view):
    """Give the view the person's row on the panel of the vacancy; to everybody else nothing is there."""

    @NOT_KEPT
    @login_required
    @wraps(view)
    def found(request, reference, **kwargs):
        member = panel_queries.member_of(request.user, reference)
        if member is None:
            raise Http404
        return view(request, member, **kwargs)

    return found


def reading_page(view):
    """For a page with applications: who has not declared yet is sent to do so."""

    @panel_page
    @wraps(view)
    def found(request, member, **kwargs):
        if member.declared_at is None:
            return redirect("applications:panel-vacancy", member.vacancy.reference)
        return view(request, member, **kwargs)

    return found


def application_page(view):
    """Give the view one application of the panel, by its code. One whose person they know is not there."""

    @reading_page
    @wraps(view)
    def found(request, member, code, **kwargs):
        application = panel_queries.application_of_panel(member, code)
        if application is None:
            raise Http404
        return view(request, member, application, **kwargs)

    return found


@NOT_KEPT
@role_required(panel_rules.ROLE)
def panel_list(request):
    """My vacancies, and what there is to do for each."""
    panels = [panel_pages.to_do(panel) for panel in panel_queries.panels_of(request.user)]
    return render(request, "applications/panel/list.html", {"panels": panels})


@panel_page
def panel_vacancy(request, member):
    """One vacancy: its applications by code, and how far I have come. First of all the declaration."""
    if member.declared_at is None:
        return _declare(request, member)
    mine = panel_queries.with_sheet_of(panel_queries.applications_for(member), member)
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "member": member,
        "vacancy": member.vacancy,
        "rows": [panel_pages.row_of_list(application) for application in page],
        "page": page,
        "interviews": sorted(codes_to_interview(member)),
    }
    return render(request, "applications/panel/vacancy.html", context)


def _declare(request, member):
    form = DeclareForm(posted(request))
    if form.is_valid():
        declare_interests(member=member, by=request.user)
        return redirect("applications:panel-vacancy", member.vacancy.reference)
    context = {"form": form, "member": member, "vacancy": member.vacancy}
    return render(request, "applications/panel/declare.html", context)


def _boxes(said, **kwargs):
    return [name for name in said if name.startswith(("points_", "notes_"))]


@keeps_words(_boxes)
@application_page
def panel_application(request, member, application):
    """One application and my scores for it, criterion by criterion."""
    criteria = list(queries.criteria_of(member.vacancy))
    sheet = panel_pages.sheet_of(application)
    is_open = panel_pages.can_write(application, sheet)
    form = ScoreForm(
        posted(request) if is_open else None,
        initial=kept_words.over(request, panel_pages.scores_for_form(sheet)),
        criteria=criteria,
        sending="send" in request.POST,
        unwritten=panel_pages.unwritten(application, criteria),
    )
    if is_open and form.is_valid():
        done = _save(request, member, application, form)
        if done is not None:
            return done
    elif request.method == "POST" and not is_open:
        return _already_sent(request, member, application)
    read_application(member=member, application=application, by=request.user)
    context = panel_pages.one_application(member, application, criteria, form)
    return render(request, "applications/panel/application.html", context)


def _save(request, member, application, form):
    """Save or send the scores; None when the page is to be shown again."""
    send = "send" in request.POST
    try:
        save_scores(
            member=member,
            application=application,
            scores=form.scores(),
            version=form.cleaned_data["version"],
            by=request.user,
            send=send,
        )
    except SavedElsewhere as conflict:
        form.open_again_at(conflict.saved.version)
        return None
    except ScoresSent:
        return _already_sent(request, member, application)
    except PermissionDenied as problem:
        raise Http404 from problem
    saved = f"Your scores for {application.code} are {'sent' if send else 'saved as a draft'}."
    messages.success(request, saved)
    if send:
        return redirect("applications:panel-vacancy", member.vacancy.reference)
    return redirect(request.path)


def _already_sent(request, member, application):
    messages.info(request, f"Your scores for {application.code} have been sent and are locked.")
    return redirect("applications:panel-application", member.vacancy.reference, application.code)


@application_page
def panel_print(request, member, application):
    """One application to print: what the page shows of it, and nothing to fill in."""
    read_application(member=member, application=application, by=request.user)
    criteria = list(queries.criteria_of(member.vacancy))
    blind = BlindApplication.of(application, criteria, on=timezone.localdate())
    context = {"vacancy": member.vacancy, "blind": blind}
    return render(request, "applications/panel/print.html", context)


@reading_page
def panel_download(request, member):
    """The applications of a vacancy as a table, blind, with my own points and notes."""
    criteria = list(queries.criteria_of(member.vacancy))
    found = panel_queries.to_read_blind(panel_queries.applications_for(member))
    applications = list(panel_queries.with_sheet_of(found, member))
    export_applications(member=member, applications=applications, by=request.user)
    headings, rows = panel_pages.table_to_take_away(member, applications, criteria)
    return csv_download(f"shortlisting {member.vacancy.reference}", headings, rows)


@application_page
def panel_conflict(request, member, application):
    """I know this person: the application goes from my view for good."""
    back = panel_pages.address(member, application)
    form = ConflictForm(posted(request), back=back)
    if form.is_valid():
        declare_conflict(
            member=member,
            application=application,
            words=form.cleaned_data["words"],
            by=request.user,
        )
        messages.success(
            request, f"Thank you for telling us. {application.code} is not shown to you any more."
        )
        return redirect("applications:panel-vacancy", member.vacancy.reference)
    context = {"form": form, "vacancy": member.vacancy, "code": application.code, "back": back}
    return render(request, "applications/panel/conflict.html", context)


@application_page
def panel_second_read(request, member, application, pk):
    """One criterion read a second time, with what the others noted."""
    score = panel_pages.score_to_read_again(application, pk)
    if score is None:
        raise Http404
    back = panel_pages.address(member, application)
    form = SecondReadForm(posted(request), initial={"points": score.points}, back=back)
    if form.is_valid():
        try:
            answer_second_read(member=member, score=score, by=request.user, **form.cleaned_data)
            messages.success(request, "Your points are sent. Both readings are kept.")
        except ScoresSent:
            messages.info(request, "You have answered this already.")
        except PermissionDenied as problem:
            raise Http404 from problem
        return redirect(back)
    context = panel_pages.second_read(member, application, score)
    return render(request, "applications/panel/second_read.html", {**context, "form": form})


@reading_page
def panel_table(request, member):
    """The table, for the lead of the panel: what each application came to, and what is proposed."""
    if not member.is_lead:
        raise Http404
    shortlist = Shortlist(member.vacancy, member=member)
    marks = MarkForm(request.GET or None)
    mark = marks.cleaned_data["mark"] if marks.is_valid() else None
    page = Paginator(shortlist.rows, settings.SHORTLIST_ROWS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    forms = outcome_forms(posted(request), page, mark)
    context = panel_pages.table(member.vacancy, shortlist, page, forms, marks, mark)
    if request.method == "POST" and shortlist.is_open and all(map(_is_fine, forms.values())):
        _propose(request, member, forms, mark)
        return redirect(request.get_full_path())
    return render(request, "applications/panel/table.html", {**context, "member": member})


def _is_fine(form):
    return not form.is_bound or form.is_valid()


def _propose(request, member, forms, mark):
    """Store the proposals of a page and say how many there were."""
    proposed = 0
    for form in forms.values():
        if not form.is_bound or not form.has_changed_from(form.row.decision):
            continue
        try:
            propose_outcome(
                member=member,
                application=form.row.application,
                mark=mark,
                by=request.user,
                **form.cleaned_data,
            )
            proposed += 1
        except (DecidedMeanwhile, NotReadYet, WordsMissing):
            messages.warning(
                request, f"{form.row.code} was left alone: something changed meanwhile."
            )
    messages.success(request, f"Saved. Proposals changed: {proposed}.")
