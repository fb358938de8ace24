"""HR's pages of offers, inside the admin: making one, what became of it, and the first day."""

from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.states import InvalidTransition
from applications import offer_words
from applications.actions import (
    correct_offer,
    make_offer,
)
from applications.admin.ringing import please_ring
from applications.exceptions import (
    NoPostLeft,
    OfferChanged,
    OfferOver,
    StartRefused,
)
from applications.forms.offer_admin import (
    EarlyForm,
    OfferForm,
    QuestionForm,
)
from applications.models import Application, Offer, OfferCondition
from applications.queries import offers as offer_queries
from applications.queries.checks import may_start_without_title, what_is_open
from applications.queries.interview_table import still_to_do_before_offer
from applications.rules import offers as offer_rules
from applications.states import OfferState

GONE_ON = "Nothing was done: a colleague or the applicant was quicker, or it is your own."
NO_POST = (
    "As many people have an offer for this job as it has posts, or the job is filled or withdrawn."
)
CHANGED = "A colleague has corrected this offer since you opened the page. Look at it again."


def may_make(user):
    return user.has_perm("applications.make_offer")


def may_confirm(user):
    return user.has_perm("applications.confirm_offer")


def offer_or_404(pk):
    return get_object_or_404(offer_queries.offers(), pk=pk)


def posted(request):
    return request.POST if request.method == "POST" else None


def own_page(request, template, title, application, **context):
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
    offer, user = offer_or_404(pk), request.user
    application, today = offer.application, timezone.localdate()
    is_accepted = offer.state == OfferState.ACCEPTED
    questions = [
        (row, QuestionForm() if offer_rules.can_answer_question(user, row) else None)
        for row in offer.questions.select_related("answered_by", "offer__application")
    ]
    return own_page(
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
    form = OfferForm(posted(request), application=application)
    key = form.fields["one_time_key"].clean(form["one_time_key"].value())
    made = application.offers.filter(one_time_key=key).first()
    if made is not None:
        return redirect("admin:applications_offer", made.pk)
    if not offer_rules.can_make_offer(request.user, application):
        messages.error(request, "No offer can be made for this application now.")
        return redirect("admin:applications_application_change", pk)
    if form.is_valid() and "again" not in request.POST:
        make = partial(make_offer, application=application)
        if "confirmed" not in request.POST:
            return _preview(request, application, form, "Send the offer")
        if offer := _send(request, make, form, key):
            return redirect("admin:applications_offer", offer.pk)
    left = offer_queries.posts_left(application.vacancy)
    context = {"form": form, "posts_left": left, "notices": still_to_do_before_offer(application)}
    return own_page(request, "offer_terms", "Make an offer", application, **context)


def offer_correct_view(request, pk):
    """Change what an offer says before it is answered, and read the letter before it goes out."""
    offer = offer_or_404(pk)
    if not offer_rules.can_correct_offer(request.user, offer):
        messages.error(request, GONE_ON)
        return redirect("admin:applications_offer", pk)
    form = OfferForm(posted(request), application=offer.application, offer=offer)
    version = version_shown(request, offer)
    if form.is_valid() and "again" not in request.POST:
        if "confirmed" not in request.POST:
            words = "Send the corrected offer"
            return _preview(request, offer.application, form, words, version=version)
        if _send(request, partial(correct_offer, offer=offer, version=version), form, None):
            return redirect("admin:applications_offer", pk)
    return own_page(
        request,
        "offer_terms",
        "Correct the offer",
        offer.application,
        form=form,
        offer=offer,
        version=version,
    )


def version_shown(request, offer):
    """Return the version of the offer that the person has before them."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 5 else offer.version


def _preview(request, application, form, button, version=None):
    offer = Offer(application=application, **form.terms())
    return own_page(
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
        say_told(request, offer)
        return offer
    return None


def say_told(request, offer):
    application = offer.application
    if application.applicant.can_be_written_to:
        messages.success(request, "Done. The applicant has been told.")
    else:
        messages.warning(request, f"Done. {please_ring(application)}")


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
        if offer is None or not may_make(request.user):
            return super().change_view(request, object_id, form_url, extra_context)
        return redirect("admin:applications_offer", offer.pk)
