"""What a person answers: an offered place, and a call to court or duty."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from training.actions import accept_offer, decline_offer, say_called_away
from training.exceptions import BookingCannotBeCancelled, BookingRefused
from training.forms import BookPlaceForm, CalledAwayForm
from training.queries import approver_of, has_signed_in, my_bookings_by_session, sessions_to_book
from training.rules import can_book, can_say_called_away, is_open_to
from training.views.access import who_books_only
from training.views.bookings import my_bookings, say_what_became_of

DECLINED = "You have given the place back. It goes to the next person who waits."
CALLED_AWAY = (
    "Work comes first. Your place is given back, your day is yours again, and you move up the order "
    "of every waiting list."
)
DATES_SHOWN = 6


@who_books_only
def offer_accept(request, pk):
    booking = get_object_or_404(my_bookings(request), pk=pk)
    if request.method == "POST":
        try:
            say_what_became_of(request, accept_offer(booking=booking, by=request.user))
        except BookingRefused as refusal:
            messages.warning(request, refusal.words_for(request.user))
    return redirect(booking)


@login_required
def offer_decline(request, pk):
    booking = get_object_or_404(my_bookings(request), pk=pk)
    if request.method == "POST":
        try:
            decline_offer(booking=booking, by=request.user)
        except BookingRefused as refusal:
            messages.warning(request, refusal.words_for(request.user))
        else:
            messages.success(request, DECLINED)
    return redirect(booking)


@login_required
def booking_called_away(request, pk):
    """Ask what came up, give the place back, and go on to the next dates."""
    booking = get_object_or_404(my_bookings(request), pk=pk)
    if booking.is_booked and has_signed_in(booking):
        return render(request, "training/booking_signed_in.html", {"booking": booking})
    form = CalledAwayForm(
        request.POST if request.method == "POST" else None,
        booking=booking,
        manager_is_told=approver_of(request.user, timezone.now()) is not None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            say_called_away(booking=booking, by=request.user, why=form.why)
        except BookingCannotBeCancelled as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, CALLED_AWAY)
        return redirect("training:booking-other-dates", booking.pk)
    if not can_say_called_away(request.user, booking, timezone.now()):
        return redirect("training:booking-list")
    context = {"booking": booking, "form": form}
    return render(request, "training/booking_called_away.html", context)


@who_books_only
def booking_other_dates(request, pk):
    """Show the next dates of the course of a booking, each to be booked with one button.

    A date whose places a fair round gives has a link to it instead.
    """
    booking = get_object_or_404(my_bookings(request), pk=pk)
    now = timezone.now()
    sessions = sessions_to_book(now).filter(course=booking.session.course_id)
    sessions = list(sessions.exclude(pk=booking.session_id)[:DATES_SHOWN])
    mine = my_bookings_by_session(request.user, sessions)
    rows = [
        (session, mine.get(session.pk), _book_button(request.user, session, mine, now))
        for session in sessions
        if is_open_to(request.user, session, now)
    ]
    context = {"booking": booking, "rows": rows}
    return render(request, "training/booking_other_dates.html", context)


def _book_button(user, session, mine, at):
    if session.pk in mine or session.places_left < 1 or not can_book(user, session, at):
        return None
    return BookPlaceForm(session=session, words=f"Book {session.starts_on:%-d %B}")
