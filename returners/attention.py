from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.registries import AttentionItem, attention
from returners.models import Enquiry
from returners.queries import enquiries_without_a_working_officer
from returners.states import EnquiryState


@attention.register
def enquiries_that_wait(user):
    """Enquiries nobody can answer, and those whose promised day of reply is today or gone."""
    if not user.has_perm("returners.view_enquiry"):
        return []
    url = reverse("admin:returners_enquiry_changelist")
    promised = timezone.now() - timedelta(days=settings.RETURNER_REPLY_DAYS - 1)
    unanswered = Enquiry.objects.filter(state=EnquiryState.ASSIGNED, created_at__lte=promised)
    without_officer, due = enquiries_without_a_working_officer().count(), unanswered.count()
    return [
        AttentionItem(
            _enquiries(without_officer, "needs an officer", "need an officer"),
            f"{url}?officer=nobody",
            without_officer,
        ),
        AttentionItem(
            _enquiries(due, "is due an answer", "are due an answer"),
            f"{url}?state__exact={EnquiryState.ASSIGNED}",
            due,
        ),
    ]


def _enquiries(count, one, many):
    noun, verb = ("enquiry", one) if count == 1 else ("enquiries", many)
    return f"return-to-social-work {noun} {verb}"
