"""The servers the portal works with: Postgres, Redis with its Celery workers, and e-mail."""

import dj_database_url

from hampshire_portal import env
from hampshire_portal.settings.place import DATA_DIR

# --- Postgres -------------------------------------------------------------------------------------
DATABASE_URL = env.text(
    "DATABASE_URL",
    "postgres:///portal",
    needed="the database, as postgres://user:password@host:port/name.",
)
DATABASES = {
    "default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)
}
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = env.flag("PGBOUNCER")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis: cache, broker and results on databases of their own -----------------------------------
REDIS_URL = env.text(
    "REDIS_URL",
    "redis://127.0.0.1:6379/0",
    needed="the Redis server, as redis://host:port/0.",
)
_cache_url, CELERY_BROKER_URL, CELERY_RESULT_BACKEND = env.redis_urls(REDIS_URL)
CACHES = {
    "default": {
        "BACKEND": "hampshire_portal.cache.ForgivingRedisCache",
        "LOCATION": _cache_url,
        "KEY_PREFIX": "portal",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    },
    # Pages kept for visitors, in the memory of each web process: at most about 15 MB.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}
# The longest that a page is kept, in seconds; 0 keeps none. A change shows at once in any case.
PAGES_KEPT_SECONDS = env.number("PAGES_KEPT_SECONDS", 300)
# Who sends one of these cookies is given no kept page: a session, what a page says once, and jobs saved
# before signing in.
PERSONAL_COOKIES = {"sessionid", "messages", "savedjobs"}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

CELERY_TIMEZONE = "Europe/London"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 5}
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")

# --- The virus scanner, clamd of ClamAV: optional -------------------------------------------------
CLAMD_URL = env.clamd_address(env.text("CLAMD_URL"))
# How long one file may take.
CLAMD_SECONDS = 60
# How long to wait after each try for which the scanner was away, in minutes; the last one again and again.
SCAN_RETRY_PAUSES = [1, 1, 2, 5, 15, 30]
# A file that waits for so long is told on the admin's first page.
SCAN_LATE_MINUTES = 60

# --- E-mail: everything goes through the outbox; its workers use EMAIL_URL ------------------------
EMAIL_BACKEND = "notifications.backends.OutboxBackend"
EMAIL_URL = env.text("EMAIL_URL", needed="the mail server, as smtp+tls://user:password@host:587.")
MAIL_SERVER = env.email_settings(EMAIL_URL) if EMAIL_URL else None
MAIL_TIMEOUT_SECONDS = 20
# How long to wait after each temporary refusal, in minutes; after the last one the message has failed.
MAIL_RETRY_PAUSES = [1, 5, 15, 60, 240, 720, 1440]
