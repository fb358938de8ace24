from datetime import timedelta

from django.utils import timezone

from accounts.registries import invariants
from returners.models import Enquiry

# The task that blanks runs once a day; a day's failure is not yet a broken promise.
GRACE = timedelta(days=2)


@invariants.register
def no_enquiry_is_kept_past_its_end_date():
    for enquiry in Enquiry.objects.past_their_end_date(timezone.localdate() - GRACE):
        yield f"Enquiry {enquiry.reference} should have been blanked after {enquiry.keep_until}."
