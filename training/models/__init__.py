from training.models.allowance import AllowancePolicy
from training.models.attendance import Presence, Way
from training.models.bookings import Booking, Override, SkippedOffer
from training.models.calendar_feeds import CalendarFeed
from training.models.courses import Approval, Course, CourseFormat, Room, Series, Session, Topic
from training.models.cpd import CPDKind, CPDPiece, PeerRole
from training.models.evaluation import Evaluation, Usefulness
from training.models.forecast import Colour, Forecast, Reason
from training.models.interest import CourseInterest
from training.models.ledger import LedgerEntry, LedgerKind
from training.models.nominations import Nomination
from training.models.programmes import Intake, ProgrammePhase, ProgrammeVersion, Scheme
from training.models.swaps import SwapProposal

__all__ = [
    "AllowancePolicy",
    "Approval",
    "Booking",
    "CPDKind",
    "CPDPiece",
    "CalendarFeed",
    "Colour",
    "Course",
    "CourseFormat",
    "CourseInterest",
    "Evaluation",
    "Forecast",
    "Intake",
    "LedgerEntry",
    "LedgerKind",
    "Nomination",
    "Override",
    "PeerRole",
    "Presence",
    "ProgrammePhase",
    "ProgrammeVersion",
    "Reason",
    "Room",
    "Scheme",
    "Series",
    "Session",
    "SkippedOffer",
    "SwapProposal",
    "Topic",
    "Usefulness",
    "Way",
]
