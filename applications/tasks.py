from celery import shared_task
from django.utils import timezone

from applications.actions import (
    ask_whom_the_register_ends_for,
    begin_work_that_is_due,
    blank_applications_past_their_time,
    chase_drafts,
    chase_readers,
    delete_bulks_past_their_time,
    delete_drafts_past_their_time,
    delete_interests_past_their_end,
    delete_monitoring_past_its_time,
    delete_nudges_past_their_time,
    delete_orphan_files,
    destroy_check_details,
    destroy_disclosures_past_their_time,
    end_places_of_leavers,
    end_readers_who_left,
    end_reserves_past_their_date,
    hold_on_to_applicants,
    nudge_savers,
    remind_of_declarations,
    remind_of_interviews,
    remind_referees,
    scan_documents,
    tell_of_notices,
    tell_panels_what_waits,
    warn_of_deletion,
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
def destroy_check_details_on_their_date():
    destroy_check_details(on=timezone.localdate())


@shared_task
def begin_the_work_of_people_whose_first_day_has_come():
    begin_work_that_is_due(on=timezone.localdate())


@shared_task
def remind_people_of_their_interviews():
    remind_of_interviews(on=timezone.localdate())


@shared_task
def end_places_on_reserve_lists_whose_date_has_come():
    end_reserves_past_their_date(on=timezone.localdate())


@shared_task
def remind_referees_who_have_not_answered():
    remind_referees(now=timezone.now())


@shared_task
def warn_people_before_their_words_are_deleted():
    warn_of_deletion(on=timezone.localdate())


@shared_task
def remind_applicants_of_self_declarations():
    remind_of_declarations(on=timezone.localdate())


@shared_task
def destroy_self_declarations_kept_long_enough():
    destroy_disclosures_past_their_time(on=timezone.localdate())


@shared_task
def take_leavers_off_as_readers():
    end_readers_who_left()


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


@shared_task
def ask_people_whether_to_stay_on_the_register():
    ask_whom_the_register_ends_for(on=timezone.localdate())


@shared_task
def delete_interests_whose_time_is_over():
    delete_interests_past_their_end(on=timezone.localdate())
