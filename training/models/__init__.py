from training.models.allowance import AllowancePolicy
from training.models.bookings import Booking
from training.models.courses import Course, CourseFormat, Session, Topic
from training.models.nominations import Nomination
from training.models.programmes import Intake, ProgrammePhase, ProgrammeVersion, Scheme

__all__ = [
    "AllowancePolicy",
    "Booking",
    "Course",
    "CourseFormat",
    "Intake",
    "Nomination",
    "ProgrammePhase",
    "ProgrammeVersion",
    "Scheme",
    "Session",
    "Topic",
]
