from django.shortcuts import render
from django.urls import path


def page(request, **kwargs):
    return render(request, "base.html")


app_name = "vacancies"
urlpatterns = [
    path("", page, name="vacancy-list"),
    path("<str:reference>/", page, name="vacancy-detail"),
]
