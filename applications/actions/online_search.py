"""The search online for somebody who is shortlisted: recorded, never scored, and answered by them."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from applications import disclosure_emails
from applications.actions.answering import locked
from applications.actions.disclosure import put_off
from applications.exceptions import AnswersMissing, DoneMeanwhile
from applications.models import OnlineSearch
from applications.rules import disclosure as rules
from applications.states import DisclosureEvent, SearchOutcome, SearchState


@transaction.atomic
def record_search(*, search, searched_on, places, terms, outcome, finding, by):
    """Record who searched where for what and what came of it, as a reader, who is outside the panel.

    What must be talked about the applicant reads on their page and may answer for
    settings.DISCLOSURE_REPLY_DAYS. Raises PermissionDenied for anybody else, DoneMeanwhile when it is
    recorded or not needed any more, AnswersMissing without words or for a day before the applicant was told.
    """
    application = locked(search.application)
    search = OnlineSearch.objects.select_for_update().get(pk=search.pk)
    search.application = application
    if not rules.can_read_disclosure(by, application):
        raise PermissionDenied("You do not read for this vacancy.")
    if not rules.can_record_search(by, search):
        raise DoneMeanwhile(application.reference)
    told_on = timezone.localdate(application.declaration.told_of_search_at)
    if not told_on <= searched_on <= timezone.localdate():
        raise AnswersMissing("Search after the applicant was told, and not in the future.")
    needs_finding = outcome == SearchOutcome.TO_TALK_ABOUT
    if not (places and terms) or (needs_finding and not finding):
        raise AnswersMissing("Say where you searched, for what, and what must be talked about.")
    search.move_to(SearchState.RECORDED)
    search.searched_on, search.places, search.terms = searched_on, places, terms
    search.outcome, search.finding = outcome, finding if needs_finding else ""
    search.recorded_at, search.recorded_by = timezone.now(), by
    put_off(search)
    if needs_finding:
        search.reply_by = timezone.localdate() + timedelta(days=settings.DISCLOSURE_REPLY_DAYS)
        disclosure_emails.something_to_answer(application, f"search:{search.pk}", search.reply_by)
    search.save()
    audit.record(DisclosureEvent.SEARCH_RECORDED, application, by=by)
    return search


@transaction.atomic
def reply_to_search(*, search, words, by):
    """Take down what the applicant says to what was found, once. The readers are told, without a name.

    Raises PermissionDenied for anybody but the applicant and who may take their words down, and
    DoneMeanwhile when the time for it is over.
    """
    application = locked(search.application)
    search = OnlineSearch.objects.select_for_update().get(pk=search.pk)
    search.application = application
    if not rules.speaks(by, application):
        raise PermissionDenied("Only the applicant replies, or a reader who has them on the phone.")
    if not search.can_be_replied_to(timezone.localdate()):
        raise DoneMeanwhile(application.reference)
    search.reply, search.replied_at = words, timezone.now()
    put_off(search)
    search.save()
    audit.record(DisclosureEvent.SEARCH_ANSWERED, application, by=by)
    disclosure_emails.something_to_read(application, f"answer:{search.pk}")
    return search


@transaction.atomic
def open_search(*, search, by):
    """Note that a reader has opened what a search found. Raises PermissionDenied for anybody else."""
    if not rules.can_read_disclosure(by, search.application):
        raise PermissionDenied("You do not read for this vacancy.")
    audit.record(DisclosureEvent.SEARCH_OPENED, search.application, by=by)
