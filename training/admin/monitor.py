"""The guarantee monitor: the county's five days on one page, and one person's dates on another."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.registries import AdminPage, admin_pages
from design_system.small_numbers import hide_small_numbers
from organisation.models import StaffMember
from training.actions import offer_dates
from training.exceptions import DatesNotOffered
from training.models import Colour
from training.models.forecast import TAGS
from training.queries import five_days, monitor, standing_of
from training.rules import can_offer_dates, can_see_forecasts


def monitor_view(request):
    """How the county stands by the latest forecast, and everybody who will or may miss their days."""
    week = monitor.latest_week()
    pages = Paginator(monitor.people_at_risk(week), settings.MONITOR_PEOPLE_PER_PAGE)
    counts = monitor.counts_by_colour(week)
    years = monitor.kept_by_year(timezone.localdate())
    context = {
        **admin.site.each_context(request),
        "title": "Guarantee monitor",
        "week": week,
        "counts": [(colour.label, counts[colour], TAGS[colour]) for colour in Colour],
        "teams": _shown(monitor.counts_by_team(week)),
        "reasons": _shown(monitor.counts_by_reason(week)),
        "years": years,
        "chart": [(year.words, year.percent) for year in years],
        "page": pages.get_page(request.GET.get("page")),
        "smallest": settings.MONITOR_SMALLEST_GROUP,
        "colours": [colour.label for colour in Colour],
    }
    return render(request, "training/admin/monitor.html", context)


def _shown(rows):
    """Return [(name, Counts)] with small numbers hidden."""
    counts = hide_small_numbers([row for _, row in rows], settings.MONITOR_SMALLEST_GROUP)
    return [(name, cells) for (name, _), cells in zip(rows, counts, strict=True)]


def dates_view(request, pk):
    """The sessions that a person can go to, and one button that sends them the next."""
    staff = StaffMember.objects.select_related("user", "team", "role")
    member = get_object_or_404(staff, user=pk)
    if request.method == "POST":
        return _offer(request, member.user)
    today = timezone.localdate()
    context = {
        **admin.site.each_context(request),
        "title": f"Dates for {member.user.full_name}",
        "member": member,
        "five_days": five_days(member.user, today),
        "standing": standing_of([member], timezone.now())[member.user_id],
        "can_offer": can_offer_dates(request.user, member.user, today),
        "at_once": settings.DATES_OFFERED_AT_ONCE,
        "every_days": settings.DATES_OFFERED_EVERY_DAYS,
    }
    return render(request, "training/admin/dates.html", context)


def _offer(request, person):
    try:
        sessions = offer_dates(person=person, by=request.user)
    except DatesNotOffered as refusal:
        messages.warning(request, str(refusal))
    else:
        number = "1 date" if len(sessions) == 1 else f"{len(sessions)} dates"
        messages.success(request, f"{person.full_name} has been sent {number}.")
    return redirect("admin:training_dates", person.pk)


admin_pages.register(
    AdminPage(
        path="training/monitor/",
        name="training_monitor",
        view=monitor_view,
        may_see=can_see_forecasts,
        title="Guarantee monitor: who will have their five days",
    ),
    AdminPage(
        path="training/monitor/people/<int:pk>/",
        name="training_dates",
        view=dates_view,
        may_see=can_see_forecasts,
    ),
)
