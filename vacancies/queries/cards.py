"""The adverts of one page of a search, with what makes their cards answer it: marks and distances."""

from django.contrib.postgres.search import SearchHeadline

from vacancies.models import Vacancy, search_query
from vacancies.models.search import LANGUAGE

# Marks around a match until the text is made safe: two characters that mean nothing in any writing.
START, STOP = "\ue000", "\ue001"


def found_cards(search, ids, kept):
    """Return the vacancies with the keys `ids`, in that order, ready for the cards of a `Search`.

    With words each has `marked_title` and `marked_summary`, with `START` and `STOP` around what was
    found. With a place each has `distance_miles` to the nearest of its places, `nearest_place`,
    `distance_is_rough` when the place searched from is, and its name as `searched_from`. `kept` holds
    the vacancies of earlier cards; `kept_card` of each is for what can be kept of its card.
    """
    marks = search.words.marks if search.words else {}
    missing = [pk for pk in ids if pk not in kept.vacancies or (search.words and pk not in marks)]
    if missing:
        words = search.filters.words
        query = search_query(words, kept.catalogue.synonyms) if words else None
        _load(missing, query, kept.vacancies, marks)
    found = [_for_one_page(kept.vacancies[pk], marks) for pk in ids if pk in kept.vacancies]
    near = search.filters.near
    for vacancy in found if near else ():
        miles, place = search.board.nearest(vacancy.pk, near.point)
        vacancy.distance_miles, vacancy.nearest_place = miles, place
        vacancy.distance_is_rough = near.is_rough
        vacancy.searched_from = near.name
    return found


def _load(ids, query, vacancies, marks):
    """Add to `vacancies` and `marks` what is missing of the adverts `ids`, in one query."""
    wanted = Vacancy.objects.filter(pk__in=ids)
    if all(pk in vacancies for pk in ids):
        marked = _with_marks(wanted.order_by(), query)
        for pk, *texts in marked.values_list("pk", "marked_title", "marked_summary"):
            marks[pk] = texts
        return
    wanted = wanted.for_cards()
    for vacancy in _with_marks(wanted, query) if query else wanted:
        if query:
            own = vacancy.__dict__
            marks[vacancy.pk] = own.pop("marked_title"), own.pop("marked_summary")
        vacancy.kept_card = {}
        vacancies.setdefault(vacancy.pk, vacancy)


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
