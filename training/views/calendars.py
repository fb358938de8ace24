"""A person's calendar: the page about its secret address, and what stands there."""

from hashlib import sha256

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache

from training.actions import end_calendar_address, make_calendar_address
from training.calendar_files import calendar_of
from training.models import CalendarFeed
from training.models.calendar_feeds import hash_of
from training.queries import bookings_for_calendar, outside_courses_for_calendar
from training.views.access import who_books_only

ENDED = "The address of your calendar has stopped working."


@who_books_only
@never_cache
def calendar(request):
    """Tell of the calendar; when asked to, make its address and show it this once."""
    address = ""
    if request.method == "POST":
        secret = make_calendar_address(by=request.user)
        address = f"{settings.SITE_URL}{reverse('training:calendar-feed', args=[secret])}"
    feed = CalendarFeed.objects.filter(person=request.user).first()
    return render(request, "training/calendar.html", {"feed": feed, "address": address})


@login_required
def calendar_end(request):
    if request.method == "POST":
        end_calendar_address(by=request.user)
        messages.success(request, ENDED)
    return redirect("training:calendar")


def calendar_feed(request, secret):
    """Give a calendar programme what is in somebody's calendar, if it has changed."""
    feed = get_object_or_404(
        CalendarFeed.objects.select_related("person"),
        secret_hash=hash_of(secret),
        person__is_active=True,
    )
    person, now = feed.person, timezone.now()
    content = calendar_of(
        bookings_for_calendar(person, now), outside_courses_for_calendar(person, now)
    )
    etag = f'"{sha256(content).hexdigest()}"'
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = 'inline; filename="training.ics"'
    return get_conditional_response(request, etag=etag, response=response)
