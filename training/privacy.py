from accounts.registries import privacy
from training.models import Booking, Forecast, LedgerEntry, Nomination


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


def blank_ledger(user):
    """Blank what the entries say; the half days stay with the pseudonym, so that the sums stay true."""
    return LedgerEntry.objects.filter(person=user).exclude(words="").update(words="")


def delete_forecasts(user):
    deleted, _ = Forecast.objects.filter(person=user).delete()
    return deleted


privacy.register(Booking, eraser=blank_bookings, event_retention="record")
privacy.register(Nomination, eraser=blank_nominations, event_retention="record")
# Neither keeps a history: a correction is an entry of its own, a forecast is replaced.
privacy.register(LedgerEntry, eraser=blank_ledger, event_retention=None)
privacy.register(Forecast, eraser=delete_forecasts, event_retention=None)
