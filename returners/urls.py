from django.shortcuts import render
from django.urls import path


def page(request, **kwargs):
    return render(request, "base.html")


app_name = "returners"
urlpatterns = [
    path("", page, name="scheme"),
    path("enquiry/", page, name="enquiry-create"),
    path("enquiry/sent/", page, name="enquiry-sent"),
]
