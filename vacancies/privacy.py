from accounts.registries import privacy
from vacancies.models import SavedVacancy, Vacancy


def blank_contact(user):
    """Take the person's name, address and number off the adverts they hired for."""
    return (
        Vacancy.objects.filter(hiring_manager=user)
        .exclude(contact_name="", contact_email="", contact_phone="")
        .update(contact_name="", contact_email="", contact_phone="")
    )


def forget_saved(user):
    """Forget which jobs the person saved."""
    deleted, _ = SavedVacancy.objects.filter(user=user).delete()
    return deleted


privacy.register(SavedVacancy, eraser=forget_saved, event_retention=None)
privacy.register(Vacancy, eraser=blank_contact, event_retention="record")
