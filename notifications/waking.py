"""Tells a worker that there is something to do, without ever failing the page that asks."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def tell_a_worker(task_name):
    """Ask a worker to run a task now. Call it on commit: without a broker the timetable does it."""
    try:
        current_app.send_task(task_name, retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        logger.warning("No worker could be told to run %s: %s", task_name, error)
