"""The secret key and the encryption key of a copy that is not in production, kept in its data folder."""

import base64
import json
import os
import secrets
from contextlib import suppress


def keys_of(place):
    """Return SECRET_KEY and ENCRYPTION_KEYS of the data folder, made the first time they are needed.

    The file is readable by its owner only. It is no part of a backup: who has both can read all.
    """
    file = place.data / "keys.json"
    if not file.exists():
        fresh = file.with_name(f"keys.{os.getpid()}.json")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as output:
            json.dump(_new_keys(), output)
        with suppress(FileExistsError):
            os.link(fresh, file)  # Whoever comes first wins; keys are never written over.
        fresh.unlink()
    return json.loads(file.read_text())


def _new_keys():
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ENCRYPTION_KEYS": base64.urlsafe_b64encode(os.urandom(32)).decode(),
    }
