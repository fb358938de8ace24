from accounts.registries import privacy
from returners.actions import blank_enquiry
from returners.models import Enquiry


def blank_enquiries(user):
    """Blank what this person sent us. Enquiries need no account, so the address tells whose it is."""
    enquiries = Enquiry.objects.filter(email=user.email)
    for enquiry in enquiries:
        blank_enquiry(enquiry=enquiry, by=None)
    return len(enquiries)


# Enquiries keep no history of their own: what is blanked is gone.
privacy.register(Enquiry, eraser=blank_enquiries, event_retention=None)
