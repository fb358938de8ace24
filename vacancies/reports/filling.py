from statistics import median

from django.utils import timezone

from organisation.models import RoleFamily
from vacancies.queries import reporting
from vacancies.reports.report import Chart, Report, Table, advert_link

DEFINITIONS = [
    ("Time to fill", "Whole days from publishing an advert to marking it filled, for adverts marked "
     "filled within the period. An advert is filled only when every applicant has an answer."),
    ("Median", "The middle of all times: half of the adverts took less, half took more. One advert that "
     "took a year does not move it, as it would move an average."),
]  # fmt: skip


def time_to_fill(filters, on):
    """How long it took from publishing to filled, for adverts filled in the period."""
    adverts = list(reporting.filled_vacancies(filters))
    days = [advert.took.days for advert in adverts]
    families = {}
    for advert in adverts:
        families.setdefault(advert.role.family, []).append(advert.took.days)
    return Report(
        title="Time to fill",
        lead="How long it takes from publishing an advert to filling it.",
        figures=[
            (f"{median(days):g}" if days else "none", "days, the median"),
            (len(days), "adverts filled in the period"),
        ],
        charts=[
            Chart(
                "Median days by role family",
                [(RoleFamily(key).label, f"{median(families[key]):g}") for key in RoleFamily
                 if key in families],
                "days",
            )
        ],
        tables=[_table(adverts)],
        definitions=DEFINITIONS,
    )  # fmt: skip


def _table(adverts):
    return Table(
        key="adverts",
        title="Adverts filled in the period, the longest first",
        headings=["Advert", "Role", "Team", "Posts", "Published on", "Filled on", "Days"],
        rows=[
            [
                advert_link(advert),
                advert.role.name,
                advert.team.name,
                advert.number_of_posts,
                timezone.localdate(advert.published_at),
                timezone.localdate(advert.filled_at),
                advert.took.days,
            ]
            for advert in adverts
        ],
        empty="No advert was marked filled in this period.",
    )
