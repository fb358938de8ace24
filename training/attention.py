from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone

from accounts.registries import AttentionItem, attention
from training.models import Colour, Nomination
from training.queries import sessions_that_need_a_look
from training.queries.monitor import counts_by_colour, latest_week
from training.rules import can_see_forecasts


@attention.register
def nominations_to_decide(user):
    if not user.has_perm("training.decide_nomination"):
        return []
    url = reverse("admin:training_nomination_decide")
    count = Nomination.objects.awaiting_decision().count()
    words = f"nomination{pluralize(count, ' waits,s wait')} for a decision"
    return [AttentionItem(words, url, count)]


@attention.register
def sessions_to_look_at(user):
    if not user.has_perm("training.change_session"):
        return []
    url = reverse("admin:training_session_changelist")
    found = sessions_that_need_a_look(timezone.now())
    people, attendance = found["people"].count(), found["attendance"].count()
    return [
        AttentionItem(
            f"session{pluralize(people)} within a week {pluralize(people, 'is,are')} less than half full",
            f"{url}?needs=people",
            people,
        ),
        AttentionItem(
            f"session{pluralize(attendance, ' is,s are')} over and attendance is not marked",
            f"{url}?needs=attendance",
            attendance,
        ),
    ]


@attention.register
def people_who_will_miss_their_five_days(user):
    if not can_see_forecasts(user):
        return []
    count = counts_by_colour(latest_week())[Colour.RED]
    return [
        AttentionItem("people will miss their five days", reverse("admin:training_monitor"), count)
    ]
