from celery import shared_task
from django.utils import timezone

from training.actions import (
    ask_for_evaluations,
    delete_cpd_pieces_kept_long_enough,
    delete_evaluations_kept_long_enough,
    delete_forecasts_kept_long_enough,
    delete_ledger_entries_kept_long_enough,
    delete_presences_kept_long_enough,
    end_bookings_of_leavers,
    forecast_the_year,
    settle_attendance,
    tell_managers_what_waits,
    tell_of_dates,
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
def forecast_who_will_miss_their_five_days():
    """Forecast the rest of the year for everybody: on Mondays, and again whenever it is asked for."""
    forecast_the_year(at=timezone.now())


@shared_task
def free_the_places_of_leavers():
    end_bookings_of_leavers(at=timezone.now())


@shared_task
def write_to_managers_for_whom_something_waits():
    """Send the daily mail of what waits for each manager, on working days."""
    tell_managers_what_waits()


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
