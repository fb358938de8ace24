"""What is asked about the jobs people saved."""

from vacancies.models import NoticeKind, SavedVacancy, Vacancy


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


def savers_to_tell(notice):
    """Return the saved jobs whose people are to be told of a notice and have not been.

    Who asked not to be written to is not, and that it is open for longer is told to nobody but those
    who are writing an application.
    """
    concerned = SavedVacancy.objects.filter(vacancy=notice.vacancy_id, wants_nudges=True)
    if notice.kind == NoticeKind.EXTENDED:
        return concerned.none()
    return (
        concerned.filter(saved_at__lte=notice.made_at, user__is_active=True)
        .exclude(notices_told__notice=notice)
        .select_related("user", "vacancy")
    )
