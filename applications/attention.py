from django.template.defaultfilters import pluralize
from django.urls import reverse

from accounts.registries import AttentionItem, attention
from applications.models import Application
from applications.states import ApplicationState


@attention.register
def new_applications(user):
    if not user.has_perm("applications.view_application"):
        return []
    url = reverse("admin:applications_application_changelist")
    count = Application.objects.to_look_at().count()
    return [
        AttentionItem(
            f"new application{pluralize(count)} to look at",
            f"{url}?state__exact={ApplicationState.SUBMITTED}",
            count,
        )
    ]
