from django.template.defaultfilters import pluralize
from django.urls import reverse

from accounts.registries import AttentionItem, attention
from applications.models import Application
from applications.panel_queries import proposals_by_vacancy
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


@attention.register
def proposals_to_decide(user):
    """What the lead of a panel has proposed and HR has not decided, a line for each vacancy."""
    if not user.has_perm("applications.move_application"):
        return []
    return [
        AttentionItem(
            f"proposal{pluralize(number)} of the panel to decide: {title}",
            reverse("admin:applications_shortlist", args=[vacancy]),
            number,
        )
        for vacancy, title, number in proposals_by_vacancy()
    ]
