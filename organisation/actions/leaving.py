"""What happens when somebody has left: rights end at once, and the people they managed move on.

By the date alone nobody who has left is staff or holds a granted role (accounts.models.User). What is
stored is put in order here, when HR records the last day or when it has passed; other apps find what
they have to hand on by their own tasks.
"""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.actions import sign_out_everywhere, take_granted_roles
from organisation import emails
from organisation.models import StaffMember, Team
from organisation.states import StaffEvent


def let_go_of_leavers(*, on):
    """Let go of everybody whose last day was before the date `on`, each by themselves. Safe to repeat."""
    leavers = StaffMember.objects.who_left(on).filter(let_go_at__isnull=True)
    for member in leavers.order_by("pk"):
        let_go(member=member, by=None)  # None: by the timetable, not a person.


@transaction.atomic
def let_go(*, member, by):
    """Take a leaver's granted roles, end their sessions, and hand their people to their own manager.

    The people they managed and whoever manages them now each get an e-mail. Nothing happens before
    the last day is over, or twice. Returns the member.
    """
    member = StaffMember.objects.select_for_update(of=["self"]).get(pk=member.pk)
    today = timezone.localdate()
    if member.left_on is None or member.left_on >= today or member.let_go_at:
        return member
    member.let_go_at = timezone.now()
    member.save(update_fields=["let_go_at"])
    take_granted_roles(person=member.user, by=by)
    sign_out_everywhere(person=member.user, by=by)
    audit.record(StaffEvent.STAFF_MEMBER_LEFT, member, by=by)
    _hand_on_reports(member, today, by)
    return member


def _hand_on_reports(leaver, today, by):
    """Give the leaver's reports and teams to the next manager above who works here, if there is one."""
    successor = _next_above(leaver, today)
    if successor is None:
        return  # HR's list of what needs attention shows them.
    # Who has left too, or leads the team already, is not handed on.
    reports = list(
        StaffMember.objects.select_for_update(of=["self"])
        .filter(line_manager=leaver)
        .exclude(left_on__lt=today)
        .select_related("user")
        .order_by("pk")
    )
    for report in reports:
        report.line_manager = successor
        report.save(update_fields=["line_manager"])
    teams = Team.objects.filter(manager=leaver)
    names = list(teams.values_list("name", flat=True))
    teams.update(manager=successor)
    if reports or names:
        people = [report.pk for report in reports]
        audit.record(
            StaffEvent.REPORTS_HANDED_ON, leaver, by=by, to=successor.pk, people=people, teams=names
        )
        emails.reports_handed_on(leaver, successor, reports, names)


def _next_above(leaver, today):
    """Return the nearest manager above somebody who works here, or None."""
    seen, manager = {leaver.pk}, leaver.line_manager
    while manager is not None and manager.pk not in seen:
        if manager.works_here(today):
            return manager
        seen.add(manager.pk)
        manager = manager.line_manager
    return None
