from django.urls import include, path

from applications import views


def row_pages(folder, kind):
    """The pages about one row of a kind: adding, changing and removing it."""
    return [
        path(f"{folder}/add/", views.row_add, {"kind": kind}, name=f"{kind}-add"),
        path(f"{folder}/<int:pk>/", views.row_change, {"kind": kind}, name=f"{kind}-change"),
        path(f"{folder}/<int:pk>/remove/", views.row_remove, {"kind": kind}, name=f"{kind}-remove"),
    ]


sections_with_rows = [
    path("qualifications/", views.row_list, {"kind": "qualification"}, name="qualification-list"),
    *row_pages("qualifications", "qualification"),
    path("employment/", views.employment_list, name="employment-list"),
    path("employment/education/", views.employment_education, name="employment-education"),
    *row_pages("employment", "employment"),
    path(
        "employment/gaps/add/<str:month>/",
        views.gap_explain,
        {"kind": "gap"},
        name="gap-explain",
    ),
    *row_pages("employment/gaps", "gap")[1:],  # one is added for its months, above
    path("training/", views.row_list, {"kind": "training"}, name="training-list"),
    *row_pages("training", "training"),
]

one_application = [
    path("", views.application_detail, name="application-detail"),
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
    *sections_with_rows,
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
