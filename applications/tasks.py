from celery import shared_task
from django.utils import timezone

from applications.actions import (
    blank_applications_past_their_time,
    chase_drafts,
    chase_readers,
    delete_bulks_past_their_time,
    delete_drafts_past_their_time,
    delete_monitoring_past_its_time,
    delete_nudges_past_their_time,
    delete_orphan_files,
    end_places_of_leavers,
    hold_on_to_applicants,
    nudge_savers,
    scan_documents,
    tell_of_notices,
    tell_panels_what_waits,
    work_on_bulks,
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
def carry_out_bulk_actions():
    work_on_bulks()


@shared_task
def delete_bulk_actions_kept_long_enough():
    delete_bulks_past_their_time(on=timezone.localdate())


@shared_task
def remind_people_of_their_drafts():
    chase_drafts(on=timezone.localdate())


@shared_task
def write_to_applicants_who_heard_nothing():
    hold_on_to_applicants(on=timezone.localdate())


@shared_task
def remind_of_applications_nobody_reads():
    chase_readers(on=timezone.localdate())
