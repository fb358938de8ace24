"""Pages of job alerts that anybody may open. Whose mailbox has alerts is told to nobody here."""

from allauth.core import ratelimit
from django.conf import settings
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from vacancies.actions import ask_for_alert, send_manage_link
from vacancies.forms import AlertForm, AlertLinkForm, SearchForm, alert_search

WRITTEN_TO = "alert_email"
TOO_MANY = (
    "You have asked for several of these already. Look in your e-mail, also in the junk folder. "
    "You can try again in an hour, or write to {}"
)


def alerts(request):
    """What alerts are; asks for the mailbox to which the link to its alerts shall be sent."""
    form = AlertLinkForm(request.POST or None, initial=_what_we_know(request.user))
    if not form.is_valid():
        return render(request, "vacancies/alerts.html", {"form": form})
    if _asked_too_often(request, "alert_links", form):
        return render(request, "vacancies/alerts.html", {"form": form}, status=429)
    send_manage_link(**form.cleaned_data)
    return _written_to(request, form)


def alert_create(request):
    """Ask for an alert for the search in the address."""
    search_form = SearchForm(request.GET)
    search = alert_search(search_form, timezone.localdate())
    form = AlertForm(request.POST or None, initial=_what_we_know(request.user))
    context = {
        "form": form,
        "search": search,
        "place_unknown": search_form.place_unknown,
        "spellings": search_form.spellings,
    }
    if search_form.place_unknown or not form.is_valid():
        return render(request, "vacancies/alert_create.html", context)
    if _asked_too_often(request, "vacancy_alert", form):
        return render(request, "vacancies/alert_create.html", context, status=429)
    ask_for_alert(search=search, **form.cleaned_data)
    return _written_to(request, form)


@require_safe
def alert_check_email(request):
    context = {"email": request.session.get(WRITTEN_TO), "days": settings.ALERT_CONFIRM_DAYS}
    return render(request, "vacancies/alert_check_email.html", context)


def _written_to(request, form):
    request.session[WRITTEN_TO] = form.cleaned_data["email"]
    return redirect("vacancies:alert-check-email")


def _asked_too_often(request, action, form):
    """Say so on the form when this network address or this mailbox has used up what it may ask for."""
    mailbox = form.cleaned_data["email"].lower()
    refused = ratelimit.consume_or_429(
        request, action=action, config=settings.RATE_LIMITS, key=mailbox
    )
    if refused:
        form.add_error(None, TOO_MANY.format(settings.CONTACT_EMAIL))
    return refused is not None


def _what_we_know(user):
    return {"email": user.email} if user.is_authenticated else {}
