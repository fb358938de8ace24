"""The Celery application: workers deliver the e-mails and do the timed work."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hampshire_portal.settings")

app = Celery("hampshire_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Nothing daily runs between 01:00 and 02:00, an hour that the clock change skips or repeats.
app.conf.beat_schedule = {
    "deliver messages that are due": {
        "task": "notifications.tasks.deliver_messages_that_are_due",
        "schedule": 60,
    },
    "delete sessions that have ended": {
        "task": "accounts.tasks.delete_sessions_that_have_ended",
        "schedule": crontab(hour=3, minute=10),
    },
    "open vacancies whose day has come": {
        "task": "vacancies.tasks.open_vacancies_whose_day_has_come",
        "schedule": crontab(hour="0,6,12,18", minute=3),
    },
    # More than once a day, so that a beat that was down at midnight catches up.
    "close vacancies past their closing date": {
        "task": "vacancies.tasks.close_vacancies_past_their_closing_date",
        "schedule": crontab(hour="0,6,12,18", minute=5),
    },
    # Before the alerts of the day, since the yearly question is a mailbox's mail of its day.
    "look after alerts": {
        "task": "vacancies.tasks.look_after_alerts",
        "schedule": crontab(hour=6, minute=30),
    },
    # At seven; later only for what a run that failed has left. Two workers share the mailboxes.
    "send alerts that are due": {
        "task": "vacancies.tasks.send_alerts_that_are_due",
        "schedule": crontab(hour="7,8,9,12", minute=0),
    },
    "send alerts that are due, with a second pair of hands": {
        "task": "vacancies.tasks.send_alerts_that_are_due",
        "schedule": crontab(hour="7,8,9,12", minute=0),
    },
    "go on with imports of vacancies": {
        "task": "vacancies.tasks.work_on_imports",
        "schedule": 60,
    },
    "store the views that were counted": {
        "task": "vacancies.tasks.store_views_counted",
        "schedule": 300,
    },
    "delete imports kept long enough": {
        "task": "vacancies.tasks.delete_imports_kept_long_enough",
        "schedule": crontab(hour=3, minute=15),
    },
    "tell of sift dates that have come": {
        "task": "vacancies.tasks.tell_of_sift_dates_that_have_come",
        "schedule": crontab(hour="7,12", minute=20),
    },
    "tell savers what became of a vacancy": {
        "task": "vacancies.tasks.tell_savers_what_became_of_a_vacancy",
        "schedule": 300,
    },
    "tell applicants what became of a vacancy": {
        "task": "applications.tasks.tell_applicants_what_became_of_a_vacancy",
        "schedule": 300,
    },
    # By the date alone nobody who has left has any rights; this puts what is stored in order soon after.
    "let go of leavers": {
        "task": "organisation.tasks.let_go_of_leavers",
        "schedule": 300,
    },
    "go on with imports of the staff register": {
        "task": "organisation.tasks.work_on_register_imports",
        "schedule": 60,
    },
    "delete imports of the staff register kept long enough": {
        "task": "organisation.tasks.delete_register_imports_kept_long_enough",
        "schedule": crontab(hour=3, minute=16),
    },
    "delete working time kept long enough": {
        "task": "organisation.tasks.delete_working_time_kept_long_enough",
        "schedule": crontab(hour=3, minute=17),
    },
    "answer for who has not": {
        "task": "training.tasks.answer_for_who_has_not",
        "schedule": 120,
    },
    "tell who asked of new dates": {
        "task": "training.tasks.tell_who_asked_of_new_dates",
        "schedule": 300,
    },
    "delete interests kept long enough": {
        "task": "training.tasks.delete_interests_kept_long_enough",
        "schedule": crontab(hour=3, minute=46),
    },
    "delete ledger entries kept long enough": {
        "task": "training.tasks.delete_ledger_entries_past_their_time",
        "schedule": crontab(hour=3, minute=18),
    },
    "delete lines of fair rounds kept long enough": {
        "task": "training.tasks.delete_round_lines_kept_long_enough",
        "schedule": crontab(hour=3, minute=24),
    },
    "delete forecasts kept long enough": {
        "task": "training.tasks.delete_forecasts_past_their_time",
        "schedule": crontab(hour=3, minute=22),
    },
    # Later again, for a beat that was down early: running twice replaces the week.
    "forecast who will miss their five days": {
        "task": "training.tasks.forecast_who_will_miss_their_five_days",
        "schedule": crontab(day_of_week="mon", hour="5,11", minute=10),
    },
    "write to managers for whom something waits": {
        "task": "training.tasks.write_to_managers_for_whom_something_waits",
        "schedule": crontab(hour=8, minute=0),
    },
    "free the places of leavers": {
        "task": "training.tasks.free_the_places_of_leavers",
        "schedule": 300,
    },
    "tell of sessions whose trainer left": {
        "task": "training.tasks.tell_of_sessions_whose_trainer_left",
        "schedule": crontab(hour="6,14", minute=35),
    },
    # In the morning of the date; later for who fell below the minimum since, and for a beat that was down.
    "ask about sessions with too few people": {
        "task": "training.tasks.ask_about_sessions_with_too_few_people",
        "schedule": crontab(hour="7,10,13,16", minute=40),
    },
    "answer for who has not about what is asked": {
        "task": "training.tasks.answer_for_who_has_not_about_what_is_asked",
        "schedule": 300,
    },
    "take back the outside courses of leavers": {
        "task": "training.tasks.take_back_the_outside_courses_of_leavers",
        "schedule": 300,
    },
    "ask people how their outside courses went": {
        "task": "training.tasks.ask_people_how_their_outside_courses_went",
        "schedule": crontab(hour=8, minute=30),
    },
    # Before the ledger's, so that no outside course is left without its entry.
    "delete outside courses kept long enough": {
        "task": "training.tasks.delete_outside_courses_past_their_time",
        "schedule": crontab(hour=3, minute=12),
    },
    "settle who signed in": {
        "task": "training.tasks.settle_who_signed_in",
        "schedule": 300,
    },
    # Twice, so that a beat that was down in the morning catches up.
    "ask how it was": {
        "task": "training.tasks.ask_how_it_was",
        "schedule": crontab(hour="9,14", minute=40),
    },
    "delete what attending left": {
        "task": "training.tasks.delete_what_attending_left_past_its_time",
        "schedule": crontab(hour=3, minute=24),
    },
    "hand over the enquiries of leavers": {
        "task": "returners.tasks.hand_over_the_enquiries_of_leavers",
        "schedule": 300,
    },
    # Twice, so that a beat that was down in the morning catches up.
    "ask again about the stories of leavers": {
        "task": "careers.tasks.ask_again_about_the_stories_of_leavers",
        "schedule": crontab(hour="5,13", minute=25),
    },
    "blank enquiries past their end date": {
        "task": "returners.tasks.blank_enquiries_past_their_end_date",
        "schedule": crontab(hour=3, minute=20),
    },
    # A worker is told of each upload; this is for those it did not hear of, and for a scanner that was away.
    "scan documents that wait": {
        "task": "applications.tasks.scan_documents_that_wait",
        "schedule": 60,
    },
    "take leavers off their panels": {
        "task": "applications.tasks.take_leavers_off_their_panels",
        "schedule": 300,
    },
    # Twice, so that a beat that was down in the morning catches up: nobody gets two mails a day.
    "tell panels what waits for them": {
        "task": "applications.tasks.tell_panels_what_waits_for_them",
        "schedule": crontab(hour="7,11", minute=50),
    },
    # Early, and again later: a beat that was down at night catches up, and who has begun does not twice.
    "begin the work of people whose first day has come": {
        "task": "applications.tasks.begin_the_work_of_people_whose_first_day_has_come",
        "schedule": crontab(hour="0,5,8,12,16", minute=15),
    },
    # Twice, so that a beat that was down in the morning catches up: nobody is reminded twice of one time.
    "remind people of their interviews": {
        "task": "applications.tasks.remind_people_of_their_interviews",
        "schedule": crontab(hour="8,12", minute=10),
    },
    "end places on reserve lists whose date has come": {
        "task": "applications.tasks.end_places_on_reserve_lists_whose_date_has_come",
        "schedule": crontab(hour="6,13", minute=35),
    },
    # Twice, so that a beat that was down in the morning catches up: nobody is reminded twice.
    "remind referees who have not answered": {
        "task": "applications.tasks.remind_referees_who_have_not_answered",
        "schedule": crontab(hour="9,15", minute=20),
    },
    # Twice, so that a beat that was down in the morning catches up: nobody is reminded twice.
    "remind applicants of self-declarations": {
        "task": "applications.tasks.remind_applicants_of_self_declarations",
        "schedule": crontab(hour="9,13", minute=5),
    },
    # Before what must never be true is checked.
    "destroy self-declarations kept long enough": {
        "task": "applications.tasks.destroy_self_declarations_kept_long_enough",
        "schedule": crontab(hour=3, minute=5),
    },
    "take leavers off as readers": {
        "task": "applications.tasks.take_leavers_off_as_readers",
        "schedule": 300,
    },
    "delete files that no application has": {
        "task": "applications.tasks.delete_files_that_no_application_has",
        "schedule": crontab(hour=3, minute=25),
    },
    # Twice, so that a beat that was down in the morning catches up: nobody is warned twice.
    "warn people before their words are deleted": {
        "task": "applications.tasks.warn_people_before_their_words_are_deleted",
        "schedule": crontab(hour="9,15", minute=35),
    },
    "delete drafts that nobody goes on with": {
        "task": "applications.tasks.delete_drafts_that_nobody_goes_on_with",
        "schedule": crontab(hour=3, minute=35),
    },
    "blank applications kept long enough": {
        "task": "applications.tasks.blank_applications_kept_long_enough",
        "schedule": crontab(hour=3, minute=40),
    },
    "delete monitoring answers kept long enough": {
        "task": "applications.tasks.delete_monitoring_answers_kept_long_enough",
        "schedule": crontab(hour=3, minute=41),
    },
    "destroy details of checks on their date": {
        "task": "applications.tasks.destroy_check_details_on_their_date",
        "schedule": crontab(hour=3, minute=47),
    },
    "delete saved jobs that closed long ago": {
        "task": "vacancies.tasks.delete_saved_jobs_that_closed_long_ago",
        "schedule": crontab(hour=3, minute=42),
    },
    "delete chats kept long enough": {
        "task": "vacancies.tasks.delete_chats_kept_long_enough",
        "schedule": crontab(hour=3, minute=44),
    },
    "remind people of their chats": {
        "task": "vacancies.tasks.remind_people_of_their_chats",
        "schedule": crontab(hour="9,15", minute=10),
    },
    "delete nudges about jobs that closed long ago": {
        "task": "applications.tasks.delete_nudges_about_jobs_that_closed_long_ago",
        "schedule": crontab(hour=3, minute=43),
    },
    # Twice, so that a beat that was down in the morning catches up.
    "nudge people about jobs they saved": {
        "task": "applications.tasks.nudge_people_about_jobs_they_saved",
        "schedule": crontab(hour="8,14", minute=20),
    },
    # A worker is told of each; this is for those it did not hear of, and goes on where one stopped.
    "carry out bulk actions": {
        "task": "applications.tasks.carry_out_bulk_actions",
        "schedule": 60,
    },
    "delete bulk actions kept long enough": {
        "task": "applications.tasks.delete_bulk_actions_kept_long_enough",
        "schedule": crontab(hour=3, minute=47),
    },
    # Reminders: twice, so that a beat that was down in the morning catches up. None goes twice.
    "remind people of their drafts": {
        "task": "applications.tasks.remind_people_of_their_drafts",
        "schedule": crontab(hour="8,14", minute=25),
    },
    "write to applicants who heard nothing": {
        "task": "applications.tasks.write_to_applicants_who_heard_nothing",
        "schedule": crontab(hour="9,15", minute=5),
    },
    "remind of applications nobody reads": {
        "task": "applications.tasks.remind_of_applications_nobody_reads",
        "schedule": crontab(hour="8,11", minute=55),
    },
    "ask people whether to stay on the register": {
        "task": "applications.tasks.ask_people_whether_to_stay_on_the_register",
        "schedule": crontab(hour="9,15", minute=25),
    },
    "delete interests whose time is over": {
        "task": "applications.tasks.delete_interests_whose_time_is_over",
        "schedule": crontab(hour=3, minute=46),
    },
    "delete e-mails kept long enough": {
        "task": "notifications.tasks.delete_emails_kept_long_enough",
        "schedule": crontab(hour=3, minute=45),
    },
    "delete history kept long enough": {
        "task": "accounts.tasks.delete_history_kept_long_enough",
        "schedule": crontab(hour=3, minute=50),
    },
    "make packs that were asked for": {
        "task": "accounts.tasks.make_packs_that_were_asked_for",
        "schedule": 20,
    },
    "delete what data protection left": {
        "task": "accounts.tasks.delete_what_data_protection_left_past_its_time",
        "schedule": crontab(hour=3, minute=57),
    },
    "delete audit kept long enough": {
        "task": "accounts.tasks.delete_audit_kept_long_enough",
        "schedule": crontab(hour=3, minute=55),
    },
    "check what must never be true": {
        "task": "accounts.tasks.check_what_must_never_be_true",
        "schedule": crontab(hour=3, minute=30),
    },
}
