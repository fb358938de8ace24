from django.shortcuts import render
from django.utils import timezone

from training.queries import bookings_to_decide
from training.views.access import staff_only


@staff_only
def waiting_for_me(request):
    """List everything that waits for the person as a manager."""
    context = {"bookings": bookings_to_decide(request.user, timezone.now())}
    return render(request, "training/waiting_for_me.html", context)
