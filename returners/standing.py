from accounts.registries import standing
from organisation.queries import staff_member_of
from returners.models import Enquiry


@standing.register
def roles_of_returners(user):
    """Whoever has agreed a package with us, and does not work here yet, is a returner.

    An enquiry belongs to the account with its e-mail address, which is verified at signing in.
    """
    member = staff_member_of(user)
    if member is not None and member.works_here():
        return set()
    live = Enquiry.objects.with_a_package().filter(email=user.email)
    return {"returner"} if live.exists() else set()
