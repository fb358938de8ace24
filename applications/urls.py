from django.urls import include, path

from applications import views

one_application = [
    path("", views.application_detail, name="application-detail"),
    path("details/", views.application_details, name="application-details"),
    path("statement/", views.application_statement, name="application-statement"),
    path("cv/", views.application_cv, name="application-cv"),
    path("cv/remove/", views.application_cv_remove, name="application-cv-remove"),
    path("cv/again/", views.application_cv_again, name="application-cv-again"),
    path("check/", views.application_check, name="application-check"),
    path("equality/", views.application_equality, name="application-equality"),
    path(
        "equality/questions/",
        views.application_equality_questions,
        name="application-equality-questions",
    ),
    path("typed/", views.application_typed, name="application-typed"),
    path("typed/drop/", views.application_typed_drop, name="application-typed-drop"),
    path("submitted/", views.application_submitted, name="application-submitted"),
    path("withdraw/", views.application_withdraw, name="application-withdraw"),
    path("withdraw/undo/", views.application_withdraw_undo, name="application-withdraw-undo"),
    path("documents/<int:pk>/", views.document_download, name="document-download"),
]

app_name = "applications"
urlpatterns = [
    path("vacancies/<slug:reference>/apply/", views.application_start, name="application-start"),
    path("applications/", views.application_list, name="application-list"),
    path("applications/<slug:reference>/", include(one_application)),
]
