"""How a recruitment campaign stands: posts against the target, and assistants beside social workers."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from applications import queries as applications
from vacancies.queries import reporting
from vacancies.reports.report import Chart, Table, advert_link
from vacancies.states import VacancyState

OUR_ADVERTS = "adverts and applications in this portal"
OUR_POSTS = "the register of posts in this portal"


def assistants_needed(social_workers):
    """Return how many personal assistants so many social workers need: one to three, rounded up."""
    return -(-social_workers // settings.SOCIAL_WORKERS_TO_AN_ASSISTANT)


@dataclass(frozen=True)
class Figure:
    """A number with what it says, where it comes from and of what day it is."""

    number: str
    words: str
    source: str
    as_at: date


@dataclass(frozen=True)
class Ratio:
    """Assistants beside social workers, counted in one way, and how many there should be."""

    words: str
    social_workers: int
    assistants: int
    source: str
    as_at: date

    @property
    def needed(self):
        return assistants_needed(self.social_workers)

    @property
    def missing(self):
        return max(self.needed - self.assistants, 0)


@dataclass(frozen=True)
class CampaignReport:
    figures: list
    ratios: list
    charts: list
    table: Table

    @property
    def slipping(self):
        """The ratios with too few assistants."""
        return [ratio for ratio in self.ratios if ratio.missing]


def campaign_report(campaign, on):
    """Return how the campaign stands on the date `on`."""
    vacancies = list(reporting.campaign_vacancies(campaign))
    stages = applications.posts_by_stage(vacancies)
    rows = [_row(vacancy, *stages.get(vacancy.pk, (0, 0)), on) for vacancy in vacancies]
    filled, offered, advertised = (sum(row[column] for row in rows) for column in (3, 4, 5))
    return CampaignReport(
        figures=_figures(campaign, filled, offered, advertised, on),
        ratios=_ratios(vacancies, on),
        charts=[
            Chart(
                "Posts against the target",
                [
                    ("Wanted", campaign.posts_wanted),
                    ("Filled", filled),
                    ("Offered", offered),
                    ("Advertised", advertised),
                ],
                "posts",
            ),
        ],
        table=Table(
            key="adverts",
            title="Adverts of the campaign",
            headings=["Advert", "State", "Posts", "Filled", "Offered", "Advertised"],
            rows=rows,
            empty="No advert belongs to this campaign yet. Choose it in the advert, under Advert.",
        ),
    )


def _row(vacancy, appointed, offered, on):
    """Posts of one advert: an advert marked filled has filled them all, whoever applied elsewhere."""
    posts = vacancy.number_of_posts
    filled = posts if vacancy.state == VacancyState.FILLED else min(appointed, posts)
    offered = min(offered, posts - filled)
    advertised = posts - filled - offered if vacancy.is_open(on) else 0
    state = vacancy.get_state_display()
    return [advert_link(vacancy), state, posts, filled, offered, advertised]


def _figures(campaign, filled, offered, advertised, on):
    target = (campaign.source, campaign.as_at)
    left = max(campaign.posts_wanted - filled - offered - advertised, 0)
    after = campaign.social_workers + campaign.posts_wanted
    before_needs = assistants_needed(campaign.social_workers)
    return [
        Figure(f"{campaign.posts_wanted:,}", "posts wanted", *target),
        Figure(f"£{campaign.money:,}", "for the campaign", *target),
        Figure(f"{filled:,}", "posts filled", OUR_ADVERTS, on),
        Figure(f"{offered:,}", "posts with an offer made", OUR_ADVERTS, on),
        Figure(f"{advertised:,}", "posts advertised now", OUR_ADVERTS, on),
        Figure(f"{left:,}", "posts still to be advertised", OUR_ADVERTS, on),
        Figure(f"{before_needs:,}",
               f"personal assistants for {campaign.social_workers:,} social workers, as before", *target),
        Figure(f"{assistants_needed(after):,}",
               f"personal assistants for {after:,} social workers, when all posts are filled", *target),
    ]  # fmt: skip


def _ratios(vacancies, on):
    """Return the ratio by posts, by posts that somebody holds, and by posts advertised."""
    workers, workers_held = reporting.posts_of_roles(settings.SOCIAL_WORKER_ROLES)
    assistants, assistants_held = reporting.posts_of_roles(settings.ASSISTANT_ROLES)
    open_now = [vacancy for vacancy in vacancies if vacancy.is_open(on)]
    return [
        Ratio("Posts that somebody holds", workers_held, assistants_held, OUR_POSTS, on),
        Ratio("Posts there are", workers, assistants, OUR_POSTS, on),
        Ratio(
            "Posts that the campaign advertises now",
            _advertised(open_now, settings.SOCIAL_WORKER_ROLES),
            _advertised(open_now, settings.ASSISTANT_ROLES),
            OUR_ADVERTS,
            on,
        ),
    ]


def _advertised(vacancies, slugs):
    return sum(vacancy.number_of_posts for vacancy in vacancies if vacancy.role.slug in slugs)
