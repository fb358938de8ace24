"""Who holds which post of the establishment."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from organisation.exceptions import PostHeld
from organisation.models import Post
from organisation.states import StaffEvent


@transaction.atomic
def fill_post(*, post, member, by):
    """Have a member of staff hold a post. Who holds it already goes on holding it.

    Raises PostHeld when somebody else holds it who works here today.
    """
    post = Post.objects.select_for_update(of=["self"]).select_related("holder").get(pk=post.pk)
    if post.holder_id == member.pk:
        return post
    if post.holder is not None and not post.holder.has_left(timezone.localdate()):
        raise PostHeld(post.number)
    post.holder = member
    post.save(update_fields=["holder"])
    audit.record(StaffEvent.POST_FILLED, member, by=by, post=post.number)
    return post


@transaction.atomic
def leave_posts(*, member, by, but=None):
    """Free every post that a member of staff holds, besides `but`. Returns the numbers of the posts."""
    held = Post.objects.select_for_update().filter(holder=member).order_by("number")
    if but is not None:
        held = held.exclude(pk=but.pk)
    numbers = list(held.values_list("number", flat=True))
    Post.objects.filter(number__in=numbers).update(holder=None)
    if numbers:
        audit.record(StaffEvent.POSTS_LEFT, member, by=by, posts=numbers)
    return numbers
