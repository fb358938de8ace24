"""The pages of the sections that are one form each. Saving leads back to the task list, or to the answers."""

from django.http import Http404
from django.shortcuts import redirect, render

from accounts.kept_words import keeps_words
from applications import pages
from applications.actions import save_section
from applications.exceptions import SavedElsewhere
from applications.forms import TYPED, form_of_section
from applications.sections import Held, section_of
from applications.views.access import posted, step_of_draft
from applications.views.typed import form_with_words, keeps_typed_words


def boxes_of_section(posted, *, name, **kwargs):
    """For `keeps_words`: the boxes of a section's form."""
    form = form_of_section(name)
    return form.boxes(posted) if form else []


@keeps_words(boxes_of_section, labels=TYPED)
@step_of_draft
@keeps_typed_words
def application_section(request, application, name):
    """One section of a draft: what is saved, in the boxes of its form."""
    section = section_of(Held(application), name)
    form_class = form_of_section(name)
    if section is None or form_class is None:
        raise Http404

    def build(kept):
        return form_class(posted(request), section=section, kept=kept)

    form = form_with_words(request, build)
    page = {
        "form": form,
        "application": application,
        "section": section,
        "back": pages.onward(request, application),
    }
    if form.is_valid():
        try:
            save_section(
                application=application,
                name=name,
                answers=form.answers(),
                version=form.version_shown,
                by=request.user,
            )
            return redirect(page["back"])
        except SavedElsewhere as conflict:
            form.open_again_at(conflict.saved.version)
            page["saved_elsewhere"] = [conflict.saved.part()]
    return render(request, "applications/application_section.html", page)
