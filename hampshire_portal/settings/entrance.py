"""Who may come in, and how: passwords, codes, the second factor, the council's own directory."""

from hampshire_portal import env
from hampshire_portal.settings.place import COUNCIL_NAME, PRODUCTION

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:signed-in"
LOGOUT_REDIRECT_URL = "careers:home"

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.FullNameForm"
ACCOUNT_FORMS = {
    "login": "accounts.entrance.LoginForm",
    "signup": "accounts.entrance.SignupForm",
    "change_password": "accounts.entrance.ChangePasswordForm",
    "set_password": "accounts.entrance.SetPasswordForm",
    "reset_password": "accounts.entrance.ResetPasswordForm",
    "reset_password_from_key": "accounts.entrance.ResetPasswordKeyForm",
    "add_email": "accounts.entrance.AddEmailForm",
    "change_email": "accounts.entrance.ChangeEmailForm",
    "reauthenticate": "accounts.entrance.ReauthenticateForm",
    "request_login_code": "accounts.entrance.RequestLoginCodeForm",
    "confirm_login_code": "accounts.entrance.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "accounts.entrance.ConfirmEmailVerificationCodeForm",
    "confirm_password_reset_code": "accounts.entrance.ConfirmPasswordResetCodeForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)

MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = f"{COUNCIL_NAME} careers"
MFA_TOTP_TOLERANCE = (
    1  # A code of half a minute ago is still taken: phones are slow and so are thumbs.
)
# Staff roles must set up an authenticator app before they go on.
STAFF_SECOND_FACTOR_REQUIRED = env.flag("STAFF_SECOND_FACTOR_REQUIRED", default=PRODUCTION)

# Sign-in with the council's own directory (Microsoft Entra ID or any OpenID Connect provider).
OPENID_SERVER_URL = env.text("OPENID_SERVER_URL")
OPENID_NAME = env.text("OPENID_NAME", "your council account")
SOCIALACCOUNT_ADAPTER = "accounts.adapters.DirectoryAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"  # HR vouches for whom it linked.
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "council",
                "name": OPENID_NAME,
                "client_id": env.text("OPENID_CLIENT_ID"),
                "secret": env.text("OPENID_CLIENT_SECRET"),
                "settings": {"server_url": OPENID_SERVER_URL},
            }
        ]
        if OPENID_SERVER_URL
        else [],
    }
}

# How many times one address or one mailbox may do a thing that sends mail; hits per seconds.
RATE_LIMITS = {
    "returner_enquiry": "10/h/ip,3/h/key",
    "application_submit": "30/h/user",
    "api": "120/m/ip",
    "chat_booking": "10/h/ip,5/d/key",
    "keep_words": "60/h/ip",
    "typed_words": "40/m/user",
    "vacancy_alert": "20/h/ip,5/h/key",
    "alert_links": "10/h/ip,3/h/key",
    "training_sign_in": "12/10m/user",
    "certificate_check": "30/10m/user",
    "reference": "120/h/ip",
}
