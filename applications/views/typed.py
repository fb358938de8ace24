"""Words that were typed on a page of a draft and not saved: kept by a small script, and shown again.

A page takes part with `@keeps_typed_words` under `@step_of_draft`, `form_with_words` for its form, and
the template `applications/_typed_words.html` above it.
"""

import uuid
from functools import wraps

from allauth.core import ratelimit
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_POST

from accounts import kept_words
from applications import queries, rules
from applications.actions import forget_typed_words, keep_typed_words
from applications.forms.typed import PAGE, DropForm, TypedForm
from applications.sections import sections_of
from applications.views.access import TYPED, own_application
from design_system.widgets import DatePartsWidget

# What stands in a form beside what was typed there.
NOT_TYPED = {"version"}


class PageTyped:
    """What was typed on one page of a draft, for the page itself: `request.typed`.

    `shown` is the row whose words stand in the boxes, or None; `others` are those of other tabs. `tab`
    names this opening of the page.
    """

    def __init__(self, request, application):
        self.application = application
        self.page = page_of(request, application)
        self.tab = uuid.uuid4()
        self.rows = list(queries.typed_words_of(application, self.page))
        self.is_shown = request.method == "GET"
        self.is_unsaved = not self.is_shown  # a form that came back with errors holds new words

    @property
    def latest(self):
        return self.rows[0] if self.rows else None

    @property
    def shown(self):
        return self.latest if self.is_shown else None

    @property
    def others(self):
        return [typed_rows(row) for row in self.rows[1:]] if self.is_shown else []

    def unsaved(self, form):
        """Return what was typed last, as a form is sent, unless `form` shows the same as saved by now."""
        saved = _boxes_shown(form)
        while self.is_shown and self.rows and _says_the_same(self.rows[0].words, saved):
            del self.rows[0]
        words = self.shown.words if self.shown else {}
        return MultiValueDict(
            {name: said if isinstance(said, list) else [said] for name, said in words.items()}
        )


def keeps_typed_words(view):
    """For a page of a draft with boxes: gives it `request.typed`, and forgets the words once saved."""

    @wraps(view)
    def step(request, application, **kwargs):
        request.typed = PageTyped(request, application)
        response = view(request, application, **kwargs)
        if request.method == "POST" and response.status_code == 302 and request.typed.rows:
            forget_typed_words(application=application, page=request.typed.page, by=request.user)
        return response

    return step


def form_with_words(request, build):
    """Return the form that `build(kept)` makes: with the words a sign-in kept, or else those typed."""
    return build(kept_words.shown_again(request) or request.typed.unsaved(build(None)))


def page_of(request, application):
    """Return the end of the page's address, under which its words are kept: "contact"."""
    end = request.path.removeprefix(application.get_absolute_url()).strip("/")
    if not PAGE.fullmatch(end):
        raise Http404
    return end


def typed_rows(row):
    """Return typed words for reading: when, on which page, and each box with its label."""
    boxes = [(name, said) for name, said in row.words.items() if said and name not in NOT_TYPED]
    return {
        "page": row.page,
        "typed_at": row.typed_at,
        "rows": [
            {
                "key": TYPED.get(name, name.replace("_", " ").capitalize()),
                "value": said if isinstance(said, str) else ", ".join(said),
            }
            for name, said in boxes
        ],
    }


def all_typed(held):
    """Return everything typed in a draft and not saved, for a draft whose job has closed and its file."""
    titles = {section.name: section.title for section in sections_of(held)}
    rows = [typed_rows(row) for row in queries.typed_words_of(held.application)]
    return [{**row, "page": titles.get(row["page"].split("/")[0], row["page"])} for row in rows]


@require_POST
@own_application
def application_typed(request, application):
    """Keep what the script sends. It reads nothing of the answer but its number."""
    limited = ratelimit.consume_or_429(request, action="typed_words", config=settings.RATE_LIMITS)
    if limited:
        return limited
    form = TypedForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=413 if form.is_too_much() else 400)
    try:
        keep_typed_words(application=application, by=request.user, **form.cleaned_data)
    except PermissionDenied:
        return HttpResponse(status=409)  # sent meanwhile, from another tab
    return HttpResponse(status=204)


@own_application
def application_typed_drop(request, application):
    """Drop what was typed on a page, and show the page as it is saved."""
    form = DropForm(request.POST)
    if not form.is_valid():
        return redirect(application)
    page = form.cleaned_data["page"]
    if rules.can_type_words(request.user, application):
        forget_typed_words(application=application, page=page, by=request.user)
    return redirect(f"{application.get_absolute_url()}{page}/")


def _boxes_shown(form):
    """Return what stands in the boxes of a form, by their names: a month has two."""
    shown = {}
    for box in form:
        widget, value = box.field.widget, box.value()
        if isinstance(widget, DatePartsWidget):
            parts = zip(widget.PARTS, widget.decompress(value), strict=True)
            shown |= {f"{box.html_name}_{part}": text for part, text in parts}
        else:
            shown[box.html_name] = value
    return shown


def _says_the_same(words, saved):
    return all(_plain(said) == _plain(saved.get(name)) for name, said in _typed(words))


def _typed(words):
    return [(name, said) for name, said in words.items() if name not in NOT_TYPED]


def _plain(said):
    texts = said if isinstance(said, list | tuple) else ["" if said is None else str(said)]
    return [str(text).replace("\r\n", "\n").strip() for text in texts]
