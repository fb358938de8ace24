"""The pages of the sections that have several rows: the list, adding to it, changing and removing."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.forms.models import model_to_dict
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.kept_words import keeps_words
from applications import pages
from applications.actions import add_row, change_row, finish_rows, remove_row
from applications.exceptions import SavedElsewhere, TooManyRows
from applications.forms import TYPED
from applications.forms.boxes import VersionedForm
from applications.forms.rows import EmploymentForm, GapForm, QualificationForm, TrainingForm
from applications.models import Employment, Gap, Qualification, TrainingTaken
from applications.sections import Held, section_of
from applications.views.access import posted, step_of_draft
from applications.views.typed import form_with_words, keeps_typed_words

CHANGED = (
    "This was also changed in another tab or on another device. Here is what is saved now: look at it "
    "once more."
)


@dataclass(frozen=True)
class Kind:
    """A kind of row: its model, its form, and what a single one is called."""

    model: type
    form: type
    thing: str


KINDS = {
    "qualification": Kind(Qualification, QualificationForm, "qualification"),
    "employment": Kind(Employment, EmploymentForm, "job"),
    "gap": Kind(Gap, GapForm, "explanation"),
    "training": Kind(TrainingTaken, TrainingForm, "course"),
}


def boxes_of_kind(posted, *, kind, **kwargs):
    """For `keeps_words`: the boxes of a kind of row."""
    return KINDS[kind].form.boxes(posted)


def section_with(application, kind):
    """Return the section that a kind of row belongs to, as it is saved now."""
    return section_of(Held(application), KINDS[kind].model.SECTION)


def url_of(request, section, kind, verb, *more):
    """Return the address of a page about a kind of row. Who came from the answers goes back there."""
    url = reverse(f"applications:{kind}-{verb}", args=[section.application.reference, *more])
    return f"{url}?change=1" if "change" in request.GET else url


def list_url(request, section):
    return section.url(change="change" in request.GET)


@step_of_draft
def row_list(request, application, kind):
    """The rows of a section, and a button to say that they are all."""
    section = section_with(application, kind)
    return list_page(request, section, [entry(request, section, kind, row) for row in section.list])


def entry(request, section, kind, row):
    """Return a row as a list shows it, with the addresses that change and remove it."""
    return {
        **section.described(row),
        "change_url": url_of(request, section, kind, "change", row.pk),
        "remove_url": url_of(request, section, kind, "remove", row.pk),
    }


def list_page(request, section, entries, template="applications/row_list.html", **page):
    """Show the list of a section, or note that it is all."""
    form = VersionedForm(posted(request))
    if form.is_valid():
        return _finish(request, section, form.cleaned_data["version"])
    page |= {
        "application": section.application,
        "section": section,
        "thing": KINDS[section.kind].thing,
        "entries": entries,
        "back": pages.onward(request, section.application),
        "add_url": url_of(request, section, section.kind, "add"),
        "is_full": len(section.list) >= settings.APPLICATION_ROWS_MOST,
        "most": settings.APPLICATION_ROWS_MOST,
    }
    return render(request, template, page)


def _finish(request, section, version):
    try:
        finished = finish_rows(
            application=section.application, name=section.name, version=version, by=request.user
        )
    except SavedElsewhere:
        messages.info(request, CHANGED)
        return redirect(list_url(request, section))
    if finished.missing():
        messages.error(request, f"Still missing: {'; '.join(finished.missing())}.")
        return redirect(list_url(request, section))
    return redirect(pages.onward(request, section.application))


@keeps_words(boxes_of_kind, labels=TYPED)
@step_of_draft
@keeps_typed_words
def row_add(request, application, kind):
    """Add a row to a section."""
    section = section_with(application, kind)
    return add_page(request, section, kind, title=f"Add a {KINDS[kind].thing}")


def add_page(request, section, kind, saved=None, **page):
    """Show the page that adds a row, or add it: once, however often the form is sent."""

    def add(form):
        add_row(
            application=section.application,
            model=KINDS[kind].model,
            one_time_key=form.cleaned_data["one_time_key"],
            answers=form.answers(),
            by=request.user,
        )

    form = form_of_row(request, KINDS[kind].form, section, saved or {})
    return form_page(request, section, form, add, **page)


@keeps_words(boxes_of_kind, labels=TYPED)
@step_of_draft
@keeps_typed_words
def row_change(request, application, kind, pk):
    """Change a row. What another tab saved meanwhile is shown, never written over unseen."""
    section, row = section_with(application, kind), own_row(application, kind, pk)

    def change(form):
        version = form.cleaned_data["version"]
        change_row(row=row, answers=form.answers(), version=version, by=request.user)

    def saved_now(section):
        row.refresh_from_db()
        return as_part(section, row)

    saved = model_to_dict(row, exclude=["id", "application"])
    form = form_of_row(request, KINDS[kind].form, section, saved)
    title = f"Change this {KINDS[kind].thing}"
    return form_page(request, section, form, change, saved_now, title=title)


def form_of_row(request, form, section, saved, back=""):
    """Return a form about a row, with what is `saved` of it, or under the words that were kept."""

    def build(kept):
        return form(
            posted(request),
            saved=saved,
            version=section.version,
            back=back or list_url(request, section),
            kept=kept,
        )

    return form_with_words(request, build)


def form_page(request, section, form, save, saved_now=None, **page):
    """Show a form, or `save` what was sent with it and go to the list.

    `saved_now` gives the part of the answers to show beside what was typed in another tab.
    """
    if form.is_valid():
        try:
            save(form)
            return redirect(list_url(request, section))
        except TooManyRows as problem:
            form.add_error(None, f"You can add {problem.most} at most. Remove one to add another")
        except SavedElsewhere as conflict:
            form.open_again_at(conflict.saved.version)
            page["saved_elsewhere"] = [saved_now(conflict.saved)]
        except ObjectDoesNotExist as gone:
            raise Http404 from gone
    page = {"back": list_url(request, section), **page}
    page |= {"form": form, "section": section, "application": section.application}
    return render(request, "applications/row_form.html", page)


@step_of_draft
def row_remove(request, application, kind, pk):
    """Ask whether a row is to go, and remove it."""
    section, row = section_with(application, kind), own_row(application, kind, pk)
    form = VersionedForm(posted(request))
    if form.is_valid():
        return _remove(request, section, row, form.cleaned_data["version"])
    page = {
        "application": application,
        "section": section,
        "parts": [as_part(section, row)],
        "thing": KINDS[kind].thing,
        "back": list_url(request, section),
    }
    return render(request, "applications/row_remove.html", page)


def _remove(request, section, row, version):
    try:
        remove_row(row=row, version=version, by=request.user)
    except SavedElsewhere:
        messages.info(request, CHANGED)
        return redirect(request.get_full_path())
    except ObjectDoesNotExist as gone:
        raise Http404 from gone
    messages.success(request, "Removed.")
    return redirect(list_url(request, section))


def own_row(application, kind, pk):
    """Return a row of this application; others are not there."""
    return get_object_or_404(KINDS[kind].model, pk=pk, application=application)


def as_part(section, row):
    """Return a row as the answers show it."""
    described = section.described(row)
    rows = [{"key": key, "value": value} for key, value in described["facts"]]
    return {"title": described["heading"], "rows": rows}
