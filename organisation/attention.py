from django.urls import reverse
from django.utils import timezone

from accounts.registries import AttentionItem, attention
from organisation.queries import staff_whose_manager_left, teams_whose_manager_left


@attention.register
def people_whose_manager_left(user):
    """People and teams that nobody could be handed on to when their manager left."""
    if not user.has_perm("organisation.change_staffmember"):
        return []
    today = timezone.localdate()
    staff = reverse("admin:organisation_staffmember_changelist")
    teams = reverse("admin:organisation_team_changelist")
    return [
        AttentionItem(
            "staff have a line manager who has left",
            f"{staff}?needs=manager",
            staff_whose_manager_left(today).count(),
        ),
        AttentionItem(
            "teams have a manager who has left",
            f"{teams}?needs=manager",
            teams_whose_manager_left(today).count(),
        ),
    ]
