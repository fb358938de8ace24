from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone

from accounts.registries import AttentionItem, attention
from training.models import Booking, Colour, Nomination, OutsideCourse, OutsideReview
from training.queries import sessions_that_need_a_look
from training.queries.deciding import sessions_to_decide, sessions_without_their_trainer
from training.queries.monitor import counts_by_colour, latest_week
from training.rules import can_see_forecasts, decides_for_workforce
from training.states import BookingState, OutsideState


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
def sessions_to_decide_about(user):
    if not user.has_perm("training.change_session"):
        return []
    url, now = reverse("admin:training_session_changelist"), timezone.now()
    few, left = sessions_to_decide(now).count(), sessions_without_their_trainer(now).count()
    return [
        AttentionItem(
            f"session{pluralize(few, ' has,s have')} too few people: decide whether to run",
            f"{url}?needs=decision",
            few,
        ),
        AttentionItem(
            f"session{pluralize(left, ' has,s have')} a trainer who has left",
            f"{url}?needs=trainer",
            left,
        ),
    ]


@attention.register
def places_that_officers_decide(user):
    """Places that managers have not answered for in time: an officer may, on the page of what waits."""
    if not user.has_perm("training.change_booking"):
        return []
    held = Booking.objects.filter(state=BookingState.HELD, escalated_at__isnull=False)
    count = held.filter(session__starts_at__gt=timezone.now()).exclude(person=user).count()
    url = f"{reverse('admin:training_booking_changelist')}?state__exact={BookingState.HELD}"
    if user.has_role("staff"):
        url = reverse("training:waiting-for-me")
    words = f"held place{pluralize(count, ' that its,s that their')} manager has not answered for"
    return [AttentionItem(words, url, count)]


@attention.register
def people_who_will_miss_their_five_days(user):
    if not can_see_forecasts(user):
        return []
    count = counts_by_colour(latest_week())[Colour.RED]
    return [
        AttentionItem("people will miss their five days", reverse("admin:training_monitor"), count)
    ]


@attention.register
def outside_courses_to_decide(user):
    if not decides_for_workforce(user):
        return []
    state = OutsideState.WITH_WORKFORCE
    url = reverse("admin:training_outsidecourse_changelist")
    count = OutsideCourse.objects.filter(state=state).count()
    words = f"outside course{pluralize(count, ' waits,s wait')} for workforce development"
    return [AttentionItem(words, f"{url}?state__exact={state}", count)]


@attention.register
def reviews_of_leavers_to_look_at(user):
    """Reviews of people who have left stay, without a name, and an officer looks at each once more."""
    if not decides_for_workforce(user):
        return []
    url = reverse("admin:training_outsidereview_changelist")
    count = OutsideReview.objects.of_leavers(timezone.localdate()).count()
    words = f"review{pluralize(count)} of outside courses by people who have left"
    return [AttentionItem(words, f"{url}?author=left", count)]


@attention.register
def outside_courses_that_leavers_left_open(user):
    """Their money stays committed until somebody says how it went."""
    if not decides_for_workforce(user):
        return []
    url = reverse("admin:training_outsidecourse_changelist")
    count = OutsideCourse.objects.left_open_by_leavers(timezone.now()).count()
    words = f"outside course{pluralize(count)} of people who have left: say how it went"
    return [AttentionItem(words, f"{url}?how=unsaid", count)]
