from applications import queries as applications
from organisation.models import RoleFamily
from vacancies.queries import reporting
from vacancies.reports.report import Chart, Report, Table, advert_link, each_week

DEFINITIONS = [
    ("Views", "As in the report on views, within the period."),
    ("Saves", "People with an account who saved the advert within the period and have it saved still. "
     "What a visitor saves stays in their own browser and is not counted."),
    ("Applications", "Applications that were sent within the period, also those withdrawn later. "
     "Drafts are nobody's business but their writer's."),
    ("Applications for 100 views", "Applications divided by views, times 100. Where an advert was on "
     "show before views were counted, it says more than it knows."),
]  # fmt: skip


def interest(filters, on):
    """Saves and applications of the period, by family, by week and by advert, beside views."""
    adverts = reporting.on_show(filters)
    sent = applications.sent_between(adverts, filters.since, filters.until)
    weeks = applications.sent_by_week(adverts, filters.since, filters.until)
    saves = reporting.saves_by_vacancy(filters)
    views = {
        key: sum(counts.values()) for key, counts in reporting.views_by_vacancy(filters).items()
    }
    rows, by_family = _rows(adverts, sent, views, saves)
    return Report(
        title="Saves and applications",
        lead="Which adverts people save and apply for, beside how often they are opened.",
        figures=[
            (f"{sum(sent.values()):,}", "applications sent"),
            (f"{sum(row[3] for row in rows):,}", "saves"),
            (f"{len(rows):,}", "adverts on show"),
            (f"{sum(1 for row in rows if not row[4]):,}", "of them without an application"),
        ],
        charts=[
            Chart("Applications by role family", by_family, "applications"),
            Chart("Applications by week, from Monday",
                  each_week(weeks, filters.since, filters.until), "applications"),
        ],
        tables=[
            Table(
                key="adverts",
                title="Each advert on show in the period",
                headings=["Advert", "Role family", "Views", "Saves", "Applications",
                          "Applications for 100 views"],
                rows=rows,
                empty="No advert was on show in this period.",
            )
        ],
        definitions=DEFINITIONS,
    )  # fmt: skip


def _rows(adverts, sent, views, saves):
    """Return a row for each advert, most applications first, and the sums by role family."""
    rows = []
    by_family = dict.fromkeys(RoleFamily, 0)
    for advert in adverts.select_related("role").only("title", "reference", "role__family"):
        seen, applied = views.get(advert.pk, 0), sent.get(advert.pk, 0)
        by_family[advert.role.family] += applied
        rate = round(100 * applied / seen, 1) if seen else ""
        family, saved = advert.role.get_family_display(), saves.get(advert.pk, 0)
        rows.append([advert_link(advert), family, seen, saved, applied, rate])
    rows.sort(key=lambda row: (-row[4], -row[2]))
    return rows, [(family.label, by_family[family]) for family in RoleFamily]
