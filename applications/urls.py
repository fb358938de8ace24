from django.urls import include, path

from applications import views
from applications.views import panel

one_application = [
    path("", views.application_detail, name="application-detail"),
    path("details/", views.application_details, name="application-details"),
    path("statement/", views.application_statement, name="application-statement"),
    path("cv/", views.application_cv, name="application-cv"),
    path("cv/remove/", views.application_cv_remove, name="application-cv-remove"),
    path("check/", views.application_check, name="application-check"),
    path("submitted/", views.application_submitted, name="application-submitted"),
    path("withdraw/", views.application_withdraw, name="application-withdraw"),
    path("documents/<int:pk>/", views.document_download, name="document-download"),
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
    path("vacancies/<slug:reference>/apply/", views.application_start, name="application-start"),
    path("applications/", views.application_list, name="application-list"),
    path("applications/<slug:reference>/", include(one_application)),
]
