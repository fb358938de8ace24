from django.urls import path, re_path

from vacancies import views

app_name = "vacancies"
urlpatterns = [
    path("", views.vacancy_list, name="vacancy-list"),
    re_path(r"^(?P<reference>[A-Z]+-[0-9]+)/$", views.vacancy_detail, name="vacancy-detail"),
]
