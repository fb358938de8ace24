from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


@cache
def _keyring(keys):
    return MultiFernet([Fernet(key) for key in keys])


def keyring():
    """Return the keys of this site: the first encrypts, all of them decrypt."""
    return _keyring(tuple(settings.ENCRYPTION_KEYS))


class EncryptedTextField(models.TextField):
    """Text that the database holds only encrypted. Empty text stays empty."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return keyring().encrypt(value.encode()).decode() if value else value

    def from_db_value(self, value, expression, connection):
        return keyring().decrypt(value.encode()).decode() if value else value


class WebAddressField(models.URLField):
    """An address on the web; one typed without its scheme is taken to be https."""

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})
