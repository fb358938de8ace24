from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.exceptions import Held
from accounts.models import DeletionRecord, User
from accounts.queries import is_held
from accounts.registries import privacy
from accounts.rules import can_close_account, why_not_erased
from accounts.states import AccountEvent


@transaction.atomic
def create_person(*, email, full_name, by, password=None, roles=(), directory_subject=None):
    """Make a person HR vouches for: their e-mail address counts as verified.

    Without a password they sign in with a code by e-mail or through the council's directory.
    """
    person = User.objects.create_user(
        email,
        password,
        full_name=full_name,
        roles=sorted(roles),
        directory_subject=directory_subject or None,
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    audit.record(AccountEvent.ROLES_CHANGED, person, by=by, roles=person.roles)
    return person


@transaction.atomic
def vouch_for_person(*, person, by):
    """Make the e-mail address of an account that is there already count as verified.

    Was it not verified before, then somebody else may have chosen the password: it stops working and
    every session ends. The person signs in with a code by e-mail or through the council's directory.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    address = EmailAddress.objects.filter(user=person, email=person.email).first()
    if address is not None and address.verified:
        return person
    person.set_unusable_password()
    person.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    sign_out_everywhere(person=person, by=by)
    audit.record(AccountEvent.PERSON_VOUCHED_FOR, person, by=by)
    return person


@transaction.atomic
def rename_person(*, person, full_name, by):
    """Give a person the name that the council's records have."""
    person = User.objects.select_for_update().get(pk=person.pk)
    person.full_name = full_name
    person.save(update_fields=["full_name"])
    audit.record(AccountEvent.PERSON_RENAMED, person, by=by)
    return person


@transaction.atomic
def take_granted_roles(*, person, by):
    """Take every role that HR gave a person, and all of a superuser: they work here no longer."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.roles or person.is_superuser:
        before, person.roles, person.is_superuser = person.roles, [], False
        person.save(update_fields=["roles", "is_superuser"])
        audit.record(AccountEvent.ROLES_CHANGED, person, by=by, before=before, roles=[])
    return person


@transaction.atomic
def sign_out_everywhere(*, person, by):
    """End every session of a person, on all their devices. Returns how many there were."""
    sessions = list(UserSession.objects.filter(user=person))
    for session in sessions:
        session.end()
    if sessions:
        audit.record(AccountEvent.SIGNED_OUT_EVERYWHERE, person, by=by)
    return len(sessions)


@transaction.atomic
def change_roles(*, person, roles, by):
    """Give `person` exactly the granted roles `roles`. Nobody changes their own.

    Raises PermissionDenied without the permission `accounts.change_user` or for one's own roles.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if by == person or not by.has_perm("accounts.change_user"):
        raise PermissionDenied("You cannot change these roles.")
    before, person.roles = person.roles, sorted(roles)
    person.save(update_fields=["roles"])
    audit.record(AccountEvent.ROLES_CHANGED, person, by=by, before=before, roles=person.roles)
    return person


@transaction.atomic
def erase_person(*, person, by, reason=""):
    """Blank a person: every registered eraser runs, and the account keeps only its pseudonym.

    `reason` is an ErasureReason. Raises PermissionDenied without the permission `accounts.erase_user` and
    for who works here, has a role of HR, may do everything or is oneself; Held while a legal hold keeps
    anything of theirs.
    """
    if not by.has_perm("accounts.erase_user"):
        raise PermissionDenied("You cannot erase a person.")
    person = User.objects.select_for_update().get(pk=person.pk)
    if reasons := why_not_erased(person, by):
        raise PermissionDenied(" ".join(reasons))
    return _erase(person, by, reason=reason)


def what_erasing_takes(*, person):
    """Return what erasing a person would blank, as pairs of words and a number. Nothing is changed.

    The erasers themselves run and are taken back, so that what is told is what is done. What HR must not
    know of, such as that somebody answered the equality questions, is not told.
    """
    kinds = {}
    for model, rule in privacy.items():
        if not rule.is_confidential:
            kinds.setdefault(rule.eraser, []).append(str(model._meta.verbose_name_plural))
    with transaction.atomic():
        numbers = [(" and ".join(names), eraser(person)) for eraser, names in kinds.items()]
        transaction.set_rollback(True)
    return [(names, number) for names, number in numbers if number]


@transaction.atomic
def close_account(*, person):
    """Close a person's own account at their wish: what erasing does, in their own name.

    Raises PermissionDenied for somebody who works here, Held while a legal hold keeps anything of theirs.
    """
    if not can_close_account(person):
        raise PermissionDenied("Who works here cannot close their account.")
    audit.record(AccountEvent.ACCOUNT_CLOSED, person, by=person)
    return _erase(person, person)


def _erase(person, by, **facts):
    person = User.objects.select_for_update().get(pk=person.pk)
    if is_held(person):
        raise Held(person.pk)
    blanked = {model._meta.label: rule.eraser(person) for model, rule in privacy.items()}
    for session in UserSession.objects.filter(user=person):
        session.end()
    for model in (EmailAddress, SocialAccount, Authenticator, UserSession):
        model.objects.filter(user=person).delete()
    _forget_in_admin_log(person)
    person.email = f"{person.pseudonym}@erased.invalid"
    person.full_name = ""
    person.roles = []
    person.directory_subject = None
    person.is_active = person.is_superuser = False
    person.erased_at = timezone.now()
    person.set_unusable_password()
    person.save()
    audit.record(AccountEvent.PERSON_ERASED, person, by=by, blanked=blanked, **facts)
    number = sum(blanked.values())
    DeletionRecord.objects.create(
        category="person_erased",
        subject=person.pseudonym,
        number=number,
        as_at=timezone.localdate(),
        deleted_by=by,
    )
    return person


def _forget_in_admin_log(person):
    """Blank the name in the admin's own log, which keeps the words of whatever was changed there."""
    of_person = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk)
    )
    names_them = LogEntry.objects.filter(object_repr__icontains=person.email)
    if person.full_name:
        names_them |= LogEntry.objects.filter(object_repr__icontains=person.full_name)
    (of_person | names_them).update(object_repr=str(person.pseudonym), change_message="")
