from django.urls import reverse

from accounts.registries import AttentionItem, attention
from applications.models import Application
from applications.states import ApplicationState


@attention.register
def new_applications(user):
    if not user.has_perm("applications.view_application"):
        return []
    url = reverse("admin:applications_application_changelist")
    return [
        AttentionItem(
            "new applications to look at",
            f"{url}?state__exact={ApplicationState.SUBMITTED}",
            Application.objects.to_look_at().count(),
        )
    ]
