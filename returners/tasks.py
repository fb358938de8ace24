from celery import shared_task
from django.utils import timezone

from returners.actions import blank_enquiry
from returners.models import Enquiry


@shared_task
def blank_enquiries_past_their_end_date():
    """Blank the personal details of enquiries whose last day has passed, one transaction each."""
    for enquiry in Enquiry.objects.past_their_end_date(timezone.localdate()):
        blank_enquiry(enquiry=enquiry, by=None)  # None: by the timetable, not a person
