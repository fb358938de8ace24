from organisation.models.geography import District, Outcode, Place
from organisation.models.register import RegisterImport, RegisterKind, RegisterRow
from organisation.models.roles import Grade, GradeRange, PathwayStep, Role, RoleFamily
from organisation.models.teams import Post, StaffMember, Team, TeamFacts, TeamKind
from organisation.models.working_time import (
    Absence,
    AbsencePart,
    BankHoliday,
    CoverMinimum,
    OpeningBalance,
    WorkingPattern,
)

__all__ = [
    "Absence",
    "AbsencePart",
    "BankHoliday",
    "CoverMinimum",
    "District",
    "Grade",
    "GradeRange",
    "OpeningBalance",
    "Outcode",
    "PathwayStep",
    "Place",
    "Post",
    "RegisterImport",
    "RegisterKind",
    "RegisterRow",
    "Role",
    "RoleFamily",
    "StaffMember",
    "Team",
    "TeamFacts",
    "TeamKind",
    "WorkingPattern",
]
