"""Which events say that somebody looked at an application."""

from applications.states.applications import ApplicationEvent
from applications.states.panel import PanelEvent

# What counts as a look at an application: who it was, as the applicant is told, and what they did.
LOOKS = {
    ApplicationEvent.APPLICATION_OPENED: ("HR", "Opened the application"),
    ApplicationEvent.CV_OPENED: ("HR or the panel", "Opened the CV"),
    ApplicationEvent.APPLICATION_IN_EXPORT: ("The panel", "Downloaded it with the others"),
    PanelEvent.APPLICATION_READ: ("The panel", "Read it without the name"),
}
