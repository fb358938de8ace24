from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.utils import timezone
from django.utils.formats import date_format

from accounts.actions import delete_packs, delete_packs_of, forget_choices_about
from accounts.gathering import section
from accounts.models import AccessPack, AuditEvent, DeletionRecord, LegalHold, ThirdPartyChoice
from accounts.registries import Section, gather, keepings, privacy
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


@gather.register
def account_of(user):
    """The account itself, how it is signed in to and from where, and what was asked of us."""
    yield from section("Your account", [user])
    yield from section("Your e-mail addresses", EmailAddress.objects.filter(user=user))
    signed_in = [
        {
            "since": date_format(timezone.localtime(row.created_at), "j F Y, H:i"),
            "address": str(row.ip),
            "browser": row.user_agent,
        }
        for row in UserSession.objects.filter(user=user)
    ]
    if signed_in:
        yield Section("Where you are signed in", signed_in)
    yield from section("Requests for your data", AccessPack.objects.filter(person=user))
    done = AuditEvent.objects.filter(by=user)
    yield from section("What you did here", done)


def delete_access_packs(user):
    return delete_packs_of(person=user)


def forget_choices(user):
    return forget_choices_about(person=user)


def blank_released_holds(user):
    """Blank why something of the person was held once: nothing is in force when a person is erased."""
    return LegalHold.objects.filter(person=user).update(reason="", release_reason="")


privacy.register(AccessPack, eraser=delete_access_packs, event_retention=None)
privacy.register(ThirdPartyChoice, eraser=forget_choices, event_retention=None)
privacy.register(LegalHold, eraser=blank_released_holds, event_retention=None)

keepings.register(
    "access_pack",
    kind="access_pack",
    what="Packs of what is held about a person",
    due=lambda on: AccessPack.objects.filter(asked_at__lt=kept_since("access_pack", on=on)),
    batch=delete_packs,
    oldest="asked_at",
    person="person",
)
