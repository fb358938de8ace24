"""Pages behind the signed links in the mails of alerts: who holds the link acts for the mailbox.

Opening a link never changes anything, since programs that check mail open links too.
"""

from django.conf import settings
from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from vacancies import alert_links
from vacancies.actions import (
    change_alert,
    confirm_alert,
    delete_subscriber,
    end_alert,
    end_all_alerts,
    keep_alerts,
)
from vacancies.exceptions import AlertExists
from vacancies.forms import AlertChangeForm, alert_search
from vacancies.queries import find
from vacancies.states import AlertState

page_or_button = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@page_or_button
def alert_confirm(request, token):
    alert = alert_links.alert_to_confirm(token)
    if alert is None or alert.state == AlertState.ENDED:
        return _link_is_over(request)
    if request.method != "POST":
        context = {"alert": alert, "is_on": alert.state == AlertState.ACTIVE}
        return render(request, "vacancies/alert_confirm.html", context)
    confirm_alert(alert=alert)
    messages.success(request, "Your alert is on. We will write when there is something new.")
    return _to_the_alerts_of(alert.subscriber)


@never_cache
@page_or_button
def alert_keep(request, token):
    subscriber = alert_links.subscriber_of(alert_links.KEEP, token)
    if subscriber is None:
        return _link_is_over(request)
    if request.method != "POST":
        context = {"alerts": subscriber.alerts.open().defer("words_query")}
        return render(request, "vacancies/alert_keep.html", context)
    keep_alerts(subscriber=subscriber)
    messages.success(request, "Thank you. Your alerts go on.")
    return _to_the_alerts_of(subscriber)


@never_cache
@csrf_exempt  # A mail program may send this for its reader (RFC 8058): the link is what allows it.
@page_or_button
def alert_stop(request, token):
    subscriber = alert_links.subscriber_of(alert_links.STOP, token)
    if subscriber is None:
        return _link_is_over(request)
    if request.method == "POST":
        end_all_alerts(subscriber=subscriber)
    context = {
        "alerts": subscriber.alerts.open().defer("words_query"),
        "manage_token": alert_links.token_for(alert_links.MANAGE, subscriber),
        "days": settings.ALERT_ENDED_KEPT_DAYS,
    }
    return render(request, "vacancies/alert_stop.html", context)


@never_cache
@require_http_methods(["GET", "HEAD"])
def alert_manage(request, token):
    subscriber = alert_links.subscriber_of(alert_links.MANAGE, token)
    if subscriber is None:
        return _link_is_over(request)
    context = {
        "subscriber": subscriber,
        "alerts": subscriber.alerts.open().defer("words_query"),
        "token": token,
        "stop_token": alert_links.token_for(alert_links.STOP, subscriber),
    }
    return render(request, "vacancies/alert_manage.html", context)


@never_cache
@page_or_button
def alert_change(request, token, pk):
    subscriber = alert_links.subscriber_of(alert_links.MANAGE, token)
    if subscriber is None:
        return _link_is_over(request)
    alert = get_object_or_404(subscriber.alerts.open().defer("words_query"), pk=pk)
    as_it_is = QueryDict(f"{alert.search}&frequency={alert.frequency}")
    form = AlertChangeForm(request.POST if request.method == "POST" else as_it_is)
    if request.method == "POST" and form.is_valid() and _changed(request, alert, form):
        return _to_the_alerts_of(subscriber)
    context = {"form": form, "alert": alert, "token": token}
    return render(request, "vacancies/alert_change.html", context)


def _changed(request, alert, form):
    """Change the alert and say how many vacancies it would find now, or why it cannot be."""
    today = timezone.localdate()
    search = alert_search(form.search_form, today)
    try:
        change_alert(alert=alert, search=search, frequency=form.cleaned_data["frequency"])
    except AlertExists:
        form.add_error(None, "You have another alert for this search")
        return False
    now = find(search.filters, today).count
    vacancies = "1 vacancy" if now == 1 else f"{now} vacancies"
    messages.success(request, f"Your alert is changed. This search finds {vacancies} today.")
    return True


@never_cache
@require_POST
def alert_end(request, token, pk):
    subscriber = alert_links.subscriber_of(alert_links.MANAGE, token)
    if subscriber is None:
        return _link_is_over(request)
    alert = get_object_or_404(subscriber.alerts.defer("words_query"), pk=pk)
    end_alert(alert=alert)
    messages.success(request, f"This alert is stopped: {alert.in_words}.")
    return _to_the_alerts_of(subscriber)


@never_cache
@page_or_button
def alerts_delete(request, token):
    subscriber = alert_links.subscriber_of(alert_links.MANAGE, token)
    if subscriber is None:
        return _link_is_over(request)
    if request.method != "POST":
        context = {"subscriber": subscriber, "token": token}
        return render(request, "vacancies/alerts_delete.html", context)
    delete_subscriber(subscriber=subscriber)
    messages.success(request, "Your job alerts and your e-mail address are deleted.")
    return redirect("vacancies:alerts")


def _to_the_alerts_of(subscriber):
    return redirect("vacancies:alert-manage", alert_links.token_for(alert_links.MANAGE, subscriber))


def _link_is_over(request):
    context = {"days": settings.ALERT_CONFIRM_DAYS}
    return render(request, "vacancies/alert_link_over.html", context, status=404)
