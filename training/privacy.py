from accounts.registries import privacy
from training.models import Booking, Nomination


def blank_bookings(user):
    """Bookings hold no words about anybody: what is left belongs to a pseudonym."""
    return 0


def blank_nominations(user):
    """Blank the reasons given for and about a person, in the rows and in their history."""
    blank = {"reason": "", "decision_reason": ""}
    nominations = Nomination.objects.filter(nominee=user)
    blanked = nominations.update(**blank)
    Nomination.pgh_event_model.objects.filter(nominee=user).update(**blank)
    return blanked


privacy.register(Booking, eraser=blank_bookings, event_retention="record")
privacy.register(Nomination, eraser=blank_nominations, event_retention="record")
