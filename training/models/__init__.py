from training.models.allowance import AllowancePolicy
from training.models.bookings import Booking, Override, SkippedOffer
from training.models.calendar_feeds import CalendarFeed
from training.models.courses import Approval, Course, CourseFormat, Session, Topic
from training.models.forecast import Colour, Forecast, Reason
from training.models.interest import CourseInterest
from training.models.ledger import LedgerEntry, LedgerKind
from training.models.nominations import Nomination
from training.models.programmes import Intake, ProgrammePhase, ProgrammeVersion, Scheme
from training.models.rooms import Room, Series
from training.models.rounds import FairRound, RoundLine
from training.models.swaps import SwapProposal

__all__ = [
    "AllowancePolicy",
    "Approval",
    "Booking",
    "CalendarFeed",
    "Colour",
    "Course",
    "CourseFormat",
    "CourseInterest",
    "FairRound",
    "Forecast",
    "Intake",
    "LedgerEntry",
    "LedgerKind",
    "Nomination",
    "Override",
    "ProgrammePhase",
    "ProgrammeVersion",
    "Reason",
    "Room",
    "RoundLine",
    "Scheme",
    "Series",
    "Session",
    "SkippedOffer",
    "SwapProposal",
    "Topic",
]
