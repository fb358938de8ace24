"""The adverts of one page of a search, with what makes their cards answer it: marks and distances."""

from django.contrib.postgres.search import SearchHeadline

from vacancies.models import Vacancy, search_query
from vacancies.models.search import LANGUAGE

# Marks around a match until the text is made safe: two characters that mean nothing in any writing.
START, STOP = "\ue000", "\ue001"


def found_cards(search, ids, synonyms):
    """Return the vacancies with the keys `ids`, in that order, ready for the cards of a `Search`.

    With words each has `marked_title` and `marked_summary`, with `START` and `STOP` around what was
    found. With a place each has `distance_miles` to the nearest of its places, `nearest_place`,
    `distance_is_rough` when the place searched from is, and its name as `searched_from`.
    """
    if not ids:
        return []
    filters = search.filters
    vacancies = Vacancy.objects.filter(pk__in=ids).for_cards()
    if filters.words:
        vacancies = _with_marks(vacancies, search_query(filters.words, synonyms))
    by_key = {vacancy.pk: vacancy for vacancy in vacancies}
    found = [by_key[pk] for pk in ids if pk in by_key]
    if filters.near:
        for vacancy in found:
            miles, place = search.board.nearest(vacancy.pk, filters.near.point)
            vacancy.distance_miles, vacancy.nearest_place = miles, place
            vacancy.distance_is_rough = filters.near.is_rough
            vacancy.searched_from = filters.near.name
    return found


def _with_marks(vacancies, query):
    return vacancies.annotate(
        **{
            f"marked_{name}": SearchHeadline(
                name,
                query,
                config=LANGUAGE,
                start_sel=START,
                stop_sel=STOP,
                highlight_all=True,
            )
            for name in ("title", "summary")
        }
    )
