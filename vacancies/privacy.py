from accounts.registries import privacy
from vacancies.models import Vacancy


def blank_contact(user):
    """Take the person's name, address and number off the adverts they hired for."""
    return (
        Vacancy.objects.filter(hiring_manager=user)
        .exclude(contact_name="", contact_email="", contact_phone="")
        .update(contact_name="", contact_email="", contact_phone="")
    )


privacy.register(Vacancy, eraser=blank_contact, event_retention="record")
