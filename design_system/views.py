from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from design_system import gallery as examples


@require_safe
def gallery(request):
    """Every widget and component, for those who build pages. Not shown to the public."""
    if not (settings.DEBUG or settings.DEMO_MODE):
        raise Http404
    form = examples.ApplicationExample(
        data={} if "errors" in request.GET else None, initial=examples.INITIAL
    )
    context = {
        "form": form,
        "search": examples.SearchExample(auto_id="search_%s"),
        "filters": examples.SearchExample(auto_id="filter_%s"),
        "formset": examples.JobFormSet(prefix="jobs"),
        "page": Paginator(range(240), 12).get_page(request.GET.get("page", 4)),
        **examples.COMPONENTS,
    }
    return render(request, "design_system/gallery.html", context)
