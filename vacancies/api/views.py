"""The interface for partners: what the public can see, to read and nothing else."""

from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from vacancies.api.answers import Refused, answers_partners
from vacancies.api.representation import in_full, in_short
from vacancies.feeds import with_last_audit
from vacancies.forms import NAMES, SearchForm
from vacancies.models import Vacancy
from vacancies.queries import search_vacancies

DESCRIPTION = Path(__file__).with_name("openapi.json")
NOT_THERE = "There is no open vacancy with this reference."


@answers_partners
def vacancy_list(request):
    """A page of what a search finds, with the filters of `/vacancies/`."""
    number = _whole_number(request, "page", 1, settings.LAST_PAGE)
    per_page = _whole_number(request, "per_page", settings.VACANCIES_PER_PAGE, 100)
    found = search_vacancies(_filters(request), timezone.localdate()).select_related("grade")
    found = with_last_audit(found).prefetch_related("other_places__district")
    pages = Paginator(found, per_page)
    if number > pages.num_pages:
        raise Refused(404, ("page", f"There are {pages.num_pages} pages."))
    page = pages.page(number)
    return {
        "count": pages.count,
        "page": number,
        "pages": pages.num_pages,
        "per_page": per_page,
        "next": _address_of_page(request, number + 1) if page.has_next() else None,
        "previous": _address_of_page(request, number - 1) if page.has_previous() else None,
        "results": [in_short(vacancy) for vacancy in page],
    }


@answers_partners
def vacancy_detail(request, reference):
    """One advert that is open to everybody today."""
    open_today = Vacancy.objects.open_to_public(timezone.localdate())
    found = with_last_audit(open_today).select_related("role", "team", "district", "grade")
    vacancy = (
        found.without_search_columns().filter(reference=reference).first()
        if reference.isprintable()
        else None
    )
    if vacancy is None:
        raise Refused(404, ("reference", NOT_THERE))
    return in_full(vacancy)


@answers_partners
def not_found(request, rest):
    """Whatever else is asked for under the address of the interface."""
    raise Refused(404, (None, "There is nothing at this address."))


@require_safe
def description(request):
    """The interface in the OpenAPI's own words."""
    response = HttpResponse(DESCRIPTION.read_bytes(), content_type="application/json")
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def guide(request):
    """What the interface is for and how to begin, for people."""
    limit = settings.RATE_LIMITS["api"].split("/")[0]
    return render(request, "vacancies/api_guide.html", {"requests_a_minute": limit})


def _filters(request):
    form = SearchForm(request.GET)
    unknown = set(request.GET) - {*NAMES, "page", "per_page"}
    problems = [(name, "We do not know this parameter.") for name in sorted(unknown)]
    problems += form.errors.items()
    if problems:
        raise Refused(400, *problems)
    return form.filters(for_staff=False)


def _whole_number(request, name, usual, highest):
    typed = request.GET.get(name, str(usual))
    if not (typed.isascii() and typed.isdigit() and len(typed) < 6 and 1 <= int(typed) <= highest):
        raise Refused(400, (name, f"This must be a whole number from 1 to {highest}."))
    return int(typed)


def _address_of_page(request, number):
    query = request.GET.copy()
    query["page"] = str(number)
    return f"{settings.SITE_URL}{request.path}?{query.urlencode()}"
