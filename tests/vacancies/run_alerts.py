"""A run of the alerts as a process of its own, for the tests that kill one.

Arguments: the test database's name, mailboxes in a batch, and the day to run for.
"""

import os
import sys
from datetime import datetime

import django
from django.db import connection
from django.utils import timezone

os.environ["DJANGO_SETTINGS_MODULE"] = "hampshire_portal.settings"
django.setup()

from vacancies.actions import alert_runs  # noqa: E402

connection.settings_dict["NAME"] = sys.argv[1]
alert_runs.MAILBOXES_IN_A_BATCH = int(sys.argv[2])
alert_runs.run_alerts(now=timezone.make_aware(datetime.fromisoformat(sys.argv[3])))
