"""What is noted when figures leave the portal as a file."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import audit
from applications.rules import hr
from applications.rules import panel as panel_rules
from applications.states import BulkEvent


@transaction.atomic
def export_points(*, member, number, by):
    """Note that the lead of a panel has taken away the points of `number` applications, by their codes."""
    if not panel_rules.can_read_applications(by, member) or not member.is_lead:
        raise PermissionDenied("Only the lead of the panel takes the points away.")
    audit.record(BulkEvent.SCORES_EXPORTED, member.vacancy, by=by, number=number)


@transaction.atomic
def export_report(*, report, table, number, by):
    """Note that somebody of HR has taken `number` rows of a report away. `report` and `table` are its keys."""
    if not hr.can_see_recruitment_reports(by):
        raise PermissionDenied("You cannot see this report.")
    audit.record(BulkEvent.REPORT_EXPORTED, by, by=by, report=report, table=table, number=number)
