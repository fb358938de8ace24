"""What HR does with an offer: ending it, noting an answer, the firm offer and the first day. A page each."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from accounts.registries import AdminPage, admin_pages
from accounts.states import InvalidTransition
from applications.actions import (
    accept_offer,
    agree_early_start,
    answer_question,
    cancel_start,
    confirm_offer,
    decline_offer,
    lapse_offer,
    move_start,
    withdraw_offer,
)
from applications.admin.offers import (
    CHANGED,
    GONE_ON,
    may_confirm,
    may_make,
    offer_correct_view,
    offer_make_view,
    offer_or_404,
    offer_view,
    own_page,
    posted,
    say_told,
    version_shown,
)
from applications.exceptions import (
    ChecksOpen,
    OfferChanged,
    OfferOver,
    StartRefused,
    TooEarly,
)
from applications.forms.offer_admin import (
    CancelStartForm,
    EarlyForm,
    EndForm,
    FirstDayForm,
    MoveStartForm,
    NoteAnswerForm,
    QuestionForm,
)
from applications.models import OfferQuestion
from applications.queries.checks import what_is_open
from applications.rules import offers as offer_rules
from applications.states import OfferAnswer, OfferState


def step_where(can):
    """Say of a view that its step is there where the rule `can(user, offer)` allows it.

    A form that was sent is left to the action, which knows what came twice.
    """

    def decorate(view):
        @wraps(view)
        def step(request, pk):
            if request.method != "POST" and not can(request.user, offer_or_404(pk)):
                messages.error(request, GONE_ON)
                return redirect("admin:applications_offer", pk)
            return view(request, pk)

        return step

    return decorate


def _form_view(request, pk, *, form_class, act, title, button, intro, **kwargs):
    """Show one form about an offer, and do with it what `act(offer, cleaned_data)` does."""
    offer = offer_or_404(pk)
    if form_class in (FirstDayForm, EarlyForm):
        kwargs["offer"] = offer
    form = form_class(posted(request), **kwargs)
    if form.is_valid():
        try:
            act(offer, dict(form.cleaned_data))
        except ChecksOpen as problem:
            for sentence in problem.items:
                form.add_error(None, sentence)
        except StartRefused as problem:
            form.add_error(problem.field, str(problem))
        except TooEarly:
            form.add_error(None, "They do not wait to be registered, or this role has the title.")
        except OfferChanged:
            form.add_error(None, CHANGED)
        except (OfferOver, PermissionDenied, InvalidTransition):
            messages.error(request, GONE_ON)
            return redirect("admin:applications_offer", pk)
        else:
            say_told(request, offer)
            return redirect("admin:applications_offer", pk)
    context = {"offer": offer, "form": form, "button": button, "intro": intro}
    return own_page(request, "offer_form", title, offer.application, **context)


@step_where(offer_rules.can_withdraw_offer)
def offer_withdraw_view(request, pk):
    """Take an offer back, with a reason."""
    return _form_view(
        request,
        pk,
        form_class=EndForm,
        act=lambda offer, said: withdraw_offer(offer=offer, by=request.user, **said),
        title="Withdraw the offer",
        button="Withdraw the offer",
        intro="The application ends with it, and the applicant is told. This cannot be undone.",
    )


def offer_lapse_view(request, pk):
    """Let an offer lapse that was not answered by its day."""
    return _form_view(
        request,
        pk,
        form_class=EndForm,
        act=lambda offer, said: lapse_offer(offer=offer, by=request.user, **said),
        title="Let the offer lapse",
        button="Let the offer lapse",
        intro="Ring the applicant first. The application ends, and they are told. This cannot be undone.",
    )


@step_where(offer_rules.can_note_answer)
def offer_note_answer_view(request, pk):
    """Note the answer of an applicant who told HR."""
    version = version_shown(request, offer_or_404(pk))

    def note(offer, said):
        if said["answer"] == OfferAnswer.YES:
            accept_offer(offer=offer, version=version, by=request.user)
        else:
            decline_offer(offer=offer, version=version, reason=said["reason"], by=request.user)

    return _form_view(
        request,
        pk,
        form_class=NoteAnswerForm,
        act=note,
        title="Note their answer",
        button="Note the answer",
        intro="For somebody who told us, as by phone. They get the letter that goes with it.",
    )


@step_where(offer_rules.can_confirm_offer)
def offer_confirm_view(request, pk):
    """Make an offer firm: every check is done, and the first day is set."""
    offer = offer_or_404(pk)
    still_open = what_is_open(offer.application, timezone.localdate())
    if still_open and offer.state == OfferState.ACCEPTED and request.method != "POST":
        return own_page(
            request,
            "offer_open",
            "Not yet: these are open",
            offer.application,
            offer=offer,
            what_is_open=still_open,
        )
    return _form_view(
        request,
        pk,
        form_class=FirstDayForm,
        act=lambda offer, said: confirm_offer(offer=offer, by=request.user, **said),
        title="Make the offer firm",
        button="Make it firm and tell the applicant",
        intro="Every check is done. The letter tells all of this, and on the day the portal puts the "
        "person on the staff register.",
    )


@step_where(offer_rules.can_agree_early_start)
def offer_early_view(request, pk):
    """Let somebody start before they are registered, in a role without the protected title."""
    return _form_view(
        request,
        pk,
        form_class=EarlyForm,
        act=lambda offer, said: agree_early_start(offer=offer, by=request.user, **said),
        title="Start before registration",
        button="Agree the early start and tell the applicant",
        intro="The offer stays conditional until they are registered. Everything but the registration must "
        "be done.",
    )


@step_where(offer_rules.can_change_start)
def offer_move_start_view(request, pk):
    """Move a first day that has not come."""
    return _form_view(
        request,
        pk,
        form_class=MoveStartForm,
        act=lambda offer, said: move_start(offer=offer, by=request.user, **said),
        title="Move the first day",
        button="Move it and tell the applicant",
        intro="Only the day changes.",
    )


@step_where(offer_rules.can_change_start)
def offer_cancel_start_view(request, pk):
    """Cancel a firm offer before its first day."""
    return _form_view(
        request,
        pk,
        form_class=CancelStartForm,
        act=lambda offer, said: cancel_start(offer=offer, by=request.user, **said),
        title="Cancel the first day",
        button="Cancel the first day",
        intro="The application ends without the job, and the post is free again. This cannot be undone. "
        "Whoever has started early needs a last day in the staff register too.",
    )


def offer_question_view(request, pk):
    """Answer what an applicant asked about an offer."""
    questions = OfferQuestion.objects.select_related("offer__application__vacancy")
    question = get_object_or_404(questions, pk=pk)

    def answer(offer, said):
        answer_question(question=question, by=request.user, **said)

    asked = question.words or "They would like another start date."
    return _form_view(
        request,
        question.offer_id,
        form_class=QuestionForm,
        act=answer,
        title="Answer a question",
        button="Send the answer",
        intro=asked,
    )


def _pages(may_see, views):
    for name, path, view in views:
        yield AdminPage(
            path=f"applications/offers/{path}",
            name=f"applications_offer{name}",
            view=view,
            may_see=may_see,
        )


admin_pages.register(
    *_pages(
        may_make,
        [
            ("", "<int:pk>/", offer_view),
            ("_make", "make/<int:pk>/", offer_make_view),
            ("_correct", "<int:pk>/correct/", offer_correct_view),
            ("_withdraw", "<int:pk>/withdraw/", offer_withdraw_view),
            ("_lapse", "<int:pk>/lapse/", offer_lapse_view),
            ("_note_answer", "<int:pk>/answer/", offer_note_answer_view),
            ("_question", "questions/<int:pk>/", offer_question_view),
        ],
    ),
    *_pages(
        may_confirm,
        [
            ("_confirm", "<int:pk>/confirm/", offer_confirm_view),
            ("_early", "<int:pk>/early/", offer_early_view),
            ("_move_start", "<int:pk>/start/move/", offer_move_start_view),
            ("_cancel_start", "<int:pk>/start/cancel/", offer_cancel_start_view),
        ],
    ),
)
