"""Where one copy of the portal keeps its things, for an ordinary user and for root."""

import hashlib
import os
import pwd
import stat
from pathlib import Path

UNPRIVILEGED_ACCOUNT = "nobody"
ROOTS_DATABASES = Path("/var/lib")


class Place:
    """The folders that belong to one data folder.

    `data` holds everything, with two exceptions. Sockets need a short path, so they are in /tmp.
    Postgres refuses to run as root, so there the database belongs to another account, which may not
    be able to reach `data`: it is in /var/lib, in a folder whose name comes from that of `data`.
    """

    def __init__(self, data):
        self.data = Path(data).resolve()
        digest = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:10]
        self.account = pwd.getpwnam(UNPRIVILEGED_ACCOUNT) if os.geteuid() == 0 else None
        self.database = (
            ROOTS_DATABASES / f"hampshire-portal-{digest}" if self.account else self.data
        )
        self.sockets = Path(f"/tmp/portal-{os.geteuid()}-{digest}")
        self.logs = self.data / "logs"

    def make(self):
        """Make the folders; the sockets' one must be ours alone, because who reaches it is let in."""
        for folder in (self.data, self.logs, self.database):
            folder.mkdir(parents=True, exist_ok=True)
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        self._refuse_sockets_of_others()
        if self.account:
            for folder in (self.database, self.sockets):
                os.chown(folder, self.account.pw_uid, self.account.pw_gid)

    def _refuse_sockets_of_others(self):
        found = self.sockets.lstat()
        owners = {os.geteuid(), self.account.pw_uid if self.account else os.geteuid()}
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners or found.st_mode & 0o077:
            raise SystemExit(
                f"{self.sockets} is not a private folder of ours. Remove it, then try again."
            )
