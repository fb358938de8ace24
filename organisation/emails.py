"""Messages about the staff register. Each is put in the outbox inside the caller's transaction."""

from notifications import outbox


def reports_handed_on(leaver, successor, reports, teams):
    """Tell the new manager whom they manage now, and each of these people who their manager is."""
    names = {"leaver": leaver.user.full_name, "successor": successor.user.full_name}
    outbox.put(
        template="organisation/emails/you_manage_more_people",
        to=successor.user.email,
        context={
            **names,
            "name": successor.user.get_short_name(),
            "people": [report.user.full_name for report in reports],
            "teams": teams,
        },
        about=leaver,
        key=f"staff-{leaver.pk}-handed-on-{leaver.left_on}",
    )
    for report in reports:
        outbox.put(
            template="organisation/emails/your_manager_is_now",
            to=report.user.email,
            context={**names, "name": report.user.get_short_name()},
            about=report,
            key=f"staff-{report.pk}-from-{leaver.pk}-{leaver.left_on}",
        )
