"""Checks of the people who have an offer or the job: some done, some waiting, one that runs out soon."""

from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from applications.actions import (
    confirm_check,
    destroy_check_details,
    hand_check_on,
    leave_check_out,
    note_what_was_seen,
)
from applications.actions.checks import make_checks
from applications.models import Application, Check, RegistrationCheck
from applications.queries.references import has_enough_references
from applications.states import ApplicationState, CheckHolder, CheckNature, DbsLevel, DbsOutcome
from demo.loaders.references import have_enough_accepted
from training.queries.recommended import months_after

S = ApplicationState
SEEN = {
    CheckNature.IDENTITY: "Passport and a council tax letter. The photo is theirs, the address agrees.",
    CheckNature.RIGHT_TO_WORK: "British passport, the original. The photo and the birth date agree.",
    CheckNature.DBS: "The original certificate, with name, birth date and address as in the application.",
    CheckNature.REFERENCES: "Two references on headed paper, the first from the last employer. Both rung.",
    CheckNature.REGISTRATION: "The public register: registered, without conditions.",
    CheckNature.QUALIFICATIONS: "The original degree certificate.",
    CheckNature.HEALTH: "Occupational health: fit for the post, with no adjustments.",
    CheckNature.OVERSEAS: "",
}
NEVER_ABROAD = "The history shows that they have not lived or worked abroad."
PERMISSION = (
    "Home Office online, with share code and birth date. Permission to work until the day noted."
)
# How many checks of somebody whose offer stands are done, by turns.
DONE = [3, 6, 0, 5]
BEGUN_DAYS_AGO = 24


def load(today):
    """Begin the checks of everybody who has come so far, unless there are some."""
    call_command("load_check_kinds")
    people = Application.objects.filter(state__in=[S.OFFERED, S.CHECKS, S.HIRED])
    if Check.objects.exists() or not people.exists():
        return
    writer = Writer(today)
    for application in people.select_related("vacancy__role", "applicant").order_by("pk"):
        writer.write(application)
    writer.one_runs_out()
    destroy_check_details(on=today)


class Writer:
    """Writes the checks of one application after the other, always the same ones."""

    def __init__(self, today):
        self.today = today
        self.first = User.objects.get(email="hr@example.org")
        self.second = User.objects.get(email="admin@example.org")
        self.turn = 0

    def write(self, application):
        is_hired = application.state == S.HIRED
        if is_hired:
            have_enough_accepted(application, by=self.first, today=self.today)
        make_checks(application, by=self.first)
        checks = list(
            application.checks.select_related("kind", "application").order_by("kind__position")
        )
        number = len(checks) if is_hired else DONE[self.turn % len(DONE)]
        self.turn += not is_hired
        for check in checks[:number]:
            if self.waits_for_referees(check, is_hired):
                self.under_way(check, CheckHolder.REFEREE)
            else:
                self.settle(check)
        if not is_hired and number < len(checks):
            self.under_way(checks[number])
        if application.registration_number and number:
            self.look_up(application)
        moment = application.decided_at or timezone.now()
        self.date_back(application, moment - timedelta(days=2 if is_hired else 0))

    def settle(self, check):
        nature = check.kind.nature
        if nature == CheckNature.OVERSEAS:
            leave_check_out(check=check, reason=NEVER_ABROAD, by=self.first)
            return
        facts = {"seen_on": self.today, "what_was_seen": SEEN[nature]}
        if nature == CheckNature.RIGHT_TO_WORK:
            facts |= {"way": "manual"}
        if nature == CheckNature.DBS:
            facts |= {
                "number": f"0017{check.pk:08}",
                "issued_on": self.today - timedelta(days=9),
                "level": DbsLevel.ENHANCED_BARRED,
                "outcome": DbsOutcome.NOTHING,
            }
        note_what_was_seen(check=check, by=self.first, **facts)
        confirm_check(check=check, by=self.second)

    def waits_for_referees(self, check, is_hired):
        is_theirs = check.kind.nature == CheckNature.REFERENCES and not is_hired
        return is_theirs and not has_enough_references(check.application)

    def under_way(self, check, holder=CheckHolder.APPLICANT):
        if check.kind.nature == CheckNature.DBS:
            holder = CheckHolder.DBS
        hand_check_on(check=check, holder=holder, next_step="Wait for their answer", by=self.first)

    def look_up(self, application):
        RegistrationCheck.objects.create(
            application=application,
            number=application.registration_number,
            name=application.full_name,
            status="Registered",
            is_registered=True,
            town=application.town,
            expires_on=None,
            looked_on=self.today - timedelta(days=6),
            looked_by=self.first,
            confirmed_at=timezone.now() - timedelta(days=6),
            confirmed_by=self.first,
        )

    def date_back(self, application, until):
        """Have it all begin with the offer, some weeks ago at most, and be over by `until`."""
        offer = application.moves.filter(to_state=S.OFFERED).last()
        began = max(until - timedelta(days=BEGUN_DAYS_AGO), min(offer.moved_at, until))
        for place, check in enumerate(application.checks.order_by("kind__position")):
            steps = list(check.steps.all())
            for number, step in enumerate(steps):
                step.done_at = min(began + timedelta(days=number * (place + 1)), until)
                step.save(update_fields=["done_at"])
            self.date_check(check, began, steps[-1].done_at, steps)

    def date_check(self, check, began, last, steps):
        check.begun_at = began
        check.held_since = last if check.held_since else None
        seen = next((step for step in steps if step.to_state == "seen"), None)
        if seen:
            check.seen_at, check.seen_on = seen.done_at, timezone.localdate(seen.done_at)
            check.destroy_on = check.destroy_on and months_after(
                check.seen_on, settings.DBS_DETAILS_KEPT_MONTHS
            )
            check.issued_on = check.issued_on and check.seen_on - timedelta(days=9)
        if check.confirmed_at:
            check.confirmed_at = last
            check.second_at = last if check.second_by_id else None
        check.save()

    def one_runs_out(self):
        """The right to work of one person ends in some weeks, and is to be looked at again."""
        check = Check.objects.filter(
            kind__nature=CheckNature.RIGHT_TO_WORK,
            state="confirmed",
            application__state=S.CHECKS,
        ).first()
        if check is not None:
            check.way, check.what_was_seen = "online", PERMISSION
            check.expires_on = self.today + timedelta(days=38)
            check.follow_up_on = self.today + timedelta(days=10)
            check.save()
