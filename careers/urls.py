from django.shortcuts import render
from django.urls import path


def page(request, **kwargs):
    return render(request, "base.html")


app_name = "careers"
urlpatterns = [
    path("", page, name="home"),
    path("careers/", page, name="working-here"),
    path("careers/stories/", page, name="story-list"),
    path("careers/stories/<slug:slug>/", page, name="story-detail"),
    path("careers/pathways/", page, name="pathway-list"),
    path("careers/events/", page, name="event-list"),
    path("accessibility/", page, name="accessibility"),
    path("privacy/", page, name="privacy"),
    path("cookies/", page, name="cookies"),
]
