"""How settings read the environment: typed, and in production refusing to start half configured.

Every variable is listed with a comment in `.env.example`.
"""

import os
from urllib.parse import parse_qsl, unquote, urlsplit

PRODUCTION = os.environ.get("PRODUCTION", "") not in ("", "0")

_missing = []


def text(name, default="", *, needed=""):
    """Return the variable `name`, or `default`; `needed` says what to set it to in production."""
    value = os.environ.get(name, "")
    if value:
        return value
    if PRODUCTION and needed:
        _missing.append(f"{name} is not set: {needed}")
    return default


def flag(name, default=False):
    """Return the variable `name` as yes (anything but empty or 0) or no."""
    value = os.environ.get(name)
    return default if value is None else value not in ("", "0")


def number(name, default):
    """Return the variable `name` as a whole number."""
    return int(os.environ.get(name) or default)


def words(name, default="", *, needed=""):
    """Return the variable `name` as a list, split at commas."""
    return [word.strip() for word in text(name, default, needed=needed).split(",") if word.strip()]


def refuse_to_start_if_incomplete():
    """In production, stop with one line for each setting that is missing."""
    if _missing:
        raise SystemExit("\n".join(_missing))


def redis_urls(url):
    """Return the cache, broker and result addresses: three neighbouring databases of one Redis.

    `url` is `redis://host:port/N`, `rediss://…` or `unix:///path?db=N`; N counts from 0.
    """
    parts = urlsplit(url)
    if parts.scheme == "unix":
        first = int(dict(parse_qsl(parts.query)).get("db", 0))
        broker = f"redis+socket://{parts.path}?virtual_host="
        return (
            f"unix://{parts.path}?db={first}",
            f"{broker}{first + 1}",
            f"{broker}{first + 2}",
        )
    first = int(parts.path.strip("/") or 0)
    return tuple(parts._replace(path=f"/{first + step}").geturl() for step in range(3))


def email_settings(url):
    """Return Django's SMTP settings from `smtp://`, `smtp+tls://` or `smtps://user:password@host:port`."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtp+tls", "smtps"):
        raise SystemExit("EMAIL_URL must begin with smtp://, smtp+tls:// or smtps://.")
    default_port = {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme]
    return {
        "host": parts.hostname or "localhost",
        "port": parts.port or default_port,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme == "smtps",
    }


def clamd_address(url):
    """Return the address of the virus scanner as it is, or stop when it is none. Empty: no scanner."""
    parts = urlsplit(url)
    named = parts.hostname if parts.scheme == "tcp" else parts.scheme == "unix" and parts.path
    if url and not named:
        raise SystemExit("CLAMD_URL must be like tcp://host:3310 or unix:///run/clamav/clamd.ctl.")
    return url
