"""Giving a place to a colleague who waits for it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from training.actions import accept_swap, decline_swap, propose_swap, withdraw_swap
from training.exceptions import BookingRefused, SwapRefused
from training.forms import ProposeSwapForm
from training.models import SwapProposal
from training.rules import can_propose_swap
from training.views.access import who_books_only
from training.views.bookings import my_bookings, say_what_became_of

ASKED = "We have asked {name}. You keep your place until they say yes."
KEPT = "You have said no. Your colleague keeps the place, and you keep your turn on the list."
TAKEN_BACK = "Taken back. You keep your place."


@who_books_only
def booking_swap(request, pk):
    """Ask who of those that wait should have the place, and ask them."""
    booking = get_object_or_404(my_bookings(request), pk=pk)
    if not can_propose_swap(request.user, booking, timezone.now()):
        return redirect(booking)
    form = ProposeSwapForm(request.POST if request.method == "POST" else None, booking=booking)
    if request.method == "POST" and form.is_valid():
        waiting = form.cleaned_data["waiting"]
        try:
            propose_swap(booking=booking, waiting=waiting, by=request.user)
        except SwapRefused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, ASKED.format(name=waiting.person.full_name))
        return redirect(booking)
    return render(request, "training/booking_swap.html", {"booking": booking, "form": form})


@who_books_only
def swap_accept(request, pk):
    proposal = get_object_or_404(_received(request), pk=pk)
    if request.method == "POST":
        try:
            say_what_became_of(request, accept_swap(proposal=proposal, by=request.user))
        except BookingRefused as refusal:
            messages.warning(request, refusal.words_for(request.user))
        except SwapRefused as refusal:
            messages.warning(request, str(refusal))
    return redirect(proposal.waiting)


@login_required
def swap_decline(request, pk):
    proposal = get_object_or_404(_received(request), pk=pk)
    return _answer(request, proposal, proposal.waiting, decline_swap, KEPT)


@login_required
def swap_withdraw(request, pk):
    proposals = SwapProposal.objects.with_people().filter(booking__person=request.user)
    proposal = get_object_or_404(proposals, pk=pk)
    return _answer(request, proposal, proposal.booking, withdraw_swap, TAKEN_BACK)


def _received(request):
    return SwapProposal.objects.with_people().filter(waiting__person=request.user)


def _answer(request, proposal, own, action, success):
    if request.method == "POST":
        try:
            action(proposal=proposal, by=request.user)
        except SwapRefused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, success)
    return redirect(own)
