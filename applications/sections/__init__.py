"""What sections an application has, in the order they are asked for: `SECTIONS` is the table.

Which of them there are depends on the vacancy. A new kind of section is a class added to the table.
"""

from itertools import groupby

from applications.sections.about import Contact, RegistrationSection, RightToWork
from applications.sections.base import Section
from applications.sections.documents import CV
from applications.sections.evidence import Evidence
from applications.sections.held import Held
from applications.sections.history import EmploymentHistory
from applications.sections.places import Places
from applications.sections.referees import Referees
from applications.sections.rows import Qualifications, Training
from applications.sections.support import Adjustments, Schemes

__all__ = ["Held", "Section", "missing", "section_of", "sections_by_group", "sections_of"]

SECTIONS = [
    Contact,
    RightToWork,
    RegistrationSection,
    Places,
    Qualifications,
    EmploymentHistory,
    Training,
    Referees,
    CV,
    Evidence,
    Adjustments,
    Schemes,
]


def sections_of(held):
    """Return the sections an application has."""
    return [section for kind in SECTIONS for section in kind.asked_of(held)]


def section_of(held, name):
    """Return the section of that name, or None when the application has none."""
    kinds = [kind for kind in SECTIONS if kind.goes_by(name)]
    found = [section for kind in kinds for section in kind.asked_of(held)]
    return next((section for section in found if section.name == name), None)


def sections_by_group(held):
    """Return (heading, sections) for each group, in order."""
    return [
        (group, list(sections))
        for group, sections in groupby(sections_of(held), key=lambda section: section.group)
    ]


def missing(held):
    """Return the sections that stand in the way of sending.

    What may be left out and is finished or not begun is passed over unread: sending costs few queries.
    """
    kinds = [kind for kind in SECTIONS if not kind.optional or _is_open(held.saves.get(kind.name))]
    return [section for kind in kinds for section in kind.asked_of(held) if not section.may_be_sent]


def _is_open(save):
    return save is not None and (save.is_copied or save.finished_at is None)
