from training.admin.bookings import BookingAdmin
from training.admin.courses import CourseAdmin, SessionAdmin
from training.admin.nominations import NominationAdmin
from training.admin.programmes import AllowancePolicyAdmin, IntakeAdmin, ProgrammeVersionAdmin

__all__ = [
    "AllowancePolicyAdmin",
    "BookingAdmin",
    "CourseAdmin",
    "IntakeAdmin",
    "NominationAdmin",
    "ProgrammeVersionAdmin",
    "SessionAdmin",
]
