"""Who may be on the register of interest, see it and invite from it."""

from allauth.account.models import EmailAddress


def can_register_interest(user):
    """Whoever can apply may, once their e-mail address is confirmed: we write to it."""
    return (
        user.has_perm("applications.apply")
        and EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists()
    )


def can_see_register(user):
    return user.has_perm("applications.view_jobinterest")


def can_invite(user):
    return can_see_register(user) and user.has_perm("applications.invite_jobinterest")
