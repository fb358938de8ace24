from django.urls import path

from returners import views

app_name = "returners"
urlpatterns = [
    path("", views.scheme, name="scheme"),
    path("enquiry/", views.enquiry_create, name="enquiry-create"),
    path("enquiry/sent/", views.enquiry_sent, name="enquiry-sent"),
]
