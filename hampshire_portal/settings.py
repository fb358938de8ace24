"""Settings of the portal. What differs between places comes from the environment (see env.py)."""

from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url

from hampshire_portal import env

BASE_DIR = Path(__file__).resolve().parent.parent
PRODUCTION = env.PRODUCTION
DEBUG = env.flag("DEBUG")
DATA_DIR = Path(env.text("PORTAL_DATA", str(BASE_DIR / "var")))

# --- Secrets and addresses ---------------------------------------------------------------------
SECRET_KEY = env.text(
    "SECRET_KEY",
    "only-for-development",
    needed="a long random text that only this site knows.",
)
# The first key encrypts; all of them can decrypt, so keys rotate by putting a new one in front.
ENCRYPTION_KEYS = env.words(
    "ENCRYPTION_KEYS",
    "b25seS1mb3ItZGV2ZWxvcG1lbnQtMzItYnl0ZXMhISE=",
    needed="one or more Fernet keys, split by commas; the first one encrypts.",
)
SITE_URL = env.text(
    "SITE_URL",
    "http://127.0.0.1:8000",
    needed="the public address, such as https://careers.example.org.",
).rstrip("/")
ALLOWED_HOSTS = [urlsplit(SITE_URL).hostname, *env.words("ALLOWED_HOSTS")]
if not PRODUCTION:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- The council -------------------------------------------------------------------------------
COUNCIL_NAME = env.text("COUNCIL_NAME", "Hampshire County Council")
SERVICE_NAME = env.text("SERVICE_NAME", "Careers and development")
CONTACT_EMAIL = env.text(
    "CONTACT_EMAIL",
    "careers@example.org",
    needed="the mailbox people write to for help.",
)
CONTACT_PHONE = env.text("CONTACT_PHONE", "01632 960100", needed="the number people ring for help.")
HR_MAILBOX = env.text(
    "HR_MAILBOX",
    "recruitment@example.org",
    needed="the mailbox that hears of new applications.",
)
NOMINATIONS_MAILBOX = env.text(
    "NOMINATIONS_MAILBOX",
    "nominations@example.org",
    needed="the mailbox that hears of nominations and return-to-social-work enquiries.",
)
FROM_EMAIL = env.text(
    "FROM_EMAIL",
    "no-reply@example.org",
    needed="the address that the portal's e-mails come from.",
)
DEFAULT_FROM_EMAIL = f"{COUNCIL_NAME} careers <{FROM_EMAIL}>"

# The demo: invented people, and /demo/inbox/ instead of real mailboxes. Never in production.
DEMO_MODE = not PRODUCTION and env.flag("DEMO_MODE", default=True)

# --- Applications ------------------------------------------------------------------------------
INSTALLED_APPS = [
    "hampshire_portal",
    "design_system",
    "accounts",
    "notifications",
    "organisation",
    "training",
    "vacancies",
    "applications",
    "returners",
    "careers",
    *(["demo"] if DEMO_MODE else []),
    "hampshire_portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "hampshire_portal.middleware.RequestIdMiddleware",
    "vacancies.kept_pages.KeptPagesMiddleware",
    "hampshire_portal.middleware.SecurityPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "hampshire_portal.middleware.NotAllowedPageMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "hampshire_portal.urls"
WSGI_APPLICATION = "hampshire_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hampshire_portal.context.portal",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["council"]
CRISPY_TEMPLATE_PACK = "council"
CRISPY_FAIL_SILENTLY = False

# --- Postgres ----------------------------------------------------------------------------------
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

# --- Redis: cache, broker and results on databases of their own ----------------------------------
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
# Who sends one of these cookies is given no kept page: a session, and jobs saved before signing in.
PERSONAL_COOKIES = {"sessionid", "savedjobs"}
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

# --- E-mail: everything goes through the outbox; its workers use EMAIL_URL -------------------------
EMAIL_BACKEND = "notifications.backends.OutboxBackend"
EMAIL_URL = env.text("EMAIL_URL", needed="the mail server, as smtp+tls://user:password@host:587.")
MAIL_SERVER = env.email_settings(EMAIL_URL) if EMAIL_URL else None
MAIL_TIMEOUT_SECONDS = 20
# How long to wait after each temporary refusal, in minutes; after the last one the message has failed.
MAIL_RETRY_PAUSES = [1, 5, 15, 60, 240, 720, 1440]

# --- Who may come in -----------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:signed-in"
LOGOUT_REDIRECT_URL = "careers:home"

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.FullNameForm"
ACCOUNT_FORMS = {
    "login": "accounts.entrance.LoginForm",
    "signup": "accounts.entrance.SignupForm",
    "change_password": "accounts.entrance.ChangePasswordForm",
    "set_password": "accounts.entrance.SetPasswordForm",
    "reset_password": "accounts.entrance.ResetPasswordForm",
    "reset_password_from_key": "accounts.entrance.ResetPasswordKeyForm",
    "add_email": "accounts.entrance.AddEmailForm",
    "change_email": "accounts.entrance.ChangeEmailForm",
    "reauthenticate": "accounts.entrance.ReauthenticateForm",
    "request_login_code": "accounts.entrance.RequestLoginCodeForm",
    "confirm_login_code": "accounts.entrance.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "accounts.entrance.ConfirmEmailVerificationCodeForm",
    "confirm_password_reset_code": "accounts.entrance.ConfirmPasswordResetCodeForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)

MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = f"{COUNCIL_NAME} careers"
MFA_TOTP_TOLERANCE = (
    1  # A code of half a minute ago is still taken: phones are slow and so are thumbs.
)
# Staff roles must set up an authenticator app before they go on.
STAFF_SECOND_FACTOR_REQUIRED = env.flag("STAFF_SECOND_FACTOR_REQUIRED", default=PRODUCTION)

# Sign-in with the council's own directory (Microsoft Entra ID or any OpenID Connect provider).
OPENID_SERVER_URL = env.text("OPENID_SERVER_URL")
OPENID_NAME = env.text("OPENID_NAME", "your council account")
SOCIALACCOUNT_ADAPTER = "accounts.adapters.DirectoryAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"  # HR vouches for whom it linked.
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "council",
                "name": OPENID_NAME,
                "client_id": env.text("OPENID_CLIENT_ID"),
                "secret": env.text("OPENID_CLIENT_SECRET"),
                "settings": {"server_url": OPENID_SERVER_URL},
            }
        ]
        if OPENID_SERVER_URL
        else [],
    }
}

# How many times one address or one mailbox may do a thing that sends mail; hits per seconds.
RATE_LIMITS = {
    "returner_enquiry": "10/h/ip,3/h/key",
    "application_submit": "30/h/user",
    "api": "120/m/ip",
    "chat_booking": "10/h/ip,5/d/key",
    "keep_words": "60/h/ip",
    "vacancy_alert": "20/h/ip,5/h/key",
    "alert_links": "10/h/ip,3/h/key",
}

# --- Return to social work ------------------------------------------------------------------------
# The days within which an enquiry is answered, and how long it is kept after the last thing that
# happened to it. Source of the second: the 12 months councils keep unsuccessful applications.
RETURNER_REPLY_DAYS = 7
RETURNER_ENQUIRY_KEPT_DAYS = 365

# --- Statements of the site -----------------------------------------------------------------------
ACCESSIBILITY_STATEMENT = {
    "prepared_on": date(2026, 11, 21),
    "reviewed_on": date(2026, 11, 21),
    "tested_on": date(2026, 11, 21),
}

# --- How long things are kept -----------------------------------------------------------------------
# The privacy notice tells these periods and the daily jobs carry them out. `months` is missing where
# something else decides; `why` names the ground or the source of the period.
CHAT_KEPT_DAYS = 30
IMPORT_KEPT_DAYS = 30
RETENTION_DECIDED_ON = date(2026, 11, 21)
RETENTION = {
    "draft_application": {
        "what": "An application you have begun and not sent",
        "months": 3,
        "how_long": "{period} after you last changed it, or after the job closed if that was sooner",
        "why": "So that you can come back to it",
    },
    "unsuccessful_application": {
        "what": "An application that did not end in a job",
        "months": 12,
        "how_long": "{period} after we told you, or after you withdrew it; then only which job it "
        "was for and how it ended",
        "why": "Long enough to answer a complaint or a claim, as other councils do",
    },
    "successful_application": {
        "what": "An application that did end in a job",
        "how_long": "It becomes part of your staff record",
        "why": "Your employer needs it",
    },
    "saved_vacancy": {
        "what": "A job you have saved",
        "months": 3,
        "how_long": "Until you remove it, or {period} after the job closed",
        "why": "So that you can see what became of it",
    },
    "chat": {
        "what": "What you told us when you booked an informal chat",
        "how_long": f"{CHAT_KEPT_DAYS} days after the chat",
        "why": "So that the team can come back to you once more",
    },
    "email": {
        "what": "The e-mails we send you",
        "months": 12,
        "how_long": "{period} after we wrote them",
        "why": "As long as the applications that most of them are about",
    },
    "returner_enquiry": {
        "what": "A return-to-social-work enquiry",
        "how_long": f"{RETURNER_ENQUIRY_KEPT_DAYS} days after the last thing that happened",
        "why": "As long as an application that did not end in a job",
    },
    "alert": {
        "what": "Your job alerts: your e-mail address and what you search for",
        "how_long": "Until you stop them; we ask you once a year, and delete them a month later without "
        "an answer. One you do not confirm is deleted after a week, one you stop after a month",
        "why": "You asked for them and may change your mind",
    },
    "told_in_alert": {
        "what": "Which jobs an alert has told you of",
        "months": 12,
        "how_long": "{period} after the job closed, or until you stop your alerts",
        "why": "So that no job is sent to you twice",
    },
    "story": {
        "what": "A staff story",
        "how_long": "Until the person no longer wishes it; we ask them again each year",
        "why": "They agreed to it and may change their mind",
    },
    "import_file": {
        "what": "A list of jobs that our HR team reads in, with the names of the people to ring",
        "how_long": f"{IMPORT_KEPT_DAYS} days after it was sent in",
        "why": "So that mistakes in it can be found and put right",
    },
    "record": {
        "what": "The record of who did what",
        "months": 72,
        "how_long": "{period}",
        "why": "The time within which a claim can be brought (Limitation Act 1980)",
    },
}

# --- Applications for jobs -------------------------------------------------------------------------
APPLICATION_STATEMENT_WORDS = env.number("APPLICATION_STATEMENT_WORDS", 1000)
APPLICATION_STATEMENT_CHARACTERS = 10_000
# What is kept of a page that was sent in after its session was lost, until the person has signed in again.
WORDS_KEPT_LARGEST_BYTES = 50_000
CV_LARGEST_BYTES = env.number("CV_LARGEST_BYTES", 5 * 1024 * 1024)
# What a Word or OpenDocument file may come to when unpacked: more is made to burst.
CV_LARGEST_UNPACKED_BYTES = 60 * 1024 * 1024
CV_MOST_MEMBERS = 2_000

# --- Time, language, numbers ---------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
DATE_FORMAT = "j F Y"
LAST_PAGE = 500

# --- Vacancies -------------------------------------------------------------------------------------
CLOSING_SOON_DAYS = 7
SEARCH_RADII = [5, 10, 15, 20, 30, 50]  # miles
DEFAULT_RADIUS = 10
VACANCIES_PER_PAGE = 20
# So many adverts with the words in title, role or summary hide those with them only in the text.
ENOUGH_MATCHES = 10
SALARY_BANDS = [25_000, 30_000, 35_000, 40_000, 45_000, 50_000]  # pounds a year
POSTED_SINCE_DAYS = [1, 3, 7, 14]
TEAM_FACTS_SHOWN_DAYS = 180
# What a visitor saves before signing in is in a cookie: how many jobs, and for how long.
SAVED_COOKIE_MOST = 50
SAVED_COOKIE_DAYS = 180
FEED_MOST = 50  # entries of a feed
CHAT_MINUTES = 15
CHAT_NOTICE_HOURS = 2  # A chat can be booked until so long before.
CHATS_OFFERED_AT_ONCE = 12
SAVED_NUDGE_DAYS = [10, 2]  # days before a saved job closes on which its savers are told
# Writing adverts: how long a new one is open, the reading age above which its writer is told that it
# is hard to read, and how many words make a long sentence.
NEW_VACANCY_OPEN_DAYS = 28
ADVERT_READING_AGE = 14
ADVERT_LONG_SENTENCE_WORDS = 25
# How long a sift date stays among what is due, and news of an advert is told after it happened: a
# beat that was down for some days catches up, and nobody hears of what is long past.
SIFT_DUE_DAYS = 7
NOTICES_TOLD_DAYS = 7
# Who has saved a job is told after those who are writing an application, so that nobody hears twice.
SAVERS_TOLD_AFTER_MINUTES = 15
# What salaries are stated for: the council's full-time week, and the weeks of a year.
FULL_TIME_WEEKLY_HOURS = 37
WEEKS_A_YEAR = 52.143
# What a file of adverts may come to, packed and unpacked.
IMPORT_LARGEST_BYTES = 20 * 1024 * 1024
IMPORT_LARGEST_UNPACKED_BYTES = 200 * 1024 * 1024
IMPORT_MOST_MEMBERS = 500
IMPORT_MOST_ROWS = 20_000
IMPORT_MOST_COLUMNS = 100
EXPORT_EXCEL_MOST_ROWS = 5_000
# One personal assistant to so many social workers. Source: the council's recruitment drive of 2017.
SOCIAL_WORKERS_TO_AN_ASSISTANT = 3
# The roles that count on either side of it, by their slugs in the catalogue.
SOCIAL_WORKER_ROLES = [
    "newly-qualified-social-worker",
    "social-worker",
    "experienced-social-worker",
    "senior-practitioner",
]
ASSISTANT_ROLES = ["personal-assistant"]
# A live advert with fewer applications than this after so many days has stalled.
FEW_APPLICATIONS = 2
FEW_APPLICATIONS_AFTER_DAYS = 7

# --- Job alerts -----------------------------------------------------------------------------------
ALERTS_PER_MAILBOX = 10
ALERT_JOBS_SHOWN = 15  # in one mail; the rest are counted, behind a link
ALERT_CONFIRM_DAYS = 7  # one that nobody confirms is deleted then
ALERT_ENDED_KEPT_DAYS = 30
ALERT_ASK_AGAIN_MONTHS = 12
ALERT_ANSWER_DAYS = 30

# --- Files -----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "frontend" / "build", BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "files"  # Never served as such: documents go through one guarded view.
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "hampshire_portal.storage.PortalStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# --- Safety ----------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "hampshire_portal.errors.csrf_failure"
if PRODUCTION:
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    if ALLAUTH_TRUSTED_PROXY_COUNT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "hampshire_portal.logs.RequestIdFilter"}},
    "formatters": {"json": {"()": "hampshire_portal.logs.JsonFormatter"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {"django": {"handlers": ["stderr"], "level": "INFO", "propagate": False}},
}

env.refuse_to_start_if_incomplete()
