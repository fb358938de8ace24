"""The table of points as a file, for the lead of a panel: codes only."""

from fractions import Fraction

from django.http import Http404
from django.shortcuts import redirect

from applications.actions.exports import export_points
from applications.queries.shortlist import Shortlist, to_one_place
from applications.views.panel import reading_page
from design_system.downloads import csv_download

HEADINGS = ["Rank", "Application", "Points", "Essentials met"]


@reading_page
def panel_table_download(request, member):
    """Send what each application came to, once everybody has sent all their scores."""
    if not member.is_lead:
        raise Http404
    shortlist = Shortlist(member.vacancy, member=member)
    if not shortlist.is_open:
        return redirect("applications:panel-table", member.vacancy.reference)
    export_points(member=member, number=len(shortlist.rows), by=request.user)
    criteria = shortlist.criteria
    headings = [*HEADINGS, *(criterion.text for criterion in criteria), "Outcome"]
    rows = [_row(row, criteria) for row in shortlist.rows]
    return csv_download(f"points {member.vacancy.reference}", headings, rows)


def _row(row, criteria):
    averages = [to_one_place(row.averages.get(criterion.pk, Fraction(0))) for criterion in criteria]
    outcome = row.decision.get_outcome_display() if row.decision else ""
    said = "decided" if row.is_decided else "proposed"
    return [
        row.rank,
        row.code,
        row.total,
        "yes" if row.meets_essentials else "no",
        *averages,
        f"{outcome} ({said})" if outcome else "",
    ]
