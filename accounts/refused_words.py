"""Words that came in a form the site refused, because its token was not of this sign-in.

Whoever sent it may not be the person: another site can post a form too. So nothing of it is stored or
done. A page of ours is the only sender whose words are shown again, for the person to send once more.
"""

from urllib.parse import urlsplit

from django.conf import settings

# What a form carries for itself: sent again, but of no use to a reader.
NOT_WORDS = {"version", "opened", "opened_at", "seen_at", "one_time_key", "boxes"}


def words_refused(request):
    """Return (box, words) of a page of text that was refused, each as it was sent; [] for any other form.

    Only a view that `keeps_words` knows its boxes. Passwords and files are not among them.
    """
    match = request.resolver_match
    boxes = getattr(match.func, "boxes_kept", None) if match else None
    if boxes is None or request.method != "POST" or not _is_from_a_page_of_ours(request):
        return []
    names = dict.fromkeys(boxes(request.POST, **match.kwargs))
    return [
        (name, said)
        for name in names
        if "password" not in name
        for said in request.POST.getlist(name)
    ]


def for_reading(request, words):
    """Return the rows of a summary list: what was typed or chosen, with the label of its box."""
    labels = request.resolver_match.func.labels_kept if words else {}
    return [
        {"key": labels.get(name, name.replace("_", " ").capitalize()), "value": said}
        for name, said in words
        if said.strip() and name not in NOT_WORDS
    ]


def _is_from_a_page_of_ours(request):
    """Say whether the browser told that a page of this site sent the form. Silence is no."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    here = f"{request.scheme}://{request.get_host()}"
    parts = urlsplit(origin)
    return f"{parts.scheme}://{parts.netloc}" in {here, *settings.CSRF_TRUSTED_ORIGINS}
