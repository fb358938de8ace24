"""The links that referees are sent: a random token, signed, of which only a hash is kept.

The signature tells a link that we made from one that somebody typed, without looking in the database.
"""

import secrets
from hashlib import sha256

from django.core.signing import BadSignature, Signer
from django.urls import reverse

LONGEST = 120  # characters; ours have 76


def new_token():
    """Return a token that nobody can guess."""
    return _signer().sign(secrets.token_urlsafe(24))


def is_ours(token):
    """Say whether we made this token."""
    if len(token) > LONGEST:
        return False
    try:
        _signer().unsign(token)
    except BadSignature:
        return False
    return True


def hash_of(token):
    return sha256(token.encode()).hexdigest()


def path_of(token):
    return reverse("applications:reference-form", args=[token])


def _signer():
    return Signer(sep=".", salt="applications.references")
