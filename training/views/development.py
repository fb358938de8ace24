from django.shortcuts import render
from django.utils import timezone

from training.models import Booking, Nomination
from training.queries import (
    five_days,
    intakes_to_join,
    mandatory_training,
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
