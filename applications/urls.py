from django.urls import include, path

from applications import views
from applications.views import (
    disclosure,
    disclosure_phone,
    interviewing,
    interviews,
    offers,
    panel,
    panel_points,
    references,
    self_declaration,
)


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

of_an_offer = [
    path("", offers.offer_detail, name="offer"),
    path("answer/", offers.offer_answer, name="offer-answer"),
    path("ask/", offers.offer_ask, name="offer-ask"),
    path("letter/", offers.offer_letter, name="offer-letter"),
]

of_my_interviews = [
    path("interview/", interviews.application_interview, name="application-interview"),
    path(
        "interview/<int:pk>/give-back/",
        interviews.application_interview_give_back,
        name="application-interview-give-back",
    ),
    path(
        "interview/<int:pk>/another-time/",
        interviews.application_interview_another,
        name="application-interview-another",
    ),
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
    path("registration-number/", views.registration_number, name="registration-number"),
    path("submitted/", views.application_submitted, name="application-submitted"),
    path("delete/", views.draft_delete, name="draft-delete"),
    path("withdraw/", views.application_withdraw, name="application-withdraw"),
    path("withdraw/undo/", views.application_withdraw_undo, name="application-withdraw-undo"),
    path("documents/<int:pk>/", views.document_download, name="document-download"),
    *of_my_interviews,
    path("referees/<int:position>/", references.referee_change, name="referee-change"),
    *sections_with_rows,
    path("answers/", views.application_answers, name="application-answers"),
    path("looks/", views.application_looks, name="application-looks"),
    path("offer/", include(of_an_offer)),
    path("self-declaration/", self_declaration.self_declaration, name="self-declaration"),
    path(
        "self-declaration/summary/<int:pk>/",
        self_declaration.assessment_reply,
        name="assessment-reply",
    ),
    path("self-declaration/search/", self_declaration.search_reply, name="search-reply"),
    # Last, so that a section with pages of its own may stand before it.
    path("<slug:name>/", views.application_section, name="application-section"),
]

one_of_the_panel = [
    path("", panel.panel_application, name="panel-application"),
    path("print/", panel.panel_print, name="panel-print"),
    path("conflict/", panel.panel_conflict, name="panel-conflict"),
    path("again/<int:pk>/", panel.panel_second_read, name="panel-second-read"),
    path("interview/", interviewing.panel_interview, name="panel-interview"),
    path("interview/scores/", interviewing.panel_interview_scores, name="panel-interview-scores"),
    path(
        "interview/again/<int:pk>/",
        interviewing.panel_interview_again,
        name="panel-interview-again",
    ),
]

of_the_panel = [
    path("", panel.panel_vacancy, name="panel-vacancy"),
    path("download/", panel.panel_download, name="panel-download"),
    path("table/", panel.panel_table, name="panel-table"),
    path("interviews/", interviewing.panel_interview_table, name="panel-interview-table"),
    path("table/download/", panel_points.panel_table_download, name="panel-table-download"),
    path("<slug:code>/", include(one_of_the_panel)),
]

of_the_readers = [
    path("", disclosure.disclosure_list, name="disclosure-list"),
    path("<slug:reference>/", disclosure.disclosure_detail, name="disclosure-detail"),
    path(
        "<slug:reference>/declaration/",
        disclosure.disclosure_declaration,
        name="disclosure-declaration",
    ),
    path(
        "<slug:reference>/declaration/by-phone/",
        disclosure_phone.declaration_by_phone,
        name="declaration-by-phone",
    ),
    path("<slug:reference>/search/", disclosure.disclosure_search, name="disclosure-search"),
    path(
        "<slug:reference>/search/by-phone/",
        disclosure_phone.search_reply_by_phone,
        name="search-reply-by-phone",
    ),
    path("<slug:reference>/assess/", disclosure.assessment_begin, name="assessment-begin"),
    path(
        "<slug:reference>/assess/<int:pk>/",
        disclosure.assessment_detail,
        name="assessment-detail",
    ),
    path(
        "<slug:reference>/assess/<int:pk>/by-phone/",
        disclosure_phone.assessment_reply_by_phone,
        name="assessment-reply-by-phone",
    ),
]

app_name = "applications"
urlpatterns = [
    # Before the applicant's own: there an address names a reference.
    path("applications/panel/", panel.panel_list, name="panel-list"),
    path("applications/panel/<slug:reference>/", include(of_the_panel)),
    path(
        "applications/differences/<slug:code>/",
        references.discrepancy_list,
        name="discrepancy-list",
    ),
    path("references/thank-you/", references.reference_thanks, name="reference-thanks"),
    path("references/<str:token>/", references.reference_form, name="reference-form"),
    path("references/<str:token>/cannot/", references.reference_cannot, name="reference-cannot"),
    path("applications/disclosure/", include(of_the_readers)),
    path("register-of-interest/", views.interest, name="interest"),
    path("register-of-interest/stay/", views.interest_renew, name="interest-renew"),
    path("register-of-interest/leave/", views.interest_leave, name="interest-leave"),
    path("vacancies/<slug:reference>/apply/", views.application_start, name="application-start"),
    path("applications/", views.application_list, name="application-list"),
    path("applications/<slug:reference>/", include(one_application)),
]
