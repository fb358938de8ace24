from django.conf import settings
from django.utils import timezone

from applications import queries as applications
from vacancies.queries import reporting
from vacancies.reports.report import Chart, Report, Table, advert_link

LABELS = {
    "awaiting": "Waiting for approval",
    "approved": "Approved and not published",
    "live": "Live with few applications",
    "closed": "Closed and not filled",
    "untold": "Closed with applicants not told",
}


def stalls(filters, on):
    """Adverts that do not move, with the days in their present state by the date `on`."""
    found = _stalled(filters, on)
    return Report(
        title="Where adverts stall",
        lead="Adverts that wait for somebody today, the longest wait first.",
        charts=[
            Chart(
                "Adverts that wait",
                [(LABELS[key], len(rows)) for key, rows in found.items()],
                "adverts",
            )
        ],
        tables=[
            Table(
                key=key,
                title=LABELS[key],
                headings=["Advert", "Team", "Days", *_more_headings(key)],
                rows=sorted(rows, key=lambda row: -row[2]),
                empty="None today.",
            )
            for key, rows in found.items()
        ],
        definitions=_definitions(),
        uses_period=False,
    )


def _more_headings(key):
    return {"live": ["Applications"], "closed": ["Applicants without an answer"]}.get(
        key, ["Applicants without an answer"] if key == "untold" else []
    )


def _stalled(filters, on):
    """Return the rows of each table: advert, team, days, and the number that the table is about."""
    groups = reporting.unfinished_vacancies(filters, on)
    live, closed = groups["live"], groups["closed"]
    sent = applications.sent_between(live, min_day(live, on), on)
    untold = applications.untold_by_vacancy(closed)
    few, after = settings.FEW_APPLICATIONS, settings.FEW_APPLICATIONS_AFTER_DAYS
    quiet = [
        (advert, advert.opens_on, [sent.get(advert.pk, 0)])
        for advert in live
        if sent.get(advert.pk, 0) < few and (on - advert.opens_on).days >= after
    ]
    over = [(advert, _day(advert.closed_at), [untold.get(advert.pk, 0)]) for advert in closed]
    return {
        "awaiting": _rows([(row, _day(row.submitted_at), []) for row in groups["awaiting"]], on),
        "approved": _rows([(row, _day(row.approved_at), []) for row in groups["approved"]], on),
        "live": _rows(quiet, on),
        "closed": _rows([row for row in over if not row[2][0]], on),
        "untold": _rows([row for row in over if row[2][0]], on),
    }


def min_day(adverts, on):
    """Return the first day on which one of the adverts was open."""
    return min((advert.opens_on for advert in adverts), default=on)


def _rows(found, on):
    return [
        [advert_link(advert), advert.team.name, max((on - since).days, 0) if since else 0, *more]
        for advert, since, more in found
    ]


def _day(moment):
    return moment and timezone.localdate(moment)


def _definitions():
    few, after = settings.FEW_APPLICATIONS, settings.FEW_APPLICATIONS_AFTER_DAYS
    return [
        (LABELS["awaiting"], "Days since the advert was sent for approval."),
        (LABELS["approved"], "Days since HR approved it; nobody has published it yet."),
        (
            LABELS["live"],
            f"Open for {after} days or more with fewer than {few} applications. "
            "Days since it opened.",
        ),
        (
            LABELS["closed"],
            "Days since it closed. Every applicant has an answer: mark it filled, or advertise again.",
        ),
        (
            LABELS["untold"],
            "Days since it closed. The number is of applicants who were sent no decision: "
            "it cannot be marked filled before they are told.",
        ),
    ]
