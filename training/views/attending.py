"""For who attends: signing in, the certificate, and saying how it was."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.kept_words import boxes_of, keeps_words, over
from training.actions import give_evaluation, sign_in
from training.exceptions import AttendanceRefused, EvaluationRefused, NoPlaceToSignIn
from training.forms import CertificateForm, EvaluationForm, SignInForm
from training.models import Booking, Evaluation, Presence, Session
from training.models.attendance import parts_of
from training.queries import (
    certificate_for,
    certificate_reference,
    half_days_there,
    part_open_at,
    sessions_to_sign_in_to,
)
from training.queries.attending import ON_THE_LIST
from training.rules import (
    can_check_certificates,
    can_see_certificate,
    may_evaluate,
    may_have_places,
)

TOO_MANY = "You have tried many codes. Wait ten minutes, or ask the trainer to mark you on the list by hand."
THANKS = "Thank you. You can change your answers for {} days."


@login_required
def sign_in_list(request):
    """Go to the session that the person can sign in to now; with several, or none, say so."""
    sessions = sessions_to_sign_in_to(request.user, timezone.now())
    if len(sessions) == 1:
        return redirect("training:session-sign-in", sessions[0].pk)
    return render(request, "training/sign_in_list.html", {"sessions": sessions})


@keeps_words(boxes_of(SignInForm))
@login_required
@never_cache
def session_sign_in(request, pk):
    """Sign in to the half day that is on, with the code from the screen. Safe to send again."""
    sessions = Session.objects.planned().select_related("course")
    session, now = get_object_or_404(sessions, pk=pk), timezone.now()
    booking = Booking.objects.current().filter(session=session, person=request.user).first()
    if booking is None and not may_have_places(request.user):
        raise Http404
    if booking is None or booking.state not in ON_THE_LIST:
        context = {"session": session, "booking": booking, "has_started": session.has_started(now)}
        return render(request, "training/sign_in_without_place.html", context)
    if not any(part.opens_at <= now < part.late_until for part in parts_of(session)):
        return render(request, "training/sign_in_closed.html", _closed(session, booking, now))
    typed = request.POST if request.method == "POST" else None
    form = SignInForm(
        typed,
        session=session,
        person=request.user,
        initial=over(request, {"code": request.GET.get("code", "")[:20]}),
    )
    if form.is_valid() and signs_in(request, session, form):
        return redirect("training:session-sign-in", pk)
    part, there = part_open_at(session, now), _half_days_noted(booking)
    context = {
        "session": session,
        "form": form,
        "part": part,
        "is_in": part is not None and part.half_day in there,
        "there": there,
        "grace": settings.SIGN_IN_GRACE_MINUTES,
    }
    return render(request, "training/session_sign_in.html", context)


def _closed(session, booking, at):
    """What the page says when there is nothing to sign in to: when it opens, or that it is over."""
    opens = next((part for part in parts_of(session) if part.opens_at > at), None)
    return {"session": session, "there": _half_days_noted(booking), "opens": opens}


def _half_days_noted(booking):
    rows = Presence.objects.filter(booking=booking, was_there=True)
    return [row.half_day for row in rows]


def signs_in(request, session, form):
    """Sign the person in and say so; else put what is wrong on the form. Says whether it went well."""
    limits = settings.RATE_LIMITS
    if ratelimit.consume_or_429(request, action="training_sign_in", config=limits):
        form.add_error("code", TOO_MANY)
        return False
    try:
        made = sign_in(
            session=session,
            code=form.cleaned_data["code"],
            by=request.user,
            opened_at=form.opened_at,
        )
    except NoPlaceToSignIn:
        return True  # The page says what to do then.
    except AttendanceRefused as refusal:
        form.add_error("code", str(refusal))
        return False
    messages.success(request, f"You are signed in: {made.half_day.words}.")
    return True


@login_required
def booking_certificate(request, pk):
    """The certificate of what somebody attended, ready for paper."""
    bookings = Booking.objects.select_related("session__course", "session__trainer", "person")
    booking = get_object_or_404(bookings, pk=pk)
    if not can_see_certificate(request.user, booking):
        raise Http404
    context = {
        "booking": booking,
        "session": booking.session,
        "half_days": half_days_there(booking),
        "reference": certificate_reference(booking),
    }
    return render(request, "training/booking_certificate.html", context)


@login_required
@never_cache
def certificate_check(request):
    """Look up whether a certificate is true, by its reference."""
    if not can_check_certificates(request.user):
        raise PermissionDenied
    form = CertificateForm(request.GET if "reference" in request.GET else None)
    context = {"form": form, "asked": "", "booking": None}
    if form.is_valid():
        limits = settings.RATE_LIMITS
        if ratelimit.consume_or_429(request, action="certificate_check", config=limits):
            form.add_error("reference", "You have looked up many. Please wait ten minutes.")
        else:
            asked = form.cleaned_data["reference"]
            context |= {"asked": asked, "booking": certificate_for(asked)}
    return render(request, "training/certificate_check.html", context)


@keeps_words(boxes_of(EvaluationForm))
@login_required
def booking_evaluate(request, pk):
    """Say how a session was, or change what one said."""
    bookings = Booking.objects.select_related("session__course")
    booking = get_object_or_404(bookings, pk=pk, person=request.user)
    given = Evaluation.objects.filter(booking=booking).first()
    if not may_evaluate(request.user, booking, timezone.now()):
        context = {"booking": booking, "given": given, "form": None}
        return render(request, "training/booking_evaluate.html", context)
    names = EvaluationForm.base_fields
    saved = {name: getattr(given, name) for name in names} if given else {}
    form = EvaluationForm(
        request.POST if request.method == "POST" else None, initial=over(request, saved)
    )
    if form.is_valid():
        try:
            give_evaluation(booking=booking, by=request.user, **form.cleaned_data)
        except EvaluationRefused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, THANKS.format(settings.EVALUATION_CHANGED_DAYS))
        return redirect("training:booking-list")
    context = {
        "booking": booking,
        "given": given,
        "form": form,
        "fewest": settings.EVALUATION_FEWEST_ANSWERS,
    }
    return render(request, "training/booking_evaluate.html", context)
