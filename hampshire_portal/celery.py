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
    # More than once a day, so that a beat that was down at midnight catches up.
    "close vacancies past their closing date": {
        "task": "vacancies.tasks.close_vacancies_past_their_closing_date",
        "schedule": crontab(hour="0,6,12,18", minute=5),
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
    "blank enquiries past their end date": {
        "task": "returners.tasks.blank_enquiries_past_their_end_date",
        "schedule": crontab(hour=3, minute=20),
    },
    "delete files that no application has": {
        "task": "applications.tasks.delete_files_that_no_application_has",
        "schedule": crontab(hour=3, minute=25),
    },
    "delete drafts that nobody goes on with": {
        "task": "applications.tasks.delete_drafts_that_nobody_goes_on_with",
        "schedule": crontab(hour=3, minute=35),
    },
    "blank applications kept long enough": {
        "task": "applications.tasks.blank_applications_kept_long_enough",
        "schedule": crontab(hour=3, minute=40),
    },
    "delete e-mails kept long enough": {
        "task": "notifications.tasks.delete_emails_kept_long_enough",
        "schedule": crontab(hour=3, minute=45),
    },
    "delete history kept long enough": {
        "task": "accounts.tasks.delete_history_kept_long_enough",
        "schedule": crontab(hour=3, minute=50),
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
