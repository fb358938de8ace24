"""The two people who can tell about an applicant."""

from django.forms.models import model_to_dict

from applications.models import RefereeKind
from applications.sections.base import YOUR_WORK, Section, yes_or_no

POSITIONS = (1, 2)
FIELDS = (
    "kind",
    "full_name",
    "job_title",
    "organisation",
    "email",
    "phone",
    "ask_before_interview",
)
ORDINALS = {1: "First", 2: "Second"}


class Referees(Section):
    """Two referees, the first from the present or last employer where there is or was one."""

    name = "referees"
    task = "Give two referees"
    title = "Your referees"
    group = YOUR_WORK
    look_at = (
        "Look whether the first is still your present or last employer. Ask both before you name them, and "
        "say for this job whether we may write to them before an interview."
    )

    @property
    def had_a_job(self):
        return bool(self.held.employments)

    def saved(self):
        """Return each answer with the number of its referee at the end of its name.

        Consent is given for one job: where it was copied, it is asked for again.
        """
        answers = {}
        for position in POSITIONS:
            referee = self.held.referees.get(position)
            row = model_to_dict(referee, fields=FIELDS) if referee else {}
            if self.is_copied:
                row["ask_before_interview"] = None
            answers |= {f"{name}_{position}": row.get(name) for name in FIELDS}
        return answers

    def missing(self):
        referees = self.held.referees
        missing = [
            f"your {ORDINALS[position].lower()} referee"
            for position in POSITIONS
            if position not in referees
        ]
        if not missing and self.had_a_job and referees[1].kind != RefereeKind.EMPLOYER:
            missing.append("your present or last employer as the first referee")
        return missing

    def rows(self):
        for position in POSITIONS:
            referee = self.held.referees.get(position)
            told = _lines(referee) if referee else ""
            yield f"{ORDINALS[position]} referee", told
            if referee:
                yield (
                    f"May we ask the {ORDINALS[position].lower()} referee before an interview?",
                    yes_or_no(None if self.is_copied else referee.ask_before_interview),
                )


def _lines(referee):
    told = [
        referee.full_name,
        referee.get_kind_display(),
        ", ".join(filter(None, [referee.job_title, referee.organisation])),
        referee.email,
        referee.phone,
    ]
    return "\n".join(filter(None, told))
