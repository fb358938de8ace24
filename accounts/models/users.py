import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from accounts import roles
from accounts.registries import leaving, standing

NOBODYS = "@no-address.invalid"


class UserManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email=email.lower())

    def create_user(self, email, password=None, **fields):
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def nobodys_address(self, key):
        """Return an address for somebody who has none: no mail can ever reach it."""
        return f"{key}{NOBODYS}"

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_superuser=True, **fields)

    def without_address(self):
        """People who only rang and gave no e-mail address."""
        return self.filter(email__endswith=NOBODYS)

    def not_to_be_written_to(self):
        """People no letter reaches: they gave no address, or were erased."""
        return self.filter(Q(email__endswith=NOBODYS) | Q(erased_at__isnull=False))

    def with_role(self, name):
        """People HR gave the role `name` to and who may still sign in."""
        return self.filter(roles__contains=[name], is_active=True)


class User(AbstractBaseUser):
    """A person who can sign in: a job seeker, a member of staff, or both.

    `roles` are those HR granted; standing roles such as `staff` follow from facts (accounts.roles).
    `directory_subject` is the immutable subject of the council's OpenID Connect provider; staff are
    matched by it and never by e-mail. After erasure only `pseudonym` says which rows belong together.
    """

    email = models.EmailField("e-mail address", unique=True)
    full_name = models.CharField("full name", max_length=150)
    roles = ArrayField(
        models.CharField(max_length=40, choices=roles.GRANTED_ROLES),
        default=list,
        blank=True,
    )
    directory_subject = models.CharField(max_length=255, unique=True, null=True, blank=True)
    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    is_active = models.BooleanField("may sign in", default=True)
    is_superuser = models.BooleanField("may do everything", default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        ordering = ["full_name", "email"]
        permissions = [("erase_user", "Can erase a person")]
        indexes = [GinIndex(fields=["roles"], name="user_roles")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="user_email_is_lower_case",
                violation_error_message="E-mail addresses are stored in lower case.",
            )
        ]

    def __str__(self):
        return self.full_name or self.email

    @property
    def can_be_written_to(self):
        """Say whether the address is a real one: somebody who only rang may have none."""
        return not self.email.endswith(NOBODYS)

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.full_name.split(" ")[0]

    @cached_property
    def role_names(self):
        """Every role this person has now, granted and standing. Leavers keep none of the granted."""
        if not self.is_active:
            return frozenset()
        has_left = any(left(self) for left in leaving)
        found = {"job_seeker"} if has_left else {"job_seeker", *self.roles}
        for source in standing:
            found |= source(self)
        return frozenset(found)

    def has_role(self, *names):
        """Say whether the person has any of the roles `names`."""
        return any(name in self.role_names for name in names)

    @property
    def is_staff(self):
        """May enter the admin (Django's name for it)."""
        return self.is_active and (
            self.is_superuser or any(roles.ROLES[name].uses_admin for name in self.role_names)
        )

    @property
    def needs_second_factor(self):
        return self.is_superuser or any(
            roles.ROLES[name].needs_second_factor for name in self.role_names
        )

    def has_perm(self, permission, obj=None):
        return self.is_active and (self.is_superuser or roles.permits(self.role_names, permission))

    def has_perms(self, permissions, obj=None):
        return all(self.has_perm(permission, obj) for permission in permissions)

    def has_module_perms(self, app_label):
        return self.is_active and (self.is_superuser or roles.opens_app(self.role_names, app_label))
