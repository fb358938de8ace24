"""What searches need and only changes with the generation, kept by this process between them."""

from functools import cached_property, lru_cache

from vacancies.queries.board import live_board
from vacancies.queries.catalogue import catalogue
from vacancies.queries.search import find
from vacancies.queries.words import find_words, vocabulary


class Kept:
    """The board, the catalogue and the words of the day `on`, for a generation.

    Without a generation all is made afresh, once for each object.
    """

    def __init__(self, on, generation):
        self.on = on
        self.generation = generation

    @cached_property
    def board(self):
        return live_board(self.on) if self.generation is None else _board(self.on, self.generation)

    @cached_property
    def catalogue(self):
        return catalogue() if self.generation is None else _catalogue(self.generation)

    @cached_property
    def vacancies(self):
        """The vacancies of cards shown before, by key."""
        return {} if self.generation is None else _vacancies(self.on, self.generation)

    def find(self, filters):
        """Return the `Search` for what fits `filters`."""
        words = self._words(filters.words) if filters.words else None
        return find(filters, self.on, self.catalogue.synonyms, self.board, words)

    def vocabulary(self, search):
        """Return the words of the adverts that may be seen in a search, and how often each is used."""
        return vocabulary(self.board.texts(search.visible), self.catalogue)

    def _words(self, words):
        if self.generation is None:
            return find_words(words, self.catalogue.synonyms)
        return _words(words, self.generation)


@lru_cache(maxsize=2)
def _board(on, generation):
    return live_board(on)


@lru_cache(maxsize=2)
def _catalogue(generation):
    return catalogue()


@lru_cache(maxsize=2)
def _vacancies(on, generation):
    return {}


@lru_cache(maxsize=128)
def _words(words, generation):
    return find_words(words, _catalogue(generation).synonyms)
