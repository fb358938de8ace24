from celery import shared_task
from django.utils import timezone

from applications.actions import (
    ask_whom_the_register_ends_for,
    blank_applications_past_their_time,
    delete_drafts_past_their_time,
    delete_interests_past_their_end,
    delete_monitoring_past_its_time,
    delete_nudges_past_their_time,
    delete_orphan_files,
    end_places_of_leavers,
    nudge_savers,
    scan_documents,
    tell_of_notices,
    tell_panels_what_waits,
)


@shared_task
def delete_files_that_no_application_has():
    delete_orphan_files(now=timezone.now())


@shared_task
def delete_drafts_that_nobody_goes_on_with():
    delete_drafts_past_their_time(on=timezone.localdate())


@shared_task
def blank_applications_kept_long_enough():
    blank_applications_past_their_time(on=timezone.localdate())


@shared_task
def nudge_people_about_jobs_they_saved():
    nudge_savers(on=timezone.localdate())


@shared_task
def delete_nudges_about_jobs_that_closed_long_ago():
    delete_nudges_past_their_time(on=timezone.localdate())


@shared_task
def tell_applicants_what_became_of_a_vacancy():
    tell_of_notices(now=timezone.now())


@shared_task
def delete_monitoring_answers_kept_long_enough():
    delete_monitoring_past_its_time(on=timezone.localdate())


@shared_task
def scan_documents_that_wait():
    scan_documents(now=timezone.now())


@shared_task
def take_leavers_off_their_panels():
    end_places_of_leavers()


@shared_task
def tell_panels_what_waits_for_them():
    tell_panels_what_waits(on=timezone.localdate())


@shared_task
def ask_people_whether_to_stay_on_the_register():
    ask_whom_the_register_ends_for(on=timezone.localdate())


@shared_task
def delete_interests_whose_time_is_over():
    delete_interests_past_their_end(on=timezone.localdate())
