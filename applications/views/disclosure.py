"""The pages of the two readers: what waits for me, one application, its search and its risk assessments.

They read with the name. To everybody else, HR too, these pages are not there. Each opening is recorded.
"""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from applications import disclosure_pages as pages
from applications.actions import (
    begin_assessment,
    open_assessment,
    open_declaration,
    open_search,
    propose_decision,
    record_search,
    save_assessment,
    sign_decision,
    take_up_again,
)
from applications.exceptions import DoneMeanwhile, SavedElsewhere
from applications.forms.disclosure import AboutForm, AssessmentForm, DecisionForm, SearchForm
from applications.queries import disclosure as queries
from applications.rules import disclosure as rules
from applications.states import DeclarationState
from applications.views.access import posted

NOT_KEPT = cache_control(private=True, no_store=True)
MEANWHILE = "Nothing was stored: your colleague was quicker, or the application has ended."


def reader_page(view):
    """Give the view an application whose self-declaration the person reads; to others it is not there."""

    @NOT_KEPT
    @login_required
    @wraps(view)
    def found(request, reference, **kwargs):
        application = queries.application_for_reader(request.user, reference)
        if application is None:
            raise Http404
        try:
            return view(request, application, **kwargs)
        except PermissionDenied as problem:
            raise Http404 from problem

    return found


def _back(application):
    return redirect("applications:disclosure-detail", application.reference)


@NOT_KEPT
@login_required
def disclosure_list(request):
    """What waits for me, application by application."""
    if not request.user.has_role(rules.ROLE):
        raise Http404
    rows = pages.list_rows(queries.applications_for_reader(request.user), request.user)
    return render(request, "applications/disclosure/list.html", {"rows": rows})


@reader_page
def disclosure_detail(request, application):
    """One application: how far it is, with links to what was told and found."""
    context = pages.one_application(application, request.user)
    return render(request, "applications/disclosure/detail.html", context)


@reader_page
def disclosure_declaration(request, application):
    """What the applicant sent. The first opening is a button, since nothing can be corrected after it."""
    declaration = application.declaration
    if request.method != "POST" and declaration.state != DeclarationState.READ:
        return _back(application)
    written = open_declaration(declaration=declaration, by=request.user)
    if request.method == "POST":
        return redirect(request.path)
    context = {"application": application, "rows": pages.answers(written), "written": written}
    return render(request, "applications/disclosure/declaration.html", context)


@reader_page
def disclosure_search(request, application):
    """The search online: to record, or what was recorded."""
    search = application.online_search
    if not rules.can_record_search(request.user, search):
        open_search(search=search, by=request.user)
        takes_down = rules.takes_words_down(request.user, application) and search.can_be_replied_to(
            timezone.localdate()
        )
        context = {"application": application, "search": search, "takes_down": takes_down}
        return render(request, "applications/disclosure/search.html", context)
    told_on = timezone.localdate(application.declaration.told_of_search_at)
    form = SearchForm(posted(request), told_on=told_on)
    if form.is_valid():
        try:
            record_search(search=search, by=request.user, **form.cleaned_data)
            messages.success(request, "The search is recorded.")
        except DoneMeanwhile:
            messages.warning(request, MEANWHILE)
        return _back(application)
    context = {"application": application, "form": form}
    return render(request, "applications/disclosure/search_form.html", context)


@require_POST
@reader_page
def assessment_begin(request, application):
    """Begin a risk assessment."""
    form = AboutForm(request.POST)
    if not form.is_valid():
        return _back(application)
    try:
        assessment = begin_assessment(application=application, by=request.user, **form.cleaned_data)
    except DoneMeanwhile:
        messages.warning(request, MEANWHILE)
        return _back(application)
    return redirect("applications:assessment-detail", application.reference, assessment.pk)


@reader_page
def assessment_detail(request, application, pk):
    """One risk assessment: to write, to decide, to sign or to read, as far as it has come."""
    assessment = application.risk_assessments.filter(pk=pk).first()
    if assessment is None:
        raise Http404
    assessment.application = application
    try:
        done, form = _step(request, assessment)
    except DoneMeanwhile:
        messages.warning(request, MEANWHILE)
        done, form = True, None
    if done:
        return redirect(request.path)
    open_assessment(assessment=assessment, by=request.user)
    context = {**pages.one_assessment(assessment, request.user), "form": form}
    return render(request, "applications/disclosure/assessment.html", context)


def _step(request, assessment):
    """Do what was asked; return whether something was done, and the form that the page shows."""
    if "sign" in request.POST or "again" in request.POST:
        act = sign_decision if "sign" in request.POST else take_up_again
        act(assessment=assessment, by=request.user)
        return True, None
    if rules.can_write_assessment(request.user, assessment):
        return _write(request, assessment)
    if rules.can_propose_decision(request.user, assessment, timezone.localdate()):
        form = DecisionForm(posted(request), initial=_last_proposal(assessment))
        if form.is_valid():
            propose_decision(assessment=assessment, by=request.user, **form.cleaned_data)
            return True, None
        return False, form
    if request.method == "POST":
        raise DoneMeanwhile(assessment.pk)
    return False, None


def _told(application):
    if application.applicant.can_be_written_to:
        return "The applicant has been told."
    return f"Shared. Please ring {application.full_name} on {application.phone} and tell them."


def _last_proposal(assessment):
    names = ("reason", "measures", "sentence", "review_on")
    return {name: getattr(assessment, name) for name in names}


def _write(request, assessment):
    share = "share" in request.POST
    form = AssessmentForm(posted(request), assessment=assessment, sharing=share)
    if not form.is_valid():
        return False, form
    try:
        save_assessment(assessment=assessment, by=request.user, share=share, **form.answers())
    except SavedElsewhere as conflict:
        form.open_again_at(conflict.saved.version)
        return False, form
    messages.success(request, _told(assessment.application) if share else "Saved.")
    return True, None
