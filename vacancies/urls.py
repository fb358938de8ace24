from django.urls import include, path, re_path
from django.views.decorators.http import conditional_page, require_safe

from vacancies import views
from vacancies.drafts import STEPS
from vacancies.feeds import VacancyFeed

one_vacancy = [
    path("", views.vacancy_detail, name="vacancy-detail"),
    path("chats/", views.chat_list, name="chat-list"),
    path("chats/manage/", views.chat_manage, name="chat-manage"),
    path("chats/<int:pk>/remove/", views.chat_remove, name="chat-remove"),
    path("save/", views.vacancy_save, name="vacancy-save"),
    path("unsave/", views.vacancy_unsave, name="vacancy-unsave"),
    path("nudges/", views.vacancy_nudges, name="vacancy-nudges"),
]

app_name = "vacancies"
ADVERT = r"^writing/(?P<reference>[A-Z]+-[0-9]+)/"
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
    path("chats/<str:token>/", views.chat_booking, name="chat-booking"),
    path("feed.atom", require_safe(conditional_page(VacancyFeed())), name="feed"),
    path("saved/", views.saved_list, name="saved-list"),
    re_path(r"^(?P<reference>[A-Z]+-[0-9]+)/", include(one_vacancy)),
    re_path(r"^(?P<typed>[A-Za-z]+-[0-9]+)/$", views.vacancy_in_capitals, name="in-capitals"),
    path("writing/", views.my_adverts, name="my-adverts"),
    path("writing/start/", views.advert_start, name="advert-start"),
    re_path(rf"{ADVERT}$", views.advert, name="advert"),
    re_path(rf"{ADVERT}check/$", views.advert_check, name="advert-check"),
    re_path(rf"{ADVERT}take-back/$", views.advert_take_back, name="advert-take-back"),
    re_path(rf"{ADVERT}copy/$", views.advert_copy, name="advert-copy"),
    re_path(rf"{ADVERT}(?P<step>{'|'.join(STEPS)})/$", views.advert_step, name="advert-step"),
]
