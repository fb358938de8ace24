"""How vacancies are found by words: a column kept by the database, and the query people type."""

import re

import pgtrigger
from django.contrib.postgres.search import SearchQuery

LANGUAGE = "english"

# The title weighs most, then the role, then what the advert says of itself. A role that is renamed
# touches its vacancies (migration 0002), which runs this again.
FILL_SEARCH_VECTOR = """
    SELECT setweight(to_tsvector('english', NEW.title), 'A')
        || setweight(to_tsvector('english', role.name), 'B')
        || setweight(to_tsvector('english', NEW.summary || ' ' || NEW.place_name), 'C')
        || setweight(to_tsvector('english', NEW.body), 'D')
      INTO NEW.search_vector
      FROM organisation_role role
     WHERE role.id = NEW.role_id;
    RETURN NEW;
"""


def fill_search_vector():
    return pgtrigger.Trigger(
        name="fill_search_vector",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=FILL_SEARCH_VECTOR,
    )


def search_query(words):
    """Turn what a person typed into a query: quotes, OR and a leading minus work as on the web.

    Plain words also find words that the last one begins, so "social work" finds "social worker".
    """
    query = SearchQuery(words, config=LANGUAGE, search_type="websearch")
    if re.search(r'["-]|\bor\b', words, re.IGNORECASE):
        return query
    plain = re.findall(r"\w+", words)
    if not plain:
        return query
    begun = " & ".join(plain) + ":*"
    return query | SearchQuery(begun, config=LANGUAGE, search_type="raw")
