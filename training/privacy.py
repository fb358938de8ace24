from accounts.registries import privacy
from training.models import Booking, Nomination, Override


def blank_bookings(user):
    """Blank what managers and officers said about a person's places, in the rows and in their history."""
    Override.objects.filter(booking__person=user).update(reason="")
    Booking.pgh_event_model.objects.filter(person=user).update(reason="")
    return Booking.objects.filter(person=user).exclude(reason="").update(reason="")


def blank_nominations(user):
    """Blank the reasons given for and about a person, in the rows and in their history."""
    blank = {"reason": "", "cover_reason": "", "decision_reason": ""}
    nominations = Nomination.objects.filter(nominee=user)
    blanked = nominations.update(**blank)
    Nomination.pgh_event_model.objects.filter(nominee=user).update(**blank)
    return blanked


privacy.register(Booking, eraser=blank_bookings, event_retention="record")
privacy.register(Nomination, eraser=blank_nominations, event_retention="record")
