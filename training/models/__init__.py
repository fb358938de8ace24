from training.models.allowance import AllowancePolicy
from training.models.bookings import Booking, Override, SkippedOffer
from training.models.courses import Approval, Course, CourseFormat, Room, Series, Session, Topic
from training.models.nominations import Nomination
from training.models.programmes import Intake, ProgrammePhase, ProgrammeVersion, Scheme

__all__ = [
    "AllowancePolicy",
    "Approval",
    "Booking",
    "Course",
    "CourseFormat",
    "Intake",
    "Nomination",
    "Override",
    "ProgrammePhase",
    "ProgrammeVersion",
    "Room",
    "Scheme",
    "Series",
    "Session",
    "SkippedOffer",
    "Topic",
]
