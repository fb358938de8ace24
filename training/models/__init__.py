from training.models.allowance import AllowancePolicy
from training.models.bookings import Booking, Override, SkippedOffer
from training.models.calendar_feeds import CalendarFeed
from training.models.courses import Approval, Course, CourseFormat, Room, Series, Session, Topic
from training.models.interest import CourseInterest
from training.models.nominations import Nomination
from training.models.programmes import Intake, ProgrammePhase, ProgrammeVersion, Scheme
from training.models.swaps import SwapProposal

__all__ = [
    "AllowancePolicy",
    "Approval",
    "Booking",
    "CalendarFeed",
    "Course",
    "CourseFormat",
    "CourseInterest",
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
    "SwapProposal",
    "Topic",
]
