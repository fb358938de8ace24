from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers.queries import stories_for_team
from vacancies import rules
from vacancies.feeds import job_posting
from vacancies.forms import SearchForm
from vacancies.models import Vacancy
from vacancies.queries import (
    criteria_by_kind,
    search_vacancies,
    similar_vacancies,
    wider_radius,
)


class ListPaginator(Paginator):
    """Pages of a list as far as `settings.LAST_PAGE`: nobody reads on, and machines must not."""

    @property
    def num_pages(self):
        return min(super().num_pages, settings.LAST_PAGE)


@require_safe
def vacancy_list(request):
    today = timezone.localdate()
    form = SearchForm(request.GET)
    filters = form.filters()
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


@require_safe
def vacancy_detail(request, reference):
    today = timezone.localdate()
    found = Vacancy.objects.select_related("role", "team", "district", "grade")
    vacancy = get_object_or_404(found.defer("search_vector"), reference=reference)
    context = {"vacancy": vacancy, "similar": similar_vacancies(vacancy, today)}
    if vacancy.is_gone(today):
        return render(request, "vacancies/vacancy_closed.html", context, status=410)
    is_open = vacancy.is_open(today)
    if not is_open and not rules.can_preview_vacancy(request.user, vacancy):
        raise Http404
    context |= {
        "is_open": is_open,
        "job_posting": job_posting(vacancy) if is_open else "",
        "stories": stories_for_team(vacancy.team),
        **criteria_by_kind(vacancy),
    }
    return render(request, "vacancies/vacancy_detail.html", context)
