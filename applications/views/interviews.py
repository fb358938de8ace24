"""The applicant's interviews: choosing a time, changing it, giving it back, and asking for another."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control

from applications.actions import ask_another_time, choose_slot, give_slot_back
from applications.exceptions import ChoosingOver, SlotTaken
from applications.forms.interviews import AnotherTimeForm, ChooseForm
from applications.queries import interviews as interview_queries
from applications.states import ApplicationState
from applications.views.access import own_application, posted

NOT_KEPT = cache_control(private=True, no_store=True)
OVER = "The time for choosing is over. Please ring the recruitment team."


def card_of(application):
    """Return what the card of interviews shows on an application's page, or nothing."""
    if application.state != ApplicationState.INTERVIEW:
        return []
    now = timezone.now()
    found = interview_queries.invitations_of(application)
    for invitation in found:
        invitation.can_choose = invitation.round.is_open(now)
    return found


def invited_page(view):
    """For the applicant alone, while they are invited to an interview."""

    @NOT_KEPT
    @own_application
    def found(request, application, **kwargs):
        if application.state != ApplicationState.INTERVIEW or application.is_for_another:
            raise Http404
        return view(request, application, **kwargs)

    return found


@invited_page
def application_interview(request, application):
    """The times of each round somebody is invited to, with what they chose."""
    invitations = interview_queries.invitations_of(application)
    if not invitations:
        raise Http404
    parts = [_part(request, invitation) for invitation in invitations]
    for part in parts:
        if part["form"] and part["form"].is_bound and part["form"].is_valid():
            if _choose(request, application, part):
                return redirect(request.path)
            part |= _part(request, part["invitation"])
    context = {"application": application, "parts": parts}
    return render(request, "applications/application_interview.html", context)


def _part(request, invitation):
    """Return what the page shows of one round: the chosen time, and the free ones while they can be chosen."""
    now, booking = timezone.now(), invitation.booking
    is_over = booking is not None and booking.slot.begins_at <= now
    part = {"invitation": invitation, "round": invitation.round, "booking": booking, "form": None}
    part |= {"is_over": is_over, "can_choose": invitation.round.is_open(now) and not is_over}
    if part["can_choose"]:
        part["slots"] = list(invitation.round.slots.free(now).select_related("round"))
        prefix = f"round-{invitation.round_id}"
        mine = request.method == "POST" and request.POST.get("round") == str(invitation.round_id)
        part["form"] = ChooseForm(
            request.POST if mine else None,
            prefix=prefix,
            initial={"make_ready": invitation.make_ready},
            slots=part["slots"],
            held=booking.slot if booking else None,
            button="Save my choice" if booking else "Choose this time",
        )
        part["form"].helper.form_tag = False
    return part


def _choose(request, application, part):
    """Choose the slot; False when somebody was quicker, and the page is to be shown again."""
    chosen = part["form"].cleaned_data
    held = [part["booking"].slot] if part["booking"] else []
    slot = next(row for row in [*held, *part["slots"]] if row.pk == chosen["slot"])
    try:
        choose_slot(
            application=application, slot=slot, by=request.user, make_ready=chosen["make_ready"]
        )
    except SlotTaken:
        return False
    except ChoosingOver:
        messages.error(request, OVER)
    except PermissionDenied as problem:
        raise Http404 from problem
    else:
        messages.success(request, f"Your interview is on {slot.when}.")
    return True


def _invitation(application, pk):
    invitation = interview_queries.invitation_of(application, pk)
    if invitation is None:
        raise Http404
    return invitation


@invited_page
def application_interview_give_back(request, application, pk):
    """Ask once more, then give the time back."""
    invitation = _invitation(application, pk)
    back = redirect("applications:application-interview", application.reference)
    if invitation.booking is None:
        return back
    if request.method != "POST":
        context = {"application": application, "invitation": invitation}
        return render(request, "applications/application_interview_give_back.html", context)
    try:
        give_slot_back(application=application, interview_round=invitation.round, by=request.user)
        messages.success(request, "Your time is free again. You can choose another one.")
    except ChoosingOver:
        messages.error(request, OVER)
    return back


@invited_page
def application_interview_another(request, application, pk):
    """No time suits: a few words to the recruitment team."""
    invitation = _invitation(application, pk)
    back = redirect("applications:application-interview", application.reference)
    form = AnotherTimeForm(posted(request), back=back.url)
    if form.is_valid():
        ask_another_time(invitation=invitation, words=form.cleaned_data["words"], by=request.user)
        messages.success(request, "Thank you. The recruitment team will get in touch with you.")
        return back
    context = {"application": application, "invitation": invitation, "form": form}
    return render(request, "applications/application_interview_another.html", context)
