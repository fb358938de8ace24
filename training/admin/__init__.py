from training.admin.bookings import BookingAdmin
from training.admin.courses import CourseAdmin, SessionAdmin
from training.admin.ledger import LedgerEntryAdmin
from training.admin.monitor import monitor_view
from training.admin.nominations import NominationAdmin
from training.admin.programmes import AllowancePolicyAdmin, IntakeAdmin, ProgrammeVersionAdmin
from training.admin.rounds import FairRoundAdmin

__all__ = [
    "AllowancePolicyAdmin",
    "BookingAdmin",
    "CourseAdmin",
    "FairRoundAdmin",
    "IntakeAdmin",
    "LedgerEntryAdmin",
    "NominationAdmin",
    "ProgrammeVersionAdmin",
    "SessionAdmin",
    "monitor_view",
]
