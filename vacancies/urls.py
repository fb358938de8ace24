from django.urls import include, path, re_path

from vacancies import views

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
urlpatterns = [
    path("", views.vacancy_list, name="vacancy-list"),
    path("chats/<str:token>/", views.chat_booking, name="chat-booking"),
    path("saved/", views.saved_list, name="saved-list"),
    re_path(r"^(?P<reference>[A-Z]+-[0-9]+)/", include(one_vacancy)),
]
