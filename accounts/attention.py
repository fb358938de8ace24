from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessPack, LegalHold
from accounts.registries import AttentionItem, attention
from accounts.states import PackState


@attention.register
def holds_to_review(user):
    """Legal holds whose day of review has come."""
    if not user.has_perm("accounts.place_legalhold"):
        return []
    count = LegalHold.objects.to_review(timezone.localdate()).count()
    url = f"{reverse('admin:accounts_legalhold_changelist')}?released_at__isempty=1"
    return [AttentionItem(f"legal hold{pluralize(count)} to look at again", url, count)]


@attention.register
def packs_that_wait(user):
    """Requests for somebody's data that are not answered: each has a day by which the law wants it."""
    if not user.has_perm("accounts.make_accesspack"):
        return []
    waiting = AccessPack.objects.exclude(state=PackState.READY).order_by("due_on")
    return [
        AttentionItem(
            f"pack of somebody's data is due on {pack.due_on:%-d %B %Y}",
            reverse("admin:accounts_packs", args=[pack.person_id]),
            1,
        )
        for pack in waiting.filter(is_own=False)
    ]
