from celery import shared_task

from notifications.delivery import deliver_due_messages


@shared_task
def deliver_messages_that_are_due():
    deliver_due_messages()
