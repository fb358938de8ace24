from django.urls import path

from training import views

app_name = "training"
urlpatterns = [
    path("", views.my_development, name="my-development"),
    path("courses/", views.course_list, name="course-list"),
    path("courses/<slug:slug>/", views.course_detail, name="course-detail"),
    path("sessions/<int:pk>/", views.session_detail, name="session-detail"),
    path("sessions/<int:pk>/book/", views.session_book, name="session-book"),
    path("sessions/<int:pk>/wait/", views.session_wait, name="session-wait"),
    path("bookings/", views.booking_list, name="booking-list"),
    path("bookings/<int:pk>/cancel/", views.booking_cancel, name="booking-cancel"),
    path("bookings/<int:pk>/calendar/", views.booking_calendar_file, name="booking-calendar"),
    path("waiting-for-me/", views.waiting_for_me, name="waiting-for-me"),
    path("waiting-for-me/<int:pk>/", views.booking_decide, name="booking-decide"),
    path("team/", views.team, name="team"),
    path("team/<int:pk>/offer-dates/", views.team_offer_dates, name="team-offer-dates"),
    path("nominations/", views.nomination_list, name="nomination-list"),
    path("nominations/new/", views.nomination_create, name="nomination-create"),
    path("nominations/<int:pk>/withdraw/", views.nomination_withdraw, name="nomination-withdraw"),
]
