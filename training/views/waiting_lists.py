from django.conf import settings
from django.shortcuts import render

from training.views.access import staff_only


@staff_only
def waiting_order(request):
    """Explain who is offered a free place before whom."""
    context = {"hours": settings.OFFER_WORKING_HOURS}
    return render(request, "training/waiting_order.html", context)
