"""How django-allauth is told the portal's own rules of signing in."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.shortcuts import render

from accounts.fields import keyring
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by e-mail. Its mails go through EMAIL_BACKEND, which is the outbox."""

    def populate_username(self, request, user):
        """People have no user name here."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keep the secrets of authenticator apps encrypted."""

    def encrypt(self, text):
        return keyring().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return keyring().decrypt(encrypted_text.encode()).decode()


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """Sign-in with the council's directory: staff are matched by subject, never by e-mail."""

    def is_open_for_signup(self, request, sociallogin):
        return False

    def pre_social_login(self, request, sociallogin):
        """Connect a directory account to the person HR recorded its subject for, or explain."""
        if sociallogin.is_existing:
            return
        person = User.objects.filter(
            directory_subject=sociallogin.account.uid, is_active=True
        ).first()
        if person is None:
            page = render(request, "accounts/directory_unknown.html", status=403)
            raise ImmediateHttpResponse(page)
        sociallogin.connect(request, person)
