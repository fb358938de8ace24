from django.urls import path

from careers import views

app_name = "careers"
urlpatterns = [
    path("", views.home, name="home"),
    path("careers/", views.working_here, name="working-here"),
    path("careers/stories/", views.story_list, name="story-list"),
    path("careers/stories/<slug:slug>/", views.story_detail, name="story-detail"),
    path("careers/pathways/", views.pathway_list, name="pathway-list"),
    path("careers/campaigns/<slug:slug>/", views.campaign_detail, name="campaign-detail"),
    path("careers/events/", views.event_list, name="event-list"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("cookies/", views.cookies, name="cookies"),
]
