from training.admin.allowance import AllowancePolicyAdmin
from training.admin.bookings import BookingAdmin
from training.admin.courses import CourseAdmin
from training.admin.demand import demand_view
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
from training.admin.programmes import IntakeAdmin, ProgrammeVersionAdmin
from training.admin.rounds import FairRoundAdmin
from training.admin.sessions import RoomAdmin, SeriesAdmin, SessionAdmin

__all__ = [
    "AllowancePolicyAdmin",
    "AttendedElsewhereAdmin",
    "BookingAdmin",
    "BudgetLineAdmin",
    "CourseAdmin",
    "FairRoundAdmin",
    "IntakeAdmin",
    "LedgerEntryAdmin",
    "NominationAdmin",
    "OutsideCourseAdmin",
    "OutsideReviewAdmin",
    "ProgrammeVersionAdmin",
    "RoomAdmin",
    "SeriesAdmin",
    "SessionAdmin",
    "demand_view",
    "monitor_view",
    "outside_demand_view",
]
