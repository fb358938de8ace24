from training.admin.bookings import BookingAdmin
from training.admin.courses import CourseAdmin, SessionAdmin
from training.admin.ledger import LedgerEntryAdmin
from training.admin.monitor import monitor_view
from training.admin.nominations import NominationAdmin
from training.admin.outside import (
    AttendedElsewhereAdmin,
    BudgetLineAdmin,
    OutsideCourseAdmin,
    OutsideReviewAdmin,
    outside_demand_view,
)
from training.admin.programmes import AllowancePolicyAdmin, IntakeAdmin, ProgrammeVersionAdmin

__all__ = [
    "AllowancePolicyAdmin",
    "AttendedElsewhereAdmin",
    "BookingAdmin",
    "BudgetLineAdmin",
    "CourseAdmin",
    "IntakeAdmin",
    "LedgerEntryAdmin",
    "NominationAdmin",
    "OutsideCourseAdmin",
    "OutsideReviewAdmin",
    "ProgrammeVersionAdmin",
    "SessionAdmin",
    "monitor_view",
    "outside_demand_view",
]
