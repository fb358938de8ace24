from celery import shared_task
from django.utils import timezone

from notifications.actions import delete_messages_past_their_time
from notifications.delivery import deliver_due_messages


@shared_task
def deliver_messages_that_are_due():
    deliver_due_messages()


@shared_task
def delete_emails_kept_long_enough():
    delete_messages_past_their_time(on=timezone.localdate())
