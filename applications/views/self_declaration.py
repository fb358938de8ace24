"""The applicant's pages about a criminal record: the self-declaration, and replies to what concerns them.

Nothing typed here is kept by the script that keeps typed words, which would store it in plain text. What
a lost session left waits encrypted.
"""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control

from accounts.kept_words import keeps_words, shown_again
from applications import disclosure_pages as pages
from applications.actions import reply_to_assessment, reply_to_search, save_declaration
from applications.exceptions import DoneMeanwhile, SavedElsewhere
from applications.forms.self_declaration import (
    DeclarationForm,
    ReplyForm,
    boxes_of_declaration,
    saved_declaration,
)
from applications.queries import disclosure as queries
from applications.rules import disclosure as rules
from applications.views.access import own_application, posted

NOT_KEPT = cache_control(private=True, no_store=True)
SENT = "Thank you. Your self-declaration is sent. You can correct it until somebody reads it."
SAVED = "Saved. You can come back later. Nothing has been sent to us yet."
REPLIED = "Thank you. Your reply is with the two readers."
TOO_LATE = "This can no longer be replied to. Ring the recruitment team if there is more to say."


def own_declaration(view):
    """Give the view the declaration its applicant was asked for. To everybody else it is not there."""

    @NOT_KEPT
    @own_application
    @wraps(view)
    def found(request, application, **kwargs):
        declaration = queries.declaration_of(application)
        if declaration is None or application.is_for_another or application.blanked_at:
            raise Http404
        declaration.application = application
        return view(request, declaration, **kwargs)

    return found


@keeps_words(boxes_of_declaration, sealed=True)
@own_declaration
def self_declaration(request, declaration):
    """What is asked and who reads it, then the questions."""
    if not rules.can_write_declaration(request.user, declaration):
        return _over(request, declaration, None)
    form = declaration_form(request, declaration)
    if form.is_valid():
        try:
            saved = save_form(request, declaration, form)
        except DoneMeanwhile:
            return _over(request, declaration, form)
        if saved:
            return after_saving(request, form, declaration.application)
    return _show(request, declaration, form=form)


def declaration_form(request, declaration):
    """Return the form with what is saved, what was sent, or what a lost session left."""
    written = declaration.unsent or declaration.latest_sent
    matters = len(written.matters) if written else 0
    return DeclarationForm(
        posted(request),
        saved={**saved_declaration(written), "version": declaration.version},
        room=matters + 1 if "another" in request.GET else matters,
        asks_barred=rules.asks_about_barred_list(declaration.application.vacancy),
        sending="send" in request.POST,
        kept=shown_again(request),
    )


def save_form(request, declaration, form):
    """Save or send. Returns whether that was done; otherwise another tab was quicker, and the form says so."""
    try:
        save_declaration(
            application=declaration.application,
            answers=form.answers(),
            version=form.cleaned_data["version"],
            by=request.user,
            send=form.sending,
        )
    except SavedElsewhere as conflict:
        form.open_again_at(conflict.saved.version)
        return False
    return True


def after_saving(request, form, then, sent=SENT, saved=SAVED):
    """Lead on to a box for another matter, or to the page `then` with what was done."""
    if "another" in request.POST:
        return redirect(f"{request.path}?another=1")
    messages.success(request, sent if form.sending else saved)
    return redirect(then)


def _over(request, declaration, form):
    """It is read, or not asked any more. Words that come too late are shown once, to be copied."""
    typed = form.typed() if form else []
    return _show(request, declaration, form=None, typed=typed)


def _show(request, declaration, **context):
    page = pages.self_declaration(declaration)
    return render(request, "applications/self_declaration.html", {**page, **context})


@own_declaration
def assessment_reply(request, declaration, pk):
    """A summary that concerns the applicant, and the box for a reply."""
    application = declaration.application
    assessment = queries.assessments_for_applicant(application).filter(pk=pk).first()
    if assessment is None:
        raise Http404
    return _reply(request, application, assessment, pages.summary(assessment), _to_assessment)


def _to_assessment(assessment, **said):
    reply_to_assessment(assessment=assessment, **said)


@own_declaration
def search_reply(request, declaration):
    """What a search online found, and the box for a reply."""
    application = declaration.application
    search = application.online_search
    if not search.found_something or search.destroyed_at is not None:
        raise Http404
    return _reply(request, application, search, pages.finding(search), _to_search)


def _to_search(search, **said):
    reply_to_search(search=search, **said)


def _reply(request, application, row, page, reply):
    form = ReplyForm(posted(request))
    if form.is_valid():
        try:
            reply(row, words=form.cleaned_data["words"], by=request.user)
            messages.success(request, REPLIED)
        except DoneMeanwhile:
            messages.error(request, TOO_LATE)
        return redirect(application)
    context = {"application": application, "form": form, **page}
    return render(request, "applications/disclosure_reply.html", context)
