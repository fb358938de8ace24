from django.shortcuts import render
from django.utils import timezone

from accounts.access import role_required
from training.models import Booking, Nomination
from training.queries import (
    five_days,
    five_days_of,
    intakes_to_join,
    mandatory_training,
    people_managed_by,
)
from training.views.access import staff_only


@staff_only
def my_development(request):
    person, now, today = request.user, timezone.now(), timezone.localdate()
    ahead = Booking.objects.filter(person=person, session__starts_at__gt=now)
    ahead = ahead.select_related("session__course")
    context = {
        "five_days": five_days(person, today),
        "coming": ahead.coming(),
        "waiting": ahead.waiting_in_order(),
        "nominations": Nomination.objects.awaiting_decision().filter(nominee=person).with_targets(),
        "mandatory": mandatory_training(person.staff_member, now),
        "intakes": list(intakes_to_join(today, role=person.staff_member.role_id)),
    }
    return render(request, "training/my_development.html", context)


@role_required("line_manager")
def team(request):
    """List the people a manager has, with the five days of each."""
    today = timezone.localdate()
    members = list(people_managed_by(request.user, today))
    standing = five_days_of([member.user for member in members], today)
    rows = [(member, standing[member.user_id]) for member in members]
    return render(request, "training/team.html", {"rows": rows, "today": today})
