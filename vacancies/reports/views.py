from vacancies.models import ViewSource
from vacancies.queries import reporting
from vacancies.reports.report import Chart, Report, Table, advert_link, each_week

DEFINITIONS = [
    ("A view", "One opening of an advert's page. Opening it again counts again. Programs such as "
     "search engines' robots are left out by the name they go by."),
    ("Where from", "What the link says of itself (from= or utm_source= in the address), else the site "
     "the person came from, mapped to this short list. No cookie is set and no person is noted."),
    ("As at", "Views are counted at once and stored here every five minutes. When the counter is away "
     "views are not counted, so these figures are the least there were."),
]  # fmt: skip


def views_by_source(filters, on):
    """How often adverts were opened in the period, and where people came from."""
    by_source = reporting.views_by_source(filters)
    by_week = reporting.views_by_week(filters)
    sources = sorted(by_source, key=by_source.get, reverse=True)
    labels = dict(ViewSource.choices)
    return Report(
        title="Views of adverts",
        lead="Where people come to our adverts from.",
        figures=[(f"{sum(by_source.values()):,}", "views in the period")],
        charts=[
            Chart("Views by source", [(labels[name], by_source[name]) for name in sources], "views"),
            Chart("Views by week, from Monday", each_week(by_week, filters.since, filters.until),
                  "views"),
        ],
        tables=[_by_advert(filters, sources, labels)],
        definitions=DEFINITIONS,
    )  # fmt: skip


def _by_advert(filters, sources, labels):
    views = reporting.views_by_vacancy(filters)
    adverts = reporting.reported_vacancies(filters).filter(pk__in=views).only("title", "reference")
    rows = [
        [
            advert_link(advert),
            sum(views[advert.pk].values()),
            *(views[advert.pk].get(source, 0) for source in sources),
        ]
        for advert in adverts
    ]
    rows.sort(key=lambda row: -row[1])
    return Table(
        key="adverts",
        title="Views of each advert",
        headings=["Advert", "Views", *(labels[source] for source in sources)],
        rows=rows,
        empty="Nobody has opened an advert in this period.",
    )
