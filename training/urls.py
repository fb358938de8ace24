from django.shortcuts import render
from django.urls import path


def page(request, **kwargs):
    return render(request, "base.html")


app_name = "training"
urlpatterns = [
    path("", page, name="my-development"),
    path("courses/", page, name="course-list"),
    path("sessions/<int:pk>/", page, name="session-detail"),
    path("sessions/<int:pk>/book/", page, name="session-book"),
    path("bookings/", page, name="booking-list"),
    path("bookings/<int:pk>/cancel/", page, name="booking-cancel"),
    path("bookings/<int:pk>/calendar/", page, name="booking-calendar"),
    path("team/", page, name="team"),
    path("nominations/", page, name="nomination-list"),
    path("nominations/new/", page, name="nomination-create"),
]
