"""Posts paid for by money that ends, and those that became permanent."""

from collections import Counter

from django.urls import reverse

from vacancies.queries import reporting
from vacancies.reports.report import Chart, Link, Report, Table


def funded_posts_ending(filters, on):
    """Posts whose funding ends, by date: who holds them and whether they are advertised on `on`."""
    posts = list(reporting.funded_posts(filters))
    advertised = reporting.advertised_roles(on)
    soon = [post for post in posts if on <= post.funding_ends_on and _months(post, on) < 6]
    by_year = Counter(f"{post.funding_ends_on:%Y}" for post in posts)
    return Report(
        title="Funded posts ending",
        lead="Posts that are paid for until a day and have not been made permanent.",
        figures=[
            (len(posts), "posts with an end"),
            (len(soon), "of them end within six months"),
            (sum(post.holder is None for post in posts), "are vacant"),
        ],
        charts=[Chart("Posts by the year their money ends", sorted(by_year.items()), "posts")],
        tables=[
            Table(
                key="posts",
                title="Posts, the next to end first",
                headings=["Post", "Role", "Team", "Hub", "Funding ends on", "Days left", "Holder",
                          "Advert"],
                rows=[_funded(post, advertised, on) for post in posts],
                empty="No post has money that ends.",
            )
        ],
        definitions=[
            ("Funding ends on", "The last day that the post is paid for, as its record in the admin "
             "says. Days left count from today; below 0 the day has passed."),
            ("Advert", "An advert that is open today for the same role in the same team."),
        ],
        uses_period=False,
    )  # fmt: skip


def posts_made_permanent(filters, on):
    """Posts that were made permanent within the period, and how many each year."""
    posts = list(reporting.permanent_posts(filters))
    by_year = Counter(f"{post.made_permanent_on:%Y}" for post in posts)
    within = [post for post in posts if filters.since <= post.made_permanent_on <= filters.until]
    return Report(
        title="Posts made permanent",
        lead="Posts that began with money for a time and were kept.",
        figures=[(len(posts), "posts in all"), (len(within), "of them in the period")],
        charts=[Chart("Posts made permanent by year", sorted(by_year.items()), "posts")],
        tables=[
            Table(
                key="posts",
                title="Posts, the latest first",
                headings=["Post", "Role", "Team", "Hub", "Made permanent on", "Holder"],
                rows=[
                    [*_named(post), post.made_permanent_on, _holder(post)] for post in posts
                ],
                empty="No post has been made permanent.",
            )
        ],
        definitions=[
            ("Made permanent on", "The day that the post's record in the admin says. A post keeps the "
             "day its money would have ended."),
        ],
    )  # fmt: skip


def _named(post):
    number = Link(post.number, reverse("admin:organisation_post_change", args=[post.pk]))
    return [number, post.role.name, post.team.name, post.hub.name if post.hub else ""]


def _funded(post, advertised, on):
    reference = advertised.get((post.role_id, post.team_id), "")
    advert = reference and Link(reference, reverse("vacancies:vacancy-detail", args=[reference]))
    left = (post.funding_ends_on - on).days
    return [*_named(post), post.funding_ends_on, left, _holder(post), advert or "None"]


def _holder(post):
    return post.holder.user.full_name if post.holder else "Vacant"


def _months(post, on):
    return (post.funding_ends_on - on).days / 30.44
