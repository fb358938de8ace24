from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from vacancies.forms import SearchForm
from vacancies.queries import search_vacancies, wider_radius


class ListPaginator(Paginator):
    """Pages of a list as far as `settings.LAST_PAGE`: nobody reads on, and machines must not."""

    @property
    def num_pages(self):
        return min(super().num_pages, settings.LAST_PAGE)


def is_staff(user):
    return user.is_authenticated and user.has_role("staff")


@require_safe
def vacancy_list(request):
    today = timezone.localdate()
    form = SearchForm(request.GET)
    filters = form.filters(for_staff=is_staff(request.user))
    found = ListPaginator(search_vacancies(filters, today), settings.VACANCIES_PER_PAGE)
    page = found.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "filters": filters,
        "page": page,
        "chips": form.chips(),
        "wider": None if page.object_list else wider_radius(filters, today),
    }
    return render(request, "vacancies/vacancy_list.html", context)
