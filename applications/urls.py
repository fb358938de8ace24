from django.urls import include, path

from applications import views

one_application = [
    path("", views.application_detail, name="application-detail"),
    path("cv/", views.application_cv, name="application-cv"),
    path("cv/remove/", views.application_cv_remove, name="application-cv-remove"),
    path("check/", views.application_check, name="application-check"),
    path("submitted/", views.application_submitted, name="application-submitted"),
    path("withdraw/", views.application_withdraw, name="application-withdraw"),
    path("documents/<int:pk>/", views.document_download, name="document-download"),
    path("answers/", views.application_answers, name="application-answers"),
    # Last, so that a section with pages of its own may stand before it.
    path("<slug:name>/", views.application_section, name="application-section"),
]

app_name = "applications"
urlpatterns = [
    path("vacancies/<slug:reference>/apply/", views.application_start, name="application-start"),
    path("applications/", views.application_list, name="application-list"),
    path("applications/<slug:reference>/", include(one_application)),
]
