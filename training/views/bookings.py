from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from training.actions import book_place, cancel_booking, join_waiting_list
from training.calendar_files import PUBLISH, booking_calendar
from training.exceptions import BookingCannotBeCancelled, BookingRefused, SessionFull
from training.forms import BookPlaceForm, TellMeForm
from training.models import Booking, Session
from training.rules import can_cancel_booking
from training.states import BookingState
from training.views.access import who_books_only

TOO_LATE = (
    "Somebody else took the last place just before you, so you are not booked. "
    "We can tell you when a place comes up."
)
BOOKED = "You have a place. We have sent you an e-mail with a calendar file."
WAITING = "You are on the list. We will write to you when a place comes up."


def my_bookings(request):
    return Booking.objects.seen_by(request.user).select_related("session__course")


@who_books_only
def booking_list(request):
    now = timezone.now()
    bookings = list(my_bookings(request).current())
    for booking in bookings:
        booking.may_be_cancelled = can_cancel_booking(request.user, booking, now)
    ahead = [booking for booking in bookings if not booking.session.has_started(now)]
    context = {
        "coming": [booking for booking in ahead if booking.holds_a_place],
        "waiting": [booking for booking in ahead if not booking.holds_a_place],
        "past": [
            booking
            for booking in reversed(bookings)
            if booking.session.has_started(now) and booking.holds_a_place
        ],
    }
    return render(request, "training/booking_list.html", context)


@who_books_only
def session_book(request, pk):
    return _make(request, pk, BookPlaceForm, book_place, BookingState.BOOKED, BOOKED)


@who_books_only
def session_wait(request, pk):
    return _make(request, pk, TellMeForm, join_waiting_list, BookingState.WAITING, WAITING)


def _make(request, pk, form_class, action, wanted, success):
    session = get_object_or_404(Session, pk=pk)
    form = form_class(request.POST, session=session)
    if request.method != "POST" or not form.is_valid():
        return redirect(session)  # After signing in, the browser comes back without the form.
    try:
        booking = action(
            session=session,
            person=request.user,
            by=request.user,
            one_time_key=form.cleaned_data["one_time_key"],
        )
    except SessionFull:
        messages.warning(request, TOO_LATE)
    except BookingRefused as refusal:
        messages.warning(request, refusal.words_for(request.user))
    else:
        made = booking.state == wanted
        messages.success(request, success) if made else messages.info(
            request, "Nothing has changed."
        )
    return redirect(session)


@login_required
def booking_cancel(request, pk):
    """Ask whether to cancel, and cancel when told to."""
    booking = get_object_or_404(my_bookings(request), pk=pk)
    if request.method == "POST":
        try:
            cancel_booking(booking=booking, by=request.user)
        except BookingCannotBeCancelled as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, f"Cancelled: {booking.session}.")
        return redirect("training:booking-list")
    if not can_cancel_booking(request.user, booking, timezone.now()):
        return redirect("training:booking-list")
    return render(request, "training/booking_cancel.html", {"booking": booking})


@login_required
def booking_calendar_file(request, pk):
    booking = get_object_or_404(my_bookings(request), pk=pk)
    if not booking.holds_a_place:
        raise Http404
    response = HttpResponse(
        booking_calendar(booking, method=PUBLISH), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="training-{booking.pk}.ics"'
    return response
