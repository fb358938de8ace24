"""Words that somebody types and has not saved: kept from time to time, so that nothing can lose them."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from applications import rules
from applications.actions.answering import locked
from applications.models import TypedWords


@transaction.atomic
def keep_typed_words(*, application, page, tab, words, by, instead_of=None, seen_at=None):
    """Keep what stands in the boxes of one page of a draft, in one tab, in place of what was kept before.

    `words` holds a text, or a list of texts, by the name of its box; without any the row goes. The row
    of the tab `instead_of` goes too, unless something was typed there since `seen_at`: this page showed
    its words. At most settings.TYPED_TABS_MOST rows are kept for a page, the latest. No audit is written:
    nothing has been saved. Raises PermissionDenied for who may not write this draft.
    """
    application = locked(application)
    if not rules.can_type_words(by, application):
        raise PermissionDenied("Only its writer types in a draft.")
    of_page = application.typed_words.filter(page=page)
    if instead_of and seen_at:
        of_page.filter(tab=instead_of, typed_at__lte=seen_at).delete()
    if not words:
        of_page.filter(tab=tab).delete()
        return
    now = {"words": words, "typed_at": timezone.now()}
    TypedWords.objects.update_or_create(application=application, page=page, tab=tab, defaults=now)
    latest = of_page.values_list("pk", flat=True)[: settings.TYPED_TABS_MOST]
    of_page.exclude(pk__in=list(latest)).delete()


@transaction.atomic
def forget_typed_words(*, application, page, by):
    """Delete what was typed on one page: it has been saved, or its writer does not want it."""
    application = locked(application)
    if application.is_draft and not rules.can_type_words(by, application):
        raise PermissionDenied("Only its writer types in a draft.")
    application.typed_words.filter(page=page).delete()
