"""What can stand in the way of an application, each named after the problem."""


class VacancyClosed(Exception):
    """The job no longer takes applications."""


class AlreadyApplied(Exception):
    """The person has an application for this job, perhaps only a draft."""


class AlreadySent(Exception):
    """The application has been sent, so its answers can no longer be changed."""


class SavedElsewhere(Exception):
    """These answers were saved in another tab or on another device since this page was opened.

    `saved` holds what is saved now: a section, or the scores of somebody on a panel.
    """

    def __init__(self, saved):
        super().__init__(f"{type(saved).__name__} of {saved.application} was saved elsewhere.")
        self.saved = saved


class AlreadyBegun(Exception):
    """A draft has answers already, so nothing is copied over them."""


class NotAsked(Exception):
    """The application has no such section."""


class NotComplete(Exception):
    """The application lacks a section that must be whole before it is sent."""


class TooLateToTakeBack(Exception):
    """A withdrawal was too long ago to be taken back."""


class PlaceTaken(Exception):
    """The job is filled, offered to as many as it has posts, or no longer there."""


class ScannerAway(Exception):
    """The virus scanner gave no answer that says clean or not clean."""


class ApplicantsWaiting(Exception):
    """Somebody who applied has no answer yet. `count` says how many."""

    def __init__(self, count):
        super().__init__(f"{count} have no answer.")
        self.count = count


class TooManyRows(Exception):
    """A section of an application has as many rows as there is room for. `most` says how many."""

    def __init__(self, most):
        super().__init__(f"There are {most} rows.")
        self.most = most


class NotForThePanel(Exception):
    """Somebody cannot be on a panel. Its words say why."""


class ScoresSent(Exception):
    """The scores have been sent, so they can no longer be changed."""


class ScoresMissing(Exception):
    """A criterion lacks its points or the evidence noted for them."""


class NotReadYet(Exception):
    """Somebody of the panel is still to read an application, or too few people have."""


class WordsMissing(Exception):
    """A decision lacks the sentence for the applicant, or the reason it needs. Its words say which."""


class DecidedMeanwhile(Exception):
    """Somebody else has decided the application, or it was withdrawn."""


class TooLateToUndo(Exception):
    """The vacancy is filled or withdrawn, or the application has gone further."""


class ReferencesMissing(Exception):
    """Too few references were accepted to confirm that there are enough."""


class SamePerson(Exception):
    """Who saw something cannot be the second person who confirms it."""


class CannotBeLeftOut(Exception):
    """Nobody starts without this check, so nobody can say that it is not needed. Its words say why."""


class FactsMissing(Exception):
    """A check lacks something that must be written down of it. Its words say what."""


class NoPostLeft(Exception):
    """As many people have an offer for a job as it has posts."""


class OfferOver(Exception):
    """The offer has ended, or was answered otherwise."""


class OfferChanged(Exception):
    """The offer was corrected since the page was opened."""


class ChecksOpen(Exception):
    """An offer cannot be firm. `items` are the sentences of what is open."""

    def __init__(self, items):
        super().__init__("; ".join(map(str, items)))
        self.items = items


class TooEarly(Exception):
    """Nobody starts with a protected title before they are registered."""


class StartRefused(Exception):
    """What is said of a first day cannot be. `field` and its words say what."""

    def __init__(self, field, words):
        super().__init__(words)
        self.field = field


class SlotTaken(Exception):
    """Somebody else has chosen this interview slot, or it is no longer there."""


class ChoosingOver(Exception):
    """Interview slots of a round can no longer be chosen, changed or given back by the applicant."""


class SlotsOverlap(Exception):
    """An interviewer would be in two interviews at once. Its words say when."""


class InterviewsBegun(Exception):
    """Somebody has scored an interview, so its questions can no longer be changed."""


class NotMetYet(Exception):
    """An interview has not begun, so nobody's points for it can be sent. Its words say when it begins."""


class CannotAsk(Exception):
    """A referee cannot be asked, or not now. Its words say why."""


class LinkIsOver(Exception):
    """The link to a reference was used, replaced or stopped, or its time is over."""


# --- Self-declarations ------------------------------------------------------------------------------
class NotAReader(Exception):
    """Somebody cannot read the self-declarations for a vacancy. Its words say why."""


class DoneMeanwhile(Exception):
    """What was asked for can no longer be done: it was read, decided or ended meanwhile."""


class AnswersMissing(Exception):
    """A self-declaration lacks an answer, or a risk assessment a word. Its words say which."""


class TooManyChosen(Exception):
    """More applications were chosen than can be dealt with at once. `most` says how many can."""

    def __init__(self, most):
        super().__init__(f"{most} at most.")
        self.most = most


class PreviewIsOld(Exception):
    """What was confirmed is not what would be done now: look at the preview again."""
