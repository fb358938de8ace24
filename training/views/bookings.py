from datetime import timedelta

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
from training.queries import tell_where_they_stand
from training.rules import can_cancel_booking
from training.states import BookingState
from training.views.access import who_books_only
from training.views.showing import prepare

# What came to nothing is shown for so long.
ENDED_SHOWN = timedelta(days=60)
TOO_LATE = (
    "Somebody else took the last place just before you, so you are not booked. "
    "We can tell you when a place comes up."
)
BOOKED = "You have a place. We have sent you an e-mail with a calendar file."
HELD = (
    "We keep a place for you. Your manager has been asked, and you get an e-mail when they answer."
)
WAITING = "You are on the list. We will write to you when a place comes up."


def my_bookings(request):
    return Booking.objects.seen_by(request.user).select_related(
        "session__course", "suggested_session__course"
    )


def ended_lately(user, at):
    """Return the user's bookings that came to nothing and are still shown, the latest first."""
    ended = Booking.objects.seen_by(user).ended_without_the_person(since=at - ENDED_SHOWN)
    return list(ended.select_related("session__course", "suggested_session__course"))


@who_books_only
def booking_list(request):
    now = timezone.now()
    current = tell_where_they_stand(my_bookings(request).current(), now)
    ahead = [row for row in current if not row.session.has_started(now)]
    context = {
        "on_now": [row for row in current if row.holds_a_place and _is_on(row.session, now)],
        "to_answer": [row for row in ahead if row.is_offered or row.swap_in],
        "coming": [row for row in ahead if row.holds_a_place and not row.is_offered],
        "asked": [row for row in ahead if row.is_requested],
        "waiting": [row for row in ahead if row.is_waiting and not row.swap_in],
        "ended": ended_lately(request.user, now),
        "past": [
            row for row in reversed(current) if row.holds_a_place and row.session.ends_at <= now
        ],
    }
    prepare([*current, *context["ended"]], request.user, now)
    return render(request, "training/booking_list.html", context)


def _is_on(session, at):
    return session.has_started(at) and session.ends_at > at


@who_books_only
def session_book(request, pk):
    return _make(request, pk, BookPlaceForm, book_place)


@who_books_only
def session_wait(request, pk):
    return _make(request, pk, TellMeForm, join_waiting_list)


def _make(request, pk, form_class, action):
    session = Session(pk=pk)  # The action reads it when it locks it.
    form = form_class(request.POST, session=session)
    if request.method != "POST" or not form.is_valid():
        return redirect(session)  # After signing in, the browser comes back without the form.
    given = dict(form.cleaned_data)
    if "unnamed" in given:
        given["may_be_named"] = not given.pop("unnamed")
    try:
        booking = action(session=session, person=request.user, by=request.user, **given)
    except Session.DoesNotExist as gone:
        raise Http404 from gone
    except SessionFull:
        messages.warning(request, TOO_LATE)
    except BookingRefused as refusal:
        messages.warning(request, refusal.words_for(request.user))
    else:
        say_what_became_of(request, booking)
    return redirect(session)


def say_what_became_of(request, booking):
    """Tell what state a booking has now."""
    told = {BookingState.BOOKED: BOOKED, BookingState.HELD: HELD, BookingState.WAITING: WAITING}
    messages.success(request, told.get(booking.state, "Nothing has changed."))


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
    if not booking.holds_a_place or booking.is_offered:
        raise Http404
    response = HttpResponse(
        booking_calendar(booking, method=PUBLISH), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="training-{booking.pk}.ics"'
    return response
