from functools import partial

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers.queries import stories_for_team
from organisation.queries import find_place
from vacancies import queries, rules
from vacancies.feeds import job_posting
from vacancies.kept_pages import same_for_all_visitors
from vacancies.views_count import count_view


@require_safe
@same_for_all_visitors
def vacancy_detail(request, reference):
    """One advert, as a page or, with `?print=1`, as a sheet to print. `?place=` adds the distance."""
    today = timezone.localdate()
    vacancy = get_object_or_404(queries.adverts_to_read(), reference=reference)
    if not rules.can_see_vacancy(request.user, vacancy, today):
        raise Http404
    if vacancy.is_gone(today):
        return vacancy_gone(request, vacancy, today)
    if not vacancy.is_open(today) and not rules.can_preview_vacancy(request.user, vacancy):
        raise Http404
    context = _advert(request, vacancy, today)
    if request.GET.get("print"):
        return render(request, "vacancies/vacancy_print.html", context)
    context |= {
        "similar": queries.similar_vacancies(vacancy, today),
        "stories": stories_for_team(vacancy.team),
        "offers_chats": queries.offers_chats(vacancy, timezone.now()),
        "can_offer_chats": rules.can_offer_chats(request.user, vacancy),
        "is_saved": queries.has_saved(request.user, vacancy),
    }
    response = render(request, "vacancies/vacancy_detail.html", context)
    response.each_time = partial(count_view, vacancy.reference)  # Kept pages are views too.
    return response


def vacancy_gone(request, vacancy, today):
    """What stands at the addresses of a job that people could see once and cannot apply for now."""
    context = {
        "vacancy": vacancy,
        "again": vacancy.copies.open_to(request.user, today).first(),
        "similar": queries.similar_vacancies(vacancy, today),
    }
    return render(request, "vacancies/vacancy_closed.html", context, status=410)


@require_safe
def vacancy_in_capitals(request, typed):
    """Lead from /vacancies/hcc-1042/ to /vacancies/HCC-1042/, whether or not there is such an advert."""
    address = reverse("vacancies:vacancy-detail", args=[typed.upper()])
    query = request.META["QUERY_STRING"]
    return redirect(f"{address}?{query}" if query else address, permanent=True)


def _advert(request, vacancy, today):
    """What the advert says, on its page and on paper."""
    near = _near(request)
    places = queries.places_of(vacancy, near)
    criteria = queries.criteria_by_kind(vacancy)
    is_public = vacancy.is_open(today) and vacancy.is_public(today)
    asked = [*criteria["essential"], *criteria["desirable"]]
    return {
        "vacancy": vacancy,
        "is_open": vacancy.is_open(today),
        "is_public": is_public,
        "job_posting": job_posting(vacancy, places, asked) if is_public else "",
        "near": near,
        "places": places,
        "payments": vacancy.payments.all(),
        "next_sift": queries.next_sift(vacancy, today),
        "team_facts": queries.team_facts(vacancy, today),
        **criteria,
    }


def _near(request):
    """Where the person searched from, when the address says so and we know the place."""
    typed = request.GET.get("place", "")
    return find_place(typed) if typed.isprintable() and 0 < len(typed) <= 80 else None
