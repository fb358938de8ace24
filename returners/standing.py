from accounts.registries import standing
from organisation.queries import staff_member_of
from returners.models import Enquiry


@standing.register
def roles_of_returners(user):
    """Whoever has agreed a package with us, and does not work here yet, is a returner.

    An enquiry belongs to the account with its e-mail address, which is verified at signing in. People
    to whom HR gave a role are here already.
    """
    member = staff_member_of(user)
    if user.roles or user.is_superuser or (member is not None and member.works_here()):
        return set()
    live = Enquiry.objects.with_a_package().filter(email=user.email)
    return {"returner"} if live.exists() else set()
