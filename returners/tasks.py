from celery import shared_task
from django.utils import timezone

from returners.actions import blank_enquiry, hand_over_enquiry
from returners.models import Enquiry
from returners.queries import enquiries_of_officers_who_left


@shared_task
def blank_enquiries_past_their_end_date():
    """Blank the personal details of enquiries whose last day has passed, one transaction each."""
    for enquiry in Enquiry.objects.past_their_end_date(timezone.localdate()):
        blank_enquiry(enquiry=enquiry, by=None)  # None: by the timetable, not a person


@shared_task
def hand_over_the_enquiries_of_leavers():
    """Give the enquiries of officers who have left to others, one transaction each."""
    today = timezone.localdate()
    for enquiry in enquiries_of_officers_who_left(today):
        hand_over_enquiry(enquiry=enquiry, on=today)
