"""Judges a list of absence: what is new, what has changed, what is taken out, and what has errors."""

from organisation.models import Absence, AbsencePart, RegisterKind, StaffMember
from organisation.register.cells import (
    ABSENCE_PARSERS,
    CANCELLED,
    Judgement,
    read_cells,
    refuse_repeats,
)
from organisation.register.columns import NEEDED, headings
from organisation.states import RegisterOutcome

HEADINGS = headings(RegisterKind.ABSENCE)
COMPARED = ["starts_on", "ends_on", "part"]


class AbsenceJudge:
    """Judges rows of a list of absence in two queries for any number."""

    def judge(self, rows):
        """Return the Judgements of RegisterRows in their order."""
        judgements = [self._read(row) for row in rows]
        fields = [judgement.fields for judgement in judgements]
        members = StaffMember.objects.filter(
            employee_number__in=[field.get("employee_number") for field in fields]
        )
        members = {member.employee_number: member for member in members}
        known = Absence.objects.filter(key__in=[field.get("key") for field in fields])
        known = {absence.key: absence for absence in known.select_related("member")}
        refuse_repeats(judgements, "key", HEADINGS["key"], "have the same number")
        for judgement in judgements:
            if not judgement.is_bad:
                self._judge(judgement, members, known)
        return judgements

    def _read(self, row):
        judgement = Judgement(row)
        read_cells(judgement, ABSENCE_PARSERS, HEADINGS)
        fields = judgement.fields
        for key in NEEDED[RegisterKind.ABSENCE]:
            if key not in fields and not judgement.is_bad:
                judgement.wrong(HEADINGS[key], "Each absence needs this.")
        if not judgement.is_bad:
            fields.setdefault("part", AbsencePart.WHOLE_DAYS)
            if fields["ends_on"] < fields["starts_on"]:
                judgement.wrong(HEADINGS["ends_on"], "The last day must not be before the first.")
            is_half = fields["part"] in (AbsencePart.MORNING, AbsencePart.AFTERNOON)
            if is_half and fields["ends_on"] != fields["starts_on"]:
                words = "A morning or an afternoon away is on one day."
                judgement.wrong(HEADINGS["part"], words)
        return judgement

    def _judge(self, judgement, members, known):
        fields = judgement.fields
        judgement.member = members.get(fields["employee_number"])
        there = known.get(fields["key"])
        if judgement.member is None:
            words = f"There is nobody with the number {fields['employee_number']}."
            judgement.wrong(HEADINGS["employee_number"], words)
        elif there and there.member != judgement.member:
            words = f"This is an absence of {there.member.employee_number}."
            judgement.wrong(HEADINGS["key"], words)
        else:
            self._compare(judgement, there)

    def _compare(self, judgement, there):
        wanted = judgement.fields
        if wanted["part"] == CANCELLED:
            judgement.outcome = RegisterOutcome.REMOVED if there else RegisterOutcome.SAME
            after = "none"
        else:
            same = there and all(getattr(there, key) == wanted[key] for key in COMPARED)
            kind = RegisterOutcome.CHANGED if there else RegisterOutcome.NEW
            judgement.outcome = RegisterOutcome.SAME if same else kind
            after = _in_words(wanted)
        if judgement.outcome != RegisterOutcome.SAME:
            now = there and {key: getattr(there, key) for key in COMPARED}
            judgement.changes = [["Away", _in_words(now) if now else "none", after]]


def _in_words(absence):
    days = f"{absence['starts_on']:%-d %B %Y} to {absence['ends_on']:%-d %B %Y}"
    return f"{days}, {AbsencePart(absence['part']).label.lower()}"
