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

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed",
        "cannot_remove_primary_email": "Choose another address for us to write to first",
        "duplicate_email": "This address is yours already",
        "email_password_mismatch": "The e-mail address or the password is not right",
        "email_taken": "Use another address: somebody has an account with this one",
        "enter_current_password": "This is not the password you have now",
        "incorrect_code": "That code is not right. Check the e-mail, or ask for a new code",
        "incorrect_password": "That password is not right",
        "invalid_login": "The e-mail address or the password is not right",
        "invalid_or_expired_key": "This link no longer works. Ask for a new one",
        "invalid_password_reset": "This link no longer works. Ask for a new one",
        "max_email_addresses": "You cannot have more than %d addresses. Remove one first",
        "same_as_current": "Enter an address that is not the one you have now",
        "too_many_login_attempts": "You have tried many times. Please try again later",
        "unknown_email": "We know nobody with this e-mail address",
        "unverified_primary_email": "Confirm this address first, so that we may write to it",
        "rate_limited": "You have tried many times. Please try again later",
    }

    def populate_username(self, request, user):
        """People have no user name here."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keep the secrets of authenticator apps encrypted."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "You cannot turn your second step off",
        "cannot_generate_recovery_codes": "Set up an authenticator app first, then make codes",
        "incorrect_code": "That code is not right. Wait for the next code in the app and type it",
        "unverified_email": "Confirm your e-mail address first, then set up an app",
    }

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
