"""The code on a trainer's screen: a new one each minute, from a secret of the session and the time."""

from datetime import UTC, datetime, timedelta

import segno
from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

# Without letters and numbers that are taken for each other, and without vowels: no words come about.
LETTERS = "BCDFGHJKMNPQRTVWXYZ2346789"
LENGTH = 6


def code_at(session, part, at):
    """Return the code of a part of a session at a moment, such as "K7MWPX"."""
    return _code(session, part, _step(at))


def shown(code):
    """Return a code as people read it out: "K7M-WPX"."""
    return f"{code[:3]}-{code[3:]}"


def typed(text):
    """Return what was typed without spaces and dashes, in capitals."""
    return "".join(c for c in text.upper() if c.isalnum())


def changes_at(at):
    """Return the moment at which the next code is shown."""
    return _moment(_step(at) + 1)


def moment_of(code, session, part, since, until):
    """Return when the code was on the screen between two moments of a part, the last time; or None."""
    first, last = _step(max(since, part.opens_at)), _step(min(until, part.closes_at))
    for step in range(last, first - 1, -1):
        if constant_time_compare(code, _code(session, part, step)):
            return min(max(_moment(step), part.opens_at), until)
    return None


def qr_code(address):
    """Return an address as a QR code, in SVG."""
    return segno.make(address, error="m").svg_inline(scale=6, border=2, omitsize=True)


def _step(at):
    return int(at.timestamp()) // settings.SIGN_IN_CODE_SECONDS


def _moment(step):
    return datetime.fromtimestamp(step * settings.SIGN_IN_CODE_SECONDS, UTC)


def _code(session, part, step):
    secret = f"training.sign-in.{session.pk}"
    said = f"{part.half_day.on}.{part.half_day.half}.{step}"
    number = int.from_bytes(salted_hmac(secret, said, algorithm="sha256").digest())
    letters = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)


def late_since(at):
    """Return the earliest moment whose code is still good at the moment `at`."""
    return at - timedelta(minutes=settings.SIGN_IN_GRACE_MINUTES)
