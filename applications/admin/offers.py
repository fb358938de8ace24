"""HR's pages of offers, inside the admin: making one, what became of it, and the first day."""

from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.registries import AdminPage, admin_pages
from accounts.states import InvalidTransition
from applications import offer_words
from applications.actions import (
    accept_offer,
    agree_early_start,
    answer_question,
    cancel_start,
    confirm_offer,
    correct_offer,
    decline_offer,
    lapse_offer,
    make_offer,
    move_start,
    withdraw_offer,
)
from applications.exceptions import (
    ChecksOpen,
    NoPostLeft,
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
    OfferForm,
    QuestionForm,
)
from applications.models import Application, Offer, OfferCondition, OfferQuestion
from applications.queries import offers as offer_queries
from applications.queries.checks import may_start_without_title, what_is_open
from applications.rules import offers as offer_rules
from applications.states import OfferAnswer, OfferState

GONE_ON = "Nothing was done: a colleague or the applicant was quicker, or it is your own."
NO_POST = (
    "As many people have an offer for this job as it has posts, or the job is filled or withdrawn."
)
CHANGED = "A colleague has corrected this offer since you opened the page. Look at it again."


def _may_make(user):
    return user.has_perm("applications.make_offer")


def _may_confirm(user):
    return user.has_perm("applications.confirm_offer")


def _offer(pk):
    return get_object_or_404(offer_queries.offers(), pk=pk)


def _posted(request):
    return request.POST if request.method == "POST" else None


def _page(request, template, title, application, **context):
    page = {
        **admin.site.each_context(request),
        "title": title,
        "application": application,
        "vacancy": application.vacancy,
        **context,
    }
    return render(request, f"applications/admin/{template}.html", page)


def offer_view(request, pk):
    """One offer: what it says, how it was answered, what stands in the way of a first day."""
    offer, user = _offer(pk), request.user
    application, today = offer.application, timezone.localdate()
    is_accepted = offer.state == OfferState.ACCEPTED
    questions = [
        (row, QuestionForm() if offer_rules.can_answer_question(user, row) else None)
        for row in offer.questions.select_related("answered_by", "offer__application")
    ]
    return _page(
        request,
        "offer",
        f"Offer: {application}",
        application,
        offer=offer,
        terms=offer_words.terms(offer),
        conditions=offer.conditions.all(),
        first_day=offer_words.first_day(offer) if offer.firm_at else [],
        early_day=offer_words.early_day(offer) if offer.early_starts_on else [],
        questions=questions,
        what_is_open=what_is_open(application, today) if is_accepted else [],
        may_start_early=is_accepted and _has_a_role_to_start_in(application),
        can=_what_can_be_done(user, offer, today),
    )


def _has_a_role_to_start_in(application):
    return any(
        may_start_without_title(application, role)
        for role in EarlyForm.base_fields["role"].queryset[:1]
    )


def _what_can_be_done(user, offer, today):
    return {
        "correct": offer_rules.can_correct_offer(user, offer),
        "note_answer": offer_rules.can_note_answer(user, offer),
        "withdraw": offer_rules.can_withdraw_offer(user, offer),
        "lapse": offer_rules.can_lapse_offer(user, offer, today),
        "confirm": offer_rules.can_confirm_offer(user, offer),
        "start_early": offer_rules.can_agree_early_start(user, offer),
        "change_start": offer_rules.can_change_start(user, offer),
    }


def offer_make_view(request, pk):
    """Make an offer: fill it in, read the letter, then send it."""
    applications = Application.objects.sent().select_related("vacancy__role", "vacancy__team")
    application = get_object_or_404(applications.select_related("applicant"), pk=pk)
    form = OfferForm(_posted(request), application=application)
    made = application.offers.filter(one_time_key=form["one_time_key"].value() or None).first()
    if made is not None:
        return redirect("admin:applications_offer", made.pk)
    if not offer_rules.can_make_offer(request.user, application):
        messages.error(request, "No offer can be made for this application now.")
        return redirect("admin:applications_application_change", pk)
    if form.is_valid() and "again" not in request.POST:
        make = partial(make_offer, application=application)
        if "confirmed" not in request.POST:
            return _preview(request, application, form, "Send the offer")
        if offer := _send(request, make, form, form.cleaned_data["one_time_key"]):
            return redirect("admin:applications_offer", offer.pk)
    left = offer_queries.posts_left(application.vacancy)
    return _page(request, "offer_terms", "Make an offer", application, form=form, posts_left=left)


def offer_correct_view(request, pk):
    """Change what an offer says before it is answered, and read the letter before it goes out."""
    offer = _offer(pk)
    if not offer_rules.can_correct_offer(request.user, offer):
        messages.error(request, GONE_ON)
        return redirect("admin:applications_offer", pk)
    form = OfferForm(_posted(request), application=offer.application, offer=offer)
    version = _version(request, offer)
    if form.is_valid() and "again" not in request.POST:
        if "confirmed" not in request.POST:
            words = "Send the corrected offer"
            return _preview(request, offer.application, form, words, version=version)
        if _send(request, partial(correct_offer, offer=offer, version=version), form, None):
            return redirect("admin:applications_offer", pk)
    return _page(
        request,
        "offer_terms",
        "Correct the offer",
        offer.application,
        form=form,
        offer=offer,
        version=version,
    )


def _version(request, offer):
    """Return the version of the offer that the person has before them."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 5 else offer.version


def _preview(request, application, form, button, version=None):
    offer = Offer(application=application, **form.terms())
    return _page(
        request,
        "offer_preview",
        "The letter as it goes out",
        application,
        form=form,
        version=version,
        button=button,
        terms=offer_words.terms(offer),
        conditions=[OfferCondition(text=text) for _, text in form.conditions()],
        answer_by=offer.answer_by,
    )


def _send(request, action, form, one_time_key):
    """Make or correct an offer, and return it; else say in the form or above it why not."""
    key = {"one_time_key": one_time_key} if one_time_key else {}
    try:
        offer = action(conditions=form.conditions(), by=request.user, **form.terms(), **key)
    except StartRefused as problem:
        form.add_error(problem.field, str(problem))
    except NoPostLeft:
        form.add_error(None, NO_POST)
    except OfferChanged:
        form.add_error(None, CHANGED)
    except (InvalidTransition, OfferOver, PermissionDenied):
        form.add_error(None, GONE_ON)
    else:
        _say_told(request, offer)
        return offer
    return None


def _say_told(request, offer):
    application = offer.application
    if application.applicant.can_be_written_to:
        messages.success(request, "Done. The applicant has been told.")
    else:
        ring = f"Done. Please ring {application.full_name} on {application.phone} and tell them."
        messages.warning(request, ring)


def _form_view(request, pk, *, form_class, act, title, button, intro, **kwargs):
    """Show one form about an offer, and do with it what `act(offer, cleaned_data)` does."""
    offer = _offer(pk)
    if form_class in (FirstDayForm, EarlyForm):
        kwargs["offer"] = offer
    form = form_class(_posted(request), **kwargs)
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
            _say_told(request, offer)
            return redirect("admin:applications_offer", pk)
    context = {"offer": offer, "form": form, "button": button, "intro": intro}
    return _page(request, "offer_form", title, offer.application, **context)


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


def offer_note_answer_view(request, pk):
    """Note the answer of an applicant who told HR."""
    version = _version(request, _offer(pk))

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


def offer_confirm_view(request, pk):
    """Make an offer firm: every check is done, and the first day is set."""
    offer = _offer(pk)
    still_open = what_is_open(offer.application, timezone.localdate())
    if still_open and offer.state == OfferState.ACCEPTED and request.method != "POST":
        return _page(
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
        _may_make,
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
        _may_confirm,
        [
            ("_confirm", "<int:pk>/confirm/", offer_confirm_view),
            ("_early", "<int:pk>/early/", offer_early_view),
            ("_move_start", "<int:pk>/start/move/", offer_move_start_view),
            ("_cancel_start", "<int:pk>/start/cancel/", offer_cancel_start_view),
        ],
    ),
)


@admin.register(Offer)
class OfferAdmin(admin.ModelAdmin):
    """The list of offers, to find one. Its own page does everything."""

    list_display = ["application", "job", "state", "answer_by", "starts_on"]
    list_filter = ["state"]
    list_select_related = ["application__vacancy"]
    search_fields = ["application__reference", "application__full_name"]
    show_full_result_count = False
    list_per_page = 50

    @admin.display(description="job")
    def job(self, offer):
        return str(offer.application.vacancy)

    def has_add_permission(self, request):
        return False  # Made from an application.

    def has_change_permission(self, request, obj=None):
        return False  # What is said and done goes through the actions.

    def has_delete_permission(self, request, obj=None):
        return False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        offer = self.get_object(request, object_id)
        if offer is None or not _may_make(request.user):
            return super().change_view(request, object_id, form_url, extra_context)
        return redirect("admin:applications_offer", offer.pk)
