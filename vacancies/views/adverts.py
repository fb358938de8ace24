from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers.queries import stories_for_team
from vacancies import rules
from vacancies.feeds import job_posting
from vacancies.models import Vacancy
from vacancies.queries import criteria_by_kind, similar_vacancies
from vacancies.views_count import count_view


@require_safe
def vacancy_detail(request, reference):
    today = timezone.localdate()
    found = Vacancy.objects.select_related("role", "team", "district", "grade")
    vacancy = get_object_or_404(found.defer("search_vector"), reference=reference)
    if not rules.can_see_vacancy(request.user, vacancy, today):
        raise Http404
    context = {"vacancy": vacancy, "similar": similar_vacancies(vacancy, today)}
    if vacancy.is_gone(today):
        return render(request, "vacancies/vacancy_closed.html", context, status=410)
    is_open = vacancy.is_open(today)
    if not is_open and not rules.can_preview_vacancy(request.user, vacancy):
        raise Http404
    count_view(vacancy.reference, request)
    context |= {
        "is_open": is_open,
        "job_posting": job_posting(vacancy) if is_open else "",
        "stories": stories_for_team(vacancy.team),
        **criteria_by_kind(vacancy),
    }
    return render(request, "vacancies/vacancy_detail.html", context)
