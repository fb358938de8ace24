"""A delivery worker as a process of its own, for the tests that kill one.

Arguments: the test database's name and the mail server's port.
"""

import os
import sys

import django
from django.conf import settings
from django.db import connection

os.environ["DJANGO_SETTINGS_MODULE"] = "hampshire_portal.settings"
django.setup()

from notifications.delivery import deliver_due_messages  # noqa: E402

connection.settings_dict["NAME"] = sys.argv[1]
settings.MAIL_SERVER = {"host": "127.0.0.1", "port": int(sys.argv[2])}
deliver_due_messages()
