"""A self-declaration with nothing to tell that was read, and a search online that found nothing."""

from django.utils import timezone

from applications.models import Declaration, OnlineSearch
from applications.states import DeclarationState, SearchOutcome, SearchState
from tests.factories.accounts import UserFactory


def settle_disclosure(application):
    """Have an applicant told about, read and searched for, as before any firm offer."""
    now, reader = timezone.now(), UserFactory(roles=["disclosure_reader"])
    declaration, _ = Declaration.objects.update_or_create(
        application=application,
        defaults={
            "state": DeclarationState.READ,
            "sent_at": now,
            "read_at": now,
            "read_by": reader,
        },
    )
    nothing = {"anything": "no", "barred": "no", "safeguarding": "no", "sent_at": now}
    declaration.versions.update_or_create(number=1, defaults=nothing)
    OnlineSearch.objects.update_or_create(
        application=application,
        defaults={
            "state": SearchState.RECORDED,
            "searched_on": timezone.localdate(),
            "outcome": SearchOutcome.NOTHING,
            "recorded_at": now,
            "recorded_by": reader,
        },
    )
