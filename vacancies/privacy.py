from accounts.registries import privacy
from vacancies.actions import delete_subscriber
from vacancies.models import Subscriber, Vacancy


def blank_contact(user):
    """Take the person's name, address and number off the adverts they hired for."""
    return (
        Vacancy.objects.filter(hiring_manager=user)
        .exclude(contact_name="", contact_email="", contact_phone="")
        .update(contact_name="", contact_email="", contact_phone="")
    )


def delete_alerts(user):
    """Delete the job alerts of the person's mailbox. Alerts need no account, so the address tells whose."""
    subscribers = Subscriber.objects.filter(email=user.email.lower())
    for subscriber in subscribers:
        delete_subscriber(subscriber=subscriber, why="erased")
    return len(subscribers)


privacy.register(Vacancy, eraser=blank_contact, event_retention="record")
# Alerts keep no history of their own: what is deleted is gone.
privacy.register(Subscriber, eraser=delete_alerts, event_retention=None)
