"""One run of the alerts in a process of its own: alerts_run.py DAYS_FROM_NOW.

Prints one JSON object: `seconds`, and `over_idle`, the megabytes it held at most above what it began with.
"""

import json
import re
import sys
import time
from datetime import timedelta
from pathlib import Path

import django
from django.apps import apps
from django.utils import timezone
from django.utils.module_loading import import_string


def main():
    django.setup()
    run_alerts = import_string("vacancies.actions.run_alerts")
    apps.get_model("vacancies", "AlertRun").objects.exists()  # Opens the connection.
    now = timezone.now() + timedelta(days=int(sys.argv[1]))
    idle = held()
    started = time.perf_counter()
    run_alerts(now=now)
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "over_idle": (held("VmHWM") - idle) / 1e6}))


def held(line="VmRSS"):
    """Return the bytes of memory that this process holds now, or ("VmHWM") has held at most.

    What getrusage tells would count the process that started this one, too.
    """
    status = Path("/proc/self/status").read_text()
    return int(re.search(rf"^{line}:\s+(\d+) kB$", status, re.MULTILINE)[1]) * 1024


if __name__ == "__main__":
    main()
