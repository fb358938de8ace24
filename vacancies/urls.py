from django.urls import path, re_path

from vacancies import views
from vacancies.drafts import STEPS

app_name = "vacancies"
ADVERT = r"^writing/(?P<reference>[A-Z]+-[0-9]+)/"
urlpatterns = [
    path("", views.vacancy_list, name="vacancy-list"),
    re_path(r"^(?P<reference>[A-Z]+-[0-9]+)/$", views.vacancy_detail, name="vacancy-detail"),
    path("writing/", views.my_adverts, name="my-adverts"),
    path("writing/start/", views.advert_start, name="advert-start"),
    re_path(rf"{ADVERT}$", views.advert, name="advert"),
    re_path(rf"{ADVERT}check/$", views.advert_check, name="advert-check"),
    re_path(rf"{ADVERT}take-back/$", views.advert_take_back, name="advert-take-back"),
    re_path(rf"{ADVERT}copy/$", views.advert_copy, name="advert-copy"),
    re_path(rf"{ADVERT}(?P<step>{'|'.join(STEPS)})/$", views.advert_step, name="advert-step"),
]
