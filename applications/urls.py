from django.urls import include, path

from applications import views
from applications.views import panel


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
    path("copy/", views.application_copy, name="application-copy"),
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

one_of_the_panel = [
    path("", panel.panel_application, name="panel-application"),
    path("print/", panel.panel_print, name="panel-print"),
    path("conflict/", panel.panel_conflict, name="panel-conflict"),
    path("again/<int:pk>/", panel.panel_second_read, name="panel-second-read"),
]

of_the_panel = [
    path("", panel.panel_vacancy, name="panel-vacancy"),
    path("download/", panel.panel_download, name="panel-download"),
    path("table/", panel.panel_table, name="panel-table"),
    path("<slug:code>/", include(one_of_the_panel)),
]

app_name = "applications"
urlpatterns = [
    # Before the applicant's own: there an address names a reference.
    path("applications/panel/", panel.panel_list, name="panel-list"),
    path("applications/panel/<slug:reference>/", include(of_the_panel)),
    path("register-of-interest/", views.interest, name="interest"),
    path("register-of-interest/stay/", views.interest_renew, name="interest-renew"),
    path("register-of-interest/leave/", views.interest_leave, name="interest-leave"),
    path("vacancies/<slug:reference>/apply/", views.application_start, name="application-start"),
    path("applications/", views.application_list, name="application-list"),
    path("applications/<slug:reference>/", include(one_application)),
]
