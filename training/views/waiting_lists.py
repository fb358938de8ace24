from django.conf import settings
from django.shortcuts import render

from training.views.access import who_books_only


@who_books_only
def waiting_order(request):
    """Explain who is offered a free place before whom."""
    context = {"hours": settings.OFFER_WORKING_HOURS}
    return render(request, "training/waiting_order.html", context)
