"""One run of the alerts in a process of its own: alerts_run.py DAYS_FROM_NOW.

Prints one JSON object: `seconds`, and `over_idle`, the megabytes it held at most above what it began with.
"""

import json
import os
import resource
import sys
import time
from datetime import timedelta

import django
from django.apps import apps
from django.utils import timezone
from django.utils.module_loading import import_string

PAGE = os.sysconf("SC_PAGE_SIZE")


def main():
    django.setup()
    run_alerts = import_string("vacancies.actions.run_alerts")
    apps.get_model("vacancies", "AlertRun").objects.exists()  # Opens the connection.
    now = timezone.now() + timedelta(days=int(sys.argv[1]))
    idle = held()
    started = time.perf_counter()
    run_alerts(now=now)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"seconds": seconds, "over_idle": (peak - idle) / 1e6}))


def held():
    """Return the bytes of memory that this process holds now."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * PAGE


if __name__ == "__main__":
    main()
