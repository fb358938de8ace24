"""Signed links in the mails of job alerts: who holds one may act for the mailbox it was sent to.

A link is `<key of the row>.<signature>`. The signature covers what the link is for and the subscriber's
own `link_key`, so a link to stop cannot be used to change, and a new key makes all old links useless.
"""

from functools import cache

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from vacancies.models import Alert, Subscriber

MANAGE, STOP, KEEP = "manage", "stop", "keep"


def token_for(purpose, subscriber):
    """Return the token that lets its holder do `purpose` for `subscriber`."""
    return _signer(purpose, subscriber.link_key).sign(subscriber.pk)


def path(name, purpose, subscriber):
    """Return the path of the address `name` with the subscriber's token for `purpose` in it."""
    return _path(name).replace("TOKEN", token_for(purpose, subscriber))


@cache
def _path(name):
    """An address is made once: a run needs two for each of many thousand mails."""
    return reverse(name, args=["TOKEN"])


def subscriber_of(purpose, token):
    """Return the Subscriber whose `token` for `purpose` this is, or None."""
    subscriber = _row(Subscriber.objects.all(), token)
    return subscriber if subscriber and _is_signed(purpose, subscriber.link_key, token) else None


def confirmation_token(alert):
    """Return the token that confirms `alert`."""
    return _signer("confirm", alert.subscriber.link_key).sign(alert.pk)


def alert_to_confirm(token):
    """Return the Alert, in whatever state, that `token` was made to confirm, or None."""
    alert = _row(Alert.objects.select_related("subscriber"), token)
    return alert if alert and _is_signed("confirm", alert.subscriber.link_key, token) else None


def _signer(purpose, link_key):
    return Signer(sep=".", salt=f"vacancies.alerts.{purpose}.{link_key}")


def _row(rows, token):
    key = token.partition(".")[0]
    # Longer than any key there can be is not one.
    return (
        rows.filter(pk=key).first() if key.isascii() and key.isdigit() and len(key) < 19 else None
    )


def _is_signed(purpose, link_key, token):
    try:
        _signer(purpose, link_key).unsign(token)
    except BadSignature:
        return False
    return True
