from accounts.models.audit import AuditEvent
from accounts.models.holds import LegalHold
from accounts.models.packs import AccessPack, ThirdPartyChoice
from accounts.models.retention import DeletionRecord, RetentionPeriod
from accounts.models.users import User

__all__ = [
    "AccessPack",
    "AuditEvent",
    "DeletionRecord",
    "LegalHold",
    "RetentionPeriod",
    "ThirdPartyChoice",
    "User",
]
