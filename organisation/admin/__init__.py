from organisation.admin.catalogue import (
    DistrictAdmin,
    GradeAdmin,
    OutcodeAdmin,
    PlaceAdmin,
    PostAdmin,
    RoleAdmin,
    TeamAdmin,
)
from organisation.admin.people import StaffMemberAdmin
from organisation.admin.register import RegisterImportAdmin
from organisation.admin.working_time import AbsenceAdmin, BankHolidayAdmin

__all__ = [
    "AbsenceAdmin",
    "BankHolidayAdmin",
    "DistrictAdmin",
    "GradeAdmin",
    "OutcodeAdmin",
    "PlaceAdmin",
    "PostAdmin",
    "RegisterImportAdmin",
    "RoleAdmin",
    "StaffMemberAdmin",
    "TeamAdmin",
]
