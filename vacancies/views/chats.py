"""Informal chats: booking one without an account, and offering them."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.retention import period_of
from vacancies import queries, rules
from vacancies.actions import add_chat_slots, book_chat, cancel_chat, remove_chat_slot
from vacancies.exceptions import ChatOver, ChatTaken
from vacancies.forms import ChatForm, OfferForm
from vacancies.models import Vacancy
from vacancies.signed_links import chat_number, chat_path
from vacancies.views.adverts import vacancy_gone

TOO_MANY = "You have booked several chats already. Please try again later, or write to {}"


@never_cache
def chat_list(request, reference):
    """The times that are free, and the form to book one. Nobody needs an account."""
    vacancy = get_object_or_404(queries.adverts_to_read(), reference=reference)
    today = timezone.localdate()
    if not rules.can_see_vacancy(request.user, vacancy, today):
        raise Http404
    if vacancy.is_gone(today):
        return vacancy_gone(request, vacancy, today)
    if not vacancy.is_open(today):
        raise Http404
    return _book_or_show(request, vacancy)


def _book_or_show(request, vacancy):
    slots = queries.free_chats(vacancy, timezone.now())
    form = ChatForm(request.POST if request.method == "POST" else None, slots=slots)
    if form.is_valid():
        if _asked_too_often(request, form.cleaned_data):
            form.add_error(None, TOO_MANY.format(settings.CONTACT_EMAIL))
            return _shown(request, vacancy, form, slots, status=429)
        try:
            return redirect(chat_path(_book(vacancy, form.cleaned_data)))
        except ChatTaken:
            form.add_error("slot", "Somebody was quicker. Choose another time")
    return _shown(request, vacancy, form, slots)


def _shown(request, vacancy, form, slots, status=200):
    context = {
        "vacancy": vacancy,
        "form": form,
        "slots": slots,
        "kept": period_of("chat", on=timezone.localdate()),
    }
    return render(request, "vacancies/chat_list.html", context, status=status)


def _book(vacancy, answers):
    slot = queries.slot_of(vacancy, answers["slot"])
    if slot is None:
        raise ChatTaken
    return book_chat(**{**answers, "slot": slot})


def _asked_too_often(request, answers):
    """Whether this network address, e-mail address or number has used up its chats of the day."""
    key = answers["email"] or answers["phone"]
    limits = settings.RATE_LIMITS
    refused = ratelimit.consume_or_429(request, action="chat_booking", config=limits, key=key)
    return refused is not None


@never_cache
def chat_booking(request, token):
    """The page of a booked chat, for whoever holds its signed link: when it is, and cancelling it."""
    booking = queries.chat_booking(chat_number(token))
    if booking is None:
        return render(request, "vacancies/chat_gone.html", status=404)
    if request.method == "POST":
        try:
            cancel_chat(booking=booking)
        except ChatOver:
            messages.error(request, "This chat has begun already, so it cannot be cancelled.")
        return redirect(request.path)
    context = {"booking": booking, "slot": booking.slot, "vacancy": booking.slot.vacancy}
    context["is_over"] = booking.slot.starts_at <= timezone.now()
    context["is_open"] = booking.slot.vacancy.is_open(timezone.localdate())
    return render(request, "vacancies/chat_booking.html", context)


@login_required
def chat_manage(request, reference):
    """For the hiring manager and HR: the times offered, who comes, and offering more."""
    vacancy = _managed(request, reference)
    can_offer = rules.can_offer_chats(request.user, vacancy)
    data = request.POST if request.method == "POST" and can_offer else None
    form = OfferForm(data, vacancy=vacancy)
    if form.is_valid():
        given = form.cleaned_data
        slots = add_chat_slots(
            vacancy=vacancy, first_at=given["first_at"], number=given["number"], by=request.user
        )
        messages.success(request, _offered(len(slots), given["number"]))
        return redirect(request.path)
    context = {
        "vacancy": vacancy,
        "form": form,
        "can_offer": can_offer,
        "slots": _chats_to_come(request.user, vacancy),
        "minutes": settings.CHAT_MINUTES,
    }
    return render(request, "vacancies/chat_manage.html", context)


def _offered(number, asked):
    said = "1 chat offered." if number == 1 else f"{number} chats offered."
    return said if number == asked else f"{said} At the other times there is a chat already."


def _chats_to_come(user, vacancy):
    slots = list(queries.chats_with_bookings(vacancy, timezone.now()))
    for slot in slots:
        slot.shows_who_comes = rules.can_see_who_comes(user, slot)
    return slots


@login_required
def chat_remove(request, reference, pk):
    """Take one time back."""
    vacancy = _managed(request, reference)
    slot = queries.slot_of(vacancy, pk)
    if slot is None:
        raise Http404
    if request.method == "POST":
        try:
            booking = remove_chat_slot(slot=slot, by=request.user)
        except (ChatOver, ChatTaken):
            messages.error(request, "This chat has begun already or is gone.")
        else:
            told = _who_is_told(request.user, slot, booking)
            messages.success(request, f"The chat is taken back.{told}")
    return redirect("vacancies:chat-manage", reference)


def _who_is_told(user, slot, booking):
    """Say who hears of a chat that is taken back; who gave a number only must be rung."""
    if booking is None:
        return ""
    if booking.email:
        return " Who had booked it is told by e-mail."
    if rules.can_see_who_comes(user, slot):
        return f" Please ring {booking.name} on {booking.phone}: they gave no e-mail address."
    return f" Please ask {slot.host} to ring who had booked it: they gave no e-mail address."


def _vacancy(reference):
    vacancies = Vacancy.objects.select_related("team", "hiring_manager")
    return get_object_or_404(vacancies.without_search_columns(), reference=reference)


def _managed(request, reference):
    vacancy = _vacancy(reference)
    if not rules.can_manage_chats(request.user, vacancy):
        raise Http404
    return vacancy
