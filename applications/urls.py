from django.shortcuts import render
from django.urls import path


def page(request, **kwargs):
    return render(request, "base.html")


app_name = "applications"
urlpatterns = [
    path("vacancies/<str:reference>/apply/", page, name="application-start"),
    path("applications/", page, name="application-list"),
    path("applications/<str:reference>/", page, name="application-detail"),
]
