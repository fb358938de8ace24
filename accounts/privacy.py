from accounts.models import AuditEvent, DeletionRecord, LegalHold
from accounts.registries import keepings
from accounts.retention import kept_since

RECORD = "record"

keepings.register(
    "audit",
    kind=RECORD,
    what="Lines of the record of who did what",
    due=lambda on: AuditEvent.objects.filter(at__lt=kept_since(RECORD, on=on)),
    oldest="at",
    person="by",
)
keepings.register(
    "deletion_record",
    kind=RECORD,
    what="Records of what was deleted",
    due=lambda on: DeletionRecord.objects.filter(deleted_at__lt=kept_since(RECORD, on=on)),
    oldest="deleted_at",
)
keepings.register(
    "legal_hold",
    kind=RECORD,
    what="Legal holds that were released",
    due=lambda on: LegalHold.objects.filter(released_at__lt=kept_since(RECORD, on=on)),
    oldest="released_at",
    person="person",
)
