"""The adverts of one page of a search, with what makes their cards answer it: marks and distances."""

from django.contrib.postgres.search import SearchHeadline

from vacancies.models import Vacancy, search_query
from vacancies.models.search import LANGUAGE

# Marks around a match until the text is made safe: two characters that mean nothing in any writing.
START, STOP = "\ue000", "\ue001"


def found_cards(search, ids, kept):
    """Return the vacancies with the keys `ids`, in that order, ready for the cards of a `Search`.

    With words each has `marked_title` and `marked_summary`, with `START` and `STOP` around what was
    found. With a place each has `distance_miles` to the nearest of its places, `nearest_place`, and
    `distance_is_rough` when the place searched from is. `kept` holds the vacancies of earlier cards;
    `kept_card` of each is for what can be kept of its card.
    """
    words = search.filters.words
    query = search_query(words, kept.catalogue.synonyms) if words else None
    marks = _load(ids, query, kept.vacancies)
    found = [_for_one_page(kept.vacancies[pk], marks) for pk in ids if pk in kept.vacancies]
    near = search.filters.near
    for vacancy in found if near else ():
        miles, place = search.board.nearest(vacancy.pk, near.point)
        vacancy.distance_miles, vacancy.nearest_place = miles, place
        vacancy.distance_is_rough = near.is_rough
    return found


def _load(ids, query, vacancies):
    """Add those that are missing to `vacancies`, and return the texts with marks by key: one query."""
    wanted = Vacancy.objects.filter(pk__in=ids)
    if all(pk in vacancies for pk in ids):
        if not (query and ids):
            return {}
        marked = _with_marks(wanted.order_by(), query)
        rows = marked.values_list("pk", "marked_title", "marked_summary")
        return {pk: texts for pk, *texts in rows}
    loaded = list(_with_marks(wanted.for_cards(), query) if query else wanted.for_cards())
    marks = {}
    for vacancy in loaded:
        if query:
            own = vacancy.__dict__
            marks[vacancy.pk] = own.pop("marked_title"), own.pop("marked_summary")
        vacancy.kept_card = {}
        vacancies.setdefault(vacancy.pk, vacancy)
    return marks


def _for_one_page(vacancy, marks):
    """A copy with marks of its own: others are reading the one that is kept."""
    copy = Vacancy.__new__(Vacancy)
    copy.__dict__.update(vacancy.__dict__)
    if vacancy.pk in marks:
        copy.marked_title, copy.marked_summary = marks[vacancy.pk]
    return copy


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
