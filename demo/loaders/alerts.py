"""People who let us write to them about new jobs: some on, one not confirmed yet, one ended."""

from datetime import timedelta

from django.http import QueryDict
from django.utils import timezone

from vacancies.forms import SearchForm, alert_search
from vacancies.models import Alert, Frequency, Subscriber
from vacancies.states import AlertState

ACTIVE, AWAITING, ENDED = AlertState.ACTIVE, AlertState.AWAITING_CONFIRMATION, AlertState.ENDED
DAILY, WEEKLY = Frequency.DAILY, Frequency.WEEKLY

# Address, search, how often, state, days ago.
ALERTS = [
    ("job.seeker@example.org", "q=social worker&place=Winchester&radius=20", DAILY, ACTIVE, 40),
    ("job.seeker@example.org", "pattern=part_time&pattern=term_time&district=eastleigh", WEEKLY, ACTIVE, 12),
    ("rowan.teal@example.org", "q=family support&place=Andover&radius=10", DAILY, ACTIVE, 90),
    ("imogen.frost@example.org", "newly_qualified=on&family=social_work", DAILY, ACTIVE, 25),
    ("samir.dale@example.org", "family=leadership&salary_min=50000", WEEKLY, ACTIVE, 61),
    ("wren.ashby@example.org", "q=fostering&driving=not_essential", WEEKLY, ACTIVE, 5),
    ("lotte.marsh@example.org", "q=youth justice", DAILY, AWAITING, 1),
    ("piers.holt@example.org", "q=administrator&place=Fareham&radius=15", DAILY, ENDED, 9),
]  # fmt: skip


def load(today):
    """Load the alerts, unless there are some."""
    if Alert.objects.exists():
        return
    for email, search, frequency, state, days in ALERTS:
        since = timezone.now() - timedelta(days=days)
        subscriber, _ = Subscriber.objects.get_or_create(
            email=email, defaults={"created_at": since, "wanted_at": since}
        )
        found = alert_search(SearchForm(QueryDict(search)), today)
        alert = Alert(
            subscriber=subscriber,
            frequency=frequency,
            weekday=since.isoweekday(),
            state=state,
            created_at=since,
            confirmed_at=None if state == AWAITING else since,
            ended_at=timezone.now() if state == ENDED else None,
            **found.columns,
        )
        alert.next_on = None if state == AWAITING else alert.day_after(today)
        alert.save()
