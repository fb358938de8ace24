from celery import shared_task
from django.utils import timezone

from accounts.actions import carry_out
from returners.actions import hand_over_enquiry
from returners.queries import enquiries_of_officers_who_left


@shared_task
def blank_enquiries_past_their_end_date():
    """Blank the personal details of enquiries whose last day has passed, one transaction each."""
    carry_out("returner_enquiry", on=timezone.localdate())


@shared_task
def hand_over_the_enquiries_of_leavers():
    """Give the enquiries of officers who have left to others, one transaction each."""
    today = timezone.localdate()
    for enquiry in enquiries_of_officers_who_left(today):
        hand_over_enquiry(enquiry=enquiry, on=today)
