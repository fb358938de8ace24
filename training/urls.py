from django.urls import path

from training import views

app_name = "training"
urlpatterns = [
    path("", views.my_development, name="my-development"),
    path("courses/", views.course_list, name="course-list"),
    path("courses/<slug:slug>/", views.course_detail, name="course-detail"),
    path("courses/<slug:slug>/interest/", views.course_interest, name="course-interest"),
    path(
        "courses/<slug:slug>/interest/withdraw/",
        views.course_interest_withdraw,
        name="course-interest-withdraw",
    ),
    path("waiting-order/", views.waiting_order, name="waiting-order"),
    path("sessions/<int:pk>/", views.session_detail, name="session-detail"),
    path("sessions/<int:pk>/book/", views.session_book, name="session-book"),
    path("sessions/<int:pk>/wait/", views.session_wait, name="session-wait"),
    path("bookings/", views.booking_list, name="booking-list"),
    path("bookings/<int:pk>/cancel/", views.booking_cancel, name="booking-cancel"),
    path("bookings/<int:pk>/calendar/", views.booking_calendar_file, name="booking-calendar"),
    path("bookings/<int:pk>/accept/", views.offer_accept, name="offer-accept"),
    path("bookings/<int:pk>/decline/", views.offer_decline, name="offer-decline"),
    path("bookings/<int:pk>/called-away/", views.booking_called_away, name="booking-called-away"),
    path("bookings/<int:pk>/other-dates/", views.booking_other_dates, name="booking-other-dates"),
    path("bookings/<int:pk>/swap/", views.booking_swap, name="booking-swap"),
    path("swaps/<int:pk>/accept/", views.swap_accept, name="swap-accept"),
    path("swaps/<int:pk>/decline/", views.swap_decline, name="swap-decline"),
    path("swaps/<int:pk>/withdraw/", views.swap_withdraw, name="swap-withdraw"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/end/", views.calendar_end, name="calendar-end"),
    path("calendar/<str:secret>.ics", views.calendar_feed, name="calendar-feed"),
    path("waiting-for-me/", views.waiting_for_me, name="waiting-for-me"),
    path("waiting-for-me/<int:pk>/", views.booking_decide, name="booking-decide"),
    path("team/", views.team, name="team"),
    path("team/<int:pk>/offer-dates/", views.team_offer_dates, name="team-offer-dates"),
    path("nominations/", views.nomination_list, name="nomination-list"),
    path("nominations/new/", views.nomination_create, name="nomination-create"),
    path("nominations/<int:pk>/withdraw/", views.nomination_withdraw, name="nomination-withdraw"),
    # Outside courses, and what was attended elsewhere.
    path("outside/", views.outside_list, name="outside-list"),
    path("outside/new/", views.outside_create, name="outside-create"),
    path("outside/reviews/", views.outside_reviews, name="outside-reviews"),
    path("outside/<int:pk>/", views.outside_detail, name="outside-detail"),
    path("outside/<int:pk>/withdraw/", views.outside_withdraw, name="outside-withdraw"),
    path("outside/<int:pk>/outcome/", views.outside_outcome, name="outside-outcome"),
    path("attended/new/", views.attended_create, name="attended-create"),
    path("attended/<int:pk>/", views.attended_detail, name="attended-detail"),
    path("attended/<int:pk>/withdraw/", views.attended_withdraw, name="attended-withdraw"),
    path("attended/evidence/<int:pk>/", views.attended_evidence, name="attended-evidence"),
    path("waiting-for-me/outside/<int:pk>/", views.outside_decide, name="outside-decide"),
    path("waiting-for-me/attended/<int:pk>/", views.attended_decide, name="attended-decide"),
]

# Fair rounds.
urlpatterns += [
    path("rounds/", views.round_list, name="round-list"),
    path("rounds/<int:pk>/", views.round_detail, name="round-detail"),
    path("rounds/<int:pk>/request/", views.round_request, name="round-request"),
    path("rounds/<int:pk>/draw.csv", views.round_draw, name="round-draw"),
]

# Attending, and what comes after it.
urlpatterns += [
    path("sessions-i-run/", views.session_run_list, name="session-run-list"),
    path("sessions/<int:pk>/attendance/", views.session_attendance, name="session-attendance"),
    path("sessions/<int:pk>/code/", views.session_code, name="session-code"),
    path("sessions/<int:pk>/sheet/", views.session_sheet, name="session-sheet"),
    path("sessions/<int:pk>/evaluations/", views.session_evaluations, name="session-evaluations"),
    path("sign-in/", views.sign_in_list, name="sign-in-list"),
    path("sessions/<int:pk>/sign-in/", views.session_sign_in, name="session-sign-in"),
    path("bookings/<int:pk>/certificate/", views.booking_certificate, name="booking-certificate"),
    path("bookings/<int:pk>/evaluation/", views.booking_evaluate, name="booking-evaluate"),
    path("certificates/", views.certificate_check, name="certificate-check"),
    path("cpd/", views.cpd_record, name="cpd-record"),
    path("cpd/new/", views.cpd_piece_create, name="cpd-piece-create"),
    path("cpd/<int:pk>/", views.cpd_piece_change, name="cpd-piece-change"),
    path("cpd/<int:pk>/entered/", views.cpd_piece_entered, name="cpd-piece-entered"),
    path("cpd/<int:pk>/delete/", views.cpd_piece_delete, name="cpd-piece-delete"),
    path("cpd/to-copy/", views.cpd_export, name="cpd-export"),
    path("cpd/my-cpd.txt", views.cpd_export_text, name="cpd-export-text"),
    path("cpd/my-cpd.csv", views.cpd_export_csv, name="cpd-export-csv"),
]
