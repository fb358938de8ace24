from django.urls import reverse
from django.utils import timezone

from accounts.registries import AttentionItem, attention
from vacancies.models import Vacancy
from vacancies.states import VacancyState


@attention.register
def adverts_that_need_a_look(user):
    if not user.has_perm("vacancies.change_vacancy"):
        return []
    today = timezone.localdate()
    address = reverse("admin:vacancies_vacancy_changelist")
    closing = Vacancy.objects.closing_soon(today)
    last_day = closing.last()
    drafts = Vacancy.objects.filter(state=VacancyState.DRAFT).count()
    items = [AttentionItem("drafts wait to be published", f"{address}?state__exact=draft", drafts)]
    if last_day:
        until = f"closes_on__gte={today}&closes_on__lte={last_day.closes_on}"
        url = f"{address}?state__exact=live&{until}"
        items.append(AttentionItem("vacancies close this week", url, closing.count()))
    return items
