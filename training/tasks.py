from celery import shared_task
from django.utils import timezone

from training.actions import (
    ask_about_sessions_to_decide,
    ask_for_evaluations,
    ask_how_outside_courses_went,
    delete_attended_kept_long_enough,
    delete_cpd_pieces_kept_long_enough,
    delete_evaluations_kept_long_enough,
    delete_evidence_without_a_row,
    delete_forecasts_kept_long_enough,
    delete_ledger_entries_kept_long_enough,
    delete_outside_courses_kept_long_enough,
    delete_presences_kept_long_enough,
    delete_round_lines_past_their_time,
    end_bookings_of_leavers,
    end_outside_courses_of_leavers,
    forecast_the_year,
    let_time_answer_for_attended,
    let_time_answer_for_outside_courses,
    settle_attendance,
    tell_managers_what_waits,
    tell_of_dates,
    tell_of_sessions_without_their_trainer,
)
from training.actions.interest import delete_interests_past_their_time
from training.actions.timetable import let_time_answer


@shared_task
def answer_for_who_has_not():
    """End offers and approvals whose time is over, and offer free places to whoever can come now."""
    let_time_answer()


@shared_task
def tell_who_asked_of_new_dates():
    """Write to who asked to hear of a course that has a date now, once each."""
    tell_of_dates(at=timezone.now())


@shared_task
def delete_interests_kept_long_enough():
    """Delete what people asked to hear of longer ago than settings.RETENTION says."""
    delete_interests_past_their_time(on=timezone.localdate())


@shared_task
def delete_ledger_entries_past_their_time():
    delete_ledger_entries_kept_long_enough(on=timezone.localdate())


@shared_task
def delete_forecasts_past_their_time():
    delete_forecasts_kept_long_enough(on=timezone.localdate())


@shared_task
def delete_round_lines_kept_long_enough():
    """Delete what requests in fair rounds came to longer ago than settings.RETENTION says."""
    delete_round_lines_past_their_time(on=timezone.localdate())


@shared_task
def forecast_who_will_miss_their_five_days():
    """Forecast the rest of the year for everybody: on Mondays, and again whenever it is asked for."""
    forecast_the_year(at=timezone.now())


@shared_task
def free_the_places_of_leavers():
    end_bookings_of_leavers(at=timezone.now())


@shared_task
def tell_of_sessions_whose_trainer_left():
    """Tell officers of the sessions that people who have left were to lead."""
    tell_of_sessions_without_their_trainer(at=timezone.now())


@shared_task
def ask_about_sessions_with_too_few_people():
    """Ask officers to decide about sessions whose decision date has come with too few booked."""
    ask_about_sessions_to_decide(at=timezone.now())


@shared_task
def write_to_managers_for_whom_something_waits():
    """Send the daily mail of what waits for each manager, on working days."""
    tell_managers_what_waits()


@shared_task
def answer_for_who_has_not_about_what_is_asked():
    """Escalate what managers have not answered, and end outside courses that began undecided."""
    let_time_answer_for_outside_courses(at=timezone.now())
    let_time_answer_for_attended(at=timezone.now())


@shared_task
def take_back_the_outside_courses_of_leavers():
    end_outside_courses_of_leavers(at=timezone.now())


@shared_task
def ask_people_how_their_outside_courses_went():
    """Write to people the day after an outside course, and once more when they have not answered."""
    ask_how_outside_courses_went(at=timezone.now())


@shared_task
def delete_outside_courses_past_their_time():
    """Delete outside courses, reviews and what was attended elsewhere, with the files that show it."""
    delete_outside_courses_kept_long_enough(on=timezone.localdate())
    delete_attended_kept_long_enough(on=timezone.localdate())
    delete_evidence_without_a_row(at=timezone.now())


@shared_task
def settle_who_signed_in():
    """Let attendance follow from who signed in, once a session has been over for a while."""
    settle_attendance(at=timezone.now())


@shared_task
def ask_how_it_was():
    """Ask for an evaluation the day after, once each."""
    ask_for_evaluations(at=timezone.now())


@shared_task
def delete_what_attending_left_past_its_time():
    """Delete sign-ins, evaluations and records of CPD that are older than settings.RETENTION says."""
    today = timezone.localdate()
    delete_presences_kept_long_enough(on=today)
    delete_evaluations_kept_long_enough(on=today)
    delete_cpd_pieces_kept_long_enough(on=today)
