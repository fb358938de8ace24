"""The readers' pages for an applicant whom no e-mail reaches: what they say on the phone is written down."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.kept_words import keeps_words
from applications.actions import reply_to_assessment, reply_to_search
from applications.exceptions import DoneMeanwhile
from applications.forms.self_declaration import ReplyForm, boxes_of_declaration
from applications.rules import disclosure as rules
from applications.views.access import posted
from applications.views.disclosure import MEANWHILE, reader_page
from applications.views.self_declaration import after_saving, declaration_form, save_form

SENT = "Written down as sent. It can be corrected until it is opened to be read."
SAVED = "Saved, and not sent yet. You or your colleague can go on with it."


@keeps_words(boxes_of_declaration, sealed=True)
@reader_page
def declaration_by_phone(request, application):
    """The questions of the self-declaration, for a reader to put to the applicant."""
    declaration = application.declaration
    declaration.application = application
    takes_down = rules.takes_words_down(request.user, application)
    if not takes_down or not rules.can_write_declaration(request.user, declaration):
        raise Http404
    then = reverse("applications:disclosure-detail", args=[application.reference])
    form = declaration_form(request, declaration)
    try:
        if form.is_valid() and save_form(request, declaration, form):
            return after_saving(request, form, then, SENT, SAVED)
    except DoneMeanwhile:
        messages.warning(request, MEANWHILE)
        return redirect(then)
    context = {"application": application, "form": form}
    return render(request, "applications/disclosure/by_phone.html", context)


@reader_page
def assessment_reply_by_phone(request, application, pk):
    """What the applicant says to the summary of a risk assessment."""
    assessment = application.risk_assessments.filter(pk=pk).first()
    if assessment is None:
        raise Http404
    return _reply(
        request,
        application,
        assessment,
        words=assessment.summary,
        act=lambda said: reply_to_assessment(assessment=assessment, words=said, by=request.user),
        then=reverse("applications:assessment-detail", args=[application.reference, pk]),
    )


@reader_page
def search_reply_by_phone(request, application):
    """What the applicant says to what was found online."""
    search = application.online_search
    return _reply(
        request,
        application,
        search,
        words=search.finding,
        act=lambda said: reply_to_search(search=search, words=said, by=request.user),
        then=reverse("applications:disclosure-search", args=[application.reference]),
    )


def _reply(request, application, row, *, words, act, then):
    if not rules.takes_words_down(request.user, application):
        raise Http404
    if not row.can_be_replied_to(timezone.localdate()):
        return redirect(then)
    form = ReplyForm(posted(request))
    if form.is_valid():
        try:
            act(form.cleaned_data["words"])
            messages.success(request, "The reply is written down.")
        except DoneMeanwhile:
            messages.warning(request, MEANWHILE)
        return redirect(then)
    context = {"application": application, "form": form, "words": words}
    return render(request, "applications/disclosure/reply_by_phone.html", context)
