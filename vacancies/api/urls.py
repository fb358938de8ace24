from django.urls import path

from vacancies.api import views

app_name = "api"
urlpatterns = [
    path("", views.guide, name="guide"),
    path("v1/openapi.json", views.description, name="description"),
    path("v1/vacancies/", views.vacancy_list, name="vacancy-list"),
    path("v1/vacancies/<str:reference>/", views.vacancy_detail, name="vacancy-detail"),
    path("v1/<path:rest>", views.not_found, name="not-found"),
]
