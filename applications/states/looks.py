"""Which events say that somebody looked at an application."""

from accounts.states import AccountEvent
from applications.states.applications import ApplicationEvent
from applications.states.checks import CheckEvent
from applications.states.disclosure import DisclosureEvent
from applications.states.interviews import InterviewEvent
from applications.states.panel import PanelEvent
from applications.states.references import ReferenceEvent

# What counts as a look at an application: who it was, as the applicant is told, and what they did. Of the
# self-declaration it says that it was opened and nothing else, since HR reads these lines too.
LOOKS = {
    ApplicationEvent.APPLICATION_OPENED: ("HR", "Opened the application"),
    ApplicationEvent.CV_OPENED: ("HR or the panel", "Opened the CV"),
    ApplicationEvent.APPLICATION_IN_EXPORT: ("The panel", "Downloaded it with the others"),
    PanelEvent.APPLICATION_READ: ("The panel", "Read it without the name"),
    InterviewEvent.NAME_REVEALED: ("An interviewer", "Saw the name before the interview"),
    DisclosureEvent.DECLARATION_OPENED: (
        "A reader of self-declarations",
        "Opened the self-declaration",
    ),
    CheckEvent.INSPECTION_FILE_PRINTED: ("HR", "Printed the inspection file"),
    CheckEvent.SEEN_IN_CENTRAL_RECORD: ("HR", "Saw it in the central record of checks"),
    CheckEvent.TAKEN_IN_CENTRAL_RECORD: ("HR", "Downloaded the central record of checks with it"),
    ReferenceEvent.REFERENCE_OPENED: ("HR", "Read a reference"),
    AccountEvent.ACCESS_PACK_DOWNLOADED: ("HR", "Downloaded the file of everything we hold"),
}
