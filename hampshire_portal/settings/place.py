"""Where the portal stands and for whom: folders, secrets, addresses, the council, its clock."""

from pathlib import Path
from urllib.parse import urlsplit

from hampshire_portal import env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
PRODUCTION = env.PRODUCTION
DEBUG = env.flag("DEBUG")
DATA_DIR = Path(env.text("PORTAL_DATA", str(BASE_DIR / "var")))

# --- Secrets and addresses ------------------------------------------------------------------------
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

# --- The council ----------------------------------------------------------------------------------
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

# --- Time, language, numbers ----------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
DATE_FORMAT = "j F Y"
LAST_PAGE = 500
