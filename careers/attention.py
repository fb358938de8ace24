from datetime import timedelta

from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone

from accounts.registries import AttentionItem, attention
from careers.models import Story

# Long enough to reach somebody who is on holiday.
NOTICE = timedelta(days=30)


@attention.register
def stories_to_ask_about_again(user):
    """Published stories whose person is to be asked for consent again within a month."""
    if not user.has_perm("careers.view_story"):
        return []
    due = Story.objects.due_for_review(timezone.localdate() + NOTICE).count()
    url = reverse("admin:careers_story_changelist")
    words = f"staff stor{pluralize(due, 'y needs,ies need')} consent again"
    return [AttentionItem(words, f"{url}?review=due", due)]
