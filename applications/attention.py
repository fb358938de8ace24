from django.template.defaultfilters import pluralize
from django.urls import reverse

from accounts.registries import AttentionItem, attention
from applications.models import Application
from applications.queries import to_ring_about_withdrawn_vacancies
from applications.states import ApplicationState


@attention.register
def new_applications(user):
    if not user.has_perm("applications.view_application"):
        return []
    url = reverse("admin:applications_application_changelist")
    count = Application.objects.to_look_at().count()
    items = [
        AttentionItem(
            f"new application{pluralize(count)} to look at",
            f"{url}?state__exact={ApplicationState.SUBMITTED}",
            count,
        )
    ]
    if keys := list(to_ring_about_withdrawn_vacancies().values_list("pk", flat=True)):
        applicants = f"applicant{pluralize(len(keys))} without an e-mail address"
        words = f"{applicants} to ring: the job is withdrawn. Then move the application to its end"
        items.append(AttentionItem(words, f"{url}?pk__in={','.join(map(str, keys))}", len(keys)))
    return items
