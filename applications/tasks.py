from celery import shared_task
from django.utils import timezone

from applications.actions import delete_orphan_files


@shared_task
def delete_files_that_no_application_has():
    delete_orphan_files(now=timezone.now())
