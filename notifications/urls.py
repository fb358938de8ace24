from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("inbox/", views.demo_inbox, name="demo-inbox"),
    path("inbox/<int:pk>/", views.demo_mail, name="demo-mail"),
    path("inbox/<int:pk>/html/", views.demo_mail_html, name="demo-mail-html"),
    path(
        "inbox/<int:pk>/attachments/<int:number>/",
        views.demo_mail_attachment,
        name="demo-mail-attachment",
    ),
]
