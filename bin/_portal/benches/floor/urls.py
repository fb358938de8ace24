from django.shortcuts import render
from django.urls import path
from floor.models import Advert

ROWS = 20


def newest_adverts(request):
    """One query by the primary key's index, and a plain template."""
    return render(request, "adverts.html", {"adverts": Advert.objects.order_by("-pk")[:ROWS]})


urlpatterns = [path("", newest_adverts)]
