from datetime import timedelta

from django.conf import settings
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone

from accounts.registries import AttentionItem, attention
from vacancies.models import SiftDate, Vacancy
from vacancies.states import VacancyState


@attention.register
def adverts_that_need_a_look(user):
    if not user.has_perm("vacancies.change_vacancy"):
        return []
    today = timezone.localdate()
    address = reverse("admin:vacancies_vacancy_changelist")
    # Whoever may see them: HR looks after what is for staff only, too.
    until = today + timedelta(days=settings.CLOSING_SOON_DAYS)
    closing = Vacancy.objects.filter(state=VacancyState.LIVE, closes_on__range=(today, until))
    closing = closing.order_by("closes_on")
    last_day = closing.last()
    waiting = Vacancy.objects.filter(state=VacancyState.AWAITING_APPROVAL).count()
    approved = Vacancy.objects.filter(state=VacancyState.APPROVED).count()
    sifts = Vacancy.objects.filter(sift_dates__in=SiftDate.objects.due(today)).distinct()
    drafts = Vacancy.objects.filter(state=VacancyState.DRAFT).count()
    items = [
        AttentionItem(
            f"advert{pluralize(waiting, ' waits,s wait')} for approval",
            f"{address}?state__exact=awaiting_approval",
            waiting,
        ),
        AttentionItem(
            f"approved advert{pluralize(approved)} to publish",
            f"{address}?state__exact=approved",
            approved,
        ),
        AttentionItem(
            f"draft{pluralize(drafts)} being written", f"{address}?state__exact=draft", drafts
        ),
    ]
    if sifts:
        keys = ",".join(str(pk) for pk in sorted(sifts.values_list("pk", flat=True)))
        count = sifts.count()
        words = f"always-open advert{pluralize(count)} whose applications are to be read"
        items.append(AttentionItem(words, f"{address}?pk__in={keys}", count))
    if last_day:
        until = f"closes_on__gte={today}&closes_on__lte={last_day.closes_on}"
        url = f"{address}?state__exact=live&{until}"
        count = closing.count()
        words = f"vacanc{pluralize(count, 'y closes,ies close')} this week"
        items.append(AttentionItem(words, url, count))
    return items
