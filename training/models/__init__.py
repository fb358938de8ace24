from training.models.allowance import AllowancePolicy
from training.models.attendance import Presence, Way
from training.models.attended import AttendedElsewhere, Evidence
from training.models.bookings import Booking, Override, SkippedOffer
from training.models.budgets import BudgetLine, pounds_in_words
from training.models.calendar_feeds import CalendarFeed
from training.models.courses import Approval, Course, CourseFormat, Session, Topic
from training.models.cpd import CPDKind, CPDPiece, PeerRole
from training.models.evaluation import Evaluation, Usefulness
from training.models.forecast import Colour, Forecast, Reason
from training.models.interest import CourseInterest
from training.models.ledger import LedgerEntry, LedgerKind
from training.models.nominations import Nomination
from training.models.outside import BookedBy, OutsideCourse, OutsideReview
from training.models.programmes import Intake, ProgrammePhase, ProgrammeVersion, Scheme
from training.models.rooms import Room, Series
from training.models.rounds import FairRound, RoundLine
from training.models.swaps import SwapProposal

__all__ = [
    "AllowancePolicy",
    "Approval",
    "AttendedElsewhere",
    "BookedBy",
    "Booking",
    "BudgetLine",
    "CPDKind",
    "CPDPiece",
    "CalendarFeed",
    "Colour",
    "Course",
    "CourseFormat",
    "CourseInterest",
    "Evaluation",
    "Evidence",
    "FairRound",
    "Forecast",
    "Intake",
    "LedgerEntry",
    "LedgerKind",
    "Nomination",
    "OutsideCourse",
    "OutsideReview",
    "Override",
    "PeerRole",
    "Presence",
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
    "Usefulness",
    "Way",
    "pounds_in_words",
]
