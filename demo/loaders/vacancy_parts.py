"""What adverts have besides their text: places, payments, sift dates, team facts, chats, saved jobs.

It is chosen by role, title and order, so it is the same for everybody who loads the demo.
"""

from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from organisation.models import Place, RoleFamily, Team, TeamFacts, TeamKind
from vacancies.models import (
    ChatBooking,
    ChatSlot,
    DBSLevel,
    Driving,
    OtherPlace,
    Payment,
    PaymentKind,
    SavedVacancy,
    SiftDate,
    Vacancy,
    Visibility,
)

STAFF_ONLY = {"Practice educator", "Policy officer, children's services"}
STAFF_FIRST = {"Service manager, adoption and fostering", "Independent reviewing officer"}
ALWAYS_OPEN = {"Newly qualified social worker (graduate scheme)"}
WITHOUT_CHILDREN = {TeamKind.WORKFORCE, TeamKind.LEADERSHIP}
FIELDS = [
    "number_of_posts",
    "paid_weeks",
    "rolling",
    "interview_on",
    "visibility",
    "public_from",
    "driving_alternatives",
    "sponsorship_possible",
    "dbs_level",
    "takes_cv",
    "shows_employers",
]
WAYS_TO_GET_ABOUT = [
    "A driver paid through Access to Work, or lifts with colleagues on visits.",
    "Most visits are a short bus ride away, and we pay for taxis.",
    "",
]
GUESTS = [
    ("Robin", "robin.chat@example.org", "", "How long is the probation?"),
    ("A. Nonymous", "", "01632 960411", ""),
    ("Wren", "wren.chat@example.org", "01632 960412", "Could I start in September?"),
]


def load(today):
    """Give the adverts their parts, unless they have them."""
    if TeamFacts.objects.exists():
        return
    load_team_facts(today)
    live = list(Vacancy.objects.live(today).select_related("role", "team").order_by("pk"))
    for number, vacancy in enumerate(live):
        describe(vacancy, number, today)
    Vacancy.objects.bulk_update(live, FIELDS)
    load_places(live)
    load_payments(live)
    load_sift_dates(live, today)
    load_chats(live, today)
    load_saved(live, today)


def load_team_facts(today):
    """Figures of each team with a manager; those of every ninth team are too old to be shown."""
    teams = Team.objects.filter(manager__isnull=False).select_related("manager__user")
    for number, team in enumerate(teams.order_by("pk")):
        days_old = 300 if number % 9 == 8 else 10 + 7 * number % 120
        has_children = team.kind not in WITHOUT_CHILDREN
        TeamFacts.objects.create(
            team=team,
            caseload_from=11 + number % 4 if has_children else None,
            caseload_to=15 + number % 5 if has_children else None,
            supervision_every_weeks=[2, 3, 4][number % 3],
            people=6 + number % 7,
            as_at=today - timedelta(days=days_old),
            owner=team.manager.user,
        )


def describe(vacancy, number, today):
    family = vacancy.role.family
    if "term time" in vacancy.title:
        vacancy.paid_weeks = Decimal("44.6")
    if vacancy.title in ALWAYS_OPEN:
        vacancy.rolling, vacancy.interview_on = True, None
    if vacancy.title in STAFF_ONLY:
        vacancy.visibility = Visibility.STAFF_ONLY
    if vacancy.title in STAFF_FIRST:
        vacancy.visibility = Visibility.STAFF_FIRST
        in_five_days = max(today, vacancy.opens_on) + timedelta(days=5)
        vacancy.public_from = min(in_five_days, vacancy.closes_on)
    if vacancy.driving == Driving.ESSENTIAL:
        vacancy.driving_alternatives = WAYS_TO_GET_ABOUT[number % len(WAYS_TO_GET_ABOUT)]
    vacancy.takes_cv = family == RoleFamily.SOCIAL_WORK
    vacancy.shows_employers = number % 3 == 0
    vacancy.sponsorship_possible = family == RoleFamily.SOCIAL_WORK and number % 2 == 0
    if family == RoleFamily.BUSINESS_SUPPORT:
        vacancy.dbs_level = DBSLevel.BASIC if number % 2 else DBSLevel.ENHANCED
    vacancy.number_of_posts = 2 + number % 3 if number % 6 == 0 else 1


def load_places(live):
    """Those with several posts may have them in other places of the same district, too."""
    by_district = {}
    for place in Place.objects.order_by("name"):
        by_district.setdefault(place.district, []).append(place)
    for vacancy in live:
        around = by_district.get(vacancy.district.name, [])
        others = [place for place in around if place.name != vacancy.place_name]
        for place in others[: vacancy.number_of_posts - 1]:
            OtherPlace.objects.create(
                vacancy=vacancy,
                place_name=place.name,
                latitude=place.latitude,
                longitude=place.longitude,
                district=vacancy.district,
            )


def load_payments(live):
    """Money on top: for social workers each year, for every third of them once as well."""
    social_work = [row for row in live if row.role.family == RoleFamily.SOCIAL_WORK]
    for number, vacancy in enumerate(social_work):
        Payment.objects.create(
            vacancy=vacancy,
            kind=PaymentKind.SUPPLEMENT,
            name="Market supplement",
            amount=2_000 + 500 * (number % 4),
            condition="Part-time posts have their share of it.",
        )
        if number % 3 == 0:
            Payment.objects.create(
                vacancy=vacancy,
                kind=PaymentKind.ONE_OFF,
                name="Help with moving house",
                amount=8_000,
                condition="Up to this much, with receipts. Paid back if you leave within a year.",
            )


def load_sift_dates(live, today):
    for vacancy in live:
        for weeks in (1, 4, 7) if vacancy.rolling else ():
            day = today + timedelta(weeks=weeks, days=-today.weekday() + 3)
            if day <= vacancy.closes_on:
                SiftDate.objects.create(vacancy=vacancy, sift_on=day)


def load_chats(live, today):
    """Chats about every fifth advert, in the next two weeks while it is open; some are booked."""
    days = [today + timedelta(days=days) for days in range(2, 12)]
    days = [day for day in days if day.weekday() < 5]
    taken = set()
    for turn, vacancy in enumerate(live[::5]):
        while_open = [day for day in days if day <= vacancy.closes_on]
        for number in range(4 if while_open else 0):
            day = while_open[turn % len(while_open)]
            starts_at = timezone.make_aware(datetime.combine(day, time(12 + turn % 4, 15 * number)))
            if (vacancy.hiring_manager_id, starts_at) in taken:
                continue
            taken.add((vacancy.hiring_manager_id, starts_at))
            slot = ChatSlot.objects.create(
                vacancy=vacancy, host=vacancy.hiring_manager, starts_at=starts_at
            )
            if number == turn % 4:
                name, email, phone, question = GUESTS[turn % len(GUESTS)]
                ChatBooking.objects.create(
                    slot=slot, name=name, email=email, phone=phone, question=question
                )


def load_saved(live, today):
    """Three jobs that the job seeker of the demo saved, the one that closes first among them."""
    seeker = User.objects.get(email="job.seeker@example.org")
    public = [row for row in live if row.is_open(today) and row.is_public(today)]
    soonest = sorted(public, key=lambda row: (row.closes_on, row.pk))
    for number, vacancy in enumerate([soonest[0], soonest[len(soonest) // 2], soonest[-1]]):
        SavedVacancy.objects.create(
            user=seeker,
            vacancy=vacancy,
            saved_at=timezone.now() - timedelta(days=3 + number),
        )
