from accounts.gathering import section
from accounts.registries import gather, keepings, privacy
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


def blank_by_the_timetable(enquiry):
    blank_enquiry(enquiry=enquiry, by=None)


keepings.register(
    "returner_enquiry",
    kind="returner_enquiry",
    what="Return-to-social-work enquiries",
    due=Enquiry.objects.past_their_end_date,
    each=blank_by_the_timetable,
    oldest="created_at",
    mailbox="email",
)


@gather.register
def enquiries_of(user):
    """Enquiries from the person's address."""
    return section("Enquiries about returning", Enquiry.objects.filter(email=user.email))
