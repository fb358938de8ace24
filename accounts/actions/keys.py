"""Changing the key: everything encrypted is written anew with the first key of the list."""

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import ExpressionWrapper, F, TextField

from accounts.fields import EncryptedTextField, keyring

BATCH = 500


def encrypted_fields():
    """Return every field of every model that the database holds only encrypted."""
    return [
        field
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
        for field in model._meta.local_fields
        if isinstance(field, EncryptedTextField)
    ]


def rotate_keys(*, size=BATCH):
    """Encrypt every value with the first of the keys. Returns how many were written, by field.

    Each batch is a transaction of its own, so that it can be stopped and begun again; what has the first
    key already is left alone. A value that somebody changes meanwhile stays theirs: it has the first key.
    Raises InvalidToken for a value that none of the keys reads.
    """
    done = {str(field): _rotate_field(field, size) for field in encrypted_fields()}
    return done | {"mfa.Authenticator.data": _rotate_second_factors(size)}


def _rotate_field(field, size):
    # The field as it is stored: read as plain text, it is not decrypted on the way.
    stored = ExpressionWrapper(F(field.name), output_field=TextField())
    rows = field.model._base_manager.annotate(stored=stored).exclude(stored="").order_by("pk")
    written, last = 0, 0
    while batch := list(rows.filter(pk__gt=last).values_list("pk", "stored")[:size]):
        with transaction.atomic():
            written += sum(_write(rows, field, pk, token) for pk, token in batch)
        last = batch[-1][0]
    return written


def _write(rows, field, pk, token):
    if _has_first_key(token):
        return 0
    words = keyring().decrypt(token.encode()).decode()
    return rows.filter(pk=pk, stored=token).update(**{field.name: words})


def _rotate_second_factors(size):
    """The secrets of authenticator apps are in a column of JSON: each value there that is a token."""
    written, last = 0, 0
    while keys := _next_authenticators(last, size):
        with transaction.atomic():
            for row in Authenticator.objects.select_for_update().filter(pk__in=keys):
                changed = {name: _anew_inside(value) for name, value in row.data.items()}
                if changed != row.data:
                    row.data = changed
                    row.save(update_fields=["data"])
                    written += 1
        last = keys[-1]
    return written


def _next_authenticators(last, size):
    rows = Authenticator.objects.filter(pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:size])


def _anew_inside(value):
    if isinstance(value, list):
        return [_anew_inside(inner) for inner in value]
    if isinstance(value, str) and value.startswith("gAAAA") and not _has_first_key(value):
        return _anew(value)
    return value


def _anew(token):
    return keyring().rotate(token.encode()).decode()


def _has_first_key(token):
    try:
        Fernet(settings.ENCRYPTION_KEYS[0]).decrypt(token.encode())
    except InvalidToken:
        return False
    return True
