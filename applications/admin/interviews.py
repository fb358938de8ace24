"""HR's pages to arrange interviews, inside the admin: rounds, slots, who is invited and has chosen what."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.registries import AdminPage, admin_pages
from applications import queries
from applications.actions import (
    arrange_round,
    cancel_slot,
    change_round,
    choose_slot,
    invite_to_choose,
    make_slots,
    move_slot,
    settle_another_time,
)
from applications.actions.interviews import TOLD_OF
from applications.admin.ringing import please_ring, say_told
from applications.exceptions import InterviewsBegun, SlotsOverlap, SlotTaken
from applications.forms.interviews import (
    CallOffForm,
    ForSomebodyForm,
    InviteForm,
    MoveSlotForm,
    RoundForm,
    SeriesForm,
    initial_of_round,
)
from applications.models import InterviewInvitation, InterviewRound, InterviewSlot
from applications.queries import interviews as interview_queries
from applications.rules import interviews as interview_rules
from applications.states import ApplicationState, FreedBecause
from vacancies.models import Vacancy

OVERLAP = "An interviewer has another interview on {}"
INTERVIEW = ApplicationState.INTERVIEW
BEGUN = "An interview of this round has been scored, so its questions stay as they are"
GONE = "This time has been called off meanwhile."


def data_of(request):
    return request.POST if request.method == "POST" else None


def find_vacancy(pk):
    return get_object_or_404(Vacancy.objects.without_search_columns(), pk=pk)


def page(request, title, vacancy, **context):
    return {**admin.site.each_context(request), "title": title, "vacancy": vacancy, **context}


def form_page(request, title, vacancy, form, *, words="", button):
    """Show a form on a page of its own, under the interviews of its vacancy."""
    context = page(request, title, vacancy, form=form, words=words, button=button)
    return render(request, "applications/admin/interview_form.html", context)


def interviews_view(request, pk):
    """The interviews of a vacancy: each round with its slots, who has chosen, and who has not."""
    vacancy, now = find_vacancy(pk), timezone.now()
    rounds = [_round(row, now) for row in interview_queries.rounds_of(vacancy)]
    context = page(request, f"Interviews: {vacancy}", vacancy, rounds=rounds, now=now)
    return render(request, "applications/admin/interviews.html", context)


def _round(found, now):
    slots = list(interview_queries.slots_of(found))
    chosen = {booking.application_id for slot in slots for booking in slot.chosen}
    invitations = [row for row in found.invitations.all() if row.application.state == INTERVIEW]
    return {
        "round": found,
        "slots": slots,
        "free": sum(not slot.chosen and slot.begins_at > now for slot in slots),
        "invited": len(invitations),
        "waiting": [row for row in invitations if row.application_id not in chosen],
        "asked": [row for row in invitations if row.waits_for_another_time],
        "to_invite": interview_queries.to_invite(found).count(),
    }


def round_add_view(request, pk):
    """Begin a round of interviews."""
    vacancy = find_vacancy(pk)
    form = _round_form(request, vacancy)
    if form.is_valid():
        chosen = {"interviewers": form.cleaned_data["interviewers"], "questions": form.questions()}
        arrange_round(vacancy=vacancy, by=request.user, **chosen, **form.of_round())
        messages.success(request, "The round is there. Now make its times.")
        return redirect("admin:applications_interviews", pk)
    return form_page(request, "New round", vacancy, form, button="Make the round")


def round_change_view(request, pk):
    """Change a round: who has a time in it is told of another place or link."""
    found = get_object_or_404(InterviewRound.objects.select_related("vacancy"), pk=pk)
    form = _round_form(request, found.vacancy, initial=initial_of_round(found))
    if form.is_valid() and _change_round(request, found, form):
        return redirect("admin:applications_interviews", found.vacancy_id)
    words = "Who has chosen a time is told of another place, link or thing to bring."
    return form_page(request, str(found), found.vacancy, form, words=words, button="Save the round")


def _round_form(request, vacancy, **kwargs):
    criteria = list(queries.criteria_of(vacancy))
    return RoundForm(data_of(request), vacancy=vacancy, criteria=criteria, **kwargs)


def _change_round(request, found, form):
    chosen = {"interviewers": form.cleaned_data["interviewers"], "questions": form.questions()}
    is_elsewhere = any(getattr(found, name) != form.of_round()[name] for name in TOLD_OF)
    try:
        change_round(interview_round=found, by=request.user, **chosen, **form.of_round())
    except SlotsOverlap as problem:
        form.add_error("interviewers", OVERLAP.format(problem))
    except InterviewsBegun:
        form.add_error(None, BEGUN)
    else:
        messages.success(request, "The round is saved.")
        if is_elsewhere:
            _say_whom_to_ring_in(request, found)
        return True
    return False


def _say_whom_to_ring_in(request, found):
    """Name who has a time to come in a round, and could not be written to about its place."""
    for booking in interview_queries.bookings_to_come(found, timezone.now()):
        if not booking.application.applicant.can_be_written_to:
            ring = please_ring(booking.application)
            messages.warning(request, f"{booking.slot.when}: no e-mail address. {ring}")


def slots_view(request, pk):
    """Make times in a series: the first day and time, how many, and the pause between them."""
    found = get_object_or_404(InterviewRound.objects.select_related("vacancy"), pk=pk)
    form = SeriesForm(data_of(request), minutes=found.minutes)
    if form.is_valid():
        try:
            slots = make_slots(interview_round=found, begins=form.begins(), by=request.user)
        except SlotsOverlap as problem:
            form.add_error("first_at", OVERLAP.format(problem))
        else:
            messages.success(request, f"Times made: {len(slots)}.")
            return redirect("admin:applications_interviews", found.vacancy_id)
    words = f"Each takes {found.minutes} minutes, as the round says."
    title = f"Make times: {found.name}"
    return form_page(request, title, found.vacancy, form, words=words, button="Make the times")


def invite_view(request, pk):
    """Ask people in interview to choose a time: one letter each."""
    found = get_object_or_404(InterviewRound.objects.select_related("vacancy"), pk=pk)
    waiting = interview_queries.to_invite(found)
    form = InviteForm(data_of(request), waiting=waiting)
    if form.is_valid():
        chosen = form.cleaned_data["applications"]
        made = invite_to_choose(interview_round=found, applications=chosen, by=request.user)
        messages.success(request, f"Invited to choose a time: {len(made)}.")
        for invitation in made:
            _say_whom_to_ring(request, invitation.application)
        return redirect("admin:applications_interviews", found.vacancy_id)
    free = found.slots.free(timezone.now()).count()
    words = f"Free times in this round: {free}. They can choose until {found.choose_until_words}."
    title = f"Invite to choose: {found.name}"
    return form_page(request, title, found.vacancy, form, words=words, button="Invite them")


def _say_whom_to_ring(request, application):
    if not application.applicant.can_be_written_to:
        ring = f"Please ring {application.full_name} on {application.phone}"
        messages.warning(
            request, f"{application} has no e-mail address. {ring} and choose for them."
        )


def slot_move_view(request, pk):
    """Move one time, with a reason that everybody concerned reads."""
    slot = _slot(pk)
    local = timezone.localtime(slot.begins_at)
    initial = {"day": local.date(), "at": local.time()}
    initial |= {"place": slot.place, "video_link": slot.video_link}
    form = MoveSlotForm(data_of(request), initial=initial)
    if form.is_valid() and _move(request, slot, form):
        return redirect("admin:applications_interviews", slot.round.vacancy_id)
    title = f"Move: {slot.when}"
    return form_page(request, title, slot.round.vacancy, form, button="Move and tell them")


def _slot(pk):
    slots = InterviewSlot.objects.standing().select_related("round__vacancy")
    return get_object_or_404(slots, pk=pk)


def _move(request, slot, form):
    names = ("place", "video_link", "reason")
    given = {name: form.cleaned_data[name] for name in names}
    try:
        move_slot(slot=slot, begins_at=form.begins_at(), by=request.user, **given)
    except SlotsOverlap as problem:
        form.add_error("at", OVERLAP.format(problem))
        return False
    except InterviewSlot.DoesNotExist:
        messages.error(request, GONE)
    else:
        _say_of_slot(request, slot.bookings.standing(), "The time is moved.")
    return True


def _say_of_slot(request, bookings, done):
    """Say what was done with a time, and whether who had chosen it was told or is to be rung."""
    booking = bookings.select_related("application__applicant").last()
    if booking is None:
        messages.success(request, f"{done} Nobody had chosen it.")
    else:
        told = "Who had chosen it and the interviewers have been told."
        say_told(request, booking.application, done, told)


def slot_cancel_view(request, pk):
    """Call one time off, with a reason that everybody concerned reads."""
    slot = _slot(pk)
    form = CallOffForm(data_of(request))
    if form.is_valid():
        cancel_slot(slot=slot, reason=form.cleaned_data["reason"], by=request.user)
        freed = slot.bookings.filter(cancelled_because=FreedBecause.CALLED_OFF)
        _say_of_slot(request, freed, "The time is called off.")
        return redirect("admin:applications_interviews", slot.round.vacancy_id)
    title = f"Call off: {slot.when}"
    return form_page(request, title, slot.round.vacancy, form, button="Call it off")


def invitation_view(request, pk):
    """One invited person: what they asked for, and a time that HR chooses for them, as on the phone."""
    found = InterviewInvitation.objects.select_related("round__vacancy", "application__applicant")
    invitation = get_object_or_404(found, pk=pk)
    slots = list(invitation.round.slots.free(timezone.now()).select_related("round"))
    form = ForSomebodyForm(data_of(request), slots=slots)
    if form.is_valid() and _choose(request, invitation, slots, form):
        return redirect("admin:applications_interviews", invitation.round.vacancy_id)
    context = page(
        request,
        f"{invitation.application.full_name}: {invitation.round.name}",
        invitation.round.vacancy,
        invitation=invitation,
        application=invitation.application,
        form=form,
        slots=slots,
    )
    return render(request, "applications/admin/interview_invitation.html", context)


def _choose(request, invitation, slots, form):
    slot = next(row for row in slots if row.pk == form.cleaned_data["slot"])
    try:
        choose_slot(application=invitation.application, slot=slot, by=request.user)
    except SlotTaken:
        form.add_error("slot", "Somebody else has this time now")
        return False
    except PermissionDenied as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"{invitation.application.full_name} comes on {slot.when}.")
    return True


@require_POST
def settle_view(request, pk):
    """Somebody's wish for another time is dealt with."""
    found = InterviewInvitation.objects.select_related("round", "application")
    invitation = get_object_or_404(found, pk=pk)
    settle_another_time(invitation=invitation, by=request.user)
    messages.success(request, "Noted.")
    return redirect("admin:applications_interviews", invitation.round.vacancy_id)


def _page_of(path, name, view):
    return AdminPage(
        path=path, name=name, view=view, may_see=interview_rules.can_arrange_interviews
    )


admin_pages.register(
    _page_of("applications/interviews/<int:pk>/", "applications_interviews", interviews_view),
    _page_of("applications/interviews/<int:pk>/add/", "applications_round_add", round_add_view),
    _page_of("applications/rounds/<int:pk>/", "applications_round_change", round_change_view),
    _page_of("applications/rounds/<int:pk>/slots/", "applications_round_slots", slots_view),
    _page_of("applications/rounds/<int:pk>/invite/", "applications_round_invite", invite_view),
    _page_of("applications/slots/<int:pk>/move/", "applications_slot_move", slot_move_view),
    _page_of("applications/slots/<int:pk>/cancel/", "applications_slot_cancel", slot_cancel_view),
    _page_of("applications/invitations/<int:pk>/", "applications_invitation", invitation_view),
    _page_of(
        "applications/invitations/<int:pk>/settle/", "applications_invitation_settle", settle_view
    ),
)
