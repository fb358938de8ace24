"""django-allauth's forms with the labels and the words of this portal.

They are named in ACCOUNT_FORMS and stand apart from accounts/forms.py, which django-allauth
reads while it builds the sign-up form.
"""

from allauth.account import forms

EMAIL = ("E-mail address", "Enter your e-mail address")
PASSWORD = ("Password", "Enter a password")
YOUR_PASSWORD = ("Password", "Enter your password")
CURRENT_PASSWORD = ("Current password", "Enter the password you have now")
NEW_PASSWORD = ("New password", "Enter a new password")
NEW_PASSWORD_AGAIN = ("New password again", "Enter the new password again")
CODE = ("Code", "Enter the code from the e-mail")


class PlainWords:
    """Give each field of WORDS its label, and what is said when it was left empty."""

    WORDS = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (label, when_empty) in self.WORDS.items():
            field = self.fields[name]
            field.label = label
            field.error_messages["required"] = when_empty


class LoginForm(PlainWords, forms.LoginForm):
    WORDS = {"login": EMAIL, "password": YOUR_PASSWORD}


class SignupForm(PlainWords, forms.SignupForm):
    WORDS = {"email": EMAIL, "password1": PASSWORD}


class ChangePasswordForm(PlainWords, forms.ChangePasswordForm):
    WORDS = {
        "oldpassword": CURRENT_PASSWORD,
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD_AGAIN,
    }


class SetPasswordForm(PlainWords, forms.SetPasswordForm):
    WORDS = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD_AGAIN}


class ResetPasswordKeyForm(PlainWords, forms.ResetPasswordKeyForm):
    WORDS = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD_AGAIN}


class ResetPasswordForm(PlainWords, forms.ResetPasswordForm):
    WORDS = {"email": EMAIL}


class AddEmailForm(PlainWords, forms.AddEmailForm):
    WORDS = {"email": EMAIL}


class ChangeEmailForm(PlainWords, forms.ChangeEmailForm):
    WORDS = {"email": EMAIL}


class ReauthenticateForm(PlainWords, forms.ReauthenticateForm):
    WORDS = {"password": YOUR_PASSWORD}


class RequestLoginCodeForm(PlainWords, forms.RequestLoginCodeForm):
    WORDS = {"email": EMAIL}


class ConfirmLoginCodeForm(PlainWords, forms.ConfirmLoginCodeForm):
    WORDS = {"code": CODE}


class ConfirmEmailVerificationCodeForm(PlainWords, forms.ConfirmEmailVerificationCodeForm):
    WORDS = {"code": CODE}


class ConfirmPasswordResetCodeForm(PlainWords, forms.ConfirmPasswordResetCodeForm):
    WORDS = {"code": CODE}
