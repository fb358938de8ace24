"""How vacancies are found by words: two columns kept by the database, synonyms, and the query."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower

from vacancies.models.words import AS_ONE_WORD, OUT_OF_HOURS, tsquery, words_of

LANGUAGE = "english"


def _words_in(text):
    """SQL for the words of a text, with a phrase that Postgres would leave out as one word."""
    phrase = rf"'\m{OUT_OF_HOURS}\M'"
    return f"to_tsvector('english', regexp_replace({text}, {phrase}, '{AS_ONE_WORD}', 'gi'))"


# The title weighs most, then the role, then what the advert says of itself in a sentence, where it is
# and whose it is. `search_heads` holds only these; `search_vector` holds the text of the advert too.
# A role or a team that is renamed touches its vacancies (by triggers), which runs this again.
# Only published adverts are found by words: the others have none here, so that the index stays small
# and no search reads past them, however many are stored.
ABOUT_IT = "concat_ws(' ', NEW.summary, NEW.place_name, team.name, district.name)"
FILL_SEARCH_COLUMNS = f"""
    IF NEW.state NOT IN ('live', 'scheduled') THEN
        NEW.search_heads = NULL;
        NEW.search_vector = NULL;
        RETURN NEW;
    END IF;
    SELECT setweight({_words_in("NEW.title")}, 'A')
        || setweight({_words_in("role.name")}, 'B')
        || setweight({_words_in(ABOUT_IT)}, 'C')
      INTO NEW.search_heads
      FROM organisation_role role, organisation_team team, organisation_district district
     WHERE role.id = NEW.role_id AND team.id = NEW.team_id AND district.id = NEW.district_id;
    NEW.search_vector = NEW.search_heads || setweight({_words_in("NEW.body")}, 'D');
    RETURN NEW;
"""  # noqa: S608 (it holds only names of our own)


def fill_search_columns():
    return pgtrigger.Trigger(
        name="fill_search_columns",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=FILL_SEARCH_COLUMNS,
    )


class SearchSynonymQuerySet(models.QuerySet):
    def meanings(self):
        """Return {term: [meaning, …]}, in the small letters in which words are compared."""
        return {
            " ".join(words_of(term)): meanings
            for term, meanings in self.values_list("term", "meanings")
        }


class SearchSynonym(models.Model):
    """A word or short form people search by, and what adverts may say instead.

    Who searches for the term finds adverts with the term or with any of its meanings, each a word or
    a few that stand together. It works one way: the meaning does not find the term.
    """

    term = models.CharField(max_length=60, help_text="What people type, such as NQSW.")
    meanings = ArrayField(
        models.CharField(max_length=80),
        help_text="What adverts say, with commas between: newly qualified social worker, ASYE.",
    )

    objects = SearchSynonymQuerySet.as_manager()

    class Meta:
        ordering = ["term"]
        constraints = [
            models.UniqueConstraint(
                Lower("term"),
                name="one_search_synonym_a_term",
                violation_error_message="This term is there already: add to its meanings.",
            )
        ]

    def __str__(self):
        return self.term

    def clean(self):
        if not words_of(self.term):
            raise ValidationError({"term": "Use letters or numbers"})


def search_query(words, synonyms=None):
    """Turn what a person typed into a query on `search_vector` or `search_heads`.

    Quotes, `or` and a leading minus work as on the web; the last word may be unfinished. `synonyms`
    are `SearchSynonym.objects.meanings()`, which is asked for when they are not given.
    """
    if synonyms is None:
        synonyms = SearchSynonym.objects.meanings()
    return SearchQuery(tsquery(words, synonyms), config=LANGUAGE, search_type="raw")
