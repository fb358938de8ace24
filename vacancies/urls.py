from django.urls import path, re_path

from vacancies import views

app_name = "vacancies"
urlpatterns = [
    path("", views.vacancy_list, name="vacancy-list"),
    path("alerts/", views.alerts, name="alerts"),
    path("alerts/new/", views.alert_create, name="alert-create"),
    path("alerts/check-your-email/", views.alert_check_email, name="alert-check-email"),
    path("alerts/confirm/<str:token>/", views.alert_confirm, name="alert-confirm"),
    path("alerts/keep/<str:token>/", views.alert_keep, name="alert-keep"),
    path("alerts/stop/<str:token>/", views.alert_stop, name="alert-stop"),
    path("alerts/yours/<str:token>/", views.alert_manage, name="alert-manage"),
    path("alerts/yours/<str:token>/delete/", views.alerts_delete, name="alerts-delete"),
    path("alerts/yours/<str:token>/<int:pk>/", views.alert_change, name="alert-change"),
    path("alerts/yours/<str:token>/<int:pk>/end/", views.alert_end, name="alert-end"),
    re_path(r"^(?P<reference>[A-Z]+-[0-9]+)/$", views.vacancy_detail, name="vacancy-detail"),
]
