from organisation.models.geography import District, Outcode, Place
from organisation.models.roles import Grade, GradeRange, PathwayStep, Role, RoleFamily
from organisation.models.teams import Post, StaffMember, Team, TeamFacts, TeamKind

__all__ = [
    "District",
    "Grade",
    "GradeRange",
    "Outcode",
    "PathwayStep",
    "Place",
    "Post",
    "Role",
    "RoleFamily",
    "StaffMember",
    "Team",
    "TeamFacts",
    "TeamKind",
]
