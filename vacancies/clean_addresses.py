"""The address of a search without what was left empty in its form."""

import re
from functools import wraps

from django.shortcuts import redirect

LEFT_EMPTY = re.compile(r"(?:^|&)[^=&]+=(?=&|$)")
LONGEST_QUERY = 500


def has_empty_parts(query):
    """Say whether a query, as it stands in an address, has names without a value."""
    return ("=&" in query or query.endswith("=")) and LEFT_EMPTY.search(query) is not None


def without_empty_parts(view):
    """Lead from "?q=manager&place=&radius=10" to "?q=manager&radius=10".

    A browser without JavaScript sends everything that a form holds. What is too long to be sent back
    as an address is answered as it is.
    """

    @wraps(view)
    def clean(request, *args, **kwargs):
        query = request.META["QUERY_STRING"]
        if len(query) <= LONGEST_QUERY and has_empty_parts(query):
            left = LEFT_EMPTY.sub("", query).removeprefix("&")
            return redirect(f"{request.path}?{left}" if left else request.path)
        return view(request, *args, **kwargs)

    return clean
