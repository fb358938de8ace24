from django.conf import settings
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from vacancies.clean_addresses import without_empty_parts
from vacancies.forms import (
    SORTS,
    SearchForm,
    filter_groups,
    wider_places,
    without_one,
    without_words,
    yes_options,
)
from vacancies.kept_pages import same_for_all_visitors
from vacancies.queries import Kept, corrected, found_cards


class ListPaginator(Paginator):
    """Pages of a list as far as `settings.LAST_PAGE`: nobody reads on, and machines must not."""

    @property
    def num_pages(self):
        return min(super().num_pages, settings.LAST_PAGE)

    def validate_number(self, number):
        """What is less than 1 is no page: the first is shown then, and the last of one too far."""
        try:
            return super().validate_number(number)
        except EmptyPage:
            if int(number) < 1:
                raise PageNotAnInteger from None
            raise


@require_safe
@without_empty_parts
@same_for_all_visitors
def vacancy_list(request):
    kept = Kept(timezone.localdate(), request.generation)
    form, search = understood(SearchForm(request.GET, kept.catalogue), request.user, kept)
    pages = ListPaginator(search.ids(), settings.VACANCIES_PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    page.object_list = found_cards(search, page.object_list, kept)
    context = {
        "form": form,
        "search": search,
        "filters": search.filters,
        "page": page,
        "chips": form.chips(),
        **what_can_be_chosen(form, search),
        "help": [] if page.object_list else what_would_find_more(form, search),
    }
    return render(request, "vacancies/vacancy_list.html", context)


def understood(form, user, kept):
    """Return the form and its search, as it was perhaps meant when no advert knows the words."""
    for_staff = user.is_authenticated and user.has_role("staff")
    search = kept.find(form.filters(for_staff=for_staff))
    if form.exact or not search.words_unknown:
        return form, search
    words = corrected(form.typed, kept.vocabulary(search))
    meant = form.meaning(words)
    found = kept.find(meant.filters(for_staff=for_staff))
    better = words != form.typed and not found.words_unknown
    return (meant, found) if better else (form, search)


def what_can_be_chosen(form, search):
    """The filters with their counts, the distances and the orders."""
    return {
        "groups": filter_groups(form, search),
        "yes_options": yes_options(form, search),
        "district_counts": search.counts("district"),
        "radii": settings.SEARCH_RADII,
        "sorts": sorts(form, search),
    }


def sorts(form, search):
    """The orders that make sense for a search: words, address, and which one is in use."""
    return [
        {
            "text": text,
            "address": form.address(sort=name),
            "in_use": name == search.order,
        }
        for name, text in SORTS.items()
        if name in search.orders
    ]


def what_would_find_more(form, search):
    """What to offer when nothing was found: wider, with fewer words, without one filter."""
    return [
        *wider_places(form, search),
        *without_words(form, search),
        *without_one(form, search),
    ]
