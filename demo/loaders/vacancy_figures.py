"""What HR's figures are about: a campaign, funded posts, views of past weeks, a file of adverts."""

import csv
import io
import random
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from organisation.models import Post, Role, Team, TeamKind
from vacancies.actions import upload_import, work_on_imports
from vacancies.models import Campaign, Vacancy, ViewCount, ViewSource
from vacancies.states import VacancyState

WEEKS = 8
# How many of a hundred views come from where, in the demo.
SHARES = {
    ViewSource.OUR_SEARCH: 34,
    ViewSource.SEARCH_ENGINE: 22,
    ViewSource.DIRECT: 13,
    ViewSource.ALERT: 12,
    ViewSource.SOCIAL: 8,
    ViewSource.JOB_BOARD: 6,
    ViewSource.COUNCIL: 3,
    ViewSource.PRINT: 1,
    ViewSource.OTHER: 1,
}
HUB_ROLES = ["Domestic abuse worker", "Substance misuse worker", "Mental health worker",
             "Intensive worker"]  # fmt: skip
HEADINGS = ["Job ID", "Job title", "Role", "Team", "Salary", "Contract type", "Hours", "Location",
            "Closing date", "Description", "Essential criteria"]  # fmt: skip
TEXT = "<p>Work with children &amp; families in one town.</p><ul><li>Visit</li><li>Write plans</li></ul>"


def load(today):
    """Load the figures, unless there is a campaign."""
    if Campaign.objects.exists():
        return
    load_campaign(today)
    load_funded_posts(today)
    load_assistants()
    load_filled_days()
    load_views(today)
    load_import(today)


def load_campaign(today):
    """A campaign like the council's of 2017, with a personal assistant to three social workers."""
    campaign = Campaign.objects.create(
        name="100 more social workers",
        slug="100-more-social-workers",
        summary="More social workers, each with time for families, and the training to go with it.",
        posts_wanted=100,
        money=6_500_000,
        social_workers=400,
        starts_on=today - timedelta(days=120),
        ends_on=today + timedelta(days=245),
        source="Invented for the demo, after the council's recruitment drive of 2017",
        as_at=date(2017, 11, 21),
    )
    slugs = ["social-worker", "personal-assistant"]
    filled = Q(state=VacancyState.FILLED, role__family="social_work")
    wanted = Vacancy.objects.filter(Q(role__slug__in=slugs) | filled)
    wanted = wanted.exclude(state=VacancyState.WITHDRAWN).select_related("role")
    for number, vacancy in enumerate(wanted.order_by("pk")):
        assists = vacancy.role.slug == "personal-assistant"
        vacancy.campaign = campaign
        vacancy.number_of_posts = 5 if assists else 1 + number % 3
        vacancy.save(update_fields=["campaign", "number_of_posts"])


def load_funded_posts(today):
    """Hub posts: some held and some vacant, with money for a time, and some made permanent over years."""
    hub = Team.objects.filter(kind=TeamKind.INTENSIVE).first()
    for number, post in enumerate(Post.objects.filter(team=hub).order_by("pk")):
        if post.funding_ends_on:
            post.funding_ends_on = today + timedelta(days=40 + 97 * (number % 6))
        elif post.made_permanent_on:
            post.made_permanent_on = today - timedelta(days=90 + 290 * (number % 4))
        post.save()
    roles = {role.name: role for role in Role.objects.filter(name__in=HUB_ROLES)}
    teams = [hub, *Team.objects.filter(kind=TeamKind.FAMILY_HELP).order_by("pk")[:4]]
    Post.objects.bulk_create(
        Post(
            number=f"P{3000 + number}",
            role=roles[role],
            team=team,
            hub=None if team == hub else hub,
            funding_ends_on=today + timedelta(days=25 + 61 * number),
        )
        for number, (team, role) in enumerate(zip(teams, [*HUB_ROLES, HUB_ROLES[0]], strict=True))
    )


def load_assistants():
    """Posts of personal assistants that nobody holds yet: a few too few for one to three."""
    assistant = Role.objects.get(slug="personal-assistant")
    teams = Team.objects.filter(kind=TeamKind.FAMILY_HELP).order_by("pk")
    Post.objects.bulk_create(
        Post(number=f"P{4000 + number}", role=assistant, team=team)
        for number, team in enumerate([*teams, *teams])
    )


def load_filled_days():
    """Adverts that are filled were filled some weeks after they closed."""
    chance = random.Random(17)
    for vacancy in Vacancy.objects.filter(state=VacancyState.FILLED, filled_at__isnull=True):
        filled = vacancy.closed_at + timedelta(days=chance.randint(12, 45))
        vacancy.filled_at = min(filled, timezone.now() - timedelta(hours=3))
        vacancy.save(update_fields=["filled_at"])


def load_views(today):
    """Views of each advert on each day it was on show in the past weeks; weekends are quieter."""
    chance = random.Random(23)
    sources, weights = list(SHARES), list(SHARES.values())
    first = today - timedelta(days=7 * WEEKS)
    counts = []
    for vacancy in Vacancy.objects.filter(published_at__isnull=False).order_by("pk"):
        day = max(vacancy.opens_on, first)
        while day <= min(vacancy.closes_on, today):
            views = chance.randint(1, 9) if day.weekday() > 4 else chance.randint(4, 22)
            came_from = chance.choices(sources, weights, k=views)
            counts += [
                ViewCount(vacancy=vacancy, day=day, source=source, number=came_from.count(source))
                for source in sorted(set(came_from))
            ]
            day += timedelta(days=1)
    ViewCount.objects.bulk_create(counts, batch_size=2000)


def load_import(today):
    """A file from an older system, checked and waiting: three rows are good and three are not."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([HEADINGS, *_rows(today)])
    upload = SimpleUploadedFile("adverts-of-the-old-system.csv", file.getvalue().encode("cp1252"))
    upload_import(file=upload, source="Old system", by=User.objects.get(email="hr@example.org"))
    work_on_imports(now=timezone.now())


def _rows(today):
    closing = today + timedelta(days=35)
    criteria = "You listen to children\nYou write clearly"

    def row(number, title, role, team, salary, contract, hours, place, closes_on):
        return [f"OLD-{number}", title, role, team, salary, contract, hours, place, closes_on, TEXT,
                criteria]  # fmt: skip

    alton, fareham = "Family Help Alton", "Family Help Fareham"
    known = list(Team.objects.filter(kind=TeamKind.FAMILY_HELP).values_list("name", flat=True)[:2])
    alton, fareham = known if len(known) == 2 else (alton, fareham)
    return [
        row(1, "Social worker, family help", "Social worker", alton, "£37,200 – £41,800 pro rata",
            "Permanent", "37", "SO23", f"{closing:%d/%m/%y}"),
        row(2, "Personal assistant", "Personal assistant", fareham, "negotiable",
            "Fixed term (12 months)", "18.5", "Fareham, Hampshire", f"{closing:%-d %B %Y}"),
        row(3, "Support worker &ndash; evenings", "Children and families support worker", alton,
            "£27,200 plus £1,000 for evenings", "Perm", "22:12", "Alton", f"{closing:%Y-%m-%d}"),
        row(4, "Social worker", "Social wroker", alton, "£37,200", "Permanent", "37", "Alton",
            f"{closing:%d/%m/%y}"),
        row(5, "Team manager", "Team manager", fareham, "good", "Permanent", "37", "Farham", "soon"),
        row(6, "", "Administrator", fareham, "£24,800", "Zero hours", "60", "Havant",
            "31/02/2027"),
    ]  # fmt: skip
