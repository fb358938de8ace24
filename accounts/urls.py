from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.account, name="account"),
    path("signed-in/", views.signed_in, name="signed-in"),
    path("your-data/", views.your_data, name="your-data"),
    path("your-data/<int:pk>/", views.pack_download, name="pack-download"),
    path("close/", views.close, name="close"),
    path("closed/", views.closed, name="closed"),
]
