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
    return [
        AttentionItem(
            "return-to-social-work enquiries need an officer",
            f"{url}?officer=nobody",
            enquiries_without_a_working_officer().count(),
        ),
        AttentionItem(
            "return-to-social-work enquiries are due an answer",
            f"{url}?state__exact={EnquiryState.ASSIGNED}",
            unanswered.count(),
        ),
    ]
