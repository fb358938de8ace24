"""What is asked about the jobs people saved."""

from accounts.models import User
from vacancies.models import SavedVacancy, Vacancy


def savers_of(vacancy):
    """Return the people with an account who saved the vacancy and may still sign in."""
    return User.objects.filter(saved_vacancies__vacancy=vacancy, is_active=True)


def saved_by(user):
    """Return the person's saved jobs with what their cards show, the latest first."""
    saved = list(SavedVacancy.objects.filter(user=user))
    cards = Vacancy.objects.for_cards().in_bulk([row.vacancy_id for row in saved])
    for row in saved:
        row.vacancy = cards[row.vacancy_id]
    return saved


def vacancies_by_reference(references):
    """Return the vacancies with these references, ready for cards, in the order of the references."""
    found = Vacancy.objects.for_cards().filter(reference__in=references)
    by_reference = {vacancy.reference: vacancy for vacancy in found}
    return [by_reference[reference] for reference in references if reference in by_reference]


def has_saved(user, vacancy):
    """Say whether the person, who may be a visitor, saved the vacancy to their account."""
    if not user.is_authenticated:
        return False
    return SavedVacancy.objects.filter(user=user, vacancy=vacancy).exists()
