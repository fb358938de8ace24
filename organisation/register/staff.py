"""Judges a list of staff: who joins, moves, changes or leaves, and which rows have errors."""

from decimal import Decimal

from accounts.models import User
from organisation.models import (
    OpeningBalance,
    RegisterKind,
    Role,
    StaffMember,
    Team,
    WorkingPattern,
)
from organisation.models.working_time import FULL_TIME_SLOTS
from organisation.patterns import pattern_in_words
from organisation.register.cells import (
    Judgement,
    employee_number_of,
    read_cells,
    refuse_repeats,
    staff_parsers,
)
from organisation.register.columns import headings
from organisation.register.tree import managers_after, rank_in, settle_managers
from organisation.sheets.names import by_name
from organisation.states import RegisterOutcome

HEADINGS = headings(RegisterKind.STAFF)
JOINER_NEEDS = ["full_name", "email", "role", "team", "started_on"]
MOVES = {"role", "team", "manager"}
# What is compared with the register as it is; the rest of a row is looked at by itself.
COMPARED = [
    "full_name", "role", "team", "manager", "weekly_hours", "started_on", "left_on",
    "registration_number", "pattern",
]  # fmt: skip


class StaffJudge:
    """Judges rows of a list against the register, read once in a fixed number of queries."""

    def __init__(self, today):
        self.today = today
        members = StaffMember.objects.select_related("user", "role", "team", "line_manager")
        self.members = {member.employee_number: member for member in members}
        self.parsers = staff_parsers(by_name(Role.objects.all()), by_name(Team.objects.all()))
        self.patterns = {}
        for pattern in WorkingPattern.objects.order_by("-starts_on"):
            self.patterns.setdefault(pattern.member_id, []).append(pattern)
        self.balances = {
            (member, as_at): half_days
            for member, as_at, half_days in OpeningBalance.objects.values_list(
                "member", "as_at", "half_days"
            )
        }

    def judge(self, rows):
        """Return the Judgements of RegisterRows, those of managers before those of their reports."""
        judgements = [self._read(row) for row in rows]
        for key, words in [
            ("employee_number", "are about the same person"),
            ("email", "have the same address"),
        ]:
            refuse_repeats(judgements, key, HEADINGS[key], words)
        self._look_up_accounts(judgements)
        good = [judgement for judgement in judgements if not judgement.is_bad]
        for judgement in good:
            self._leave_managers_who_left(judgement)
        settle_managers(good, self.members, HEADINGS["manager"])
        above = managers_after(good, self.members)
        for judgement in good:
            if not judgement.is_bad:
                judgement.rank = rank_in(above, judgement.fields["employee_number"])
                self._compare(judgement)
        return sorted(judgements, key=lambda judgement: (judgement.rank, judgement.row.number))

    def _read(self, row):
        judgement = Judgement(row, member=self.members.get(employee_number_of(row.cells)))
        read_cells(judgement, self.parsers, HEADINGS)
        fields, member = judgement.fields, judgement.member
        if "employee_number" not in fields and not judgement.is_bad:
            judgement.wrong(HEADINGS["employee_number"], "Give the employee number.")
        if member is None and not judgement.is_bad:
            for key in JOINER_NEEDS:
                if key not in fields:
                    judgement.wrong(HEADINGS[key], "Somebody who is new needs this.")
        started_on = fields.get("started_on", member and member.started_on)
        left_on = fields.get("left_on")
        if started_on and left_on and left_on < started_on:
            judgement.wrong(HEADINGS["left_on"], "The last day must not be before the first.")
        if _says(row, "half_days") != _says(row, "as_at"):
            words = "Give both the half days used and the day they were counted."
            judgement.wrong(HEADINGS["half_days"], words)
        return judgement

    def _look_up_accounts(self, judgements):
        """Refuse addresses of other people; whoever works here already keeps theirs."""
        addresses = [judgement.fields.get("email") for judgement in judgements]
        found = User.objects.filter(email__in=filter(None, addresses)).select_related(
            "staff_member"
        )
        users = {user.email: user for user in found}
        for judgement in judgements:
            user, member = users.get(judgement.fields.get("email")), judgement.member
            if member and "email" in judgement.fields:
                if judgement.fields["email"] != member.user.email:
                    words = f"They sign in as {member.user.email} and change that themselves."
                    judgement.note(HEADINGS["email"], words)
            elif user and hasattr(user, "staff_member"):
                words = f"{user.staff_member.employee_number} has this address."
                judgement.wrong(HEADINGS["email"], words)
            elif user and not user.is_active:
                judgement.wrong(HEADINGS["email"], "The account with this address is closed.")

    def _leave_managers_who_left(self, judgement):
        """Pass over a line manager who has left: whoever took over from them stays."""
        manager = self.members.get(judgement.fields.get("manager"))
        now = judgement.member and judgement.member.line_manager
        if manager and manager != now and manager.left_on and manager.left_on < self.today:
            del judgement.fields["manager"]
            judgement.note(
                HEADINGS["manager"],
                f"{manager.employee_number} has left, so this stays as it is.",
            )

    def _compare(self, judgement):
        now, fields = self._now(judgement.member, judgement.fields), judgement.fields
        changed = [key for key in COMPARED if key in fields and fields[key] != now.get(key)]
        judgement.changes = [
            [HEADINGS[key], _in_words(now.get(key)), _in_words(fields[key])] for key in changed
        ]
        if "half_days" in fields:
            key = (judgement.member and judgement.member.pk, fields["as_at"])
            before = self.balances.get(key)
            if before != fields["half_days"]:
                changed.append("half_days")
                after = f"{fields['half_days']} as at {_in_words(fields['as_at'])}"
                judgement.changes.append([HEADINGS["half_days"], _in_words(before), after])
        judgement.fields = {**fields, "changed": changed}
        judgement.outcome = _outcome(judgement.member, fields, changed)

    def _now(self, member, fields):
        if member is None:
            return {}
        on = max(self.today, fields.get("started_on", member.started_on))
        patterns = self.patterns.get(member.pk, [])
        pattern = next((row.slots for row in patterns if row.starts_on <= on), FULL_TIME_SLOTS)
        return {
            "full_name": member.user.full_name,
            "role": member.role,
            "team": member.team,
            "manager": member.line_manager and member.line_manager.employee_number,
            "weekly_hours": member.weekly_hours,
            "started_on": member.started_on,
            "left_on": member.left_on,
            "registration_number": member.registration_number or None,
            "pattern": pattern,
        }


def _says(row, key):
    return bool(row.cells.get(key, "").strip())


def _outcome(member, fields, changed):
    if member is None:
        return RegisterOutcome.NEW
    if "left_on" in changed and fields["left_on"]:
        return RegisterOutcome.LEAVES
    if MOVES & set(changed):
        return RegisterOutcome.MOVED
    return RegisterOutcome.CHANGED if changed else RegisterOutcome.SAME


def _in_words(value):
    """Return a value as the page of an import shows it."""
    if value is None or value == "":
        return "none"
    if isinstance(value, list):
        return pattern_in_words(value)
    if hasattr(value, "strftime"):
        return f"{value:%-d %B %Y}"
    return f"{value:f}".rstrip("0").rstrip(".") if isinstance(value, Decimal) else str(value)


def on_register_but_not_in(run, today):
    """Return people who work here and whom a list of staff does not name, to look at."""
    named = run.rows.order_by().values("employee_number")
    missing = StaffMember.objects.working(today).exclude(employee_number__in=named)
    return missing.select_related("user", "team", "role", "line_manager").order_by(
        "user__full_name", "pk"
    )
