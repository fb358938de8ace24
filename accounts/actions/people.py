from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.registries import privacy
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
def erase_person(*, person, by):
    """Blank a person: every registered eraser runs, and the account keeps only its pseudonym.

    Raises PermissionDenied without the permission `accounts.erase_user`.
    """
    if not by.has_perm("accounts.erase_user"):
        raise PermissionDenied("You cannot erase a person.")
    person = User.objects.select_for_update().get(pk=person.pk)
    blanked = {model._meta.label: rule.eraser(person) for model, rule in privacy.items()}
    for model in (EmailAddress, SocialAccount, Authenticator, UserSession):
        model.objects.filter(user=person).delete()
    person.email = f"{person.pseudonym}@erased.invalid"
    person.full_name = ""
    person.roles = []
    person.directory_subject = None
    person.is_active = person.is_superuser = False
    person.erased_at = timezone.now()
    person.set_unusable_password()
    person.save()
    audit.record(AccountEvent.PERSON_ERASED, person, by=by, blanked=blanked)
    return person
